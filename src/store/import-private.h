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

/* One row of the file as it was read, before it is compared: a runner or a gift, or nothing.
 * @subject is the id that @key gives the runner, unless a row before has the same. */
typedef struct
{
  guint        line;
  ConcRunner  *runner;
  char        *search;
  char        *key;
  char        *subject;
  ConcGiftRow *gift;
  GPtrArray   *problems; /* element-type ConcProblem; NULL: none */
} ConcImportReading;

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

/* import-read.c */
char   *conc_import_fold_name (const ConcRunner *runner);
GArray *conc_import_read (ConcImportPlan    *plan,
                          ConcSettings      *settings,
                          GBytes            *bytes,
                          const char *const *map,
                          GError           **error);

/* import-new.c */
gboolean conc_import_append_new (ConcWriter *writer, ConcImportPlan *plan, GError **error);

G_END_DECLS
