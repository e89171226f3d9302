/* money-parse.c: reads amounts of money. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/money.h"

#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_BYTES 60 /* of an amount as text */
#define WHITE_SPACE " \t\r\n"

typedef struct
{
  guint64  units;    /* what stands before the point, cut off far above the limit */
  guint    n_units;  /* digits before the point, without commas */
  guint    n_groups; /* commas */
  guint    n_last;   /* digits after the last comma */
  gboolean grouped;  /* every comma stands where one belongs */
  gboolean has_point;
  guint    thousandths; /* the first three digits after the point */
  guint    n_fraction;  /* all digits after the point */
} Amount;

/* Always FALSE, so that a caller can return it. What was typed is short, but may have anything in
 * it; a sentence is one line. */
static gboolean
fail (GError **error, ConcCoreError code, char *take_message)
{
  g_autofree char *message = take_message;

  for (char *c = message; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_set_error_literal (error, CONC_CORE_ERROR, code, message);
  return FALSE;
}

static const char *
skip_currency (const char *p)
{
  if (g_ascii_strncasecmp (p, "USD", 3) == 0 || g_ascii_strncasecmp (p, "US$", 3) == 0)
    p += 3;
  else if (*p == '$')
    p += 1;
  while (*p == ' ')
    p++;
  return p;
}

static const char *
scan_units (const char *p, Amount *amount)
{
  for (; g_ascii_isdigit (*p) || *p == ','; p++)
    {
      if (*p == ',')
        {
          if (amount->n_last == 0 || amount->n_last > 3 ||
              (amount->n_groups > 0 && amount->n_last != 3))
            amount->grouped = FALSE;
          amount->n_groups++;
          amount->n_last = 0;
          continue;
        }
      if (amount->units <= (guint64) CONC_MONEY_MAX_CENTS)
        amount->units = amount->units * 10 + (guint64) g_ascii_digit_value (*p);
      amount->n_units++;
      amount->n_last++;
    }
  if (amount->n_groups > 0 && amount->n_last != 3)
    amount->grouped = FALSE;
  return p;
}

static const char *
scan_fraction (const char *p, Amount *amount)
{
  static const guint places[] = { 100, 10, 1 };

  if (*p != '.')
    return p;
  amount->has_point = TRUE;
  for (p++; g_ascii_isdigit (*p); p++)
    {
      guint digit = (guint) g_ascii_digit_value (*p);

      if (amount->n_fraction < 3)
        amount->thousandths += digit * places[amount->n_fraction];
      amount->n_fraction++;
    }
  return p;
}

static const char *
scan_sign (const char *p, gboolean *negative)
{
  if (g_str_has_prefix (p, "\342\210\222")) /* a typographic minus */
    {
      *negative = TRUE;
      return p + 3;
    }
  if (*p == '-' || *p == '(')
    {
      *negative = TRUE;
      return p + 1;
    }
  return p;
}

/* Takes the text apart. Negative amounts are told from nonsense, for the sentence. */
static gboolean
scan (const char *text, Amount *amount, GError **error)
{
  const char *p = text + strspn (text, WHITE_SPACE);
  gboolean    negative = FALSE;

  if (*p == '\0')
    return fail (error, CONC_CORE_ERROR_INVALID,
                 g_strdup (_ ("No amount is given: type one like 25 or 25.00.")));
  if (strlen (text) > MAX_BYTES)
    return fail (error, CONC_CORE_ERROR_INVALID,
                 g_strdup (_ ("This is too long for an amount of money.")));

  p = scan_sign (p, &negative);
  p = skip_currency (p);
  p = scan_sign (p, &negative);
  amount->grouped = TRUE;
  p = scan_units (p, amount);
  p = scan_fraction (p, amount);
  if (negative && *p == ')')
    p++;
  p += strspn (p, WHITE_SPACE);

  if (*p != '\0' || amount->n_units + amount->n_fraction == 0 ||
      (amount->has_point && amount->n_fraction == 0))
    return fail (error, CONC_CORE_ERROR_INVALID,
                 g_strdup_printf (_ ("“%s” is not an amount of money: type one like 25 or 25.00."),
                                  text));
  if (negative)
    return fail (error, CONC_CORE_ERROR_RANGE,
                 g_strdup_printf (_ ("“%s” is less than nothing: an amount of money cannot be "
                                     "negative."),
                                  text));
  return TRUE;
}

static gboolean
finish (const char *text, const Amount *amount, gint64 *ret_cents, GError **error)
{
  if (!amount->grouped)
    return fail (error, CONC_CORE_ERROR_INVALID,
                 g_strdup_printf (_ ("“%s” has a comma in an unusual place: type the amount like "
                                     "1250.00."),
                                  text));
  if (amount->n_fraction > 2)
    return fail (error, CONC_CORE_ERROR_INVALID,
                 g_strdup_printf (_ ("“%s” has more than two digits after the point: type the "
                                     "amount like 25.00."),
                                  text));
  if (amount->units * 100 + amount->thousandths / 10 > (guint64) CONC_MONEY_MAX_CENTS)
    return fail (error, CONC_CORE_ERROR_RANGE,
                 g_strdup_printf (_ ("“%s” is more than $100,000,000: check the amount."), text));

  *ret_cents = (gint64) (amount->units * 100 + amount->thousandths / 10);
  return TRUE;
}

/* One separator followed by exactly three digits at the end: 1,000 or 1.000. */
static gboolean
is_ambiguous (const Amount *amount)
{
  if (amount->n_groups == 1)
    return amount->grouped && !amount->has_point;
  return amount->n_groups == 0 && amount->n_fraction == 3 && amount->n_units >= 1 &&
         amount->n_units <= 3;
}

static gboolean
fail_ambiguous (const char *text, const Amount *amount, GError **error)
{
  guint64 thousands =
      amount->has_point ? amount->units * 1000 + amount->thousandths : amount->units;

  return fail (error, CONC_CORE_ERROR_AMBIGUOUS,
               g_strdup_printf (_ ("“%s” can be read in two ways: type %" PRIu64 " or %" PRIu64
                                   ".00 if that is what you mean."),
                                text, thousands, thousands));
}

/**
 * conc_money_parse:
 * @text: what a person typed
 * @ret_cents: (out): the amount in cents, 0 to %CONC_MONEY_MAX_CENTS
 * @error: return location
 *
 * Reads an amount in dollars as typed at the fundraising desk: 25, 25.5, 25.00, $25,
 * 1,250.00, .50. White space around it does not matter.
 *
 * One separator followed by exactly three digits at the end (1,000 and 1.000) is refused:
 * it is one thousand to some and one dollar to others, and a thousandfold gift
 * is not corrected once it was on the projector.
 *
 * Returns: whether an amount was read; else @ret_cents is untouched and the error is
 *   %CONC_CORE_ERROR_AMBIGUOUS for the above, %CONC_CORE_ERROR_RANGE for negative
 *   and absurdly large ones, %CONC_CORE_ERROR_INVALID for the rest.
 *
 * Thread: any.
 */
gboolean
conc_money_parse (const char *text, gint64 *ret_cents, GError **error)
{
  Amount amount = { 0 };

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_cents != NULL, FALSE);

  if (!scan (text, &amount, error))
    return FALSE;
  if (is_ambiguous (&amount))
    return fail_ambiguous (text, &amount, error);
  return finish (text, &amount, ret_cents, error);
}

/**
 * conc_money_parse_export:
 * @text: a cell of a file that a registration or donation platform wrote
 * @ret_cents: (out): the amount in cents, 0 to %CONC_MONEY_MAX_CENTS
 * @error: return location
 *
 * Like conc_money_parse(), but a comma always separates thousands and a point always
 * cents, as exports for the United States have it: 1,000 and 1,000.00 are one thousand
 * dollars. 1.000 is still refused.
 *
 * Returns: whether an amount was read; else @ret_cents is untouched.
 *
 * Thread: any.
 */
gboolean
conc_money_parse_export (const char *text, gint64 *ret_cents, GError **error)
{
  Amount amount = { 0 };

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_cents != NULL, FALSE);

  if (!scan (text, &amount, error))
    return FALSE;
  if (is_ambiguous (&amount) && amount.has_point)
    return fail_ambiguous (text, &amount, error);
  return finish (text, &amount, ret_cents, error);
}
