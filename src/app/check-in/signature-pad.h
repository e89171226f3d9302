/* signature-pad.h: where somebody signs with mouse, finger or pen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "changed": something was drawn or wiped. */
#define CONC_TYPE_SIGNATURE_PAD (conc_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (ConcSignaturePad, conc_signature_pad, CONC, SIGNATURE_PAD, GtkWidget)

void     conc_signature_pad_clear (ConcSignaturePad *self);
gboolean conc_signature_pad_is_empty (ConcSignaturePad *self);
char    *conc_signature_pad_dup_text (ConcSignaturePad *self);

G_END_DECLS
