/* project-conflicts.c: the projection of what stations decided apart. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"
#include "store/cards.h"
#include "store/projector.h"

#include <string.h>

static char *
join_names (GPtrArray *facts)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact  *fact = g_ptr_array_index (facts, i);
      g_autofree char *name = conc_fact_id_to_text (&fact->id);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

static gboolean
write_conflict (ConcDb         *db,
                const char     *subject,
                const char     *key,
                const char     *card,
                const ConcFact *shown,
                GPtrArray      *others,
                GError        **error)
{
  g_autofree char *rivals = join_names (others);
  g_autofree char *winner = conc_fact_id_to_text (&shown->id);

  return conc_db_run (db,
                      "INSERT INTO conflict (subject, key, card, winner, rivals) "
                      "VALUES (?, ?, ?, ?, ?)",
                      error, "ttttt", subject, key, card, winner, rivals);
}

/* ------------------------------------------------------------- two facts about one key */

/* What a body says beside these only goes along with them: how a time was taken, say, or when a
 * gift was entered. */
static gboolean
is_to_be_decided (ConcFamily family, const char *key)
{
  static const char *const keys[CONC_N_FAMILIES][7] = {
    [CONC_FAMILY_GUN] = { "at" },
    [CONC_FAMILY_START] = { "at" },
    [CONC_FAMILY_TAP] = { "at", "bib" },
    [CONC_FAMILY_GIFT] = { "amount_cents", "anonymous", "beneficiary", "from", "message",
                           "method" },
    [CONC_FAMILY_SETTING] = { "value" },
    [CONC_FAMILY_STATION] = { "name", "role" },
  };

  if (family == CONC_FAMILY_RUNNER)
    return conc_field_from_key (key) != CONC_FIELD_NONE;
  return g_strv_contains (keys[family], key);
}

/* The age follows from the birth date: one question, not two. */
static gboolean
follows_another (const ConcMerged *merged, const char *key)
{
  const ConcSlot *birth_date;

  if (strcmp (key, conc_field_get_key (CONC_FIELD_AGE)) != 0)
    return FALSE;
  birth_date = conc_merged_find (merged, conc_field_get_key (CONC_FIELD_BIRTH_DATE));
  return birth_date != NULL && birth_date->rivals != NULL;
}

/* The one bib that some of the facts give and the others take away; 0 when there are more. */
static gint64
find_only_bib (const ConcSlot *slot)
{
  gint64 bib = conc_body_get_int (slot->winner->body, slot->key, 0);

  for (guint i = 0; i < slot->rivals->len; i++)
    {
      const ConcFact *rival = g_ptr_array_index (slot->rivals, i);
      gint64          other = conc_body_get_int (rival->body, slot->key, 0);

      if (bib != 0 && other != 0 && other != bib)
        return 0;
      bib = MAX (bib, other);
    }
  return bib;
}

/* Who keeps a bib is one question, however many runners it is about. */
static char *
name_card (const char *subject, ConcFamily family, const ConcSlot *slot)
{
  gint64 bib = 0;

  if (family == CONC_FAMILY_RUNNER && conc_field_from_key (slot->key) == CONC_FIELD_BIB)
    bib = find_only_bib (slot);
  if (bib > 0)
    return g_strdup_printf (CONC_CARD_BIB_PREFIX "%" G_GINT64_FORMAT, bib);
  return g_strconcat (subject, "/", slot->key, NULL);
}

static gboolean
project_slots (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  ConcFamily family = conc_merged_get_family (merged);

  for (guint i = 0; i < conc_merged_get_n_slots (merged); i++)
    {
      const ConcSlot  *slot = conc_merged_get_slot (merged, i);
      g_autofree char *card = NULL;

      if (slot->rivals == NULL || !is_to_be_decided (family, slot->key) ||
          follows_another (merged, slot->key))
        continue;
      card = name_card (subject, family, slot);
      if (!write_conflict (db, subject, slot->key, card, slot->winner, slot->rivals, error))
        return FALSE;
    }
  return TRUE;
}

/* --------------------------------------------------------- removed here, edited there */

static gboolean
saw (const ConcFact *removal, const ConcFact *fact)
{
  const char *list = conc_body_get_text (removal->body, CONC_KEY_SAW);
  g_auto (GStrv) names = g_strsplit (list != NULL ? list : "", " ", -1);
  ConcFactId last;

  if (strcmp (removal->id.station, fact->id.station) == 0 && removal->id.seq >= fact->id.seq)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (conc_fact_id_parse (names[i], &last) && strcmp (last.station, fact->id.station) == 0 &&
        last.seq >= fact->id.seq)
      return TRUE;
  return FALSE;
}

static gboolean
was_seen (const ConcMerged *merged, const ConcFact *fact)
{
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        is_effective;
      const ConcFact *removal = conc_merged_get_fact (merged, i, &is_effective);

      if (is_effective && removal->kind == CONC_KIND_RUNNER_REMOVED && saw (removal, fact))
        return TRUE;
    }
  return FALSE;
}

/* Whether a fact that was seen says the same in the same way, like an import at two stations. */
static gboolean
is_nothing_new (const ConcMerged *merged, const ConcFact *fact)
{
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        is_effective;
      const ConcFact *other = conc_merged_get_fact (merged, i, &is_effective);

      if (is_effective && other != fact && other->kind == fact->kind &&
          strcmp (conc_body_get_json (other->body), conc_body_get_json (fact->body)) == 0 &&
          was_seen (merged, other))
        return TRUE;
    }
  return FALSE;
}

static gboolean
takes_removal_back (const ConcMerged *merged, const ConcFact *undo)
{
  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        is_effective;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &is_effective);

      if (fact->kind == CONC_KIND_RUNNER_REMOVED && conc_fact_id_equal (&fact->id, &undo->replaces))
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody who wrote @fact counts on the runner being in the race. */
static gboolean
counts_on_runner (const ConcMerged *merged, const ConcFact *fact)
{
  switch (fact->kind)
    {
    case CONC_KIND_RUNNER_REMOVED:
    case CONC_KIND_SETTLE:
      return FALSE;
    case CONC_KIND_UNDO:
      return takes_removal_back (merged, fact);
    default:
      return !conc_body_has (fact->body, CONC_KEY_SETTLES) && !is_nothing_new (merged, fact);
    }
}

static gboolean
project_removal (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcSlot  *slot = conc_merged_find (merged, CONC_KEY_REMOVED);
  g_autofree char *card = g_strconcat (subject, "/" CONC_KEY_REMOVED, NULL);
  g_autoptr (GPtrArray) unseen = g_ptr_array_new ();

  for (guint i = conc_merged_get_n_facts (merged); i-- > 0;)
    {
      gboolean        is_effective;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &is_effective);

      if (is_effective && counts_on_runner (merged, fact) && !was_seen (merged, fact))
        g_ptr_array_add (unseen, (gpointer) fact);
    }
  return unseen->len == 0 ||
         write_conflict (db, subject, CONC_KEY_REMOVED, card, slot->winner, unseen, error);
}

/**
 * conc_project_conflicts:
 *
 * Notes what is to be decided about @subject, with the card that asks it. While a runner is out of
 * the race only that is asked.
 */
gboolean
conc_project_conflicts (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  if (!conc_db_run (db, "DELETE FROM conflict WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged))
    return TRUE;
  if (conc_merged_get_family (merged) == CONC_FAMILY_RUNNER &&
      conc_merged_get_bool (merged, CONC_KEY_REMOVED, FALSE))
    return project_removal (db, subject, merged, error);
  return project_slots (db, subject, merged, error);
}
