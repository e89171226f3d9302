/* input-file.h: a small file that a person named, read whole. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *conc_input_file_read (const char *path, GError **error);

G_END_DECLS
