/* deeds.c: what this station did and can take back, the last thing last. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/deeds.h"

#include <glib/gi18n.h>

#define UNDO_DEPTH 200u

struct _ConcDeeds
{
  GQueue list; /* of ConcDeed */
  guint  n_joints;
};

ConcDeeds *
conc_deeds_new (void)
{
  ConcDeeds *self = g_new0 (ConcDeeds, 1);

  g_queue_init (&self->list);
  return self;
}

void
conc_deeds_free (ConcDeeds *self)
{
  g_queue_clear_full (&self->list, g_free);
  g_free (self);
}

gboolean
conc_deeds_is_empty (ConcDeeds *self)
{
  return self->list.length == 0;
}

/* Returns: whether there was something to remember; an undo is none. */
gboolean
conc_deeds_remember (ConcDeeds *self, ConcCommandKind kind, const ConcReceipt *receipt)
{
  ConcDeed *deed;

  if (kind == CONC_COMMAND_UNDO || receipt->was_already || !conc_fact_id_is_set (&receipt->fact))
    return FALSE;
  deed = g_new0 (ConcDeed, 1);
  deed->fact = receipt->fact;
  /* Taking back the fact of a repair takes back all that it wrote. */
  deed->n_facts = kind == CONC_COMMAND_REPAIR ? 1 : MAX (receipt->n_facts, 1);
  deed->kind = kind;
  deed->bib = receipt->bib;
  g_queue_push_tail (&self->list, deed);
  if (self->list.length > UNDO_DEPTH)
    g_free (g_queue_pop_head (&self->list));
  return TRUE;
}

static GList *
find (ConcDeeds *self, const ConcFactId *fact)
{
  for (GList *l = self->list.tail; l != NULL; l = l->prev)
    if (conc_fact_id_equal (&((ConcDeed *) l->data)->fact, fact))
      return l;
  return NULL;
}

/* Returns: whether the deed that began with @fact was remembered. */
gboolean
conc_deeds_forget (ConcDeeds *self, const ConcFactId *fact)
{
  GList *l = find (self, fact);

  if (l == NULL)
    return FALSE;
  g_free (l->data);
  g_queue_delete_link (&self->list, l);
  return TRUE;
}

/* What begins with @facts (element-type utf8) was one deed for the person who did it. */
void
conc_deeds_join (ConcDeeds *self, GPtrArray *facts)
{
  self->n_joints++;
  for (guint i = 0; i < facts->len; i++)
    {
      ConcFactId fact;
      GList     *l = conc_fact_id_parse (facts->pdata[i], &fact) ? find (self, &fact) : NULL;

      if (l != NULL)
        ((ConcDeed *) l->data)->joint = self->n_joints;
    }
}

/* Forgets the last deed, with all that was joined to it.
 *
 * Returns: (element-type ConcDeed): them, the last thing last; empty when there is none. */
GPtrArray *
conc_deeds_steal_last (ConcDeeds *self)
{
  GPtrArray      *deeds = g_ptr_array_new_with_free_func (g_free);
  const ConcDeed *last = g_queue_peek_tail (&self->list);
  const guint     joint = last != NULL ? last->joint : 0;

  for (GList *l = self->list.tail, *before; l != NULL; l = before)
    {
      before = l->prev;
      if (l->data != last && (joint == 0 || ((ConcDeed *) l->data)->joint != joint))
        continue;
      g_ptr_array_insert (deeds, 0, l->data);
      g_queue_delete_link (&self->list, l);
    }
  return deeds;
}

/* Returns: (element-type ConcDeed): the deeds that begin with @facts (element-type utf8), in that
 * order. What is no longer remembered is taken for a deed of one fact. */
GPtrArray *
conc_deeds_list (ConcDeeds *self, GPtrArray *facts)
{
  GPtrArray *deeds = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < facts->len; i++)
    {
      ConcDeed deed = { .n_facts = 1, .kind = CONC_COMMAND_UNDO };
      GList   *l;

      if (!conc_fact_id_parse (facts->pdata[i], &deed.fact))
        continue;
      l = find (self, &deed.fact);
      g_ptr_array_add (deeds, g_memdup2 (l != NULL ? l->data : &deed, sizeof deed));
    }
  return deeds;
}

static char *
dup_sentence (const ConcDeed *deed)
{
  switch (deed->kind)
    {
    case CONC_COMMAND_CHECK_IN:
      return deed->bib == 0 ? g_strdup (_ ("The check-in is undone."))
                            : g_strdup_printf (_ ("The check-in of %u is undone."), deed->bib);
    case CONC_COMMAND_CHECK_OUT:
      return deed->bib == 0 ? g_strdup (_ ("Checked in again."))
                            : g_strdup_printf (_ ("%u is checked in again."), deed->bib);
    case CONC_COMMAND_TAP:
      return g_strdup (_ ("The tap is undone."));
    case CONC_COMMAND_BIB:
    case CONC_COMMAND_LINK:
      return g_strdup_printf (_ ("The bib %u of the tap is undone."), deed->bib);
    case CONC_COMMAND_CHUTE:
      return deed->bib != 0 ? g_strdup_printf (_ ("The bib %u is undone."), deed->bib)
                            : g_strdup (_ ("The runner without a bib is undone."));
    case CONC_COMMAND_CHUTE_SET:
      return g_strdup (_ ("The correction of the bib is undone."));
    case CONC_COMMAND_REPAIR:
      return g_strdup (_ ("The repair is undone."));
    case CONC_COMMAND_CROSS:
      return g_strdup_printf (_ ("The crossing of %u is undone."), deed->bib);
    case CONC_COMMAND_START:
      return g_strdup_printf (_ ("The start of %u is undone."), deed->bib);
    case CONC_COMMAND_GUN:
      return g_strdup (_ ("The gun is undone."));
    case CONC_COMMAND_GUN_SEEN:
      return g_strdup (_ ("The gun for comparison is undone."));
    case CONC_COMMAND_REGISTER:
      return g_strdup (_ ("The registration is undone."));
    case CONC_COMMAND_EDIT:
      return g_strdup (_ ("The change of the runner is undone."));
    case CONC_COMMAND_ASSIGN_BIBS:
      return g_strdup (_ ("The assignment of bibs is undone."));
    case CONC_COMMAND_GIFT:
      return g_strdup (_ ("The gift is undone."));
    case CONC_COMMAND_SETTING:
      return g_strdup (_ ("The setting is as it was before."));
    case CONC_COMMAND_REMOVE_RUNNER:
      return g_strdup (_ ("The runner is in the race again."));
    case CONC_COMMAND_SETTLE:
      return g_strdup (_ ("The decision is taken back."));
    case CONC_COMMAND_NO_SHOWS:
      return g_strdup (_ ("The no-shows are expected again."));
    case CONC_COMMAND_UNDO:
    default:
      return g_strdup (_ ("Undone."));
    }
}

/* What was taken back with @deeds, which are one for the person who did them: a walk-up is what
 * began with a registration. */
char *
conc_deeds_dup_undone_sentence (GPtrArray *deeds)
{
  const ConcDeed *first = g_ptr_array_index (deeds, 0);

  if (deeds->len == 1 || first->kind == CONC_COMMAND_REGISTER)
    return dup_sentence (first);
  for (guint i = 0; i < deeds->len; i++)
    if (((ConcDeed *) g_ptr_array_index (deeds, i))->kind != CONC_COMMAND_CHECK_IN)
      return g_strdup (_ ("Undone."));
  return g_strdup_printf (ngettext ("%u check-in is undone.", "%u check-ins are undone.",
                                    deeds->len),
                          deeds->len);
}
