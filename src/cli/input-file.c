/* input-file.c: a small file that a person named, read whole. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/input-file.h"

#include <glib/gi18n-lib.h>

/**
 * conc_input_file_read:
 * @path: a file
 * @error: where to put why it cannot be read, a whole sentence
 *
 * Returns: (transfer full): what is in it, or %NULL.
 */
GBytes *
conc_input_file_read (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *text = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &text, &length, &local_error))
    return g_bytes_new_take (text, length);
  /* Translators: %s is what the system says, without a full stop. */
  g_set_error (error, local_error->domain, local_error->code, _ ("%s."), local_error->message);
  return NULL;
}
