/* ladder-list.c: the list of the ladder: its rows, and how it follows the end. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ladder/ladder-view-private.h"

#include <glib/gi18n.h>

static void
setup_cb (ConcLadderView *self, GtkListItem *item)
{
  GtkWidget *row = conc_ladder_strip_new ();

  g_signal_connect_object (row, "ask", G_CALLBACK (conc_ladder_view_show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "apply", G_CALLBACK (conc_ladder_view_apply), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "leave", G_CALLBACK (conc_ladder_view_leave_item), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "repair", G_CALLBACK (conc_ladder_view_wish), self,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (ConcLadderView *self, GtkListItem *item)
{
  ConcLadderStrip *row = CONC_LADDER_STRIP (gtk_list_item_get_child (item));

  conc_ladder_strip_set_item (row, gtk_list_item_get_item (item),
                              conc_session_get_zone (self->session));
  g_hash_table_add (self->rows, item);
}

static void
unbind_cb (ConcLadderView *self, GtkListItem *item)
{
  conc_ladder_strip_set_item (CONC_LADDER_STRIP (gtk_list_item_get_child (item)), NULL, NULL);
  g_hash_table_remove (self->rows, item);
}

static gboolean
scroll_cb (gpointer user_data)
{
  ConcLadderView *self = user_data;
  guint           n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  self->scroll_source = 0;
  if (n_items > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n_items - 1);
  return G_SOURCE_REMOVE;
}

static void
update_button (ConcLadderView *self)
{
  guint            n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint            n_new = n_items > self->n_seen ? n_items - self->n_seen : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u new below", "%u new below", n_new), n_new);

  if (self->sticks_to_end)
    self->n_seen = n_items;
  gtk_button_set_label (self->newest_button, n_new > 0 ? text : _ ("To the newest"));
  gtk_widget_set_visible (GTK_WIDGET (self->newest_button), !self->sticks_to_end);
}

/* After the list has changed: when it has its new size. */
void
conc_ladder_view_follow (ConcLadderView *self)
{
  update_button (self);
  if (self->sticks_to_end && self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, scroll_cb, self, NULL);
}

void
conc_ladder_view_show_newest (ConcLadderView *self)
{
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->sticks_to_end = TRUE;
  conc_ladder_view_follow (self);
}

/* Only a person scrolls upwards: the list itself only grows downwards. */
static void
scrolled_cb (ConcLadderView *self, GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (value >= end - 1)
    self->sticks_to_end = TRUE;
  else if (value < self->last_value - 1)
    self->sticks_to_end = FALSE;
  self->last_value = value;
  update_button (self);
}

void
conc_ladder_view_init_list (ConcLadderView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->sticks_to_end = TRUE;
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/* From none, upwards begins at the newest. Below the newest is none again. */
void
conc_ladder_view_move (ConcLadderView *self, int direction)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint selected = gtk_single_selection_get_selected (self->selection);
  guint position;

  if (selected == GTK_INVALID_LIST_POSITION)
    selected = n_items;
  position = direction < 0 ? selected - 1 : selected + 1;
  if (position >= n_items)
    {
      if (direction > 0)
        conc_ladder_view_show_newest (self);
      return;
    }
  self->sticks_to_end = FALSE;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  update_button (self);
}

/* The menu of the chosen line. */
void
conc_ladder_view_open_menu (ConcLadderView *self)
{
  guint          selected = gtk_single_selection_get_selected (self->selection);
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (gtk_list_item_get_position (item) == selected)
      {
        conc_ladder_strip_open_menu (CONC_LADDER_STRIP (gtk_list_item_get_child (item)));
        return;
      }
}
