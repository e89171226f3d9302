/* ladder-repair-words.c: a repair of the ladder and its consequence, in sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>

/* What becomes of the times of those whose place a repair changes. */
typedef struct
{
  guint  later;
  guint  earlier;
  guint  gain; /* had none */
  guint  lose; /* have none any more */
  guint  gone; /* are not in the list any more */
  gint64 least_usec;
  gint64 most_usec;
} Tally;

static char *
dup_entry (const ConcLadderInput *input, guint64 bib_id)
{
  for (guint i = 0; i < input->bibs->len; i++)
    {
      const ConcLadderBib *bib = &g_array_index (input->bibs, ConcLadderBib, i);

      if (bib->id != bib_id)
        continue;
      return bib->bib != 0 ? g_strdup_printf (_ ("bib %u"), bib->bib)
                           : g_strdup_printf (_ ("the unread bib, entry %u"), i + 1);
    }
  return g_strdup (_ ("the unknown bib"));
}

static guint
find_entry (const ConcLadderInput *input, guint64 bib_id)
{
  for (guint i = 0; i < input->bibs->len; i++)
    if (g_array_index (input->bibs, ConcLadderBib, i).id == bib_id)
      return i;
  return CONC_LADDER_NONE;
}

static char *
dup_tap_clock (const ConcLadderInput *input, guint64 tap_id, GTimeZone *zone)
{
  for (guint i = 0; i < input->taps->len; i++)
    if (g_array_index (input->taps, ConcLadderTap, i).id == tap_id)
      return conc_time_format_clock (g_array_index (input->taps, ConcLadderTap, i).at_usec, zone,
                                     1);
  return g_strdup ("?");
}

static char *
dup_insert_bib (const ConcLadderInput *input, const ConcLadderRepair *repair)
{
  g_autofree char *before = repair->bib_id != 0 ? dup_entry (input, repair->bib_id) : NULL;

  if (repair->bib == 0)
    return before == NULL ? g_strdup (_ ("Insert an unread bib at the end"))
                          : g_strdup_printf (_ ("Insert an unread bib before %s"), before);
  return before == NULL ? g_strdup_printf (_ ("Insert bib %u at the end"), repair->bib)
                        : g_strdup_printf (_ ("Insert bib %u before %s"), repair->bib, before);
}

static char *
dup_shift (const char *entry, int count)
{
  guint n = (guint) ABS (count);

  return g_strdup_printf (count > 0 ? ngettext ("Shift everybody from %s on to the next tap",
                                                "Shift everybody from %s on by %u taps later", n)
                                    : ngettext ("Shift everybody from %s on to a tap before",
                                                "Shift everybody from %s on by %u taps earlier", n),
                          entry, n);
}

static char *
dup_offset (gint64 by_usec)
{
  g_autofree char *by = conc_ladder_format_tenths (by_usec);

  return g_strdup_printf (by_usec > 0 ? _ ("Take %s s from the second timer's times")
                                      : _ ("Add %s s to the second timer's times"),
                          by);
}

/* A bib that is there twice is told by its number in the list too. */
static char *
dup_remove_bib (const ConcLadderInput *input, const ConcLadderRepair *repair, const char *entry)
{
  return g_strdup_printf (_ ("Remove %s at number %u of the chute"), entry,
                          find_entry (input, repair->bib_id) + 1);
}

/**
 * conc_ladder_repair_dup_sentence:
 * @input: the streams before the repair
 * @repair: what is proposed
 * @zone: of the race
 *
 * Returns: (transfer full) (nullable): what a person is asked to do, translated and without a full
 *   stop, as on a button: "Insert a tap at 10:24:31.2"; NULL when nothing is proposed. Any thread.
 *   Cost: of the streams.
 */
char *
conc_ladder_repair_dup_sentence (const ConcLadderInput  *input,
                                 const ConcLadderRepair *repair,
                                 GTimeZone              *zone)
{
  g_autofree char *at = conc_time_format_clock (repair->at_usec, zone, 1);
  g_autofree char *tap = dup_tap_clock (input, repair->tap_id, zone);
  g_autofree char *first = dup_entry (input, repair->bib_id);
  g_autofree char *last = dup_entry (input, repair->last_bib_id);

  switch (repair->kind)
    {
    case CONC_LADDER_INSERT_TAP:
      return g_strdup_printf (_ ("Insert a tap at %s"), at);
    case CONC_LADDER_INSERT_BIB:
      return dup_insert_bib (input, repair);
    case CONC_LADDER_REMOVE_TAP:
      return g_strdup_printf (_ ("Remove the tap at %s"), tap);
    case CONC_LADDER_REMOVE_BIB:
      return dup_remove_bib (input, repair, first);
    case CONC_LADDER_SHIFT:
      return dup_shift (first, repair->count);
    case CONC_LADDER_SWAP:
      return g_strdup_printf (_ ("Swap %s and %s"), first, last);
    case CONC_LADDER_REVERSE:
      return g_strdup_printf (_ ("Reverse the order from %s to %s"), first, last);
    case CONC_LADDER_LINK:
      return g_strdup_printf (_ ("Link %s with the tap at %s"), first, tap);
    case CONC_LADDER_UNLINK:
      return g_strdup_printf (_ ("Unlink %s from its tap"), first);
    case CONC_LADDER_OFFSET_SECOND:
      return dup_offset (repair->at_usec);
    case CONC_LADDER_REPAIR_NONE:
    default:
      return NULL;
    }
}

static Tally
count_changes (const GArray *changes)
{
  Tally tally = { .least_usec = G_MAXINT64 };

  for (guint i = 0; i < changes->len; i++)
    {
      const ConcLadderChange *change = &g_array_index (changes, ConcLadderChange, i);
      gint64                  by_usec = change->after_usec - change->before_usec;

      if (change->after_place == CONC_LADDER_NONE)
        tally.gone++;
      else if (change->after_usec == 0 && change->before_usec != 0)
        tally.lose++;
      else if (change->before_usec == 0 && change->after_usec != 0)
        tally.gain++;
      else if (by_usec != 0)
        {
          *(by_usec > 0 ? &tally.later : &tally.earlier) += 1;
          tally.least_usec = MIN (tally.least_usec, ABS (by_usec));
          tally.most_usec = MAX (tally.most_usec, ABS (by_usec));
        }
    }
  return tally;
}

static char *
dup_moved (const Tally *tally)
{
  g_autofree char *least = conc_ladder_format_tenths (tally->least_usec);
  g_autofree char *most = conc_ladder_format_tenths (tally->most_usec);
  g_autofree char *by = g_str_equal (least, most) ? g_strdup_printf (_ ("%s s"), most)
                                                  : g_strdup_printf (_ ("%s to %s s"), least, most);
  guint            n = tally->later + tally->earlier;

  if (tally->earlier == 0)
    return g_strdup_printf (ngettext ("%u runner gets a time that is %s later.",
                                      "%u runners get a time that is %s later.", n),
                            n, by);
  if (tally->later == 0)
    return g_strdup_printf (ngettext ("%u runner gets a time that is %s earlier.",
                                      "%u runners get a time that is %s earlier.", n),
                            n, by);
  return g_strdup_printf (ngettext ("%u runner gets a later time and %u an earlier one, by %s.",
                                    "%u runners get a later time and %u an earlier one, by %s.",
                                    tally->later),
                          tally->later, tally->earlier, by);
}

/* @sentence is taken. */
static void
add_sentence (GString *out, char *sentence)
{
  if (out->len != 0)
    g_string_append_c (out, ' ');
  g_string_append (out, sentence);
  g_free (sentence);
}

/**
 * conc_ladder_changes_dup_sentence:
 * @changes: (element-type ConcLadderChange): as conc_ladder_consequence() tells
 *
 * Returns: (transfer full): what a repair would change, translated: "14 runners get a time that is
 *   0.4 to 2.1 s later. 1 runner is left without a time." or that it changes nobody's time. A
 * runner is an entry here, whether its bib was read or not. Any thread. Cost: of @changes.
 */
char *
conc_ladder_changes_dup_sentence (const GArray *changes)
{
  Tally    tally = count_changes (changes);
  GString *out = g_string_new (NULL);

  if (tally.later + tally.earlier != 0)
    add_sentence (out, dup_moved (&tally));
  if (tally.gain != 0)
    add_sentence (out,
                  g_strdup_printf (ngettext ("%u runner who had no time gets one.",
                                             "%u runners who had no time get one.", tally.gain),
                                   tally.gain));
  if (tally.lose != 0)
    add_sentence (out,
                  g_strdup_printf (ngettext ("%u runner is left without a time.",
                                             "%u runners are left without a time.", tally.lose),
                                   tally.lose));
  if (tally.gone != 0)
    add_sentence (out, g_strdup_printf (ngettext ("%u entry of the chute goes.",
                                                  "%u entries of the chute go.", tally.gone),
                                        tally.gone));
  if (out->len == 0)
    g_string_append (out, _ ("Nobody's time changes."));
  return g_string_free (out, FALSE);
}
