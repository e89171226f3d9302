/* card-fees.c: cards about one fee that was paid at two desks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/money.h"
#include "store/card-private.h"
#include "store/reader-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char    *id;
  char    *fact;
  gint64   amount_cents;
  char    *method;
  gboolean counts;
} Payment;

static void
payment_free (gpointer data)
{
  Payment *payment = data;

  g_free (payment->id);
  g_free (payment->fact);
  g_free (payment->method);
  g_free (payment);
}

/* Also those that do not count, because two may have decided otherwise. */
static GPtrArray *
read_payments (ConcDb *db, const char *runner_id, GError **error)
{
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func (payment_free);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT id, fact, amount_cents, method, counts IS NOT 0 FROM fee "
                       "WHERE runner = ? ORDER BY hlc DESC, id",
                       error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", runner_id))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      Payment *payment = g_new0 (Payment, 1);

      payment->id = conc_column_dup (statement, 0);
      payment->fact = conc_column_dup (statement, 1);
      payment->amount_cents = sqlite3_column_int64 (statement, 2);
      payment->method = conc_column_dup (statement, 3);
      payment->counts = sqlite3_column_int (statement, 4) != 0;
      g_ptr_array_add (payments, payment);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&payments) : NULL;
}

static void
add_payment (const ConcCardMaker *maker, ConcCard *card, const Payment *payment, gboolean is_shown)
{
  g_autofree char *amount = conc_money_format (payment->amount_cents);
  ConcMethod       method = conc_method_from_text (payment->method);
  g_autofree char *what =
      g_strdup_printf ("%s, %s", amount,
                       conc_method_get_title (method < CONC_N_METHODS ? method : CONC_METHOD_CASH));
  g_autofree char *station = NULL;
  g_autoptr (ConcFact) fact = NULL;
  ConcFactId id;

  if (!conc_fact_id_parse (payment->fact, &id) ||
      !conc_log_find (conc_reader_get_log (maker->reader), &id, &fact, NULL) || fact == NULL)
    return;
  station = conc_reader_dup_station_name (maker->reader, fact->id.station);
  conc_card_add_fact (maker, card, fact, what, payment->counts);
  conc_card_add_choice (card, payment->id,
                        g_strdup_printf (_ ("Only %s of %s was paid"), amount, station), is_shown);
}

/**
 * conc_card_of_fees:
 *
 * What is shown is that every payment counts that nobody has decided against.
 *
 * Returns: (transfer full) (nullable): the card; its id is "fee:RUNNER".
 */
ConcCard *
conc_card_of_fees (const ConcCardMaker *maker, const char *runner_id, GError **error)
{
  g_autoptr (GPtrArray) payments =
      read_payments (conc_reader_get_db (maker->reader), runner_id, error);
  g_autofree char *id = g_strconcat (CONC_CARD_FEE_PREFIX, runner_id, NULL);
  g_autofree char *name = conc_card_dup_runner_name (maker, runner_id);
  ConcCard        *card;
  guint            n_counted = 0;

  if (payments == NULL)
    return NULL;
  for (guint i = 0; i < payments->len; i++)
    n_counted += ((Payment *) g_ptr_array_index (payments, i))->counts ? 1 : 0;
  card = conc_card_new (CONC_CARD_FEE, id);
  card->title = g_strdup_printf (_ ("%s paid at two desks"), name);
  for (guint i = 0; i < payments->len; i++)
    {
      const Payment *payment = g_ptr_array_index (payments, i);

      add_payment (maker, card, payment, n_counted == 1 && payment->counts);
    }
  conc_card_add_choice (card, CONC_CHOICE_ALL, g_strdup (_ ("Everything was paid")),
                        n_counted == payments->len);
  return card;
}
