/* length-row.h: a row with a number to type or to nudge, such as a length in mm. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_LENGTH_ROW (conc_length_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcLengthRow, conc_length_row, CONC, LENGTH_ROW, AdwActionRow)

/* Properties: "value", "lower", "upper", "step" (double), "digits" (uint, decimals) and "unit"
 * (string, such as "mm"). */

double conc_length_row_get_value (ConcLengthRow *self);
void   conc_length_row_set_value (ConcLengthRow *self, double value);

G_END_DECLS
