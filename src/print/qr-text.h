/* qr-text.h: QR codes in a terminal. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *conc_qr_to_text (const char *text, GError **error);

G_END_DECLS
