/* output-file.h: a file that is there whole or not at all. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef gboolean (*ConcWriteFunc) (GOutputStream *stream, gpointer user_data, GError **error);

gboolean
conc_output_file_write (const char *path, ConcWriteFunc func, gpointer user_data, GError **error);
gboolean conc_output_stdout_write (ConcWriteFunc func, gpointer user_data, GError **error);

G_END_DECLS
