/* replace-file.h: puts a file in the place of another in one step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean conc_replace_file (GFile *file, GMemoryOutputStream *content, GError **error);

G_END_DECLS
