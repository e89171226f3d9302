/* card-people.c: cards about two people: one bib for both, or perhaps one and the same. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/card-private.h"
#include "store/queries.h"
#include "store/reader-private.h"

#include <glib/gi18n-lib.h>

static ConcMerged *
read_merged (const ConcCardMaker *maker, const char *id)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_reader_get_log (maker->reader), id, NULL);

  return facts != NULL ? conc_merge (facts) : NULL;
}

static void
add_claim (const ConcCardMaker *maker,
           ConcCard            *card,
           const ConcFact      *fact,
           const char          *name,
           guint                bib,
           gboolean             is_shown)
{
  gboolean         has_it = conc_body_get_int (fact->body, "bib", 0) == (gint64) bib;
  g_autofree char *what = has_it ? g_strdup (name) : g_strdup_printf (_ ("%s without it"), name);

  conc_card_add_fact (maker, card, fact, what, is_shown && has_it);
}

/* What gave @id the bib or took it away. */
static void
add_claimant (const ConcCardMaker *maker,
              ConcCard            *card,
              const char          *id,
              guint                bib,
              gboolean             is_first)
{
  g_autoptr (ConcMerged) merged = read_merged (maker, id);
  const ConcSlot  *slot = merged != NULL ? conc_merged_find (merged, "bib") : NULL;
  g_autofree char *name = conc_card_dup_runner_name (maker, id);
  gboolean         is_shown;

  if (slot == NULL)
    return;
  is_shown = is_first && conc_body_get_int (slot->winner->body, "bib", 0) == (gint64) bib;
  add_claim (maker, card, slot->winner, name, bib, is_shown);
  for (guint i = 0; slot->rivals != NULL && i < slot->rivals->len; i++)
    add_claim (maker, card, g_ptr_array_index (slot->rivals, i), name, bib, FALSE);
  conc_card_add_choice (card, id, g_strdup_printf (_ ("%s keeps it"), name), is_shown);
}

/**
 * conc_card_of_bib:
 *
 * Whoever does not keep the bib has none afterwards, and is given another at the desk.
 *
 * Returns: (transfer full) (nullable): the card; its id is "bib:NUMBER".
 */
ConcCard *
conc_card_of_bib (const ConcCardMaker *maker, guint bib, GError **error)
{
  g_autoptr (GPtrArray) ids =
      conc_query_bib_claimants (conc_reader_get_db (maker->reader), bib, error);
  g_autofree char *card_id = g_strdup_printf (CONC_CARD_BIB_PREFIX "%u", bib);
  ConcCard        *card;

  if (ids == NULL)
    return NULL;
  card = conc_card_new (CONC_CARD_BIB, card_id);
  for (guint i = 0; i < ids->len; i++)
    add_claimant (maker, card, g_ptr_array_index (ids, i), bib, i == 0);
  if (ids->len > 1)
    card->title = g_strdup_printf (_ ("Bib %u was given to two people"), bib);
  else
    {
      card->title = g_strdup_printf (_ ("Bib %u was given and taken away"), bib);
      conc_card_add_choice (card, CONC_CHOICE_NOBODY, g_strdup (_ ("Nobody has it")),
                            !((ConcChoice *) g_ptr_array_index (card->choices, 0))->is_shown);
    }
  return card;
}

static void
add_person (const ConcCardMaker *maker, ConcCard *card, const char *id)
{
  g_autoptr (ConcMerged) merged = read_merged (maker, id);
  const ConcFact *founder = merged != NULL ? conc_merged_get_founder (merged) : NULL;
  gboolean        is_walk_up;
  guint           bib;

  if (founder == NULL)
    return;
  is_walk_up = conc_merged_get_bool (merged, CONC_KEY_WALK_UP, FALSE);
  bib = (guint) conc_merged_get_int (merged, "bib", 0);
  conc_card_add_fact (maker, card, founder,
                      is_walk_up ? _ ("Registered at the desk") : _ ("Registered before"), FALSE);
  if (bib > 0)
    conc_card_add_choice (card, id,
                          g_strdup_printf (is_walk_up
                                               ? _ ("The same person: keep the walk-up, bib %u")
                                               : _ ("The same person: keep the registration, bib "
                                                    "%u"),
                                           bib),
                          FALSE);
  else
    conc_card_add_choice (card, id,
                          g_strdup (is_walk_up ? _ ("The same person: keep the walk-up")
                                               : _ ("The same person: keep the registration")),
                          FALSE);
}

/** conc_card_of_twins: Returns: (transfer full): the card; its id is "same:A:B". */
ConcCard *
conc_card_of_twins (const ConcCardMaker *maker, const char *a, const char *b)
{
  g_autofree char *id = g_strconcat (CONC_CARD_SAME_PREFIX, a, ":", b, NULL);
  g_autofree char *name = conc_card_dup_runner_name (maker, a);
  ConcCard        *card = conc_card_new (CONC_CARD_WALK_UP, id);

  card->title = g_strdup_printf (_ ("%s may be registered twice"), name);
  add_person (maker, card, a);
  add_person (maker, card, b);
  conc_card_add_choice (card, CONC_CHOICE_APART, g_strdup (_ ("They are two people")), TRUE);
  return card;
}
