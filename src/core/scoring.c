/* scoring.c: the times of one entrant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/scoring.h"

#include "core/race-time.h"

static void
score_finish (const ConcEntrant *entrant, gint64 start_usec, ConcScore *score)
{
  score->finish_usec = entrant->crossings[score->laps.finish].at_usec;
  if (start_usec != CONC_NO_TIME)
    score->gun_usec = score->finish_usec - start_usec + entrant->penalty_usec;
  if (entrant->own_start_usec == CONC_NO_TIME)
    return;
  if (entrant->own_start_usec <= score->finish_usec)
    score->net_usec = score->finish_usec - entrant->own_start_usec + entrant->penalty_usec;
  else
    score->start_ignored = TRUE;
}

/**
 * conc_entrant_status_from_ruling:
 * @ruling: (nullable): what %CONC_FIELD_RULING says
 *
 * Returns: the status; anything that is no ruling leaves a runner in the race. Any thread.
 */
ConcEntrantStatus
conc_entrant_status_from_ruling (const char *ruling)
{
  if (g_strcmp0 (ruling, CONC_RULING_DNS) == 0)
    return CONC_ENTRANT_DNS;
  if (g_strcmp0 (ruling, CONC_RULING_DNF) == 0)
    return CONC_ENTRANT_DNF;
  if (g_strcmp0 (ruling, CONC_RULING_DQ) == 0)
    return CONC_ENTRANT_DQ;
  return CONC_ENTRANT_RUNNING;
}

/**
 * conc_entrant_status_to_text:
 *
 * Returns: (transfer none) (nullable): "DNS", "DNF" or "DQ", as results have it; NULL of one who
 *   is running. Any thread.
 */
const char *
conc_entrant_status_to_text (ConcEntrantStatus status)
{
  static const char *const texts[] = { [CONC_ENTRANT_RUNNING] = NULL,
                                       [CONC_ENTRANT_DNS] = "DNS",
                                       [CONC_ENTRANT_DNF] = "DNF",
                                       [CONC_ENTRANT_DQ] = "DQ" };

  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (texts), NULL);
  return texts[status];
}

/**
 * conc_score_entrant:
 * @entrant: who; the crossings sorted by conc_crossing_compare()
 * @start_usec: the gun of the entrant's wave, or CONC_NO_TIME
 * @rules: how the race is scored
 * @ret_uses: (out caller-allocates) (optional): what became of each crossing
 * @ret_score: (out caller-allocates): the times
 *
 * Gun time is from the gun to the finish and is the official one; net time is from the runner's own
 * start; a penalty is added to both. Ranking by net takes the gun time of those without an own
 * start. Who has not finished, or is out of the race, has no place.
 *
 * Thread: any. Cost: linear in the crossings. Source: World Athletics TR 19, USATF rule 245.
 */
void
conc_score_entrant (const ConcEntrant *entrant,
                    gint64             start_usec,
                    const ConcRules   *rules,
                    ConcCrossingUse   *ret_uses,
                    ConcScore         *ret_score)
{
  ConcScore score = {
    .finish_usec = CONC_NO_TIME,
    .gun_usec = CONC_NO_TIME,
    .net_usec = CONC_NO_TIME,
    .shown_usec = CONC_NO_TIME,
  };

  score.laps_needed = conc_rules_get_laps (rules, entrant->event);
  score.laps = conc_laps_count (entrant->crossings, entrant->crossing_count, start_usec,
                                score.laps_needed, rules, ret_uses);
  if (score.laps.finish != CONC_NO_CROSSING)
    {
      score_finish (entrant, start_usec, &score);
      score.placed = entrant->status == CONC_ENTRANT_RUNNING;
    }
  score.rank_usec = score.gun_usec;
  if (rules->rank_by == CONC_RANK_BY_NET && score.net_usec != CONC_NO_TIME)
    score.rank_usec = score.net_usec;
  if (score.rank_usec != CONC_NO_TIME)
    score.shown_usec = conc_duration_round (score.rank_usec, rules->rounding);
  *ret_score = score;
}
