/* columns-private.h: what the parts of the column reader share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/columns.h"
#include "core/export-date.h"

G_BEGIN_DECLS

/* Meanings of columns of runners are the fields of a runner and these. */
enum
{
  COLUMN_FULL_NAME = CONC_N_FIELDS,
  COLUMN_HIDDEN,
  COLUMN_STATUS,
  COLUMN_EMERGENCY_GIVEN,
  COLUMN_EMERGENCY_FAMILY,
  COLUMN_GUARDIAN_GIVEN,
  COLUMN_GUARDIAN_FAMILY,
  COLUMN_DONATION_CENTS,
  COLUMN_BALANCE_CENTS,
  COLUMN_YOUTH_SHIRT,
  N_RUNNER_MEANINGS
};

/* Meanings of columns of gifts. */
enum
{
  GIFT_AMOUNT,
  GIFT_AMOUNT_CENTS,
  GIFT_REFUNDED,
  GIFT_METHOD,
  GIFT_OFFLINE_METHOD,
  GIFT_ANONYMOUS,
  GIFT_GIVEN_NAME,
  GIFT_FAMILY_NAME,
  GIFT_FULL_NAME,
  GIFT_BENEFICIARY,
  GIFT_MESSAGE,
  GIFT_TIME,
  GIFT_TRANSACTION_ID,
  GIFT_STATUS,
  GIFT_CAPTURED,
  GIFT_CURRENCY,
  GIFT_MODE,
  N_GIFT_MEANINGS
};

#define MEANING_NONE -1
#define MAX_MEANINGS 48

G_STATIC_ASSERT (N_RUNNER_MEANINGS <= MAX_MEANINGS && N_GIFT_MEANINGS <= MAX_MEANINGS);

typedef enum
{
  ANSWER_NONE,
  ANSWER_NO,
  ANSWER_YES,
  ANSWER_OTHER
} Answer;

struct _ConcColumns
{
  /* owned */
  char      **headers;
  int        *meanings; /* by column */
  GTimeZone  *zone;
  GTimeZone  *utc;
  char       *race_date;
  GHashTable *seen;    /* gifts: key -> line or count; sniffing: registration numbers */
  GString    *scratch; /* of the cell that was cleaned last */

  /* state */
  ConcColumnsKind kind;
  guint           n_columns;
  int             columns[MAX_MEANINGS]; /* column by meaning, -1 for none */
  gboolean        day_first[MAX_MEANINGS];
  gboolean        month_first[MAX_MEANINGS];
  gboolean        id_is_weak; /* the registration number may be that of a whole order */
  gboolean        time_is_utc;
  int             race_year;
};

typedef struct
{
  ConcColumns      *columns;
  const ConcCsvRow *row;
  GPtrArray        *problems;
  ConcRunner       *runner;
} ConcRunnerReading;

void conc_columns_set_text (ConcRunnerReading *r, ConcField field, const char *text);
void conc_columns_read_values (ConcRunnerReading *r);

int         conc_columns_find_meaning (ConcColumnsKind kind, const char *header, guint *ret_rank);
int         conc_columns_meaning_from_key (ConcColumnsKind kind, const char *key);
const char *conc_columns_meaning_to_key (ConcColumnsKind kind, int meaning);
char       *conc_columns_dup_keys (ConcColumnsKind kind);
gboolean    conc_columns_is_weak_id (const char *header);
char       *conc_columns_normalize_header (const char *header);

const char *conc_columns_get_cell (ConcColumns *self, const ConcCsvRow *row, int meaning);
char       *conc_columns_dup_cell (ConcColumns *self, const ConcCsvRow *row, int meaning);
gboolean conc_columns_check_width (ConcColumns *self, const ConcCsvRow *row, GPtrArray *problems);
gboolean conc_columns_parse_date (ConcColumns      *self,
                                  const ConcCsvRow *row,
                                  int               meaning,
                                  int               last_year,
                                  ConcExportDate   *ret_date);
Answer   conc_columns_parse_answer (const char *text);
void     conc_columns_split_name (const char *name, char **ret_given, char **ret_family);
void     conc_columns_add_problem (GPtrArray          *problems,
                                   ConcProblemSeverity severity,
                                   guint               line,
                                   char               *take_sentence);

G_END_DECLS
