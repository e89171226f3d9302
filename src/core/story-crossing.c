/* story-crossing.c: how a crossing came to its published time and place, step by step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/story-crossing.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HUNDREDTH_USEC 10000
#define MILLISECOND_USEC 1000

typedef struct
{
  const ConcCrossingFacts *facts;
  GPtrArray               *steps;
} Telling;

static const struct
{
  const char *text;
  const char *title;
} kinds[CONC_N_CROSSING_STEPS] = {
  [CONC_CROSSING_STEP_TAKEN] = { "taken", N_ ("Taken") },
  [CONC_CROSSING_STEP_CLOCK] = { "clock", N_ ("Clock") },
  [CONC_CROSSING_STEP_BIB] = { "bib", N_ ("Bib") },
  [CONC_CROSSING_STEP_CORRECTION] = { "correction", N_ ("Correction") },
  [CONC_CROSSING_STEP_START] = { "start", N_ ("Start") },
  [CONC_CROSSING_STEP_LAP] = { "lap", N_ ("Lap") },
  [CONC_CROSSING_STEP_TIME] = { "time", N_ ("Time") },
  [CONC_CROSSING_STEP_PENALTY] = { "penalty", N_ ("Penalty") },
  [CONC_CROSSING_STEP_ROUNDING] = { "rounding", N_ ("Rounding") },
  [CONC_CROSSING_STEP_RESULT] = { "result", N_ ("Result") },
};

/** conc_crossing_step_to_text: Returns: (transfer none): the word for scripts, like "rounding". */
const char *
conc_crossing_step_to_text (ConcCrossingStepKind kind)
{
  g_return_val_if_fail ((guint) kind < CONC_N_CROSSING_STEPS, NULL);
  return kinds[kind].text;
}

/** conc_crossing_step_get_title: Returns: (transfer none): one translated word. Any thread. */
const char *
conc_crossing_step_get_title (ConcCrossingStepKind kind)
{
  g_return_val_if_fail ((guint) kind < CONC_N_CROSSING_STEPS, NULL);
  return _ (kinds[kind].title);
}

/** conc_crossing_step_free: frees @step, which may be %NULL. */
void
conc_crossing_step_free (ConcCrossingStep *step)
{
  if (step == NULL)
    return;
  g_free (step->fact);
  g_free (step->sentence);
  g_free (step);
}

/** conc_crossing_story_free: frees @story, which may be %NULL. */
void
conc_crossing_story_free (ConcCrossingStory *story)
{
  if (story == NULL)
    return;
  g_free (story->subject);
  g_ptr_array_unref (story->steps);
  g_free (story);
}

static void
free_step_cb (gpointer step)
{
  conc_crossing_step_free (step);
}

static void
add (Telling *telling, ConcCrossingStepKind kind, const char *fact, char *take_sentence)
{
  ConcCrossingStep *step = g_new0 (ConcCrossingStep, 1);

  step->kind = kind;
  step->fact = g_strdup (fact);
  step->sentence = take_sentence;
  g_ptr_array_add (telling->steps, step);
}

/* -------------------------------------------------------------- times that add up */

/**
 * conc_crossing_dup_clock:
 *
 * Returns: (transfer full): the time of day with two decimals, and with more only when it has them,
 *   so that what is subtracted adds up: "10:24:31.20". Any thread.
 */
char *
conc_crossing_dup_clock (gint64 usec, GTimeZone *zone)
{
  return conc_time_format_clock (usec, zone, usec % HUNDREDTH_USEC == 0 ? 2 : -1);
}

static char *
dup_clock (const Telling *telling, gint64 usec)
{
  return conc_crossing_dup_clock (usec, telling->facts->zone);
}

static char *
dup_span (gint64 usec)
{
  return conc_duration_format (usec, usec % HUNDREDTH_USEC == 0 ? CONC_ROUND_UP_HUNDREDTH
                                                                : CONC_ROUND_EXACT);
}

/* The hundredth is where clocks are compared; more is below what is known of them. */
static char *
dup_seconds (gint64 usec)
{
  return conc_duration_format_seconds (ABS (usec) / MILLISECOND_USEC * MILLISECOND_USEC);
}

/* --------------------------------------------------------------------- the moment */

static char *
describe_source (const ConcCrossingFacts *facts, const char *at)
{
  if (g_strcmp0 (facts->source, "typed") == 0)
    return g_strdup_printf (_ ("The time %s was typed in"), at);
  if (g_strcmp0 (facts->source, "repair") == 0)
    return g_strdup_printf (_ ("The time %s was put in by a repair"), at);
  if (facts->line != NULL)
    return g_strdup_printf (_ ("The line “%s” came from the stream “%s”; its time is %s"),
                            facts->line, facts->stream != NULL ? facts->stream : "", at);
  if (facts->stream != NULL && *facts->stream != '\0')
    return g_strdup_printf (_ ("The stream “%s” has the time %s"), facts->stream, at);
  if (g_strcmp0 (facts->source, "key") == 0)
    return g_strdup_printf (_ ("A key was pressed at %s, which is the time of the key event"), at);
  return g_strdup_printf (_ ("The time %s was taken by the clock when it was recorded"), at);
}

static char *
describe_where (const ConcCrossingFacts *facts)
{
  if (facts->place == NULL)
    return g_strdup (".");
  if (facts->who == NULL || *facts->who == '\0')
    /* Translators: the end of a sentence: where something was recorded */
    return g_strdup_printf (_ (" (%s)."), facts->place);
  return g_strdup_printf (_ (" (%s, %s)."), facts->place, facts->who);
}

static void
tell_taken (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  g_autofree char         *at = dup_clock (telling, facts->raw_usec);
  g_autofree char         *source = describe_source (facts, at);
  g_autofree char         *where = describe_where (facts);
  g_autofree char         *reading = NULL;

  if (facts->monotonic_usec < 0)
    {
      add (telling, CONC_CROSSING_STEP_TAKEN, facts->fact, g_strconcat (source, where, NULL));
      return;
    }
  reading = conc_duration_format_seconds (facts->monotonic_usec);
  add (telling, CONC_CROSSING_STEP_TAKEN, facts->fact,
       g_strdup_printf (_ ("%s%s The monotonic clock, which nobody can set, read %s s."), source,
                        where, reading));
}

static void
tell_wall (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  g_autofree char         *wall = NULL;
  g_autofree char         *by = NULL;

  if (facts->wall_usec == CONC_NO_TIME || facts->wall_usec == facts->raw_usec)
    return;
  wall = dup_clock (telling, facts->wall_usec);
  by = dup_seconds (facts->wall_usec - facts->raw_usec);
  add (telling, CONC_CROSSING_STEP_CLOCK, NULL,
       g_strdup_printf (
           facts->wall_usec > facts->raw_usec
               ? _ ("The wall clock said %s: it was set forward by %s s, which does not "
                    "count.")
               : _ ("The wall clock said %s: it was set back by %s s, which does not "
                    "count."),
           wall, by));
}

static void
tell_clock (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  gint64                   by_usec = facts->at_usec - facts->raw_usec;
  g_autofree char         *raw = dup_clock (telling, facts->raw_usec);
  g_autofree char         *at = dup_clock (telling, facts->at_usec);
  g_autofree char         *by = conc_duration_format_seconds (ABS (by_usec));
  g_autofree char         *error = NULL;

  tell_wall (telling);
  if (!facts->is_measured && by_usec == 0)
    return;
  error = facts->is_measured && facts->error_usec >= 0
              ? dup_seconds (MAX (facts->error_usec, MILLISECOND_USEC))
              : g_strdup ("?");
  if (by_usec == 0)
    add (telling, CONC_CROSSING_STEP_CLOCK, NULL,
         g_strdup_printf (_ ("That clock and the hub's agreed (± %s s), so the time stays."),
                          error));
  else
    add (telling, CONC_CROSSING_STEP_CLOCK, NULL,
         g_strdup_printf (
             by_usec > 0 ? _ ("That clock was %s s (± %s) behind the hub's: %s + %s s = %s.")
                         : _ ("That clock was %s s (± %s) ahead of the hub's: %s − %s s = %s."),
             by, error, raw, by, at));
}

/* ------------------------------------------------------------------------ the bib */

static char *
describe_bib (const Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  g_autofree char         *chute =
      facts->chute_usec != CONC_NO_TIME ? dup_clock (telling, facts->chute_usec) : NULL;

  switch (facts->bib_source)
    {
    case CONC_BIB_WITH_TIME:
      return g_strdup_printf (_ ("Bib %u was entered together with the time."), facts->bib);
    case CONC_BIB_GIVEN:
      return g_strdup_printf (_ ("Bib %u was given to the time afterwards."), facts->bib);
    case CONC_BIB_OF_CHUTE:
      return g_strdup_printf (
          _ ("Bib %u came through the chute at %s, and is the one whose turn it "
             "was at this time."),
          facts->bib, chute != NULL ? chute : "?");
    case CONC_BIB_LINKED:
      return g_strdup_printf (_ ("Bib %u came through the chute at %s, and was linked with this "
                                 "time."),
                              facts->bib, chute != NULL ? chute : "?");
    case CONC_BIB_OF_CHIP:
      return g_strdup_printf (_ ("Chip %s was read, which belongs to bib %u."),
                              facts->tag != NULL ? facts->tag : "?", facts->bib);
    default:
      return g_strdup (_ ("No bib belongs to this time yet, so it is in no result."));
    }
}

static void
tell_corrections (Telling *telling)
{
  const GArray *corrections = telling->facts->corrections;

  for (guint i = 0; corrections != NULL && i < corrections->len; i++)
    {
      const ConcCrossingCorrection *correction =
          &g_array_index (corrections, ConcCrossingCorrection, i);

      add (telling, CONC_CROSSING_STEP_CORRECTION, correction->fact,
           correction->is_undone
               ? g_strdup_printf (_ ("%s This was taken back."), correction->sentence)
               : g_strdup (correction->sentence));
    }
}

static void
tell_bib (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  gboolean                 is_of_chute =
      facts->bib_source == CONC_BIB_OF_CHUTE || facts->bib_source == CONC_BIB_LINKED;

  add (telling, CONC_CROSSING_STEP_BIB, is_of_chute ? facts->chute_fact : facts->bib_fact,
       describe_bib (telling));
  tell_corrections (telling);
}

/* ----------------------------------------------------------- what is made of it */

static void
tell_start (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  const ConcEntrant       *entrant = facts->result->entrant;
  g_autofree char         *gun = NULL;
  g_autofree char         *own = NULL;
  g_autofree char         *wave = entrant->wave != NULL && *entrant->wave != '\0'
                                      ? conc_wave_dup_title (entrant->wave)
                                      : g_strdup (_ ("The race"));

  if (facts->start_usec == CONC_NO_TIME)
    {
      add (telling, CONC_CROSSING_STEP_START, NULL,
           g_strdup_printf (_ ("%s has no gun, so there is no time."), wave));
      return;
    }
  gun = dup_clock (telling, facts->start_usec);
  add (telling, CONC_CROSSING_STEP_START, facts->start_fact,
       g_strdup_printf (_ ("%s started at %s."), wave, gun));
  if (entrant->own_start_usec == CONC_NO_TIME)
    return;
  own = dup_clock (telling, entrant->own_start_usec);
  add (telling, CONC_CROSSING_STEP_START, NULL,
       g_strdup_printf (_ ("Bib %u has an own start at %s."), entrant->bib, own));
}

/* The crossing before this one that counts, else the gun. */
static gint64
get_previous (const ConcCrossingFacts *facts)
{
  for (guint i = facts->crossing; i-- > 0;)
    if (facts->uses[i] < CONC_CROSSING_FIRST_IGNORED)
      return facts->result->entrant->crossings[i].at_usec;
  return facts->start_usec;
}

static guint
get_lap (const ConcCrossingFacts *facts)
{
  guint lap = 0;

  for (guint i = 0; i <= facts->crossing; i++)
    if (facts->uses[i] < CONC_CROSSING_FIRST_IGNORED)
      lap++;
  return lap;
}

/* "10:24:31.20 − 10:00:00.00 = 24:31.20" */
static char *
dup_difference (const Telling *telling, gint64 later_usec, gint64 earlier_usec)
{
  g_autofree char *later = dup_clock (telling, later_usec);
  g_autofree char *earlier = dup_clock (telling, earlier_usec);
  g_autofree char *span = dup_span (later_usec - earlier_usec);

  return g_strdup_printf ("%s − %s = %s", later, earlier, span);
}

static char *
describe_ignored (const Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  g_autofree char         *difference = NULL;
  g_autofree char         *shortest = NULL;
  g_autofree char         *finish = NULL;

  switch (facts->uses[facts->crossing])
    {
    case CONC_CROSSING_BEFORE_GUN:
      return g_strdup (_ ("It is before the gun, so it does not count."));
    case CONC_CROSSING_AFTER_FINISH:
      finish = dup_clock (telling, facts->result->finish_usec);
      return g_strdup_printf (_ ("Bib %u had finished at %s, so it does not count."),
                              facts->result->entrant->bib, finish);
    default:
      difference = dup_difference (telling, facts->at_usec, get_previous (facts));
      shortest = dup_span (facts->rules->min_lap_usec);
      return g_strdup_printf (
          _ ("%s since the crossing before, which is less than the shortest lap "
             "of %s, so it does not count."),
          difference, shortest);
    }
}

static void
tell_lap (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  g_autofree char         *difference = NULL;
  gint64                   previous_usec = get_previous (facts);

  if (facts->uses[facts->crossing] >= CONC_CROSSING_FIRST_IGNORED)
    {
      add (telling, CONC_CROSSING_STEP_LAP, NULL, describe_ignored (telling));
      return;
    }
  if (facts->laps_needed <= 1)
    {
      add (telling, CONC_CROSSING_STEP_LAP, NULL,
           g_strdup (_ ("It is the first crossing from the gun on, which is the finish.")));
      return;
    }
  if (previous_usec == CONC_NO_TIME)
    add (telling, CONC_CROSSING_STEP_LAP, NULL,
         g_strdup_printf (_ ("It is lap %u of %u."), get_lap (facts), facts->laps_needed));
  else
    {
      difference = dup_difference (telling, facts->at_usec, previous_usec);
      add (telling, CONC_CROSSING_STEP_LAP, NULL,
           g_strdup_printf (_ ("It is lap %u of %u: %s."), get_lap (facts), facts->laps_needed,
                            difference));
    }
}

static void
tell_times (Telling *telling)
{
  const ConcCrossingFacts *facts = telling->facts;
  const ConcEntrant       *entrant = facts->result->entrant;
  g_autofree char         *gun = NULL;
  g_autofree char         *net = NULL;

  if (facts->start_usec != CONC_NO_TIME)
    {
      gun = dup_difference (telling, facts->at_usec, facts->start_usec);
      add (telling, CONC_CROSSING_STEP_TIME, NULL, g_strdup_printf (_ ("Gun time: %s."), gun));
    }
  if (entrant->own_start_usec == CONC_NO_TIME)
    return;
  if (entrant->own_start_usec > facts->at_usec)
    {
      add (telling, CONC_CROSSING_STEP_TIME, NULL,
           g_strdup (_ ("The own start is after the finish and gives no net time.")));
      return;
    }
  net = dup_difference (telling, facts->at_usec, entrant->own_start_usec);
  add (telling, CONC_CROSSING_STEP_TIME, NULL, g_strdup_printf (_ ("Net time: %s."), net));
}

static void
add_penalty (Telling *telling, const char *format, gint64 usec)
{
  const ConcCrossingFacts *facts = telling->facts;
  gint64                   penalty_usec = facts->result->entrant->penalty_usec;
  g_autofree char         *before = dup_span (usec - penalty_usec);
  g_autofree char         *penalty = dup_span (penalty_usec);
  g_autofree char         *after = dup_span (usec);
  g_autofree char         *sum = g_strdup_printf ("%s + %s = %s", before, penalty, after);
  g_autoptr (GString) sentence = g_string_new (format);

  g_string_replace (sentence, "{sum}", sum, 1);
  if (facts->penalty_reason != NULL && *facts->penalty_reason != '\0')
    g_string_append_printf (sentence, _ (" The reason: “%s”."), facts->penalty_reason);
  add (telling, CONC_CROSSING_STEP_PENALTY, NULL, g_strdup (sentence->str));
}

static void
tell_penalty (Telling *telling)
{
  const ConcResult *result = telling->facts->result;

  if (result->entrant->penalty_usec <= 0)
    return;
  if (result->gun_usec != CONC_NO_TIME)
    /* Translators: {sum} stays as it is */
    add_penalty (telling, _ ("Gun time with the penalty: {sum}."), result->gun_usec);
  if (result->net_usec != CONC_NO_TIME)
    /* Translators: {sum} stays as it is */
    add_penalty (telling, _ ("Net time with the penalty: {sum}."), result->net_usec);
}

static const char *
get_rounding (ConcRounding rounding)
{
  switch (rounding)
    {
    case CONC_ROUND_UP_SECOND:
      return _ ("rounded up to the second");
    case CONC_ROUND_UP_TENTH:
      return _ ("rounded up to the tenth");
    case CONC_ROUND_UP_HUNDREDTH:
      return _ ("rounded up to the hundredth");
    default:
      return _ ("not rounded");
    }
}

static void
tell_rounding (Telling *telling)
{
  const ConcResult *result = telling->facts->result;
  ConcRounding      rounding = telling->facts->rules->rounding;
  g_autofree char  *exact = NULL;
  g_autofree char  *shown = NULL;
  gboolean          is_net =
      telling->facts->rules->rank_by == CONC_RANK_BY_NET && result->net_usec != CONC_NO_TIME;

  if (result->rank_usec == CONC_NO_TIME)
    return;
  exact = dup_span (result->rank_usec);
  shown = conc_duration_format (result->rank_usec, rounding);
  add (telling, CONC_CROSSING_STEP_ROUNDING, NULL,
       g_strdup_printf (is_net ? _ ("The net time decides: %s, %s, is shown as %s.")
                               : _ ("The gun time decides: %s, %s, is shown as %s."),
                        exact, get_rounding (rounding), shown));
}

static char *
describe_places (const Telling *telling)
{
  const ConcResult *result = telling->facts->result;
  GString          *text = g_string_new (NULL);
  const char       *sex = conc_sex_to_text (result->entrant->sex);

  g_string_append_printf (text, _ ("Place %u overall"), result->place);
  if (result->sex_place > 0 && sex != NULL)
    g_string_append_printf (text, _ (", %u of %s"), result->sex_place, sex);
  if (result->division_place > 0 && result->division != NULL)
    g_string_append_printf (text, _ (", %u of %s"), result->division_place, result->division);
  g_string_append (text, result->tied ? _ (", shared with others of the same time.") : ".");
  return g_string_free (text, FALSE);
}

static void
tell_result (Telling *telling)
{
  const ConcResult *result = telling->facts->result;

  switch (result->entrant->status)
    {
    case CONC_ENTRANT_DNS:
      add (telling, CONC_CROSSING_STEP_RESULT, NULL, g_strdup (_ ("Did not start: no place.")));
      return;
    case CONC_ENTRANT_DNF:
      add (telling, CONC_CROSSING_STEP_RESULT, NULL, g_strdup (_ ("Did not finish: no place.")));
      return;
    case CONC_ENTRANT_DQ:
      add (telling, CONC_CROSSING_STEP_RESULT, NULL, g_strdup (_ ("Disqualified: no place.")));
      return;
    default:
      break;
    }
  if (result->place > 0)
    add (telling, CONC_CROSSING_STEP_RESULT, NULL, describe_places (telling));
}

/**
 * conc_crossing_tell:
 * @facts: all that is known of one tap
 *
 * A pure function. From the raw read or the key press through clock, bib, corrections, start and
 * rules to the published time and place, each step a sentence with its arithmetic. Times in it have
 * as many decimals as are needed for the sums to add up. Without a bib it ends there; a crossing
 * that does not count ends with the reason; one that is a lap with the lap.
 *
 * Returns: (transfer full) (element-type ConcCrossingStep): the steps in their order. Any thread.
 */
GPtrArray *
conc_crossing_tell (const ConcCrossingFacts *facts)
{
  Telling telling = { facts, g_ptr_array_new_with_free_func (free_step_cb) };

  tell_taken (&telling);
  tell_clock (&telling);
  tell_bib (&telling);
  if (facts->result == NULL)
    return telling.steps;
  tell_start (&telling);
  tell_lap (&telling);
  if (facts->uses[facts->crossing] != CONC_CROSSING_FINISH)
    return telling.steps;
  tell_times (&telling);
  tell_penalty (&telling);
  tell_rounding (&telling);
  tell_result (&telling);
  return telling.steps;
}

/**
 * conc_crossing_tell_gun:
 * @facts: how the gun was taken; of the rest only the corrections count
 * @wave: its wave, "" for the race
 * @n_finishers: whose gun time is counted from it
 *
 * As conc_crossing_tell(), of a gun.
 */
GPtrArray *
conc_crossing_tell_gun (const ConcCrossingFacts *facts, const char *wave, guint n_finishers)
{
  Telling          telling = { facts, g_ptr_array_new_with_free_func (free_step_cb) };
  g_autofree char *at = dup_clock (&telling, facts->at_usec);
  g_autofree char *title = *wave != '\0' ? conc_wave_dup_title (wave) : g_strdup (_ ("The race"));

  tell_taken (&telling);
  tell_clock (&telling);
  tell_corrections (&telling);
  add (
      &telling, CONC_CROSSING_STEP_START, facts->fact,
      g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE,
                       "%s started at %s, and the gun time of %u finisher is counted from then.",
                       "%s started at %s, and the gun times of %u finishers are counted from then.",
                       n_finishers),
          title, at, n_finishers));
  return telling.steps;
}
