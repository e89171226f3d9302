/* ladder-race.c: races that never were, with faults at the line that are known. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ladder-race.h"

#include <math.h>

#define SECOND ((double) G_USEC_PER_SEC)
#define GUN (G_GINT64_CONSTANT (1512835200) * G_USEC_PER_SEC)

/* Running times of a 5K: the fastest one and a log-normal rest, so that the busiest minute brings
 * 0.12 of the field (the rule of thumb of race directors, 0.6 N / km). They come by chance, and a
 * quarter in company, close behind somebody: friends, parents with children. */
#define FASTEST_MIN 16.0
#define REST_MIN 13.5
#define SPREAD 0.24
#define COMPANY 0.25
#define COMPANY_SEC 0.4

/* Eight laps of a concourse of some 600 m, each to two in a hundred of the runner's own pace, which
 * is an even runner. Some do what laps do not foretell: a shoe, a child, a sprint. How many do is
 * not known; two in a thousand is few. */
#define LAPS 8
#define LAP_SPREAD 0.02
#define ODD_LAPS 2u
#define ODD_LAP_SPREAD 0.15

/* What a steady and a crowded chute have in common. A scanner reads a code in 0.8 s and a hand
 * needs some third more or less; three bibs in a hundred take longer (a jacket, a sweat-soaked
 * code) and one is not read. A time of another watch is good to 0.15 s. */
#define SELECT_SEC 0.15
#define WALK_SEC 14.0
#define SLOWEST_SERVICE_SEC 0.8
#define SERVICE_SPREAD 0.3
#define LONG_ENTRY 0.03
#define UNREAD 0.01
#define SECOND_MISSES 0.004

/* Bibs that were exchanged, and came so far apart. Of two who come at once nobody can tell, and
 * their times are no worse for it: LadderRaceSettings.neighbours. */
#define EXCHANGE_LEAST_SEC 20.0
#define EXCHANGE_MOST_SEC 60.0
#define EXCHANGE_REACH 120u

#define LATE_USEC (2 * G_USEC_PER_SEC)
#define DOUBLE_LEAST_SEC 0.15
#define DOUBLE_MOST_SEC 0.45
#define APART 8u
#define EXTRA_ID 1000000u

/* Steady: scanned right behind a wide line at the pace of the runners, with hands for three times
 * the busiest minute, so that nobody waits. Crowded: a lane of 15 m in which nobody passes and
 * walkers hold up who is behind them, with a quarter more hands than the busiest minute needs,
 * which is what races plan (one reads 60 to 75 a minute), so that there is a queue whenever several
 * come at once. Hands at a watch are off by a tenth of a second; those of volunteers by a little
 * more. A block is what was on a spindle of tags when it was read from the wrong end. */
static const struct
{
  double hand_sec;
  double walk_spread_sec;
  double capacity; /* of the busiest minute */
  int    least_block;
  int    most_block;
} CHUTES[] = {
  [LADDER_CHUTE_STEADY] = { 0.08, 0.3, 3.0, 20, 36 },
  [LADDER_CHUTE_CROWDED] = { 0.12, 1.0, 1.25, 10, 40 },
};

typedef struct
{
  const LadderRaceSettings *settings;
  GRand                    *random;
  double                   *finishes; /* in seconds from the gun, in order */
  guint8                   *used;     /* no other fault near this runner */
  guint8                   *no_tap;
  guint8                   *no_bib;
  guint8                   *twice;
  LadderRace               *race;
  gint64                    offset_usec;
} Maker;

static double
pick_normal (Maker *maker)
{
  double radius = sqrt (-2.0 * log (1.0 - g_rand_double (maker->random)));

  return radius * cos (2.0 * G_PI * g_rand_double (maker->random));
}

static gboolean
happens (Maker *maker, double odds)
{
  return g_rand_double (maker->random) < odds;
}

static gint64
get_usec (double sec)
{
  return GUN + (gint64) (sec * SECOND);
}

static int
compare_doubles_cb (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
make_finishes (Maker *maker)
{
  for (guint i = 0; i < maker->settings->n_runners; i++)
    if (i > 0 && happens (maker, COMPANY))
      maker->finishes[i] =
          maker->finishes[i - 1] + 0.1 - COMPANY_SEC * log (1.0 - g_rand_double (maker->random));
    else
      maker->finishes[i] = 60.0 * (FASTEST_MIN + REST_MIN * exp (SPREAD * pick_normal (maker)));
  qsort (maker->finishes, maker->settings->n_runners, sizeof (double), compare_doubles_cb);
}

/* Whether runners @first to @last are free of other faults; they are not after that. */
static gboolean
take (Maker *maker, guint first, guint last)
{
  guint from = first > APART ? first - APART : 0;
  guint end = MIN (last + APART + 1, maker->settings->n_runners);

  for (guint i = from; i < end; i++)
    if (maker->used[i])
      return FALSE;
  for (guint i = first; i <= last; i++)
    maker->used[i] = TRUE;
  return TRUE;
}

static gboolean
is_rung (const Maker *maker, guint runner)
{
  guint gap = maker->settings->rung_gap;

  return gap != 0 && runner % gap == gap - 1;
}

static void
add_fault (Maker *maker, ConcLadderKind kind, guint64 tap, guint64 bib, guint64 last_bib)
{
  LadderFault fault = { kind, tap, bib, last_bib };

  g_array_append_val (maker->race->faults, fault);
}

/* Another runner who comes 20 to 60 seconds later, or the next one. */
static guint
find_partner (Maker *maker, guint runner)
{
  double apart_sec =
      EXCHANGE_LEAST_SEC + g_rand_double (maker->random) * (EXCHANGE_MOST_SEC - EXCHANGE_LEAST_SEC);

  if (maker->settings->neighbours)
    return runner + 1;
  for (guint i = runner + 1; i < maker->settings->n_runners && i < runner + EXCHANGE_REACH; i++)
    if (maker->finishes[i] >= maker->finishes[runner] + apart_sec)
      return maker->finishes[i] <= maker->finishes[runner] + EXCHANGE_MOST_SEC ? i : 0;
  return 0;
}

static gboolean
try_fault (Maker *maker, ConcLadderKind kind)
{
  guint n = maker->settings->n_runners;
  guint runner = (guint) g_rand_int_range (maker->random, 3, (gint32) n - 3);
  guint last = runner;

  if (kind == CONC_LADDER_SECOND_OFFSET)
    {
      if (!maker->settings->has_second || maker->offset_usec == LATE_USEC)
        return FALSE;
      maker->offset_usec = LATE_USEC;
      add_fault (maker, kind, 0, 0, 0);
      return TRUE;
    }
  if (kind == CONC_LADDER_SWAPPED_BIBS)
    {
      last = find_partner (maker, runner);
      if (last == 0 || !take (maker, runner, runner) ||
          (last > runner + APART && !take (maker, last, last)))
        return FALSE;
      maker->used[last] = TRUE;
    }
  else if (kind == CONC_LADDER_REVERSED_BLOCK)
    {
      last = runner +
             (guint) g_rand_int_range (maker->random, CHUTES[maker->settings->chute].least_block,
                                       CHUTES[maker->settings->chute].most_block + 1) -
             1;
      if (last + 3 >= n || !take (maker, runner, last))
        return FALSE;
    }
  else if (is_rung (maker, runner) || !take (maker, runner, runner))
    return FALSE;
  maker->no_tap[runner] |= kind == CONC_LADDER_MISSED_TAP;
  maker->no_bib[runner] |= kind == CONC_LADDER_MISSED_BIB;
  maker->twice[runner] |= kind == CONC_LADDER_DOUBLE_TAP;
  if (kind == CONC_LADDER_DOUBLE_TAP || kind == CONC_LADDER_MISSED_BIB)
    add_fault (maker, kind, kind == CONC_LADDER_DOUBLE_TAP ? EXTRA_ID + runner : runner + 1, 0, 0);
  else
    add_fault (maker, kind, 0, runner + 1, last != runner ? last + 1 : 0);
  return TRUE;
}

static const ConcLadderKind KINDS[] = { CONC_LADDER_MISSED_TAP,     CONC_LADDER_DOUBLE_TAP,
                                        CONC_LADDER_MISSED_BIB,     CONC_LADDER_SWAPPED_BIBS,
                                        CONC_LADDER_REVERSED_BLOCK, CONC_LADDER_SECOND_OFFSET };

static void
plan_faults (Maker *maker)
{
  for (guint i = 0, tries = 0; i < maker->settings->n_faults && tries < 1000; tries++)
    {
      ConcLadderKind kind =
          KINDS[g_rand_int_range (maker->random, 0, (gint32) G_N_ELEMENTS (KINDS))];

      if ((maker->settings->kinds == 0 || (maker->settings->kinds & (1u << kind)) != 0) &&
          try_fault (maker, kind))
        i++;
    }
}

static void
add_tap (GArray *taps, guint64 id, gint64 at_usec)
{
  ConcLadderTap tap = { id, at_usec };
  guint         index = taps->len;

  while (index > 0 && g_array_index (taps, ConcLadderTap, index - 1).at_usec > at_usec)
    index--;
  g_array_insert_val (taps, index, tap);
}

static void
make_taps (Maker *maker)
{
  ConcLadderInput *input = maker->race->input;
  double           latest = 0.0, second_latest = 0.0;

  for (guint i = 0; i < maker->settings->n_runners; i++)
    {
      double at =
          maker->finishes[i] + CHUTES[maker->settings->chute].hand_sec * pick_normal (maker);
      double second =
          maker->finishes[i] + CHUTES[maker->settings->chute].hand_sec * pick_normal (maker);

      latest = MAX (at, latest + 0.05);
      second_latest = MAX (second, second_latest + 0.05);
      if (!maker->no_tap[i])
        add_tap (input->taps, i + 1, get_usec (latest));
      if (maker->twice[i])
        add_tap (input->taps, EXTRA_ID + i,
                 get_usec (latest + DOUBLE_LEAST_SEC +
                           g_rand_double (maker->random) * (DOUBLE_MOST_SEC - DOUBLE_LEAST_SEC)));
      if (maker->settings->has_second && !happens (maker, SECOND_MISSES))
        add_tap (input->second, i + 1, get_usec (second_latest) + maker->offset_usec);
    }
}

static void
make_bibs (Maker *maker)
{
  double service = MIN (SLOWEST_SERVICE_SEC, 60.0 / CHUTES[maker->settings->chute].capacity /
                                                 (0.12 * maker->settings->n_runners));
  double latest = 0.0, walked = 0.0;

  for (guint i = 0; i < maker->settings->n_runners; i++)
    {
      double        takes = service * exp (SERVICE_SPREAD * pick_normal (maker));
      ConcLadderBib bib = { i + 1, 0, i + 1 };

      if (happens (maker, LONG_ENTRY))
        takes += service * (1.0 + 4.0 * g_rand_double (maker->random));
      walked = maker->finishes[i] + WALK_SEC +
               CHUTES[maker->settings->chute].walk_spread_sec * pick_normal (maker);
      if (happens (maker, UNREAD))
        bib.bib = 0;
      if (maker->no_bib[i])
        continue;
      latest = MAX (walked, latest + takes);
      bib.at_usec = get_usec (latest);
      g_array_append_val (maker->race->input->bibs, bib);
    }
}

static guint
find_bib (const ConcLadderInput *input, guint64 id)
{
  for (guint i = 0; i < input->bibs->len; i++)
    if (g_array_index (input->bibs, ConcLadderBib, i).id == id)
      return i;
  return CONC_LADDER_NONE;
}

static guint
find_tap (const ConcLadderInput *input, guint64 id)
{
  for (guint i = 0; i < input->taps->len; i++)
    if (g_array_index (input->taps, ConcLadderTap, i).id == id)
      return i;
  return CONC_LADDER_NONE;
}

static void
exchange (ConcLadderInput *input, guint a, guint b)
{
  ConcLadderBib *first = &g_array_index (input->bibs, ConcLadderBib, a);
  ConcLadderBib *second = &g_array_index (input->bibs, ConcLadderBib, b);
  guint          bib = first->bib;

  first->bib = second->bib;
  second->bib = bib;
}

/* The ids stay with the places. */
static void
move_bibs (Maker *maker)
{
  for (guint i = 0; i < maker->race->faults->len; i++)
    {
      const LadderFault *fault = &g_array_index (maker->race->faults, LadderFault, i);
      guint              first = find_bib (maker->race->input, fault->bib);
      guint              last = find_bib (maker->race->input, fault->last_bib);

      if (fault->kind == CONC_LADDER_SWAPPED_BIBS)
        exchange (maker->race->input, first, last);
      else if (fault->kind == CONC_LADDER_REVERSED_BLOCK)
        for (; first < last; first++, last--)
          exchange (maker->race->input, first, last);
    }
}

/* Every other rung is a crossing that was entered together, the rest are times of another watch. */
static void
make_rungs (Maker *maker)
{
  for (guint i = 0; i < maker->settings->n_runners; i++)
    {
      ConcLadderRung rung = { .bib = i + 1 };

      if (!is_rung (maker, i) || maker->no_tap[i])
        continue;
      if (i / maker->settings->rung_gap % 2 == 0)
        rung.tap = i + 1;
      rung.at_usec = get_usec (maker->finishes[i] + SELECT_SEC * pick_normal (maker));
      rung.spread_usec = (gint64) (SELECT_SEC * SECOND);
      g_array_append_val (maker->race->input->rungs, rung);
    }
}

static void
make_laps (Maker *maker)
{
  double odd = (maker->settings->odd_laps != 0 ? maker->settings->odd_laps : ODD_LAPS) / 1000.0;

  for (guint i = 0; i < maker->settings->n_runners; i++)
    {
      double laps[LAPS], sum = 0.0;
      gint64 crossings_usec[LAPS];

      for (guint j = 0; j < LAPS; j++)
        {
          laps[j] = 1.0 + LAP_SPREAD * pick_normal (maker);
          if (j == LAPS - 1 && happens (maker, odd))
            laps[j] += ODD_LAP_SPREAD * pick_normal (maker);
          sum += laps[j];
        }
      crossings_usec[0] = GUN;
      for (guint j = 1; j < LAPS; j++)
        crossings_usec[j] =
            crossings_usec[j - 1] + (gint64) (maker->finishes[i] * laps[j - 1] / sum * SECOND);
      conc_ladder_expect_lap (maker->race->input, i + 1, crossings_usec, LAPS);
    }
}

/* ladder_race_new: the same settings make the same race. */
LadderRace *
ladder_race_new (const LadderRaceSettings *settings)
{
  guint              n = settings->n_runners;
  LadderRace        *race = g_new0 (LadderRace, 1);
  Maker              maker = { settings, g_rand_new_with_seed (settings->seed) };
  g_autofree double *finishes = g_new0 (double, n);
  g_autofree guint8 *marks = g_new0 (guint8, 4 * n);

  race->input = conc_ladder_input_new ();
  race->faults = g_array_new (FALSE, FALSE, sizeof (LadderFault));
  maker.race = race;
  maker.finishes = finishes;
  maker.used = marks;
  maker.no_tap = marks + n;
  maker.no_bib = marks + 2 * n;
  maker.twice = marks + 3 * n;
  maker.offset_usec = G_USEC_PER_SEC / 25;
  make_finishes (&maker);
  plan_faults (&maker);
  make_taps (&maker);
  make_bibs (&maker);
  make_rungs (&maker);
  if (settings->has_laps)
    make_laps (&maker);
  move_bibs (&maker);
  g_rand_free (maker.random);
  return race;
}

/* ladder_race_free: @race may be NULL. */
void
ladder_race_free (LadderRace *race)
{
  if (race == NULL)
    return;
  conc_ladder_input_free (race->input);
  g_array_unref (race->faults);
  g_free (race);
}

static gboolean
is_near (guint a, guint b)
{
  return a != CONC_LADDER_NONE && b != CONC_LADDER_NONE && a <= b + 2 && b <= a + 2;
}

/* A tap too many and a bib too few look the same to everybody who was not there. */
static gboolean
is_alike (ConcLadderKind a, ConcLadderKind b)
{
  return a == b || (a == CONC_LADDER_DOUBLE_TAP && b == CONC_LADDER_MISSED_BIB) ||
         (a == CONC_LADDER_MISSED_BIB && b == CONC_LADDER_DOUBLE_TAP);
}

static gboolean
is_match (const LadderRace          *race,
          const LadderFault         *fault,
          const ConcLadderSuspicion *suspicion,
          const ConcLadderResult    *result)
{
  guint bib = find_bib (race->input, fault->bib);
  guint last_bib = fault->last_bib != 0 ? find_bib (race->input, fault->last_bib) : bib;

  if (!is_alike (suspicion->kind, fault->kind))
    return FALSE;
  if (fault->kind == CONC_LADDER_SECOND_OFFSET)
    return ABS (result->second_offset_usec - LATE_USEC) <= G_USEC_PER_SEC / 5;
  if (fault->tap != 0)
    return is_near (find_tap (race->input, fault->tap), suspicion->tap);
  return is_near (bib, suspicion->bib) && is_near (last_bib, suspicion->last_bib);
}

/* ladder_race_is_located: whether a suspicion lies within two places of the fault, at both ends
 * where it has two. @ret_named tells whether one of them has the fault's own name. */
gboolean
ladder_race_is_located (const LadderRace       *race,
                        const LadderFault      *fault,
                        const ConcLadderResult *result,
                        gboolean               *ret_named)
{
  gboolean is_located = FALSE;

  *ret_named = FALSE;
  for (guint i = 0; i < result->suspicions->len; i++)
    {
      const ConcLadderSuspicion *suspicion =
          &g_array_index (result->suspicions, ConcLadderSuspicion, i);

      if (!is_match (race, fault, suspicion, result))
        continue;
      is_located = TRUE;
      *ret_named |= suspicion->kind == fault->kind;
    }
  return is_located;
}

/* ladder_race_is_true: whether there is a fault within two places of the suspicion. */
gboolean
ladder_race_is_true (const LadderRace          *race,
                     const ConcLadderSuspicion *suspicion,
                     const ConcLadderResult    *result)
{
  for (guint i = 0; i < race->faults->len; i++)
    if (is_match (race, &g_array_index (race->faults, LadderFault, i), suspicion, result))
      return TRUE;
  return FALSE;
}
