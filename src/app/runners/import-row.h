/* import-row.h: a line of a file that is worth a look before it is imported. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/import.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties, all text to show: "line", "outcome", "name" and "sentence". */
#define CONC_TYPE_IMPORT_ROW (conc_import_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcImportRow, conc_import_row, CONC, IMPORT_ROW, GObject)

ConcImportRow *conc_import_row_new (const ConcImportItem *item);
const char    *conc_import_outcome_get_title (ConcImportOutcome outcome);

G_END_DECLS
