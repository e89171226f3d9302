/* waiver-form.h: the waiver, to be read and signed on the screen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "accepted" (string signer, string signature), "cancelled". */
#define CONC_TYPE_WAIVER_FORM (conc_waiver_form_get_type ())
G_DECLARE_FINAL_TYPE (ConcWaiverForm, conc_waiver_form, CONC, WAIVER_FORM, GtkWidget)

void conc_waiver_form_begin (ConcWaiverForm *self, const char *waiver, const char *signer);

G_END_DECLS
