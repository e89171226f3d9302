/* replace-file.c: puts a file in the place of another in one step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/replace-file.h"

/* Nobody reads half of it, and when it fails what was there before still is. It waits for the
 * disk: call it on a worker. */
gboolean
conc_replace_file (GFile *file, GMemoryOutputStream *content, GError **error)
{
  return g_file_replace_contents (file, g_memory_output_stream_get_data (content),
                                  g_memory_output_stream_get_data_size (content), NULL, FALSE,
                                  G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, error);
}
