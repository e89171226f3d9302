/* money.c: writes and divides amounts of money in cents. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/money.h"

#include <string.h>

static guint64
magnitude (gint64 cents)
{
  return cents < 0 ? -(guint64) cents : (guint64) cents;
}

static char *
format_dollars (guint64 dollars)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, dollars);
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * conc_money_format:
 * @cents: an amount in cents, of either sign
 *
 * Returns: (transfer full): the amount for lists and receipts, $1,250.00 or -$5.00.
 *
 * Thread: any.
 */
char *
conc_money_format (gint64 cents)
{
  guint64          value = magnitude (cents);
  g_autofree char *dollars = format_dollars (value / 100);

  return g_strdup_printf ("%s$%s.%02u", cents < 0 ? "-" : "", dollars, (guint) (value % 100));
}

/**
 * conc_money_format_short:
 * @cents: an amount in cents, of either sign
 *
 * Returns: (transfer full): the amount for the projector, without cents when there are
 *   none: $1,250, but $1,250.50.
 *
 * Thread: any.
 */
char *
conc_money_format_short (gint64 cents)
{
  guint64          value = magnitude (cents);
  g_autofree char *dollars = NULL;

  if (value % 100 != 0)
    return conc_money_format (cents);
  dollars = format_dollars (value / 100);
  return g_strdup_printf ("%s$%s", cents < 0 ? "-" : "", dollars);
}

/**
 * conc_money_to_decimal:
 * @cents: an amount in cents, of either sign
 *
 * Returns: (transfer full): the amount for CSV and programs, 1250.00 in every locale.
 *
 * Thread: any.
 */
char *
conc_money_to_decimal (gint64 cents)
{
  guint64 value = magnitude (cents);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", cents < 0 ? "-" : "", value / 100,
                          (guint) (value % 100));
}

/**
 * conc_money_allocate:
 * @cents: the amount to divide, of either sign
 * @shares: (array length=n_shares): weights, such as percent; any sum
 * @n_shares: how many
 * @ret_parts_cents: (out caller-allocates) (array length=n_shares): the parts
 *
 * Divides an amount by the largest-remainder rule: every part is its exact share rounded
 * up or down to a cent, and the parts add up to @cents exactly. Of equal remainders the
 * earlier share gets the cent, so that the result does not depend on chance.
 *
 * Returns: %FALSE when all shares are zero; the parts are then zero.
 *
 * Thread: any. Cost: quadratic in @n_shares, which are a handful of beneficiaries.
 */
gboolean
conc_money_allocate (gint64 cents, const guint *shares, guint n_shares, gint64 *ret_parts_cents)
{
  guint64             value = magnitude (cents), total = 0, left;
  g_autofree guint64 *remainders = NULL;

  g_return_val_if_fail (shares != NULL || n_shares == 0, FALSE);
  g_return_val_if_fail (ret_parts_cents != NULL || n_shares == 0, FALSE);

  for (guint i = 0; i < n_shares; i++)
    {
      total += shares[i];
      ret_parts_cents[i] = 0;
    }
  if (total == 0)
    return FALSE;

  left = value;
  remainders = g_new (guint64, n_shares);
  for (guint i = 0; i < n_shares; i++)
    {
      unsigned __int128 product = (unsigned __int128) value * shares[i];

      ret_parts_cents[i] = (gint64) (product / total);
      remainders[i] = (guint64) (product % total);
      left -= (guint64) ret_parts_cents[i];
    }
  for (; left > 0; left--)
    {
      guint largest = 0;

      for (guint i = 1; i < n_shares; i++)
        if (remainders[i] > remainders[largest])
          largest = i;
      ret_parts_cents[largest]++;
      remainders[largest] = 0;
    }
  for (guint i = 0; cents < 0 && i < n_shares; i++)
    ret_parts_cents[i] = -ret_parts_cents[i];
  return TRUE;
}
