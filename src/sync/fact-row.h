/* fact-row.h: facts as rows of the hub. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* What a row of facts is selected with, in this order. */
#define CONC_ROW_COLUMNS "station, seq, hlc, kind, subject, replaces, operator, body"

typedef enum
{
  CONC_ROW_N_COLUMNS = 8
} ConcRowColumns;

/* Fills @columns with one array literal a column (transfer full each), for unnest. */
gboolean conc_rows_from_facts (GPtrArray *facts,
                               GBytes    *private_key,
                               char      *columns[CONC_ROW_N_COLUMNS],
                               GError   **error);

/* The fact of @row, whose columns begin at @first. */
ConcFact *conc_fact_from_row (const PGresult *result,
                              int             row,
                              int             first,
                              GBytes         *private_key,
                              GError        **error);

G_END_DECLS
