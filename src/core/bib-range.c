/* bib-range.c: a choice of bibs, like "1-100,205". */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/bib-range.h"

#include "core/error.h"
#include "core/runner.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>

/* More digits than any bib has, fewer than would overflow. */
#define MAX_DIGITS 9

typedef struct
{
  guint first;
  guint last;
} Part;

struct _ConcBibRange
{
  GArray *parts;
};

static void
skip_blanks (const char **cursor)
{
  while (**cursor == ' ' || **cursor == '\t')
    (*cursor)++;
}

static gboolean
fail (GError **error, const char *text)
{
  g_autofree char *shown = conc_dup_quotable (text);

  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is not a choice of bibs: write it like 1-100,205."), shown);
  return FALSE;
}

static gboolean
scan_bib (const char **cursor, const char *text, guint *ret_bib, GError **error)
{
  gint64 number;

  skip_blanks (cursor);
  if (!conc_scan_digits (cursor, 1, MAX_DIGITS, &number) || g_ascii_isdigit (**cursor))
    return fail (error, text);
  if (number < 1 || number > CONC_BIB_MAX)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("%d is not a bib: bibs are from 1 to %u."), (int) number, CONC_BIB_MAX);
      return FALSE;
    }
  skip_blanks (cursor);
  *ret_bib = (guint) number;
  return TRUE;
}

static gboolean
scan_part (const char **cursor, const char *text, Part *ret_part, GError **error)
{
  Part part;

  if (!scan_bib (cursor, text, &part.first, error))
    return FALSE;
  part.last = part.first;
  if (conc_scan_char (cursor, '-') && !scan_bib (cursor, text, &part.last, error))
    return FALSE;
  if (part.last < part.first)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("%u-%u is the wrong way round: write %u-%u."), part.first, part.last,
                   part.last, part.first);
      return FALSE;
    }
  *ret_part = part;
  return TRUE;
}

/**
 * conc_bib_range_parse:
 * @text: bibs and spans of bibs, separated by commas, blanks allowed: "1-100, 205"; each from 1 to
 *   %CONC_BIB_MAX, at most %CONC_BIB_RANGE_MAX_PARTS of them; they may overlap
 * @error: CONC_CORE_ERROR_INVALID, CONC_CORE_ERROR_RANGE or CONC_CORE_ERROR_LIMIT with a sentence
 *
 * Returns: (transfer full): the choice, or %NULL. Any thread.
 */
ConcBibRange *
conc_bib_range_parse (const char *text, GError **error)
{
  g_autoptr (ConcBibRange) range = g_new0 (ConcBibRange, 1);
  const char *cursor = text;
  Part        part;

  range->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  do
    {
      if (!scan_part (&cursor, text, &part, error))
        return NULL;
      g_array_append_val (range->parts, part);
      if (range->parts->len > CONC_BIB_RANGE_MAX_PARTS)
        {
          g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT,
                       _ ("A choice of bibs has at most %d parts."), CONC_BIB_RANGE_MAX_PARTS);
          return NULL;
        }
    }
  while (conc_scan_char (&cursor, ','));
  if (*cursor != '\0')
    {
      fail (error, text);
      return NULL;
    }
  return g_steal_pointer (&range);
}

/** conc_bib_range_free: frees @range, which may be %NULL. */
void
conc_bib_range_free (ConcBibRange *range)
{
  if (range == NULL)
    return;
  g_array_unref (range->parts);
  g_free (range);
}

/** conc_bib_range_contains: Returns: whether @bib is chosen. Any thread. Linear in the parts. */
gboolean
conc_bib_range_contains (const ConcBibRange *range, guint bib)
{
  for (guint i = 0; i < range->parts->len; i++)
    {
      const Part *part = &g_array_index (range->parts, Part, i);

      if (bib >= part->first && bib <= part->last)
        return TRUE;
    }
  return FALSE;
}
