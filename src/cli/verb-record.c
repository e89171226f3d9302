/* verb-record.c: records taps, bibs and guns, one line of standard input each. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/race.h"
#include "cli/record-answers.h"
#include "cli/record-lines.h"
#include "sync/worker.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#define CHUNK_BYTES 16384

/* Reading pauses beyond these, so that a writer who never reads its answers does not fill the
 * memory. */
#define MAX_OPEN 1000
#define MAX_UNWRITTEN_BYTES (16 * 1024 * 1024)

typedef struct
{
  ConcRaceFile  *file;
  ConcClock     *clock;
  ConcAnswers   *answers;
  const char    *stream; /* NULL for the timing table */
  ConcLineCutter cutter;
  GMainLoop     *loop;
  guint          input;
  gboolean       has_ended;
  int            input_errno;
} Recorder;

typedef struct
{
  Recorder   *recorder;
  ConcAnswer *answer;
} Pending;

static gboolean read_cb (int fd, GIOCondition condition, gpointer user_data);

/* An answer is one line, whatever a sentence may hold. */
static char *
dup_error_line (const char *sentence)
{
  return g_strdelimit (g_strconcat ("error ", sentence, NULL), "\n\r", ' ');
}

static char *
dup_ok_line (const ConcReceipt *receipt)
{
  g_autofree char *fact = conc_fact_id_to_text (&receipt->fact);

  return g_strconcat ("ok ", fact, NULL);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Pending *pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt =
      conc_race_file_submit_finish (CONC_RACE_FILE (source), result, &error);

  conc_answers_tell (pending->recorder->answers, pending->answer,
                     receipt != NULL ? dup_ok_line (receipt) : dup_error_line (error->message));
}

static void
take_line (const char *line, ConcLineState state, gpointer user_data)
{
  Recorder   *self = user_data;
  ConcAnswer *answer = conc_answers_ask (self->answers);
  g_autoptr (GError) error = NULL;
  ConcCommand *command = NULL;
  Pending     *pending;

  if (state == CONC_LINE_GOOD)
    command = conc_command_parse_line (line, self->clock, &error);
  if (command == NULL)
    {
      const char *sentence = state == CONC_LINE_TOO_LONG   ? _ ("The line is longer than 4 KiB.")
                             : state == CONC_LINE_HAS_ZERO ? _ ("The line has a zero byte in it.")
                                                           : error->message;
      conc_answers_tell (self->answers, answer, dup_error_line (sentence));
      return;
    }
  command->stream = g_strdup (self->stream);
  pending = g_new (Pending, 1);
  *pending = (Pending){ self, answer };
  conc_race_file_submit_async (self->file, command, submitted_cb, pending);
}

static gboolean
has_room (Recorder *self)
{
  return conc_answers_count_open (self->answers) < MAX_OPEN &&
         conc_answers_count_unwritten (self->answers) < MAX_UNWRITTEN_BYTES;
}

static void
end_input (Recorder *self)
{
  g_clear_handle_id (&self->input, g_source_remove);
  self->has_ended = TRUE;
}

/* Reading goes on when there is room; the program ends when every answer is written. */
static void
changed_cb (ConcAnswers *answers, gpointer user_data)
{
  Recorder *self = user_data;

  if (conc_answers_get_errno (answers) != 0)
    end_input (self);
  if (!self->has_ended && self->input == 0 && has_room (self))
    self->input = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, read_cb, self);
  if (self->has_ended && conc_answers_count_open (answers) == 0 &&
      conc_answers_count_unwritten (answers) == 0)
    g_main_loop_quit (self->loop);
}

static gboolean
read_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Recorder *self = user_data;
  char      chunk[CHUNK_BYTES];
  gssize    n = read (fd, chunk, sizeof chunk);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n < 0)
    self->input_errno = errno;
  if (n > 0)
    {
      conc_line_cutter_feed (&self->cutter, chunk, (gsize) n);
      if (has_room (self))
        return G_SOURCE_CONTINUE;
      self->input = 0;
      return G_SOURCE_REMOVE;
    }
  self->input = 0;
  self->has_ended = TRUE;
  conc_line_cutter_end (&self->cutter);
  changed_cb (self->answers, self);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  Recorder *self = user_data;

  end_input (self);
  changed_cb (self->answers, self);
  return G_SOURCE_CONTINUE;
}

static ConcExit
run (Recorder *self)
{
  guint    terminate = g_unix_signal_add (SIGTERM, stop_cb, self);
  guint    interrupt = g_unix_signal_add (SIGINT, stop_cb, self);
  int      output_errno;
  ConcExit status = CONC_EXIT_DONE;

  changed_cb (self->answers, self);
  g_main_loop_run (self->loop);
  g_source_remove (terminate);
  g_source_remove (interrupt);

  output_errno = conc_answers_get_errno (self->answers);
  if (output_errno != 0)
    conc_complain (_ ("The answers can no longer be written, so recording has stopped: %s."),
                   g_strerror (output_errno));
  if (self->input_errno != 0)
    conc_complain (_ ("Standard input could not be read: %s."), g_strerror (self->input_errno));
  if (output_errno != 0 || self->input_errno != 0)
    status = CONC_EXIT_FAILED;
  return status;
}

ConcExit
conc_verb_record (ConcCall *call)
{
  g_autofree char   *stream = NULL;
  const GOptionEntry options[] = {
    { "stream", 0, 0, CONC_OPTION_TEXT, &stream, N_ ("for a stream that was set up"), "NAME" },
    { NULL },
  };
  Recorder self = { NULL };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcSyncWorker) worker = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;

  /* A reader that goes away is an error of writing, not the end of this process. */
  signal (SIGPIPE, SIG_IGN);
  self.file = file;
  self.stream = stream;
  self.clock = conc_race_file_get_clock (file);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.answers = conc_answers_new (STDOUT_FILENO, changed_cb, &self);
  conc_line_cutter_init (&self.cutter, take_line, &self);
  worker = conc_sync_worker_new (file);
  status = run (&self);
  conc_sync_worker_stop (worker);
  conc_race_file_close (file);
  conc_line_cutter_clear (&self.cutter);
  conc_answers_free (self.answers);
  g_main_loop_unref (self.loop);
  return status;
}
