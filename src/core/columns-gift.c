/* columns-gift.c: rows of donation exports as gifts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

#include "core/money.h"
#include "core/race-time.h"
#include "core/scan.h"
#include "core/text-fold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LAST_GIFT_YEAR 2099
#define KEY_DIGITS 24 /* of SHA-256, in hexadecimal: 96 bits */

typedef struct
{
  const char *words; /* folded, between bars */
  ConcMethod  method;
} MethodWords;

static const MethodWords method_words[] = {
  { "|cash|coins|", CONC_METHOD_CASH },
  { "|check|cheque|checks|cheques|personal check|paper check|", CONC_METHOD_CHECK },
  { "|card|credit card|debit card|credit|debit|creditcard|visa|mastercard|master card|amex|"
    "american express|discover|card present|credit debit card|terminal|",
    CONC_METHOD_CARD },
  { "|online|web|website|internet|paypal|venmo|cash app|cashapp|apple pay|google pay|ach|"
    "bank transfer|bank account|us bank account|echeck|e check|eft|wire|zelle|link|stripe|"
    "stock|crypto|donor advised fund|daf|",
    CONC_METHOD_ONLINE },
  { "|pledge|pledged|", CONC_METHOD_PLEDGE },
  { "|match|matching|matching gift|employer match|corporate match|matched|company match|",
    CONC_METHOD_MATCH },
};

/* States of a payment that arrived. Everything else is refused, for money that only may arrive
 * must not count. */
static const char good_states[] = "|succeeded|success|successful|paid|complete|completed|captured|"
                                  "approved|settled|active|received|live|cleared|posted|ok|";

typedef struct
{
  ConcColumns      *columns;
  const ConcCsvRow *row;
  GPtrArray        *problems;
} Reading;

static gboolean
refuse (Reading *r, char *take_sentence)
{
  conc_columns_add_problem (r->problems, CONC_PROBLEM_REFUSED, r->row->line, take_sentence);
  return FALSE;
}

static const char *
get (Reading *r, int meaning)
{
  return conc_columns_get_cell (r->columns, r->row, meaning);
}

static gboolean
has_column (Reading *r, int meaning)
{
  return r->columns->columns[meaning] >= 0;
}

static gboolean
is_one_of (const char *words, const char *text)
{
  g_autofree char *folded = conc_text_fold (text);
  g_autofree char *wanted = g_strdup_printf ("|%s|", folded);

  return *folded != '\0' && strstr (words, wanted) != NULL;
}

static gboolean
check_state (Reading *r)
{
  const char      *cell = get (r, GIFT_STATUS);
  g_autofree char *shown = conc_dup_quotable (cell);
  g_autofree char *currency = NULL;

  if (*cell != '\0' && !is_one_of (good_states, cell))
    return refuse (r,
                   g_strdup_printf (_ ("Line %u is not a gift that arrived: its status is “%s”."),
                                    r->row->line, shown));
  if (conc_columns_parse_answer (get (r, GIFT_CAPTURED)) == ANSWER_NO)
    return refuse (r, g_strdup_printf (_ ("Line %u is not a gift that arrived: the payment was "
                                          "never captured."),
                                       r->row->line));
  if (g_ascii_strcasecmp (get (r, GIFT_MODE), "test") == 0)
    return refuse (r, g_strdup_printf (_ ("Line %u is a test payment."), r->row->line));
  currency = conc_dup_quotable (get (r, GIFT_CURRENCY));
  if (*currency != '\0' && g_ascii_strcasecmp (currency, "usd") != 0 && strcmp (currency, "$") != 0)
    return refuse (r, g_strdup_printf (_ ("Line %u is in another currency than US dollars: “%s”."),
                                       r->row->line, currency));
  return TRUE;
}

static gboolean
refuse_amount (Reading *r, const char *cell)
{
  g_autofree char *shown = conc_dup_quotable (cell);

  if (*cell == '\0')
    return refuse (r, g_strdup_printf (_ ("Line %u has no amount."), r->row->line));
  return refuse (r, g_strdup_printf (_ ("Line %u: “%s” is not an amount of a gift."), r->row->line,
                                     shown));
}

static gboolean
parse_amount (Reading *r, gint64 *ret_cents)
{
  const char *cell = get (r, GIFT_AMOUNT_CENTS);
  const char *cursor = cell;
  g_autoptr (GError) error = NULL;

  if (*cell != '\0')
    return (conc_scan_digits (&cursor, 1, 11, ret_cents) && *cursor == '\0' &&
            *ret_cents <= CONC_MONEY_MAX_CENTS) ||
           refuse_amount (r, cell);
  cell = get (r, GIFT_AMOUNT);
  if (*cell == '\0')
    return refuse_amount (r, cell);
  if (conc_money_parse_export (cell, ret_cents, &error))
    return TRUE;
  return refuse (r, g_strdup_printf (_ ("Line %u: %s"), r->row->line, error->message));
}

/* What was given back is taken off; a gift given back as a whole is none. */
static gboolean
read_amount (Reading *r, gint64 *ret_cents)
{
  gint64           cents = 0, refunded = 0;
  const char      *cell;
  g_autofree char *left = NULL;

  if (!parse_amount (r, &cents))
    return FALSE;
  if (cents == 0)
    return refuse (r, g_strdup_printf (_ ("Line %u is a gift of nothing."), r->row->line));

  cell = get (r, GIFT_REFUNDED);
  if (*cell != '\0' && !conc_money_parse_export (cell, &refunded, NULL) &&
      conc_columns_parse_answer (cell) != ANSWER_NO)
    refunded = cents;
  if (refunded >= cents)
    return refuse (r, g_strdup_printf (_ ("Line %u was given back to the donor."), r->row->line));
  cents -= refunded;
  if (refunded > 0)
    {
      left = conc_money_format (cents);
      conc_columns_add_problem (
          r->problems, CONC_PROBLEM_NOTE, r->row->line,
          g_strdup_printf (_ ("Line %u: a part was given back to the donor; %s counts."),
                           r->row->line, left));
    }
  *ret_cents = cents;
  return TRUE;
}

static gboolean
find_method (const char *text, ConcMethod *ret_method)
{
  for (guint i = 0; i < G_N_ELEMENTS (method_words); i++)
    if (is_one_of (method_words[i].words, text))
      {
        *ret_method = method_words[i].method;
        return TRUE;
      }
  return FALSE;
}

static gboolean
refuse_method (Reading *r, const char *cell)
{
  g_autofree char *shown = conc_dup_quotable (cell);

  if (*cell == '\0')
    return refuse (r, g_strdup_printf (_ ("Line %u does not say how the gift was paid."),
                                       r->row->line));
  return refuse (r, g_strdup_printf (_ ("Line %u: “%s” is not a way of giving; write cash, check, "
                                        "card, online, pledge or match."),
                                     r->row->line, shown));
}

/* A file without a column for it comes from a donation page. */
static gboolean
read_method (Reading *r, ConcMethod *ret_method)
{
  g_autofree char *cell = g_strdup (get (r, GIFT_METHOD));
  const char      *offline = get (r, GIFT_OFFLINE_METHOD);
  gboolean         use_offline = *cell == '\0' || g_ascii_strcasecmp (cell, "offline") == 0;
  const char      *method = use_offline && *offline != '\0' ? offline : cell;

  if (*method == '\0' && !has_column (r, GIFT_METHOD))
    {
      *ret_method = CONC_METHOD_ONLINE;
      return TRUE;
    }
  return find_method (method, ret_method) || refuse_method (r, method);
}

static gint64
read_time (Reading *r)
{
  const char      *cell = get (r, GIFT_TIME);
  g_autofree char *shown = NULL;
  ConcExportDate   date;

  if (*cell == '\0')
    return CONC_NO_TIME;
  if (conc_columns_parse_date (r->columns, r->row, GIFT_TIME, LAST_GIFT_YEAR, &date) &&
      conc_export_date_is_instant (&date))
    return conc_export_date_to_usec (&date,
                                     r->columns->time_is_utc ? r->columns->utc : r->columns->zone);
  shown = conc_dup_quotable (cell);
  conc_columns_add_problem (
      r->problems, CONC_PROBLEM_NOTE, r->row->line,
      g_strdup_printf (_ ("Line %u: “%s” cannot be read as a date and was left out."), r->row->line,
                       shown));
  return CONC_NO_TIME;
}

static char *
dup_name (Reading *r)
{
  g_autofree char *given = conc_columns_dup_cell (r->columns, r->row, GIFT_GIVEN_NAME);
  g_autofree char *family = conc_columns_dup_cell (r->columns, r->row, GIFT_FAMILY_NAME);

  if (given != NULL && family != NULL)
    return g_strconcat (given, " ", family, NULL);
  if (given != NULL || family != NULL)
    return g_strdup (given != NULL ? given : family);
  return conc_columns_dup_cell (r->columns, r->row, GIFT_FULL_NAME);
}

static gboolean
check_lengths (Reading *r, const ConcGiftRow *gift)
{
  const char *const texts[] = { gift->from, gift->beneficiary, gift->transaction_id };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && g_utf8_strlen (texts[i], -1) > CONC_NAME_MAX_CHARS)
      return refuse (r, g_strdup_printf (_ ("Line %u has a name of more than %d characters."),
                                         r->row->line, CONC_NAME_MAX_CHARS));
  if (gift->message != NULL && g_utf8_strlen (gift->message, -1) > CONC_NOTE_MAX_CHARS)
    return refuse (r, g_strdup_printf (_ ("Line %u has a message of more than %d characters."),
                                       r->row->line, CONC_NOTE_MAX_CHARS));
  return TRUE;
}

/* Whoever may want to stay unnamed stays unnamed. */
static gboolean
is_anonymous (Reading *r)
{
  Answer answer = conc_columns_parse_answer (get (r, GIFT_ANONYMOUS));

  return answer == ANSWER_YES || answer == ANSWER_OTHER;
}

static char *
dup_content_key (const ConcGiftRow *gift)
{
  g_autofree char *from = conc_text_fold (gift->from != NULL ? gift->from : "");
  g_autofree char *content =
      g_strdup_printf ("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s", gift->when_usec,
                       gift->amount_cents, conc_method_to_text (gift->method), from);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  return g_strndup (sum, KEY_DIGITS);
}

/* Refuses a transaction that stands in the file twice; numbers equal rows without one. */
static gboolean
set_key (Reading *r, ConcGiftRow *gift)
{
  GHashTable      *seen = r->columns->seen;
  g_autofree char *content = NULL;
  guint            count;

  if (gift->transaction_id != NULL)
    {
      guint line;

      gift->key = g_strconcat ("id:", gift->transaction_id, NULL);
      line = GPOINTER_TO_UINT (g_hash_table_lookup (seen, gift->key));
      if (line != 0)
        return refuse (r, g_strdup_printf (_ ("Line %u repeats the transaction of line %u."),
                                           r->row->line, line));
      g_hash_table_insert (seen, g_strdup (gift->key), GUINT_TO_POINTER (r->row->line));
      return TRUE;
    }
  content = dup_content_key (gift);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (seen, content)) + 1;
  g_hash_table_insert (seen, g_strdup (content), GUINT_TO_POINTER (count));
  gift->key = g_strdup_printf ("row:%s:%u", content, count);
  return TRUE;
}

/**
 * conc_columns_read_gift:
 * @self: a reader of rows of gifts, after the sniffing
 * @row: a row after the header
 * @problems: (element-type ConcProblem): where problems of the row are added
 *
 * Makes a gift of a row. Amounts are read as exports for the United States have them; what was
 * given back is taken off. A file without a column for the method comes from a donation page, so
 * its gifts are online. Refused, each with a sentence: no, zero or negative amounts, another
 * currency, payments that failed, are pending, were given back or were tests, methods that are
 * none of ours, a transaction that the file has twice.
 *
 * The key of a gift with a transaction id is that id. Without one it is made of time, amount,
 * method and folded name, and a number for equal rows: the first is 1, the second 2. These do not
 * change when an export is made again later, also with more rows, another order or corrected
 * messages; of rows that are equal in all of them, it does not matter which is which.
 *
 * Returns: (transfer full) (nullable): the gift; %NULL when the row is not taken, and then
 *   @problems says why. Any thread, one at a time.
 */
ConcGiftRow *
conc_columns_read_gift (ConcColumns *self, const ConcCsvRow *row, GPtrArray *problems)
{
  g_autoptr (ConcGiftRow) gift = NULL;
  Reading r = { self, row, problems };

  g_return_val_if_fail (self != NULL && self->kind == CONC_COLUMNS_GIFTS, NULL);
  g_return_val_if_fail (row != NULL && problems != NULL, NULL);

  if (!conc_columns_check_width (self, row, problems))
    return NULL;
  gift = g_new0 (ConcGiftRow, 1);
  gift->line = row->line;
  if (!check_state (&r) || !read_amount (&r, &gift->amount_cents) ||
      !read_method (&r, &gift->method))
    return NULL;
  gift->when_usec = read_time (&r);
  gift->is_anonymous = is_anonymous (&r);
  gift->from = dup_name (&r);
  gift->beneficiary = conc_columns_dup_cell (self, row, GIFT_BENEFICIARY);
  gift->message = conc_columns_dup_cell (self, row, GIFT_MESSAGE);
  gift->transaction_id = conc_columns_dup_cell (self, row, GIFT_TRANSACTION_ID);
  if (!check_lengths (&r, gift) || !set_key (&r, gift))
    return NULL;
  return g_steal_pointer (&gift);
}

/** conc_gift_row_free: frees @row. Any thread. */
void
conc_gift_row_free (ConcGiftRow *row)
{
  g_return_if_fail (row != NULL);

  g_free (row->from);
  g_free (row->beneficiary);
  g_free (row->message);
  g_free (row->transaction_id);
  g_free (row->key);
  g_free (row);
}
