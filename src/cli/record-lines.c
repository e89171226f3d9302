/* record-lines.c: cuts a stream of bytes into lines. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/record-lines.h"

#include <string.h>

/**
 * conc_line_cutter_init:
 * @func: told each line as soon as its end is seen
 */
void
conc_line_cutter_init (ConcLineCutter *cutter, ConcLineFunc func, gpointer user_data)
{
  *cutter = (ConcLineCutter){ g_string_new (NULL), CONC_LINE_GOOD, FALSE, func, user_data };
}

/** conc_line_cutter_clear: frees what @cutter holds. */
void
conc_line_cutter_clear (ConcLineCutter *cutter)
{
  g_string_free (cutter->line, TRUE);
  cutter->line = NULL;
}

static void
add (ConcLineCutter *cutter, const char *bytes, gsize length)
{
  if (length == 0)
    return;
  cutter->has_begun = TRUE;
  if (cutter->state != CONC_LINE_GOOD)
    return;
  if (cutter->line->len + length > CONC_LINE_MAX_BYTES)
    cutter->state = CONC_LINE_TOO_LONG;
  else if (memchr (bytes, '\0', length) != NULL)
    cutter->state = CONC_LINE_HAS_ZERO;
  else
    g_string_append_len (cutter->line, bytes, (gssize) length);
}

static void
finish (ConcLineCutter *cutter)
{
  ConcLineState state = cutter->state;

  if (state != CONC_LINE_GOOD)
    g_string_truncate (cutter->line, 0);
  cutter->func (cutter->line->str, state, cutter->user_data);
  g_string_truncate (cutter->line, 0);
  cutter->state = CONC_LINE_GOOD;
  cutter->has_begun = FALSE;
}

/**
 * conc_line_cutter_feed:
 * @bytes: what was read; lines may begin and end anywhere in it
 *
 * A line that is too long or has a zero byte is told once, and the next line is a good one again.
 */
void
conc_line_cutter_feed (ConcLineCutter *cutter, const char *bytes, gsize length)
{
  const char *end = bytes + length;
  const char *newline;

  while ((newline = memchr (bytes, '\n', (gsize) (end - bytes))) != NULL)
    {
      add (cutter, bytes, (gsize) (newline - bytes));
      finish (cutter);
      bytes = newline + 1;
    }
  add (cutter, bytes, (gsize) (end - bytes));
}

/** conc_line_cutter_end: tells the last line, if it had no end. */
void
conc_line_cutter_end (ConcLineCutter *cutter)
{
  if (cutter->has_begun)
    finish (cutter);
}
