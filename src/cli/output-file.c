/* output-file.c: a file that is there whole or not at all. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output-file.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

static gboolean
is_sentence (const char *text)
{
  return g_str_has_suffix (text, ".") || g_str_has_suffix (text, "。");
}

/* What the system says is no sentence, and seldom names the file. */
static gboolean
fail (GError **error, GError *reason, const char *path)
{
  if (reason->domain == G_IO_ERROR || !is_sentence (reason->message))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s could not be written: %s."), path,
                   reason->message);
      g_error_free (reason);
    }
  else
    g_propagate_error (error, reason);
  return FALSE;
}

/* Closing with a cancelled operation throws away what was written beside the file; a file that was
 * not there before has nothing beside it, and was written itself. */
static void
abandon (GOutputStream *stream, GFile *file, gboolean is_new)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
  if (is_new)
    g_file_delete (file, NULL, NULL);
}

/**
 * conc_output_file_write:
 * @path: where; a file that is there is replaced when all is written
 * @func: writes the content
 *
 * Returns: whether the file is written; if not, @path is as it was.
 */
gboolean
conc_output_file_write (const char *path, ConcWriteFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  gboolean is_new = !g_file_query_exists (file, NULL);
  GError  *reason = NULL;
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &reason);

  if (stream == NULL)
    return fail (error, reason, path);
  if (!func (G_OUTPUT_STREAM (stream), user_data, &reason))
    {
      abandon (G_OUTPUT_STREAM (stream), file, is_new);
      return fail (error, reason, path);
    }
  if (!g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &reason))
    return fail (error, reason, path);
  return TRUE;
}

/** conc_output_stdout_write: like conc_output_file_write() to standard output. */
gboolean
conc_output_stdout_write (ConcWriteFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  GError *reason = NULL;

  fflush (stdout);
  if (func (stream, user_data, &reason))
    return TRUE;
  return fail (error, reason, _ ("Standard output"));
}
