/* qr-view.h: a QR code on the screen, always dark on light. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_QR_VIEW (conc_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcQrView, conc_qr_view, CONC, QR_VIEW, GtkWidget)

void conc_qr_view_set_text (ConcQrView *view, const char *text);

G_END_DECLS
