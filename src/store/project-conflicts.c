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
    [CONC_FAMILY_CHUTE] = { "bib", "tap" },
    [CONC_FAMILY_STREAM] = { "use", "format", "from", "offset_usec", "filter", "gap_usec" },
    [CONC_FAMILY_CHIP] = { "bib" },
    [CONC_FAMILY_GIFT] = { "amount_cents", "anonymous", "beneficiary", "from", "message",
                           "method" },
    [CONC_FAMILY_FEE] = { "amount_cents", CONC_KEY_COUNTS, "method" },
    [CONC_FAMILY_SETTING] = { "value" },
    [CONC_FAMILY_STATION] = { "name", "role" },
  };

  if (family == CONC_FAMILY_RUNNER)
    return conc_field_from_key (key) != CONC_FIELD_NONE ||
           strcmp (key, CONC_KEY_TRANSFERRED_TO) == 0;
  return g_strv_contains (keys[family], key);
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

static const ConcSlot *
find_disputed (const ConcMerged *merged, ConcField field)
{
  const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (field));

  return slot != NULL && slot->rivals != NULL ? slot : NULL;
}

/* Two desks that checked in one runner with two bibs. */
static gboolean
gave_two_bibs (const ConcMerged *merged, const ConcSlot *check_in)
{
  const ConcSlot *bib = find_disputed (merged, CONC_FIELD_BIB);

  if (bib == NULL || find_only_bib (bib) != 0 || bib->winner != check_in->winner ||
      bib->rivals->len != check_in->rivals->len)
    return FALSE;
  for (guint i = 0; i < bib->rivals->len; i++)
    if (!g_ptr_array_find (check_in->rivals, g_ptr_array_index (bib->rivals, i), NULL))
      return FALSE;
  return TRUE;
}

/* One question, not two: the age follows from the birth date, the event from whether somebody is
 * deferred, and a check-in from that and from the bib that was given with it. */
static gboolean
follows_another (const ConcMerged *merged, const ConcSlot *slot)
{
  switch (conc_field_from_key (slot->key))
    {
    case CONC_FIELD_AGE:
      return find_disputed (merged, CONC_FIELD_BIRTH_DATE) != NULL;
    case CONC_FIELD_EVENT:
      return find_disputed (merged, CONC_FIELD_ATTENDANCE) != NULL;
    case CONC_FIELD_CHECKED_IN:
      return find_disputed (merged, CONC_FIELD_ATTENDANCE) != NULL || gave_two_bibs (merged, slot);
    default:
      return FALSE;
    }
}

/* Who keeps a bib is one question, however many runners it is about. */
static char *
name_card (const char *subject, const ConcMerged *merged, const ConcSlot *slot)
{
  ConcFamily  family = conc_merged_get_family (merged);
  const char *runner = conc_merged_get_text (merged, "runner");
  gint64      bib = 0;

  /* Which payments count is one question about a runner. */
  if (family == CONC_FAMILY_FEE && runner != NULL && strcmp (slot->key, CONC_KEY_COUNTS) == 0)
    return g_strconcat (CONC_CARD_FEE_PREFIX, runner, NULL);
  if (family == CONC_FAMILY_RUNNER && conc_field_from_key (slot->key) == CONC_FIELD_BIB)
    bib = find_only_bib (slot);
  if (bib > 0)
    return g_strdup_printf (CONC_CARD_BIB_PREFIX "%" G_GINT64_FORMAT, bib);
  return g_strconcat (subject, "/", slot->key, NULL);
}

/* @asked: a key that is asked already; "" for none. */
static gboolean
project_slots (ConcDb           *db,
               const char       *subject,
               const ConcMerged *merged,
               const char       *asked,
               GError          **error)
{
  ConcFamily family = conc_merged_get_family (merged);

  for (guint i = 0; i < conc_merged_get_n_slots (merged); i++)
    {
      const ConcSlot  *slot = conc_merged_get_slot (merged, i);
      g_autofree char *card = NULL;

      if (slot->rivals == NULL || !is_to_be_decided (family, slot->key) ||
          follows_another (merged, slot) || strcmp (slot->key, asked) == 0)
        continue;
      card = name_card (subject, merged, slot);
      if (!write_conflict (db, subject, slot->key, card, slot->winner, slot->rivals, error))
        return FALSE;
    }
  return TRUE;
}

/* ------------------------------------------------- here at one desk, elsewhere at another */

/* Somebody who is here although another desk deferred the runner or gave the place away. That
 * nobody came is no more than a guess, and needs no question. */
static gboolean
is_here_and_not (const ConcMerged *merged)
{
  const char *at = conc_merged_get_text (merged, conc_field_get_key (CONC_FIELD_CHECKED_IN));
  const char *attendance =
      conc_merged_get_text (merged, conc_field_get_key (CONC_FIELD_ATTENDANCE));

  return at != NULL && *at != '\0' && attendance != NULL && *attendance != '\0' &&
         strcmp (attendance, CONC_ATTENDANCE_NO_SHOW) != 0;
}

static void
add_facts_of (GPtrArray *facts, const ConcSlot *slot)
{
  if (!g_ptr_array_find (facts, slot->winner, NULL))
    g_ptr_array_add (facts, slot->winner);
  for (guint i = 0; slot->rivals != NULL && i < slot->rivals->len; i++)
    if (!g_ptr_array_find (facts, g_ptr_array_index (slot->rivals, i), NULL))
      g_ptr_array_add (facts, g_ptr_array_index (slot->rivals, i));
}

static int
compare_facts_cb (gconstpointer a, gconstpointer b)
{
  return conc_fact_compare (*(ConcFact *const *) b, *(ConcFact *const *) a);
}

/**
 * conc_list_presence:
 * @merged: what is known about a runner
 *
 * Returns: (transfer full) (element-type ConcFact): the facts that say whether the runner is here
 *   or does not come, the latest first.
 */
GPtrArray *
conc_list_presence (const ConcMerged *merged)
{
  static const ConcField fields[] = { CONC_FIELD_ATTENDANCE, CONC_FIELD_CHECKED_IN };
  GPtrArray             *facts = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const ConcSlot *slot = conc_merged_find (merged, conc_field_get_key (fields[i]));

      if (slot != NULL)
        add_facts_of (facts, slot);
    }
  g_ptr_array_sort (facts, compare_facts_cb);
  return facts;
}

/* Asked as the attendance, which is then not asked once more by itself. */
static gboolean
project_presence (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char      *key = conc_field_get_key (CONC_FIELD_ATTENDANCE);
  g_autofree char *card = g_strconcat (subject, "/", key, NULL);
  g_autoptr (GPtrArray) facts = conc_list_presence (merged);
  ConcFact *latest = g_ptr_array_steal_index (facts, 0);

  return write_conflict (db, subject, key, card, latest, facts, error) &&
         project_slots (db, subject, merged, key, error);
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

/* What corrects several facts at once is no decision between them. */
static gboolean
is_decision (const ConcFact *fact)
{
  return conc_body_has (fact->body, CONC_KEY_SETTLES) && fact->kind != CONC_KIND_CHECK_IN &&
         fact->kind != CONC_KIND_RUNNER_SET;
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
      return !is_decision (fact) && !is_nothing_new (merged, fact);
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
  if (conc_merged_get_family (merged) == CONC_FAMILY_RUNNER && is_here_and_not (merged))
    return project_presence (db, subject, merged, error);
  return project_slots (db, subject, merged, "", error);
}
