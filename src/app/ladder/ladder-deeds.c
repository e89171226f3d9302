/* ladder-deeds.c: repairs of the ladder: asked for, shown, applied or left. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ladder/ladder-view-private.h"

#include "core/race-time.h"

#include <glib/gi18n.h>

/* ------------------------------------------------------------- showing, applying, leaving */

static gboolean
try_repair (ConcLadderView *self, ConcLadderItem *item)
{
  const ConcRepairOrder *order = conc_ladder_item_get_order (item);
  ConcLadderOutcome     *outcome;
  g_autoptr (GError) error = NULL;

  if (order == NULL)
    return FALSE;
  outcome = conc_reader_ladder_try (self->ladder, order, &error);
  if (outcome == NULL)
    conc_session_say (self->session, error->message, NULL);
  else
    conc_ladder_item_take_outcome (item, outcome);
  return outcome != NULL;
}

/* Before and after, in the row of @item. */
void
conc_ladder_view_show (ConcLadderView *self, ConcLadderItem *item)
{
  try_repair (self, item);
}

static void
repaired_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcLadderView  *self = user_data;
  g_autofree char *fact = NULL;

  if (self->session != session)
    return;
  if (receipt == NULL)
    {
      conc_session_say (session, error->message, NULL);
      return;
    }
  fact = conc_fact_id_to_text (&receipt->fact);
  conc_session_say (session, _ ("Repaired. The results go by it now."), fact);
}

static void
end_wish (ConcLadderView *self, ConcLadderItem *item)
{
  if (self->wish != item)
    return;
  g_clear_object (&self->wish);
  conc_ladder_view_refresh (self);
}

/* Only what has been shown. */
void
conc_ladder_view_apply (ConcLadderView *self, ConcLadderItem *item)
{
  g_autoptr (ConcLadderItem) kept = g_object_ref (item);
  ConcLadderOutcome *outcome = conc_ladder_item_get_outcome (kept);
  g_autoptr (ConcRepairOrder) order = NULL;

  if (outcome == NULL)
    return;
  order = conc_repair_order_copy (conc_ladder_item_get_order (kept));
  g_free (order->after);
  order->after = g_strdup (outcome->sentence);
  conc_session_submit (self->session,
                       conc_command_new_repair (conc_session_get_clock (self->session), order),
                       repaired_cb, self);
  end_wish (self, kept);
}

/* A suspicion that was left is not shown again while the race is open here. */
void
conc_ladder_view_leave_item (ConcLadderView *self, ConcLadderItem *item)
{
  const char *id = conc_ladder_item_get_id (item);

  if (id == NULL)
    {
      end_wish (self, item);
      return;
    }
  g_hash_table_add (self->left, g_strdup (id));
  conc_ladder_view_refresh (self);
}

/* ------------------------------------------------------------- what somebody wishes */

/* (transfer none) (nullable): the line before or after @place. */
static gboolean
find_neighbor (ConcLadderView *self, guint place, int direction, ConcLadderLine *ret_line)
{
  return place + direction >= 1 &&
         conc_reader_ladder_get_line (self->ladder, place + direction - 1, ret_line);
}

/* In the middle between the line and the one before it. */
static void
fill_insert (ConcLadderView *self, const ConcLadderLine *line, ConcRepairOrder *order)
{
  ConcLadderLine before;

  order->at_usec = line->at_usec;
  if (find_neighbor (self, line->place, -1, &before) && before.at_usec != CONC_NO_TIME &&
      line->at_usec != CONC_NO_TIME)
    order->at_usec = before.at_usec + (line->at_usec - before.at_usec) / 2;
}

static ConcRepairOrder *
make_swap (ConcLadderView *self, const ConcLadderLine *line)
{
  ConcRepairOrder *order = conc_repair_order_new (CONC_LADDER_SWAP);
  ConcLadderLine   above;

  if (find_neighbor (self, line->place, -1, &above))
    order->entry = g_strdup (above.entry);
  order->last_entry = g_strdup (line->entry);
  return order;
}

/* The first time it says where the block begins. */
static ConcRepairOrder *
make_reverse (ConcLadderView *self, const ConcLadderLine *line)
{
  ConcRepairOrder *order;

  if (self->block_entry == NULL)
    {
      self->block_entry = g_strdup (line->entry);
      conc_session_say (self->session,
                        _ ("The block begins here. Choose “Reverse” again where it ends."), NULL);
      return NULL;
    }
  order = conc_repair_order_new (CONC_LADDER_REVERSE);
  order->entry = g_steal_pointer (&self->block_entry);
  order->last_entry = g_strdup (line->entry);
  return order;
}

static const struct
{
  const char          *action;
  ConcLadderRepairKind kind;
  int                  count;
} kinds[] = {
  { "insert-tap", CONC_LADDER_INSERT_TAP, 0 },
  { "insert-bib", CONC_LADDER_INSERT_BIB, 0 },
  { "remove-tap", CONC_LADDER_REMOVE_TAP, 0 },
  { "remove-bib", CONC_LADDER_REMOVE_BIB, 0 },
  { "later", CONC_LADDER_SHIFT, 1 },
  { "earlier", CONC_LADDER_SHIFT, -1 },
  { "link", CONC_LADDER_LINK, 0 },
};

static ConcRepairOrder *
make_order (ConcLadderView *self, const ConcLadderLine *line, const char *action)
{
  ConcRepairOrder *order = NULL;

  if (g_str_equal (action, "swap"))
    return make_swap (self, line);
  if (g_str_equal (action, "reverse"))
    return make_reverse (self, line);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (action, kinds[i].action))
      {
        order = conc_repair_order_new (kinds[i].kind);
        order->count = kinds[i].count;
      }
  g_return_val_if_fail (order != NULL, NULL);
  if (order->kind == CONC_LADDER_LINK && line->is_linked)
    order->kind = CONC_LADDER_UNLINK;
  if (order->kind == CONC_LADDER_REMOVE_TAP || order->kind == CONC_LADDER_LINK)
    order->tap = g_strdup (line->tap);
  if (order->kind != CONC_LADDER_REMOVE_TAP && order->kind != CONC_LADDER_INSERT_TAP)
    order->entry = g_strdup (line->entry);
  if (order->kind == CONC_LADDER_INSERT_TAP)
    fill_insert (self, line, order);
  return order;
}

/* What a menu or a key asks of a line stands before it like a suspicion, with what it would change;
 * nothing is done until somebody applies it. */
void
conc_ladder_view_wish (ConcLadderView *self, ConcLadderItem *item, const char *action)
{
  const ConcLadderLine *line = conc_ladder_item_get_line (item);
  g_autoptr (ConcLadderItem) wish = NULL;
  g_autoptr (ConcRepairOrder) order = NULL;

  if (line == NULL)
    return;
  if (g_str_equal (action, "correct"))
    {
      conc_ladder_view_correct (self, line);
      return;
    }
  order = make_order (self, line, action);
  if (order == NULL)
    return;
  wish = conc_ladder_item_new_wish (order, line->place);
  if (!try_repair (self, wish))
    return;
  g_set_object (&self->wish, wish);
  conc_ladder_view_refresh (self);
}

/* ------------------------------------------------------------- keys */

/* Enter: shows, and then applies. FALSE when no suspicion is chosen. */
gboolean
conc_ladder_view_activate (ConcLadderView *self)
{
  ConcLadderItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL || conc_ladder_item_get_order (item) == NULL)
    return FALSE;
  if (conc_ladder_item_get_outcome (item) == NULL)
    conc_ladder_view_show (self, item);
  else
    conc_ladder_view_apply (self, item);
  return TRUE;
}

/* Escape: leaves what is chosen, or what was wished. */
gboolean
conc_ladder_view_leave (ConcLadderView *self)
{
  ConcLadderItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL || conc_ladder_item_get_line (item) != NULL)
    item = self->wish;
  if (item == NULL)
    return FALSE;
  conc_ladder_view_leave_item (self, item);
  return TRUE;
}

/* Delete: the tap of the chosen line, or else its bib. */
gboolean
conc_ladder_view_remove (ConcLadderView *self)
{
  ConcLadderItem       *item = gtk_single_selection_get_selected_item (self->selection);
  const ConcLadderLine *line = item != NULL ? conc_ladder_item_get_line (item) : NULL;

  if (line == NULL)
    return FALSE;
  conc_ladder_view_wish (self, item, line->tap != NULL ? "remove-tap" : "remove-bib");
  return TRUE;
}
