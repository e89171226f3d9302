/* code-read.h: Reads the QR code in a picture. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pictures with a longer side than this are not looked at: none that is printed or taken has one.
 */
#define CONC_CODE_READ_SIDE_MAX 16384

char *conc_code_read_gray (const guint8 *gray, int width, int height, int stride);

G_END_DECLS
