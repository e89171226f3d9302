/* project-twins.c: the projection of walk-ups and people of the same name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "store/projector.h"

#include <string.h>

static gboolean
project_apart (ConcDb *db, const char *id, const ConcMerged *merged, GError **error)
{
  if (!conc_db_run (db, "DELETE FROM apart WHERE a = ?", error, "t", id))
    return FALSE;
  if (merged == NULL)
    return TRUE;
  for (guint i = 0; i < conc_merged_get_n_slots (merged); i++)
    {
      const ConcSlot *slot = conc_merged_get_slot (merged, i);

      if (g_str_has_prefix (slot->key, CONC_KEY_APART_PREFIX) &&
          conc_merged_get_bool (merged, slot->key, FALSE) &&
          !conc_db_run (db, "INSERT INTO apart (a, b) VALUES (?, ?)", error, "tt", id,
                        slot->key + strlen (CONC_KEY_APART_PREFIX)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
project_walk_up (ConcDb *db, const char *id, gboolean is_walk_up, GError **error)
{
  return conc_db_run (db, "DELETE FROM walk_up WHERE id = ?", error, "t", id) &&
         (!is_walk_up || conc_db_run (db,
                                      "INSERT INTO walk_up (id, search) "
                                      "SELECT id, search FROM runner WHERE id = ?",
                                      error, "t", id));
}

/* Walk-ups are few and have a table of their own. */
static gboolean
pair_with_others (ConcDb *db, const char *id, gboolean is_walk_up, GError **error)
{
  return conc_db_run (db,
                      is_walk_up
                          ? "INSERT OR IGNORE INTO twin (a, b) SELECT min (me.id, other.id), "
                            "max (me.id, other.id) FROM runner me CROSS JOIN runner other "
                            "ON other.search = me.search "
                            "WHERE me.id = ? AND other.id <> me.id AND me.search <> ''"
                          : "INSERT OR IGNORE INTO twin (a, b) SELECT min (me.id, other.id), "
                            "max (me.id, other.id) FROM runner me CROSS JOIN walk_up other "
                            "ON other.search = me.search "
                            "WHERE me.id = ? AND other.id <> me.id AND me.search <> ''",
                      error, "t", id);
}

/**
 * conc_project_twins:
 * @merged: (nullable): what all facts about @id say; %NULL for somebody who is not in the race
 *
 * After the row of runner @id was written: notes the pairs of a walk-up and somebody of the same
 * name. Whether they have the same birth date, and whether somebody said that they are two, is
 * asked when the pairs are read, so the order in which the two arrive does not matter.
 */
gboolean
conc_project_twins (ConcDb *db, const char *id, const ConcMerged *merged, GError **error)
{
  gboolean is_walk_up = merged != NULL && conc_merged_get_bool (merged, CONC_KEY_WALK_UP, FALSE);

  return conc_db_run (db, "DELETE FROM twin WHERE a = ?", error, "t", id) &&
         conc_db_run (db, "DELETE FROM twin WHERE b = ?", error, "t", id) &&
         project_apart (db, id, merged, error) && project_walk_up (db, id, is_walk_up, error) &&
         (merged == NULL || pair_with_others (db, id, is_walk_up, error));
}

/**
 * conc_project_twins_of_new:
 * @last: the highest row number before the first new runner
 *
 * The same for many new runners of an import at once; none of them is a walk-up.
 */
gboolean
conc_project_twins_of_new (ConcDb *db, gint64 last, GError **error)
{
  return conc_db_run (db,
                      "INSERT OR IGNORE INTO twin (a, b) SELECT min (me.id, other.id), "
                      "max (me.id, other.id) FROM walk_up other CROSS JOIN runner me "
                      "ON me.search = other.search WHERE me.n > ? AND other.search <> ''",
                      error, "i", last);
}
