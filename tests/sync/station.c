/* station.c: a station that is told what to do by lines, and tells what it sees, for tests. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/worker.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

/* In: lines of "record", and "quit" or the end. Out, each with the monotonic clock at that moment:
 *   ok USEC FACT BEGAN_USEC     a line is recorded; when it was read
 *   no USEC SENTENCE            or it is not
 *   changed USEC SUBJECT...     what a commit changed; "*" when it is too much to say
 *   status USEC STATE WAITING OFFSET_USEC ERROR_USEC REFUSED STATIONS */

typedef struct
{
  ConcRaceFile   *file;
  ConcSyncWorker *worker;
  GMainLoop      *loop;
} Program;

/* The wall clock of this program alone, as if its laptop's were wrong. */
static gint64
get_shift_usec (void)
{
  static gint64 shift_usec = G_MININT64;

  if (shift_usec == G_MININT64)
    {
      const char *text = getenv ("CONC_SHIFT_USEC");

      shift_usec = text != NULL ? strtoll (text, NULL, 10) : 0;
    }
  return shift_usec;
}

int
gettimeofday (struct timeval *restrict ret_now, void *restrict zone)
{
  struct timespec now;
  gint64          usec;

  clock_gettime (CLOCK_REALTIME, &now);
  usec = now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + get_shift_usec ();
  ret_now->tv_sec = usec / G_USEC_PER_SEC;
  ret_now->tv_usec = usec % G_USEC_PER_SEC;
  return 0;
}

G_GNUC_PRINTF (2, 3)
static void
tell (const char *what, const char *format, ...)
{
  va_list args;

  printf ("%s %" G_GINT64_FORMAT " ", what, g_get_monotonic_time ());
  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}

static void
changed_cb (ConcRaceFile *file, guint what, char **subjects, Program *program)
{
  g_autofree char *joined = subjects != NULL ? g_strjoinv (" ", subjects) : g_strdup ("*");

  tell ("changed", "%s", joined);
}

static void
status_cb (ConcSyncWorker *worker, Program *program)
{
  static const char *const states[] = { "alone", "connecting", "working", "refused" };
  g_autoptr (ConcSyncStatus) status = conc_sync_worker_get_status (worker);

  tell ("status",
        "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u",
        states[status->state], status->n_waiting, status->offset_usec, status->offset_error_usec,
        status->n_refused, status->peers->len);
}

static void
submit (Program *program, const char *line)
{
  g_autoptr (GError) error = NULL;
  gint64 began_usec = g_get_monotonic_time ();
  g_autoptr (ConcCommand) command =
      conc_command_parse_line (line, conc_race_file_get_clock (program->file), &error);
  ConcReceipt *receipt =
      command != NULL ? conc_race_file_submit (program->file, command, &error) : NULL;

  if (receipt != NULL)
    {
      g_autofree char *name = conc_fact_id_to_text (&receipt->fact);

      tell ("ok", "%s %" G_GINT64_FORMAT, name, began_usec);
      conc_receipt_free (receipt);
    }
  else
    tell ("no", "%s", error->message);
}

static gboolean
line_cb (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  Program         *program = user_data;
  g_autofree char *line = NULL;
  gsize            end;

  while (g_io_channel_read_line (channel, &line, NULL, &end, NULL) == G_IO_STATUS_NORMAL)
    {
      line[end] = '\0';
      if (g_strcmp0 (line, "quit") == 0)
        break;
      submit (program, line);
      g_clear_pointer (&line, g_free);
      if ((g_io_channel_get_buffer_condition (channel) & G_IO_IN) == 0)
        return G_SOURCE_CONTINUE;
    }
  g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  Program program = { NULL };

  g_assert_cmpint (argc, ==, 2);
  program.loop = g_main_loop_new (NULL, FALSE);
  program.file = conc_race_file_open (argv[1], CONC_OPEN_WRITE, conc_clock_get_system (), &error);
  if (program.file == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  program.worker = conc_sync_worker_new (program.file);
  g_signal_connect (program.file, "changed", G_CALLBACK (changed_cb), &program);
  g_signal_connect (program.worker, "status", G_CALLBACK (status_cb), &program);
  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, line_cb, &program);
  g_main_loop_run (program.loop);
  g_signal_handlers_disconnect_by_data (program.worker, &program);
  g_clear_object (&program.worker);
  conc_race_file_close (program.file);
  g_clear_object (&program.file);
  g_main_loop_unref (program.loop);
  return 0;
}
