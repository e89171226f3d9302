/* import.h: registrations and gifts from a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_IMPORT_NEW,
  CONC_IMPORT_CHANGED,
  CONC_IMPORT_UNCHANGED,
  CONC_IMPORT_DOUBTFUL, /* imported, and somebody should look: perhaps the same person twice */
  CONC_IMPORT_REFUSED,  /* not imported */
  CONC_N_IMPORT_OUTCOMES
} ConcImportOutcome;

typedef enum
{
  CONC_IMPORT_RUNNERS,
  CONC_IMPORT_GIFTS,
  CONC_IMPORT_GUESS
} ConcImportKind;

typedef struct
{
  guint             line;
  ConcImportOutcome outcome;
  char             *name;
  char *sentence; /* why doubtful or refused, what changed; NULL when there is nothing to say */
} ConcImportItem;

/* What an import would do. It holds what was read, so that applying it does exactly that. */
typedef struct _ConcImportPlan ConcImportPlan;

ConcImportPlan *conc_import_plan_new (ConcReader        *reader,
                                      GBytes            *bytes,
                                      ConcImportKind     kind,
                                      const char *const *map, /* "Column=field", or NULL */
                                      GError           **error);
void            conc_import_plan_free (ConcImportPlan *plan);
ConcImportKind  conc_import_plan_get_kind (const ConcImportPlan *plan);
guint           conc_import_plan_count (const ConcImportPlan *plan, ConcImportOutcome outcome);
/* Items worth a look: changed, doubtful, refused and those with a note; in line order. */
GPtrArray *conc_import_plan_get_items (ConcImportPlan *plan);
/* "Column" -> "field" (or NULL when not used), in file order. */
GPtrArray *conc_import_plan_get_columns (ConcImportPlan *plan);
/* Donations in a registration file: how many and how much. */
void conc_import_plan_get_donations (ConcImportPlan *plan, guint *ret_count, gint64 *ret_cents);
/* Whether applying also enters the donations made at registration as gifts; FALSE at first. */
void conc_import_plan_set_enter_donations (ConcImportPlan *plan, gboolean enter);

typedef struct
{
  char *column;
  char *field;
} ConcImportColumn;

const char *conc_import_outcome_to_text (ConcImportOutcome outcome);

/* One transaction: all of it, or nothing. The plan is used up. */
gboolean conc_race_file_import (ConcRaceFile *file, ConcImportPlan *plan, GError **error);
void     conc_race_file_import_async (ConcRaceFile       *file,
                                      ConcImportPlan     *plan,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean conc_race_file_import_finish (ConcRaceFile *file, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcImportPlan, conc_import_plan_free)

G_END_DECLS
