/* columns.h: recognises the columns of exports and reads their rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/csv.h"
#include "core/gift.h"
#include "core/runner.h"

G_BEGIN_DECLS

#define CONC_NAME_MAX_CHARS 200
#define CONC_NOTE_MAX_CHARS 2000

typedef struct _ConcColumns ConcColumns;

typedef enum
{
  CONC_COLUMNS_RUNNERS,
  CONC_COLUMNS_GIFTS
} ConcColumnsKind;

typedef enum
{
  CONC_PROBLEM_NOTE,   /* the row is taken, but something in it was changed or left out */
  CONC_PROBLEM_REFUSED /* the row is not taken */
} ConcProblemSeverity;

typedef struct
{
  ConcProblemSeverity severity;
  guint               line;
  char               *sentence; /* whole and translated; names the line */
} ConcProblem;

/* A gift of a file. @from is the donor, also of an anonymous gift; %NULL when not known. @key is
 * the same whenever the same gift is read again, also from a newer export. */
typedef struct
{
  guint      line;
  gint64     amount_cents;
  ConcMethod method;
  gboolean   is_anonymous;
  char      *from;
  char      *beneficiary;
  char      *message;
  char      *transaction_id;
  gint64     when_usec; /* CONC_NO_TIME when not known */
  char      *key;
} ConcGiftRow;

gboolean     conc_columns_guess_kind (const ConcCsvRow *header, ConcColumnsKind *ret_kind);
ConcColumns *conc_columns_new (ConcColumnsKind    kind,
                               const ConcCsvRow  *header,
                               const char *const *maps,
                               GTimeZone         *zone,
                               const char        *race_date,
                               GError           **error);
ConcColumns *conc_columns_copy (ConcColumns *self);
void         conc_columns_free (ConcColumns *self);
guint        conc_columns_get_count (ConcColumns *self);
const char  *conc_columns_get_header (ConcColumns *self, guint column);
const char  *conc_columns_get_meaning (ConcColumns *self, guint column);
void         conc_columns_sniff (ConcColumns *self, const ConcCsvRow *row);
void         conc_columns_end_sniff (ConcColumns *self);
ConcRunner *
conc_columns_read_runner (ConcColumns *self, const ConcCsvRow *row, GPtrArray *problems);
ConcGiftRow *conc_columns_read_gift (ConcColumns *self, const ConcCsvRow *row, GPtrArray *problems);

void conc_problem_free (ConcProblem *problem);
void conc_gift_row_free (ConcGiftRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcColumns, conc_columns_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcProblem, conc_problem_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcGiftRow, conc_gift_row_free)

G_END_DECLS
