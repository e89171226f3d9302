/* ladder-odds.c: how likely each step of the alignment is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ladder-align-private.h"

#include <math.h>

/* What an entry costs whose time has nothing to do with the walk: somebody paused, or typed later.
 */
#define P_PAUSE 0.02
#define PAUSE_DENSITY 0.05

/* A bib that is there already does not belong to a second tap. */
#define SAME_MATCH 0.02
#define SAME_EXTRA 0.5

/* A tap that is known to be of another runner, who is not in the list. */
#define KNOWN_MATCH 1e-6

/* What a bib in the wrong place may cost here. An exchange or a reversed block has to be passed as
 * it is: ladder-moves.c looks for those, and nothing is gained by leaving out taps and bibs around
 * it. */
#define MOST_LAP_COST 1.5
#define MOST_RUNG_COST 9.0

#define LONGEST_GAP_SEC 20.0
#define COMPANY 0.25
#define COMPANY_USEC 300000

/** conc_ladder_odds_fill: works out the likelihoods of walks by the model of @aligner. */
void
conc_ladder_odds_fill (ConcLadderAligner *aligner)
{
  for (int i = 0; i < CONC_LADDER_TABLE_SIZE; i++)
    {
      double delay = aligner->model->walk_sec +
                     ((double) i / CONC_LADDER_TABLE_STEPS - CONC_LADDER_TABLE_REACH) *
                         aligner->model->walk_spread_sec;

      aligner->walk_density[i] = (float) conc_ladder_model_walk_density (aligner->model, delay);
      aligner->walk_chance[i] = (float) conc_ladder_model_walk_chance (aligner->model, delay);
    }
}

static guint
get_place (const ConcLadderAligner *aligner, double delay_sec)
{
  double z = (delay_sec - aligner->model->walk_sec) / aligner->model->walk_spread_sec;

  return (guint) ((CLAMP (z, -CONC_LADDER_TABLE_REACH, CONC_LADDER_TABLE_REACH) +
                   CONC_LADDER_TABLE_REACH) *
                  CONC_LADDER_TABLE_STEPS);
}

/* A runner walks and then waits until the one before is done: the entry comes at the later of two
 * moments, and the density of the later of two is that of either times the chance of the other. */
static double
get_entry_density (const ConcLadderAligner *aligner, const ConcLadderEntry *entry, double delay_sec)
{
  guint place = get_place (aligner, delay_sec);

  return (double) aligner->walk_density[place] * (double) entry->service_chance +
         (double) aligner->walk_chance[place] * (double) entry->service_density;
}

static double
get_delay_sec (const ConcLadderEntry *entry, gint64 at_usec)
{
  return (double) (entry->at_usec - at_usec) / (double) G_USEC_PER_SEC;
}

static double
get_fit (const ConcLadderEntry *entry, gint64 at_usec)
{
  double most = entry->rung_weight > 0.0f ? MOST_RUNG_COST : MOST_LAP_COST;
  double cost = MIN (conc_ladder_entry_cost (entry, at_usec), most);

  return cost > 0.0 ? exp (-cost) : 1.0;
}

/** conc_ladder_odds_get_match: Returns: how likely the entry came when it did if the moment is that
 * of its runner, with all that is known of the two. */
float
conc_ladder_odds_get_match (const ConcLadderAligner *aligner,
                            guint                    instant_index,
                            guint                    entry_index)
{
  const ConcLadderInstant *instant = conc_ladder_align_get_instant (aligner, instant_index);
  const ConcLadderEntry   *entry = conc_ladder_align_get_entry (aligner, entry_index);
  double                   delay_sec = get_delay_sec (entry, instant->at_usec);
  double density = (1.0 - P_PAUSE) * get_entry_density (aligner, entry, delay_sec);

  if (delay_sec > 0.0)
    density += P_PAUSE * PAUSE_DENSITY;
  if (entry->same != CONC_LADDER_NONE)
    density *= SAME_MATCH;
  if (instant->is_known && entry->bib != 0)
    density *= KNOWN_MATCH;
  return (float) MAX ((double) instant->real * density * get_fit (entry, instant->at_usec), 1e-30);
}

/** conc_ladder_odds_get_bib_open: Returns: how likely an entry has no moment and came when it did:
 * its runner crossed unseen between two moments, at the local rate, or in company with one of them.
 */
float
conc_ladder_odds_get_bib_open (const ConcLadderAligner *aligner, guint passed, guint entry_index)
{
  const ConcLadderEntry *entry = conc_ladder_align_get_entry (aligner, entry_index);
  guint                  count = aligner->prepared->instants->len;
  gint64                 from_usec, to_usec, at_usec;
  double                 rate, gap_sec, density, from_sec, to_sec;

  if (count == 0)
    return (float) CONC_LADDER_P_MISSED_TAP;
  to_usec =
      passed < count ? conc_ladder_align_get_instant (aligner, passed)->at_usec : entry->at_usec;
  from_usec = passed > 0 ? conc_ladder_align_get_instant (aligner, passed - 1)->at_usec
                         : to_usec - (gint64) LONGEST_GAP_SEC * G_USEC_PER_SEC;
  to_usec = MAX (to_usec, from_usec);
  rate =
      (double) conc_ladder_align_get_instant (aligner, passed < count ? passed : count - 1)->rate;
  gap_sec = MIN ((double) (to_usec - from_usec) / G_USEC_PER_SEC, LONGEST_GAP_SEC);
  from_sec = get_delay_sec (entry, from_usec);
  to_sec = get_delay_sec (entry, to_usec);
  density = (double) entry->service_chance *
            (double) (aligner->walk_chance[get_place (aligner, from_sec)] -
                      aligner->walk_chance[get_place (aligner, to_sec)]);
  density += (double) entry->service_density * gap_sec *
             (double) aligner->walk_chance[get_place (aligner, (from_sec + to_sec) / 2.0)];
  density *= rate;
  density +=
      COMPANY *
      (get_entry_density (aligner, entry, from_sec) + get_entry_density (aligner, entry, to_sec)) /
      2.0;
  density += P_PAUSE * PAUSE_DENSITY;
  at_usec = entry->rung_weight > 0.0f ? entry->rung_usec : entry->expected_usec;
  at_usec = CLAMP (at_usec, from_usec - COMPANY_USEC, to_usec + COMPANY_USEC);
  return (float) MAX (CONC_LADDER_P_MISSED_TAP * density * get_fit (entry, at_usec), 1e-30);
}

/** conc_ladder_odds_get_tap: the odds of a moment without an entry, and of one behind another. */
void
conc_ladder_odds_get_tap (const ConcLadderAligner *aligner,
                          guint                    instant_index,
                          double                  *open,
                          double                  *again)
{
  const ConcLadderInstant *instant = conc_ladder_align_get_instant (aligner, instant_index);

  *open = CONC_LADDER_P_MISSED_BIB * (double) instant->real + (double) instant->extra;
  *again = CONC_LADDER_P_AGAIN * (double) instant->real + (double) instant->extra;
}

/** conc_ladder_odds_get_bib: the odds of an entry without a moment, and of one behind another. */
void
conc_ladder_odds_get_bib (const ConcLadderAligner *aligner,
                          const ConcLadderCell    *cell,
                          guint                    entry_index,
                          double                  *open,
                          double                  *again)
{
  *open = (double) cell->bib_open;
  *again = *open / CONC_LADDER_P_MISSED_TAP * CONC_LADDER_P_AGAIN;
  if (conc_ladder_align_get_entry (aligner, entry_index)->same != CONC_LADDER_NONE)
    {
      /* As if it had never been there: its time says nothing. */
      *open = MAX (*open, SAME_EXTRA * PAUSE_DENSITY);
      *again = *open;
    }
}
