/* ladder-words.c: what the ladder suspects and why, in sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-private.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>

/* Below this the fault is near the place rather than at it. */
#define LEAST_SURE_PERCENT 50u

/* Another kind is named when its odds are worth a look. */
#define LEAST_OTHER_PERCENT 5

#define TENTH_USEC (G_USEC_PER_SEC / 10)

typedef struct
{
  const ConcLadderInput     *input;
  const ConcLadderSuspicion *suspicion;
  GTimeZone                 *zone;
} Teller;

static char *
format_clock (gint64 usec, GTimeZone *zone)
{
  return conc_time_format_clock (usec, zone, 1);
}

/**
 * conc_ladder_format_tenths:
 * @usec: a difference of times; its sign does not count
 *
 * Returns: (transfer full): in seconds, "0.4": taps are no better than that. The same in every
 *   locale, as times of day are. Any thread.
 */
char *
conc_ladder_format_tenths (gint64 usec)
{
  gint64 tenths = (ABS (usec) + TENTH_USEC / 2) / TENTH_USEC;

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int) (tenths % 10));
}

static guint
get_bib (const ConcLadderInput *input, guint index)
{
  return index < input->bibs->len ? g_array_index (input->bibs, ConcLadderBib, index).bib : 0;
}

static char *
dup_tap_clock (const Teller *teller)
{
  guint tap = teller->suspicion->tap;

  if (tap >= teller->input->taps->len)
    return g_strdup ("?");
  return format_clock (g_array_index (teller->input->taps, ConcLadderTap, tap).at_usec,
                       teller->zone);
}

static char *
dup_missed_tap (guint row, guint percent)
{
  if (percent < LEAST_SURE_PERCENT)
    return g_strdup_printf (_ ("A tap is probably missing near place %u (%u %% within two places)"),
                            MAX (row, 1), percent);
  if (row == 0)
    return g_strdup_printf (_ ("A tap is probably missing before place 1 (%u %%)"), percent);
  return g_strdup_printf (_ ("A tap is probably missing after place %u (%u %%)"), row, percent);
}

static char *
dup_double_tap (const Teller *teller, guint place, guint percent)
{
  g_autofree char *clock = dup_tap_clock (teller);

  if (percent < LEAST_SURE_PERCENT)
    return g_strdup_printf (
        _ ("A tap is probably one too many near place %u (%u %% within two places)"), place,
        percent);
  return g_strdup_printf (_ ("The tap at place %u, %s, is probably one too many (%u %%)"), place,
                          clock, percent);
}

static char *
dup_missed_bib (const Teller *teller, guint place, guint percent)
{
  g_autofree char *clock = dup_tap_clock (teller);

  if (percent < LEAST_SURE_PERCENT)
    return g_strdup_printf (_ ("A bib is probably missing near place %u (%u %% within two places)"),
                            place, percent);
  return g_strdup_printf (_ ("The bib of the tap at place %u, %s, is probably missing (%u %%)"),
                          place, clock, percent);
}

static char *
dup_swapped (const Teller *teller, guint place, guint last_place, guint percent)
{
  guint bib = get_bib (teller->input, teller->suspicion->bib);
  guint last_bib = get_bib (teller->input, teller->suspicion->last_bib);

  if (bib == 0 || last_bib == 0)
    return g_strdup_printf (_ ("The bibs at places %u and %u have probably changed places (%u %%)"),
                            place, last_place, percent);
  return g_strdup_printf (_ ("Bibs %u and %u, at places %u and %u, have probably changed places "
                             "(%u %%)"),
                          bib, last_bib, place, last_place, percent);
}

static char *
dup_reversed (const Teller *teller, guint place, guint last_place, guint percent)
{
  guint bib = get_bib (teller->input, teller->suspicion->bib);
  guint last_bib = get_bib (teller->input, teller->suspicion->last_bib);

  if (bib == 0 || last_bib == 0)
    return g_strdup_printf (_ ("Places %u to %u are probably in reverse order (%u %%)"), place,
                            last_place, percent);
  return g_strdup_printf (
      _ ("Places %u to %u, bibs %u to %u, are probably in reverse order (%u %%)"), place,
      last_place, bib, last_bib, percent);
}

static gint64
get_value (const ConcLadderSuspicion *suspicion, ConcLadderReasonCode code, gint64 otherwise)
{
  for (guint i = 0; i < suspicion->n_reasons; i++)
    if (suspicion->reasons[i].code == code)
      return suspicion->reasons[i].value;
  return otherwise;
}

static char *
dup_offset (const ConcLadderSuspicion *suspicion)
{
  gint64           by_usec = get_value (suspicion, CONC_LADDER_REASON_OFFSET, 0);
  g_autofree char *by = conc_ladder_format_tenths (by_usec);

  return g_strdup_printf (by_usec < 0 ? _ ("The second timer's clock is %s s behind the first")
                                      : _ ("The second timer's clock is %s s ahead of the first"),
                          by);
}

static char *
dup_late (const ConcLadderSuspicion *suspicion)
{
  guint n = (guint) get_value (suspicion, CONC_LADDER_REASON_FIRST_TAPS_ALONE, 0);

  return g_strdup_printf (ngettext ("The second timer came late: it has not got the first tap",
                                    "The second timer came late: it has not got the first %u taps",
                                    n),
                          n);
}

static char *
dup_claim (const Teller *teller)
{
  const ConcLadderSuspicion *suspicion = teller->suspicion;
  guint                      place = suspicion->row + 1, last_place = suspicion->last_row + 1;
  guint                      percent = suspicion->certainty_percent;

  switch (suspicion->kind)
    {
    case CONC_LADDER_MISSED_TAP:
      return dup_missed_tap (suspicion->row, percent);
    case CONC_LADDER_DOUBLE_TAP:
      return dup_double_tap (teller, place, percent);
    case CONC_LADDER_MISSED_BIB:
      return dup_missed_bib (teller, place, percent);
    case CONC_LADDER_DOUBLE_BIB:
      return g_strdup_printf (_ ("Bib %u at place %u was probably entered twice (%u %%)"),
                              get_bib (teller->input, suspicion->bib), place, percent);
    case CONC_LADDER_SWAPPED_BIBS:
      return dup_swapped (teller, place, last_place, percent);
    case CONC_LADDER_REVERSED_BLOCK:
      return dup_reversed (teller, place, last_place, percent);
    case CONC_LADDER_SECOND_OFFSET:
      return dup_offset (suspicion);
    case CONC_LADDER_SECOND_LATE:
      return dup_late (suspicion);
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
dup_rungs (ConcLadderKind kind, guint n)
{
  if (kind == CONC_LADDER_DOUBLE_TAP || kind == CONC_LADDER_DOUBLE_BIB)
    return g_strdup_printf (ngettext ("a rung fits only without it", "%u rungs fit only without it",
                                      n),
                            n);
  if (kind == CONC_LADDER_SWAPPED_BIBS || kind == CONC_LADDER_REVERSED_BLOCK)
    return g_strdup_printf (ngettext ("a rung fits only the other way",
                                      "%u rungs fit only the other way", n),
                            n);
  return g_strdup_printf (ngettext ("a rung fits only with it", "%u rungs fit only with it", n), n);
}

static char *
dup_second_has (const Teller *teller, gint64 at_usec)
{
  g_autofree char *clock = format_clock (at_usec, teller->zone);

  return g_strdup_printf (teller->suspicion->kind == CONC_LADDER_MISSED_TAP
                              ? _ ("the second timer has one at %s")
                              : _ ("the second timer has the tap of %s too"),
                          clock);
}

static char *
dup_spacing (gint64 by_usec)
{
  g_autofree char *by = conc_ladder_format_tenths (by_usec);

  return g_strdup_printf (_ ("it came %s s after the one before"), by);
}

static char *
dup_count (gint64 n)
{
  if (n < 0)
    return g_strdup_printf (ngettext ("there is a tap fewer than bibs up to the next rung",
                                      "there are %u taps fewer than bibs up to the next rung",
                                      (gulong) -n),
                            (guint) -n);
  return g_strdup_printf (ngettext ("there is a tap more than bibs up to the next rung",
                                    "there are %u taps more than bibs up to the next rung",
                                    (gulong) n),
                          (guint) n);
}

/* NULL for what the claim says already, and for what the odds of another kind say after it. */
static char *
dup_reason (const Teller *teller, const ConcLadderReason *reason)
{
  guint n = (guint) reason->value;

  switch (reason->code)
    {
    case CONC_LADDER_REASON_RUNGS:
      return dup_rungs (teller->suspicion->kind, n);
    case CONC_LADDER_REASON_SECOND_HAS:
      return dup_second_has (teller, reason->value);
    case CONC_LADDER_REASON_SECOND_HAS_NOT:
      return g_strdup (_ ("the second timer has none there"));
    case CONC_LADDER_REASON_LAPS:
      return g_strdup_printf (ngettext ("the laps of one runner fit better then",
                                        "the laps of %u runners fit better then", n),
                              n);
    case CONC_LADDER_REASON_PACE:
      return g_strdup_printf (ngettext ("one time is not plausible otherwise",
                                        "%u times are not plausible otherwise", n),
                              n);
    case CONC_LADDER_REASON_SPACING:
      return teller->suspicion->kind == CONC_LADDER_MISSED_TAP ? NULL : dup_spacing (reason->value);
    case CONC_LADDER_REASON_COUNT:
      return get_value (teller->suspicion, CONC_LADDER_REASON_RUNGS, 0) == 0
                 ? dup_count (reason->value)
                 : NULL;
    case CONC_LADDER_REASON_SAME_BIB:
      return n == CONC_LADDER_NONE ? NULL
                                   : g_strdup_printf (_ ("it is at place %u already"), n + 1);
    case CONC_LADDER_REASON_OFFSET:
    case CONC_LADDER_REASON_FIRST_TAPS_ALONE:
    case CONC_LADDER_REASON_KIND:
    default:
      return NULL;
    }
}

static char *
dup_reasons (const Teller *teller)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  char *joined;

  for (guint i = 0; i < teller->suspicion->n_reasons; i++)
    {
      char *text = dup_reason (teller, &teller->suspicion->reasons[i]);

      if (text != NULL)
        g_ptr_array_add (texts, text);
    }
  if (texts->len == 0)
    return NULL;
  joined = g_strdup (g_ptr_array_index (texts, 0));
  for (guint i = 1; i < texts->len; i++)
    {
      g_autofree char *before = joined;

      /* Two parts of a list of reasons: the last two of it, or others. */
      joined = g_strdup_printf (i + 1 == texts->len ? _ ("%s, and %s") : _ ("%s, %s"), before,
                                (const char *) g_ptr_array_index (texts, i));
    }
  return joined;
}

/* A tap too many and a bib too few look alike. */
static char *
dup_other_kind (const ConcLadderSuspicion *suspicion)
{
  gint64 percent = 100 - get_value (suspicion, CONC_LADDER_REASON_KIND, 100);

  if (percent < LEAST_OTHER_PERCENT)
    return NULL;
  return g_strdup_printf (suspicion->kind == CONC_LADDER_DOUBLE_TAP
                              ? _ ("Or else a bib is missing there (%d %%).")
                              : _ ("Or else a tap is one too many there (%d %%)."),
                          (int) percent);
}

/**
 * conc_ladder_suspicion_dup_reasons:
 * @input: the streams
 * @suspicion: of the result for @input
 * @zone: of the race
 *
 * Returns: (transfer full) (nullable): why it is suspected, translated, as a part of a sentence
 *   with small letters ("3 rungs fit only with it, and the second timer has one at 10:24:31.2");
 *   NULL when the suspicion itself says it all. Any thread.
 */
char *
conc_ladder_suspicion_dup_reasons (const ConcLadderInput     *input,
                                   const ConcLadderSuspicion *suspicion,
                                   GTimeZone                 *zone)
{
  const Teller teller = { input, suspicion, zone };

  return dup_reasons (&teller);
}

/**
 * conc_ladder_suspicion_dup_sentence:
 * @input: the streams
 * @suspicion: of the result for @input
 * @zone: of the race
 *
 * What is suspected, where, how surely and why. Places are those of the rows, from 1. A place that
 * is less likely than not is told as being near.
 *
 * Returns: (transfer full): one or two translated sentences: "A tap is probably missing after place
 *   212 (92 %): 3 rungs fit only with it, and the second timer has one at 10:24:31.2." Any thread.
 */
char *
conc_ladder_suspicion_dup_sentence (const ConcLadderInput     *input,
                                    const ConcLadderSuspicion *suspicion,
                                    GTimeZone                 *zone)
{
  const Teller     teller = { input, suspicion, zone };
  g_autofree char *claim = dup_claim (&teller);
  g_autofree char *reasons = dup_reasons (&teller);
  g_autofree char *other = dup_other_kind (suspicion);
  g_autofree char *sentence = NULL;

  if (reasons != NULL)
    sentence = g_strdup_printf (_ ("%s: %s."), claim, reasons);
  else
    sentence = g_strdup_printf (_ ("%s."), claim);
  return other == NULL ? g_steal_pointer (&sentence) : g_strdup_printf ("%s %s", sentence, other);
}
