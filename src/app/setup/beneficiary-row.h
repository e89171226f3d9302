/* beneficiary-row.h: one beneficiary and its share in percent. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_BENEFICIARY_ROW (conc_beneficiary_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcBeneficiaryRow,
                      conc_beneficiary_row,
                      CONC,
                      BENEFICIARY_ROW,
                      GtkListBoxRow)

/* Signals: "edited", and "removed" when the row is to go. */

GtkWidget  *conc_beneficiary_row_new (const char *name, guint percent);
const char *conc_beneficiary_row_get_name (ConcBeneficiaryRow *self);
guint       conc_beneficiary_row_get_percent (ConcBeneficiaryRow *self);

G_END_DECLS
