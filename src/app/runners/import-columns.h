/* import-columns.h: which column of a file is which field, as rows to choose from. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/import.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* @field is "" when the column is not used. */
typedef void (*ConcImportMapFunc) (const char *column, const char *field, gpointer user_data);

void conc_import_columns_fill (GtkListBox       *box,
                               ConcImportPlan   *plan,
                               ConcImportMapFunc changed,
                               gpointer          user_data);

G_END_DECLS
