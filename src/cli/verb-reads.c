/* verb-reads.c: records what readers send, live or from a file, and lists what became of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/input-file.h"
#include "cli/output.h"
#include "cli/race.h"
#include "cli/reads-output.h"
#include "core/encoding.h"
#include "core/read-intake.h"
#include "sync/read-source.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const char    *race;
  char          *from;
  char          *stream;
  char          *use;
  char          *format_text;
  ConcReadFormat format;
  gboolean       follow;
  gboolean       as_json;
} Wish;

/* "finish mat.txt" makes the stream "finish-mat.txt", "tcp:10.0.0.5:10000" "10.0.0.5-10000". */
static char *
make_name (const char *from)
{
  g_autofree char *base = g_str_has_prefix (from, CONC_READ_SOURCE_TCP)
                              ? g_strdup (from + strlen (CONC_READ_SOURCE_TCP))
                              : g_path_get_basename (from);
  char            *name = g_strndup (base, CONC_STREAM_NAME_MAX_BYTES);

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      *p = '-';
  return name;
}

static gboolean
stream_exists (ConcReader *reader, const char *name)
{
  g_autoptr (GPtrArray) streams = conc_reader_list_streams (reader, NULL);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    if (strcmp (((ConcStream *) g_ptr_array_index (streams, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Sets the stream up; what somebody set about one that is there stays, unless it is given. */
static gboolean
set_up_stream (ConcRaceFile         *file,
               const Wish           *wish,
               const ConcReadFormat *format,
               ConcExit             *ret_exit)
{
  gboolean        exists = stream_exists (conc_race_file_get_reader (file), wish->stream);
  ConcStreamOrder order = { .name = wish->stream, .use = wish->use, .from = wish->from };
  g_autoptr (ConcCommand) command = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;

  if (!exists && order.use == NULL)
    order.use = (char *) conc_stream_use_get_name (
        format != NULL ? conc_read_format_get_use (*format) : CONC_STREAM_FINISH);
  command = conc_command_new_stream (conc_race_file_get_clock (file), &order);
  receipt = conc_race_submit (file, g_steal_pointer (&command), ret_exit);
  return receipt != NULL;
}

typedef struct
{
  guint n_new;
  guint n_known;
  guint n_other;
} Counts;

static gboolean
submit_all (ConcRaceFile *file, ConcReadIntake *intake, Counts *counts, ConcExit *ret_exit)
{
  ConcReadBatch *batch;

  while ((batch = conc_read_intake_take (intake)) != NULL)
    {
      g_autoptr (ConcCommand) command =
          conc_command_new_reads (conc_race_file_get_clock (file), batch);
      g_autoptr (ConcReceipt) receipt =
          conc_race_submit (file, g_steal_pointer (&command), ret_exit);

      if (receipt == NULL)
        return FALSE;
      counts->n_new += receipt->n_new;
      counts->n_known += receipt->n_known;
    }
  counts->n_other = conc_read_intake_get_n_other (intake);
  return TRUE;
}

static ConcExit
print_list (ConcReader *reader, GTimeZone *zone, const Wish *wish, const Counts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = conc_reader_list_reads (reader, wish->stream, &error);
  g_autoptr (GString) json = g_string_new ("{");

  if (rows == NULL)
    return conc_failed (error);
  if (!wish->as_json)
    {
      for (guint i = 0; i < rows->len; i++)
        conc_reads_print (g_ptr_array_index (rows, i), zone);
      if (counts != NULL)
        printf (_ ("Stream %s: %u lines are new, %u were recorded before, %u are no reads.\n"),
                wish->stream, counts->n_new, counts->n_known, counts->n_other);
      return CONC_EXIT_DONE;
    }
  conc_json_member_text (json, "stream", wish->stream);
  if (counts != NULL)
    {
      conc_json_member_int (json, "new", counts->n_new);
      conc_json_member_int (json, "known", counts->n_known);
      conc_json_member_int (json, "other", counts->n_other);
    }
  conc_json_key (json, "reads");
  g_string_append_c (json, '[');
  for (guint i = 0; i < rows->len; i++)
    conc_reads_append_json (json, g_ptr_array_index (rows, i), zone);
  g_string_append (json, "]}");
  conc_print_line (json);
  return CONC_EXIT_DONE;
}

static ConcReadIntake *
take_file (const Wish *wish, ConcExit *ret_exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = conc_input_file_read (wish->from, &error);
  g_autoptr (ConcReadIntake) intake = NULL;
  g_autofree char *text = NULL;
  gsize            length = 0;

  *ret_exit = CONC_EXIT_FAILED;
  if (bytes != NULL)
    text = conc_encoding_to_utf8 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &length,
                                  NULL, &error);
  if (text == NULL)
    {
      *ret_exit = conc_failed (error);
      return NULL;
    }
  intake = conc_read_intake_new (wish->stream, wish->from);
  if (wish->format_text != NULL)
    conc_read_intake_set_format (intake, wish->format);
  conc_read_intake_feed (intake, text, length);
  conc_read_intake_end (intake);
  if (!conc_read_intake_get_format (intake, NULL))
    {
      g_autofree char *names = conc_read_format_dup_names ();

      conc_complain (_ ("The format of %s is not known: give it with --format. There are: %s."),
                     wish->from, names);
      return NULL;
    }
  return g_steal_pointer (&intake);
}

static ConcExit
record_file (ConcRaceFile *file, const Wish *wish)
{
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  g_autoptr (ConcReadIntake) intake = NULL;
  Counts         counts = { 0 };
  ConcReadFormat format;
  ConcExit       status;

  intake = take_file (wish, &status);
  if (intake == NULL)
    return status;
  conc_read_intake_get_format (intake, &format);
  if (!set_up_stream (file, wish, &format, &status) || !submit_all (file, intake, &counts, &status))
    return status;
  return print_list (conc_race_file_get_reader (file), zone, wish, &counts);
}

typedef struct
{
  ConcRaceFile       *file;
  GTimeZone          *zone;
  GMainLoop          *loop;
  ConcReadSource     *source;
  gboolean            as_json;
  ConcReadSourceState shown;
  char               *said;
} Live;

static const char *
state_to_text (ConcReadSourceState state)
{
  static const char *const texts[] = { "idle", "connecting", "connected", "waiting", "ended" };

  return texts[state];
}

static void
changed_cb (ConcReadSource *source, Live *live)
{
  ConcReadSourceState state = conc_read_source_get_state (source);
  const char         *sentence = conc_read_source_get_sentence (source);
  g_autoptr (GString) line = g_string_new (live->as_json ? "{" : NULL);

  if (state == live->shown && g_strcmp0 (sentence, live->said) == 0)
    return;
  live->shown = state;
  g_free (live->said);
  live->said = g_strdup (sentence);
  if (live->as_json)
    {
      conc_json_member_text (line, "state", state_to_text (state));
      conc_json_member_text (line, "sentence", sentence);
      g_string_append_c (line, '}');
      conc_print_line (line);
    }
  else if (sentence != NULL)
    conc_complain ("%s", sentence);
  else if (state == CONC_READ_SOURCE_CONNECTED)
    printf ("%s\n", _ ("Connected. Lines are recorded as they come."));
  fflush (stdout);
  if (state == CONC_READ_SOURCE_ENDED)
    g_main_loop_quit (live->loop);
}

static void
recorded_cb (ConcReadSource *source, const ConcReceipt *receipt, Live *live)
{
  for (guint i = 0; i < receipt->n_facts; i++)
    {
      ConcFactId fact = receipt->fact;
      g_autoptr (GPtrArray) rows = NULL;

      fact.seq += i;
      rows = conc_reader_list_reads_of_fact (conc_race_file_get_reader (live->file), &fact, NULL);
      for (guint n = 0; rows != NULL && n < rows->len; n++)
        {
          g_autoptr (GString) json = g_string_new (NULL);

          if (!live->as_json)
            {
              conc_reads_print (g_ptr_array_index (rows, n), live->zone);
              continue;
            }
          conc_reads_append_json (json, g_ptr_array_index (rows, n), live->zone);
          conc_print_line (json);
        }
    }
  fflush (stdout);
}

static gboolean
stop_cb (gpointer user_data)
{
  Live *live = user_data;

  conc_read_source_stop (live->source);
  return G_SOURCE_CONTINUE;
}

static ConcExit
record_live (ConcRaceFile *file, const Wish *wish)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  g_autoptr (ConcReadSource) source = NULL;
  Live     live = { file, zone, loop, NULL, wish->as_json, CONC_READ_SOURCE_IDLE, NULL };
  ConcExit status;
  guint    on_term, on_int;

  if (!set_up_stream (file, wish, wish->format_text != NULL ? &wish->format : NULL, &status))
    return status;
  source = conc_read_source_new (file, wish->stream, wish->from);
  live.source = source;
  if (wish->format_text != NULL)
    conc_read_source_set_format (source, wish->format);
  on_term = g_unix_signal_add (SIGTERM, stop_cb, &live);
  on_int = g_unix_signal_add (SIGINT, stop_cb, &live);
  g_signal_connect (source, "changed", G_CALLBACK (changed_cb), &live);
  g_signal_connect (source, "recorded", G_CALLBACK (recorded_cb), &live);
  conc_read_source_start (source);
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (source, &live);
  g_source_remove (on_term);
  g_source_remove (on_int);
  if (!wish->as_json)
    printf (_ ("Stream %s: %u lines are new, %u were recorded before.\n"), wish->stream,
            conc_read_source_get_n_new (source), conc_read_source_get_n_known (source));
  g_free (live.said);
  return CONC_EXIT_DONE;
}

static ConcExit
list_reads (const Wish *wish)
{
  g_auto (ConcRaceView) view = { NULL };
  ConcExit status;

  if (!conc_race_view_open (&view, wish->race, &status))
    return status;
  if (wish->stream != NULL && !stream_exists (view.reader, wish->stream))
    {
      conc_complain (_ ("There is no stream “%s”."), wish->stream);
      return CONC_EXIT_FAILED;
    }
  return print_list (view.reader, view.zone, wish, NULL);
}

static ConcExit
record_source (Wish *wish)
{
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (GError) error = NULL;
  ConcExit status;

  if (!g_utf8_validate (wish->from, -1, NULL))
    {
      conc_complain (_ ("The name of the file is no text that can be recorded."));
      return CONC_EXIT_USAGE;
    }
  if (wish->format_text != NULL &&
      !conc_read_format_from_name (wish->format_text, &wish->format, &error))
    return conc_misused (error);
  if (wish->stream == NULL)
    wish->stream = make_name (wish->from);
  file = conc_race_open_for_writing (wish->race, &status);
  if (file == NULL)
    return status;
  return wish->follow || g_str_has_prefix (wish->from, CONC_READ_SOURCE_TCP)
             ? record_live (file, wish)
             : record_file (file, wish);
}

ConcExit
conc_verb_reads (ConcCall *call)
{
  Wish               wish = { NULL };
  const GOptionEntry options[] = {
    { "format", 0, 0, CONC_OPTION_TEXT, &wish.format_text,
      N_ ("how the lines are written; else they tell it"), "NAME" },
    { "stream", 0, 0, CONC_OPTION_TEXT, &wish.stream,
      N_ ("the stream that they belong to; else it is named after the source"), "NAME" },
    { "use", 0, 0, CONC_OPTION_TEXT, &wish.use,
      N_ ("what the times are for: finish, start, chute, second or select"), "USE" },
    { "follow", 0, 0, G_OPTION_ARG_NONE, &wish.follow, N_ ("goes on reading while the file grows"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wish.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 1, 2, &status))
    {
      wish.race = call->args[0];
      wish.from = call->n_args > 1 ? call->args[1] : NULL;
      if (wish.from != NULL)
        status = record_source (&wish);
      else if (wish.follow || wish.use != NULL || wish.format_text != NULL)
        status = conc_call_misused (call, _ ("A source is missing: a file, or tcp:HOST:PORT."));
      else
        status = list_reads (&wish);
    }
  g_free (wish.stream);
  g_free (wish.use);
  g_free (wish.format_text);
  return status;
}
