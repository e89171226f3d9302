/* import-private.h: the plan of an import, between making and applying it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/columns.h"
#include "store/import.h"
#include "store/writer.h"

G_BEGIN_DECLS

/* One row of the file. @subject is the id that its content gives it. @changes (element-type guint)
 * are the fields of @runner that the file changes; NULL for a new runner. */
typedef struct
{
  guint             line;
  ConcImportOutcome outcome;
  char             *subject;
  ConcRunner       *runner;
  char             *search; /* the folded name of @runner */
  ConcGift         *gift;
  GArray           *changes;
  gboolean          bib_is_free;
  ConcHlc           bib_order; /* while it is written: of the fact that gives the bib */
} ConcImportRow;

struct _ConcImportPlan
{
  ConcImportKind kind;
  ConcColumns   *columns;
  GArray        *rows;
  GPtrArray     *items;
  guint          counts[CONC_N_IMPORT_OUTCOMES];
  GPtrArray     *donors; /* everybody in the file who gave at registration */
  guint          n_donations;
  gint64         donations_cents;
  gboolean       enter_donations;
  char          *race_id;
  gint64         position; /* of the last fact when the plan was begun */
};

/* import-new.c */
gboolean conc_import_append_new (ConcWriter *writer, ConcImportPlan *plan, GError **error);

G_END_DECLS
