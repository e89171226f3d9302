/* merge.c: what the facts about one subject say together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge.h"

#include <string.h>

struct _ConcMerged
{
  GPtrArray *facts;
  gboolean  *effective;
  GArray   **named; /* of each fact the places of those that it replaces or settles; NULL: none */
  GArray    *slots;
  ConcFamily family;
  ConcFact  *founder;
};

static void
slot_clear (gpointer data)
{
  ConcSlot *slot = data;

  g_clear_pointer (&slot->rivals, g_ptr_array_unref);
}

static ConcFact *
fact_at (const ConcMerged *merged, guint index)
{
  return g_ptr_array_index (merged->facts, index);
}

static int
compare_facts (gconstpointer a, gconstpointer b)
{
  return conc_fact_compare (*(ConcFact *const *) a, *(ConcFact *const *) b);
}

static gboolean
has_undo (GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    if (((ConcFact *) g_ptr_array_index (facts, i))->kind == CONC_KIND_UNDO)
      return TRUE;
  return FALSE;
}

/* An undo is later than what it takes back, so going from the latest to the earliest meets
 * every undo before its target; one that claims to be earlier is ignored, which also makes
 * circles harmless. */
static void
find_effective (ConcMerged *merged)
{
  for (guint i = 0; i < merged->facts->len; i++)
    merged->effective[i] = TRUE;
  if (!has_undo (merged->facts))
    return;
  for (guint later = merged->facts->len; later-- > 0;)
    {
      const ConcFact *undo = fact_at (merged, later);

      if (undo->kind != CONC_KIND_UNDO || !merged->effective[later])
        continue;
      for (guint i = 0; i < later; i++)
        if (conc_fact_id_equal (&fact_at (merged, i)->id, &undo->replaces))
          merged->effective[i] = FALSE;
    }
}

static gboolean
supplies (const ConcMerged *merged, guint index, const char *key)
{
  const ConcFact *fact = fact_at (merged, index);

  return merged->effective[index] && fact->kind != CONC_KIND_UNDO &&
         conc_body_has (fact->body, key);
}

/* Whether @fact decides between others, whatever its kind: what is private is settled in private.
 */
static gboolean
is_settle (const ConcFact *fact)
{
  return conc_body_has (fact->body, CONC_KEY_SETTLES);
}

static void
add_named (ConcMerged *merged, guint index, const ConcFactId *id)
{
  for (guint i = 0; i < merged->facts->len; i++)
    {
      if (i == index || !conc_fact_id_equal (&fact_at (merged, i)->id, id))
        continue;
      if (merged->named[index] == NULL)
        merged->named[index] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (merged->named[index], i);
    }
}

static void
find_named (ConcMerged *merged)
{
  for (guint i = 0; i < merged->facts->len; i++)
    {
      const ConcFact *fact = fact_at (merged, i);
      const char     *list = conc_body_get_text (fact->body, CONC_KEY_SETTLES);
      g_auto (GStrv) names = list != NULL ? g_strsplit (list, " ", -1) : NULL;
      ConcFactId id;

      if (conc_fact_id_is_set (&fact->replaces))
        add_named (merged, i, &fact->replaces);
      for (guint n = 0; names != NULL && names[n] != NULL; n++)
        if (conc_fact_id_parse (names[n], &id))
          add_named (merged, i, &id);
    }
}

/* The same statement, made at two stations from one export: neither knew of anything before. */
static gboolean
are_twins (const ConcFact *a, const ConcFact *b)
{
  return a->kind == b->kind && !conc_fact_id_is_set (&a->replaces) &&
         !conc_fact_id_is_set (&b->replaces) && !is_settle (a) && !is_settle (b);
}

/* Whether fact @later, which names fact @named, thereby replaces fact @index for @key. Who
 * corrects what is shown corrects everybody who said the same before. */
static gboolean
replaces_for (const ConcMerged *merged, guint later, guint named, guint index, const char *key)
{
  const ConcFact *fact = fact_at (merged, index);
  const ConcFact *target = fact_at (merged, named);

  if (named == index)
    return later > index;
  if (!conc_body_has (target->body, key) || !conc_body_entry_equal (target->body, fact->body, key))
    return FALSE;
  return (later > named && named > index) || (later > named && are_twins (target, fact));
}

static gboolean
is_replaced (const ConcMerged *merged, guint index, const char *key)
{
  for (guint i = 0; i < merged->facts->len; i++)
    {
      const GArray *named = merged->named[i];

      if (i == index || named == NULL || !supplies (merged, i, key))
        continue;
      for (guint n = 0; n < named->len; n++)
        if (replaces_for (merged, i, g_array_index (named, guint, n), index, key))
          return TRUE;
    }
  return FALSE;
}

static void
add_rival (ConcSlot *slot, ConcFact *fact)
{
  if (slot->rivals == NULL)
    slot->rivals = g_ptr_array_new ();
  g_ptr_array_add (slot->rivals, fact);
}

/* The latest standing fact wins; an earlier one that stands too and says something else is its
 * rival. */
static void
resolve_slot (ConcMerged *merged, const char *key)
{
  ConcSlot slot = { key, NULL, NULL };

  for (guint i = merged->facts->len; i-- > 0;)
    {
      ConcFact *fact = fact_at (merged, i);

      if (!supplies (merged, i, key) || is_replaced (merged, i, key))
        continue;
      if (slot.winner == NULL)
        slot.winner = fact;
      else if (!conc_body_entry_equal (slot.winner->body, fact->body, key))
        add_rival (&slot, fact);
    }
  if (slot.winner != NULL)
    g_array_append_val (merged->slots, slot);
}

/* These say what a fact knew of, nothing about its subject. */
static gboolean
names_facts (const char *key)
{
  return strcmp (key, CONC_KEY_SETTLES) == 0 || strcmp (key, CONC_KEY_SAW) == 0;
}

static void
resolve_slots (ConcMerged *merged)
{
  for (guint i = 0; i < merged->facts->len; i++)
    {
      const ConcFact *fact = fact_at (merged, i);

      if (!merged->effective[i] || fact->kind == CONC_KIND_UNDO)
        continue;
      if (conc_kind_founds (fact->kind) && !is_settle (fact) && merged->founder == NULL)
        merged->founder = fact_at (merged, i);
      for (guint k = 0; k < conc_body_get_n (fact->body); k++)
        {
          const char *key = conc_body_get_key (fact->body, k);

          if (!names_facts (key) && conc_merged_find (merged, key) == NULL)
            resolve_slot (merged, key);
        }
    }
}

/**
 * conc_merge:
 * @facts: (element-type ConcFact): all facts of one subject, in any order, none twice
 *
 * A pure function of the set. An undo makes its target as if it had not been, and an undo of an
 * undo brings it back. A fact replaces another for the keys that both have; one that settles
 * replaces all the facts that it names, for the keys that it has, and founds nothing. What is
 * replaced is replaced with all that said the same earlier, and with the same statement of another
 * station that knew of nothing before, as two stations make it that read one export. Facts that
 * stand and replace nothing of each other are rivals: the latest by conc_fact_compare() is shown,
 * and all are kept. Rivals that say the same are not told apart.
 *
 * Returns: (transfer full): what the facts say; it holds references to them. Any thread. Cost:
 * quadratic in the number of facts about the subject, which is small.
 */
ConcMerged *
conc_merge (GPtrArray *facts)
{
  ConcMerged *merged = g_new0 (ConcMerged, 1);

  merged->facts = g_ptr_array_new_full (facts->len, (GDestroyNotify) conc_fact_unref);
  merged->family = CONC_FAMILY_NONE;
  for (guint i = 0; i < facts->len; i++)
    {
      ConcFact *fact = g_ptr_array_index (facts, i);

      g_ptr_array_add (merged->facts, conc_fact_ref (fact));
      if (conc_kind_get_family (fact->kind) != CONC_FAMILY_NONE)
        merged->family = conc_kind_get_family (fact->kind);
    }
  g_ptr_array_sort (merged->facts, compare_facts);
  merged->effective = g_new0 (gboolean, facts->len + 1);
  merged->slots = g_array_new (FALSE, FALSE, sizeof (ConcSlot));
  g_array_set_clear_func (merged->slots, slot_clear);
  merged->named = g_new0 (GArray *, facts->len + 1);
  find_effective (merged);
  find_named (merged);
  resolve_slots (merged);
  return merged;
}

/** conc_merged_free: frees @merged. */
void
conc_merged_free (ConcMerged *merged)
{
  if (merged == NULL)
    return;
  for (guint i = 0; i < merged->facts->len; i++)
    g_clear_pointer (&merged->named[i], g_array_unref);
  g_free (merged->named);
  g_array_unref (merged->slots);
  g_ptr_array_unref (merged->facts);
  g_free (merged->effective);
  g_free (merged);
}

/** conc_merged_get_family: Returns: what the subject is; none when only undos are known. */
ConcFamily
conc_merged_get_family (const ConcMerged *merged)
{
  return merged->family;
}

/** conc_merged_exists: Returns: whether a fact that founds the subject stands. */
gboolean
conc_merged_exists (const ConcMerged *merged)
{
  return merged->founder != NULL;
}

/** conc_merged_get_founder: Returns: (nullable): the earliest standing fact that founds it. */
const ConcFact *
conc_merged_get_founder (const ConcMerged *merged)
{
  return merged->founder;
}

/** conc_merged_get_n_slots: Returns: the number of keys that have a value. */
guint
conc_merged_get_n_slots (const ConcMerged *merged)
{
  return merged->slots->len;
}

/** conc_merged_get_slot: Returns: slot @index; their order is not the same everywhere. */
const ConcSlot *
conc_merged_get_slot (const ConcMerged *merged, guint index)
{
  g_return_val_if_fail (index < merged->slots->len, NULL);
  return &g_array_index (merged->slots, ConcSlot, index);
}

/** conc_merged_find: Returns: (nullable): the slot of @key. */
const ConcSlot *
conc_merged_find (const ConcMerged *merged, const char *key)
{
  for (guint i = 0; i < merged->slots->len; i++)
    {
      const ConcSlot *slot = &g_array_index (merged->slots, ConcSlot, i);

      if (strcmp (slot->key, key) == 0)
        return slot;
    }
  return NULL;
}

/** conc_merged_get_text: Returns: (nullable): the text of @key. */
const char *
conc_merged_get_text (const ConcMerged *merged, const char *key)
{
  const ConcSlot *slot = conc_merged_find (merged, key);

  return slot != NULL ? conc_body_get_text (slot->winner->body, key) : NULL;
}

/** conc_merged_get_int: Returns: the number of @key, or @fallback. */
gint64
conc_merged_get_int (const ConcMerged *merged, const char *key, gint64 fallback)
{
  const ConcSlot *slot = conc_merged_find (merged, key);

  return slot != NULL ? conc_body_get_int (slot->winner->body, key, fallback) : fallback;
}

/** conc_merged_get_bool: Returns: the truth of @key, or @fallback. */
gboolean
conc_merged_get_bool (const ConcMerged *merged, const char *key, gboolean fallback)
{
  const ConcSlot *slot = conc_merged_find (merged, key);

  return slot != NULL ? conc_body_get_bool (slot->winner->body, key, fallback) : fallback;
}

/** conc_merged_get_n_facts: Returns: the number of facts, those taken back included. */
guint
conc_merged_get_n_facts (const ConcMerged *merged)
{
  return merged->facts->len;
}

/** conc_merged_get_fact: @ret_effective: (out): whether it was not taken back. */
const ConcFact *
conc_merged_get_fact (const ConcMerged *merged, guint index, gboolean *ret_effective)
{
  g_return_val_if_fail (index < merged->facts->len, NULL);
  *ret_effective = merged->effective[index];
  return fact_at (merged, index);
}

/** conc_merged_is_effective: Returns: whether fact @id is among the facts and not taken back. */
gboolean
conc_merged_is_effective (const ConcMerged *merged, const ConcFactId *id)
{
  for (guint i = 0; i < merged->facts->len; i++)
    if (conc_fact_id_equal (&fact_at (merged, i)->id, id))
      return merged->effective[i];
  return FALSE;
}
