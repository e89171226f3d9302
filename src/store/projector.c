/* projector.c: keeps the projections as the facts say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"

#include "store/reads.h"
#include "store/timebase.h"

typedef gboolean (*ProjectFunc) (ConcDb           *db,
                                 const char       *subject,
                                 const ConcMerged *merged,
                                 GError          **error);

static const ProjectFunc functions[CONC_N_FAMILIES] = {
  [CONC_FAMILY_RUNNER] = conc_project_runner,     [CONC_FAMILY_GUN] = conc_project_gun,
  [CONC_FAMILY_START] = conc_project_start,       [CONC_FAMILY_TAP] = conc_project_tap,
  [CONC_FAMILY_GIFT] = conc_project_gift,         [CONC_FAMILY_FEE] = conc_project_fee,
  [CONC_FAMILY_PRINT] = conc_project_print,       [CONC_FAMILY_SETTING] = conc_project_setting,
  [CONC_FAMILY_STATION] = conc_project_station,   [CONC_FAMILY_CHUTE] = conc_project_chute,
  [CONC_FAMILY_READ] = conc_project_read,         [CONC_FAMILY_STREAM] = conc_project_stream,
  [CONC_FAMILY_CHIP] = conc_project_chip,         [CONC_FAMILY_REPAIR] = conc_project_repair,
  [CONC_FAMILY_GUN_SEEN] = conc_project_gun_seen, [CONC_FAMILY_CLOCK] = conc_project_clock,
};

/* Those whose facts say when something was, and by which clock. */
static gboolean
is_timed (ConcFamily family)
{
  switch (family)
    {
    case CONC_FAMILY_GUN:
    case CONC_FAMILY_START:
    case CONC_FAMILY_TAP:
    case CONC_FAMILY_CHUTE:
    case CONC_FAMILY_GUN_SEEN:
    case CONC_FAMILY_CLOCK:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Lines of readers are read by the earliest gun, the date and the time zone; and any fact with a
 * time can tell more of the clock that the gun was taken by. */
static gboolean
follow (ConcDb *db, ConcFamily family, GError **error)
{
  return (!is_timed (family) && family != CONC_FAMILY_READ && family != CONC_FAMILY_SETTING) ||
         conc_reads_follow (db, error);
}

/**
 * conc_project:
 * @merged: what all facts about @subject say
 *
 * Writes the rows of @subject anew, inside the caller's transaction. What was there before does
 * not matter, which is why the order in which facts arrive does not either.
 */
gboolean
conc_project (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  ConcFamily family = conc_merged_get_family (merged);

  if (family == CONC_FAMILY_NONE)
    return TRUE;
  return (!is_timed (family) || conc_timebase_learn (db, merged, error)) &&
         (functions[family] == NULL || functions[family](db, subject, merged, error)) &&
         follow (db, family, error) && conc_project_conflicts (db, subject, merged, error);
}

/** conc_project_nothing: for a @subject about which there is no fact any more. */
gboolean
conc_project_nothing (ConcDb *db, const char *subject, GError **error)
{
  ConcFamily family = conc_subject_get_family (subject);
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();
  g_autoptr (ConcMerged) merged = conc_merge (facts);

  return family == CONC_FAMILY_NONE ||
         ((functions[family] == NULL || functions[family](db, subject, merged, error)) &&
          follow (db, family, error) && conc_project_conflicts (db, subject, merged, error));
}
