/* merge.c: what the facts about one subject say together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge.h"

#include <string.h>

struct _ConcMerged
{
  GPtrArray *facts;
  gboolean  *effective;
  GArray   **named; /* of each fact the places of those that it replaces or settles; NULL: none */
  GArray    *slots; /* in the order of their keys */
  ConcFamily family;
  ConcFact  *founder;
};

/* That fact @index says something about @key. */
typedef struct
{
  const char *key;
  guint       index;
} Saying;

G_STATIC_ASSERT (CONC_N_KINDS <= 64);

/* What is known of those who say the same about a key. */
typedef struct
{
  guint   before; /* those before this place are replaced */
  guint64 twins;  /* and those of these kinds that knew of nothing */
} Same;

/* For one key after the other; @same has those who say the same, numbered from @first_same on, and
 * numbers are not used again, so that nothing has to be cleared. */
typedef struct
{
  ConcMerged *merged;
  guint      *same_of; /* of each fact; below @first_same: it does not have the key */
  guint      *replaced_in;
  GArray     *same;
  guint       first_same;
  guint       n_keys;
} Resolver;

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

static guint
hash_id_cb (gconstpointer data)
{
  const ConcFactId *id = data;

  return g_str_hash (id->station) ^ g_int64_hash (&id->seq);
}

static gboolean
equal_ids_cb (gconstpointer a, gconstpointer b)
{
  return conc_fact_id_equal (a, b);
}

static gboolean
names_others (const ConcFact *fact)
{
  return conc_fact_id_is_set (&fact->replaces) || conc_body_has (fact->body, CONC_KEY_SETTLES);
}

/* The place of each fact by its name; NULL when none names another. */
static GHashTable *
make_places (const ConcMerged *merged)
{
  gboolean    is_needed = FALSE;
  GHashTable *places;

  for (guint i = 0; i < merged->facts->len && !is_needed; i++)
    is_needed = names_others (fact_at (merged, i));
  if (!is_needed)
    return NULL;
  places = g_hash_table_new (hash_id_cb, equal_ids_cb);
  for (guint i = 0; i < merged->facts->len; i++)
    g_hash_table_insert (places, &fact_at (merged, i)->id, GUINT_TO_POINTER (i));
  return places;
}

static gboolean
find_place (GHashTable *places, const ConcFactId *id, guint *ret_index)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (places, id, NULL, &value))
    return FALSE;
  *ret_index = GPOINTER_TO_UINT (value);
  return TRUE;
}

/* An undo is later than what it takes back, so going from the latest to the earliest meets
 * every undo before its target; one that claims to be earlier is ignored, which also makes
 * circles harmless. */
static void
find_effective (ConcMerged *merged, GHashTable *places)
{
  for (guint i = 0; i < merged->facts->len; i++)
    merged->effective[i] = TRUE;
  if (places == NULL)
    return;
  for (guint later = merged->facts->len; later-- > 0;)
    {
      const ConcFact *undo = fact_at (merged, later);
      guint           index;

      if (undo->kind == CONC_KIND_UNDO && merged->effective[later] &&
          find_place (places, &undo->replaces, &index) && index < later)
        merged->effective[index] = FALSE;
    }
}

/* Whether what the fact says counts. */
static gboolean
supplies (const ConcMerged *merged, guint index)
{
  return merged->effective[index] && fact_at (merged, index)->kind != CONC_KIND_UNDO;
}

/* Whether @fact decides between others, whatever its kind: what is private is settled in private.
 */
static gboolean
is_settle (const ConcFact *fact)
{
  return conc_body_has (fact->body, CONC_KEY_SETTLES);
}

static void
add_named (ConcMerged *merged, GHashTable *places, guint index, const ConcFactId *id)
{
  guint place;

  if (!find_place (places, id, &place) || place == index)
    return;
  if (merged->named[index] == NULL)
    merged->named[index] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (merged->named[index], place);
}

static void
find_named (ConcMerged *merged, GHashTable *places)
{
  for (guint i = 0; places != NULL && i < merged->facts->len; i++)
    {
      const ConcFact *fact = fact_at (merged, i);
      const char     *list = conc_body_get_text (fact->body, CONC_KEY_SETTLES);
      g_auto (GStrv) names = list != NULL ? g_strsplit (list, " ", -1) : NULL;
      ConcFactId id;

      if (conc_fact_id_is_set (&fact->replaces))
        add_named (merged, places, i, &fact->replaces);
      for (guint n = 0; names != NULL && names[n] != NULL; n++)
        if (conc_fact_id_parse (names[n], &id))
          add_named (merged, places, i, &id);
    }
}

/* Whether the same statement, made at two stations from one export, may be this one: it knew of
 * nothing before. */
static gboolean
knew_of_nothing (const ConcFact *fact)
{
  return !conc_fact_id_is_set (&fact->replaces) && !is_settle (fact);
}

/* ------------------------------------------------------------------------ one key */

static char *
describe_value (const ConcFact *fact, const char *key)
{
  g_autofree char *text = conc_body_dup_entry (fact->body, key);

  return g_strconcat (conc_body_get_text (fact->body, key) != NULL ? "t" : "n", text, NULL);
}

/* Numbers those that say the same; different numbers for what is said differently. */
static void
find_same (Resolver *resolver, const Saying *sayings, guint n_sayings)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  resolver->first_same += resolver->same->len;
  g_array_set_size (resolver->same, 0);
  for (guint i = 0; i < n_sayings; i++)
    {
      char *value = describe_value (fact_at (resolver->merged, sayings[i].index), sayings[i].key);
      gpointer number;

      if (g_hash_table_lookup_extended (numbers, value, NULL, &number))
        g_free (value);
      else
        {
          const Same same = { 0, 0 };

          number = GUINT_TO_POINTER (resolver->first_same + resolver->same->len);
          g_array_append_val (resolver->same, same);
          g_hash_table_insert (numbers, value, number);
        }
      resolver->same_of[sayings[i].index] = GPOINTER_TO_UINT (number);
    }
}

static Same *
get_same (Resolver *resolver, guint index)
{
  return resolver->same_of[index] < resolver->first_same
             ? NULL
             : &g_array_index (resolver->same, Same,
                               resolver->same_of[index] - resolver->first_same);
}

/* Fact @later names the earlier fact @named and thereby replaces it. Who corrects what is shown
 * corrects everybody who said the same before. */
static void
replace (Resolver *resolver, guint named)
{
  const ConcFact *target = fact_at (resolver->merged, named);
  Same           *same = get_same (resolver, named);

  resolver->replaced_in[named] = resolver->n_keys;
  if (same == NULL)
    return;
  same->before = MAX (same->before, named);
  if (knew_of_nothing (target))
    same->twins |= G_GUINT64_CONSTANT (1) << target->kind;
}

/* Whether anything is replaced for the key at all. */
static gboolean
find_replaced (Resolver *resolver, const Saying *sayings, guint n_sayings)
{
  const ConcMerged *merged = resolver->merged;
  gboolean          is_any = FALSE;

  resolver->n_keys++;
  for (guint i = 0; i < n_sayings && !is_any; i++)
    is_any = merged->named[sayings[i].index] != NULL;
  if (!is_any)
    return FALSE;
  find_same (resolver, sayings, n_sayings);
  for (guint i = 0; i < n_sayings; i++)
    {
      guint         later = sayings[i].index;
      const GArray *named = merged->named[later];

      for (guint n = 0; named != NULL && n < named->len; n++)
        if (supplies (merged, later) && g_array_index (named, guint, n) < later)
          replace (resolver, g_array_index (named, guint, n));
    }
  return TRUE;
}

static gboolean
is_replaced (Resolver *resolver, guint index)
{
  const ConcFact *fact = fact_at (resolver->merged, index);
  const Same     *same = get_same (resolver, index);

  return resolver->replaced_in[index] == resolver->n_keys || index < same->before ||
         (knew_of_nothing (fact) && (same->twins & (G_GUINT64_CONSTANT (1) << fact->kind)) != 0);
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
resolve_slot (Resolver *resolver, const Saying *sayings, guint n_sayings)
{
  ConcMerged *merged = resolver->merged;
  ConcSlot    slot = { sayings[0].key, NULL, NULL };
  gboolean    is_any_replaced = find_replaced (resolver, sayings, n_sayings);

  for (guint i = n_sayings; i-- > 0;)
    {
      ConcFact *fact = fact_at (merged, sayings[i].index);

      if (!supplies (merged, sayings[i].index) ||
          (is_any_replaced && is_replaced (resolver, sayings[i].index)))
        continue;
      if (slot.winner == NULL)
        slot.winner = fact;
      else if (!conc_body_entry_equal (slot.winner->body, fact->body, slot.key))
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

static int
compare_sayings_cb (gconstpointer a, gconstpointer b)
{
  const Saying *one = a, *other = b;
  int           order = strcmp (one->key, other->key);

  return order != 0 ? order : (one->index > other->index) - (one->index < other->index);
}

/* By key, and in the order of the facts for each. */
static GArray *
collect_sayings (const ConcMerged *merged)
{
  GArray *sayings = g_array_new (FALSE, FALSE, sizeof (Saying));

  for (guint i = 0; i < merged->facts->len; i++)
    for (guint k = 0; k < conc_body_get_n (fact_at (merged, i)->body); k++)
      {
        const Saying saying = { conc_body_get_key (fact_at (merged, i)->body, k), i };

        if (!names_facts (saying.key))
          g_array_append_val (sayings, saying);
      }
  g_array_sort (sayings, compare_sayings_cb);
  return sayings;
}

static void
resolve_slots (ConcMerged *merged)
{
  g_autoptr (GArray) sayings = collect_sayings (merged);
  g_autofree guint *same_of = g_new0 (guint, merged->facts->len);
  g_autofree guint *replaced_in = g_new0 (guint, merged->facts->len);
  g_autoptr (GArray) same = g_array_new (FALSE, FALSE, sizeof (Same));
  Resolver resolver = { merged, same_of, replaced_in, same, 1, 0 };

  for (guint begin = 0, end; begin < sayings->len; begin = end)
    {
      const Saying *first = &g_array_index (sayings, Saying, begin);

      for (end = begin + 1; end < sayings->len; end++)
        if (strcmp (g_array_index (sayings, Saying, end).key, first->key) != 0)
          break;
      resolve_slot (&resolver, first, end - begin);
    }
}

static void
find_founder (ConcMerged *merged)
{
  for (guint i = 0; i < merged->facts->len && merged->founder == NULL; i++)
    {
      ConcFact *fact = fact_at (merged, i);

      if (merged->effective[i] && conc_kind_founds (fact->kind) && !is_settle (fact))
        merged->founder = fact;
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
 * that of sorting what the facts say, and of what they name; a hostile station can write many.
 */
ConcMerged *
conc_merge (GPtrArray *facts)
{
  ConcMerged *merged = g_new0 (ConcMerged, 1);
  g_autoptr (GHashTable) places = NULL;

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
  places = make_places (merged);
  find_effective (merged, places);
  find_named (merged, places);
  find_founder (merged);
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

/** conc_merged_get_slot: Returns: slot @index, in the order of keys. */
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
  guint low = 0, high = merged->slots->len;

  while (low < high)
    {
      guint           middle = low + (high - low) / 2;
      const ConcSlot *slot = &g_array_index (merged->slots, ConcSlot, middle);
      int             order = strcmp (key, slot->key);

      if (order == 0)
        return slot;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
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
