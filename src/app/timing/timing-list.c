/* timing-list.c: the list of taps on the timing page: the newest at the bottom, like a receipt. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/tap-view.h"
#include "app/timing/timing-page-private.h"

#include <glib/gi18n.h>

static void
undo_row_cb (ConcTimingPage *self, ConcTapRow *row)
{
  conc_timing_page_undo_row (self, row);
}

static void
setup_cb (ConcTimingPage *self, GtkListItem *item)
{
  GtkWidget *view = conc_tap_view_new ();

  g_signal_connect_swapped (view, "undo", G_CALLBACK (undo_row_cb), self);
  gtk_list_item_set_child (item, view);
  g_object_bind_property (item, "position", view, "position", G_BINDING_SYNC_CREATE);
}

/* Rows out of sight are not kept current; they are when they come into sight. */
static void
bind_cb (ConcTimingPage *self, GtkListItem *item)
{
  ConcTapView *view = CONC_TAP_VIEW (gtk_list_item_get_child (item));
  ConcTapRow  *row = gtk_list_item_get_item (item);

  if (self->taps != NULL)
    conc_tap_list_describe_row (self->taps, row);
  conc_tap_view_set_row (view, row);
  g_hash_table_add (self->views, view);
}

static void
unbind_cb (ConcTimingPage *self, GtkListItem *item)
{
  GtkWidget *view = gtk_list_item_get_child (item);

  conc_tap_view_set_row (CONC_TAP_VIEW (view), NULL);
  g_hash_table_remove (self->views, view);
}

static void
updated_cb (ConcTimingPage *self)
{
  GHashTableIter iter;
  gpointer       view;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, &view, NULL))
    conc_tap_list_describe_row (self->taps, conc_tap_view_get_row (view));
  conc_timing_page_update_target (self);
  conc_timing_page_update_said (self);
}

static gboolean
scroll_cb (gpointer user_data)
{
  ConcTimingPage *self = user_data;
  guint           n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  self->scroll_source = 0;
  if (n_items > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n_items - 1);
  return G_SOURCE_REMOVE;
}

/* When the list has its new size. */
void
conc_timing_page_scroll_to_end (ConcTimingPage *self)
{
  self->sticks_to_end = TRUE;
  gtk_widget_set_visible (self->newest_button, FALSE);
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, scroll_cb, self, NULL);
}

/* Only a person scrolls upwards: the list itself only grows downwards. */
static void
scrolled_cb (ConcTimingPage *self, GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (value >= end - 1)
    self->sticks_to_end = TRUE;
  else if (value < self->last_value - 1)
    self->sticks_to_end = FALSE;
  self->last_value = value;
  gtk_widget_set_visible (self->newest_button, !self->sticks_to_end);
}

gboolean
conc_timing_page_shows_ladder (ConcTimingPage *self)
{
  return gtk_toggle_button_get_active (self->ladder_button);
}

/* The taps, the ladder, or what will be there. */
void
conc_timing_page_choose_list (ConcTimingPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (conc_timing_page_shows_ladder (self))
    gtk_stack_set_visible_child_name (self->list_stack, "ladder");
  else
    gtk_stack_set_visible_child_name (self->list_stack, n_items > 0 ? "taps" : "empty");
}

static void
items_changed_cb (ConcTimingPage *self)
{
  conc_timing_page_choose_list (self);
  if (self->sticks_to_end)
    conc_timing_page_scroll_to_end (self);
  conc_timing_page_update_target (self);
}

static void
selected_cb (ConcTimingPage *self)
{
  conc_timing_page_update_target (self);
}

void
conc_timing_page_init_list (ConcTimingPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment      *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->sticks_to_end = TRUE;
  self->views = g_hash_table_new (NULL, NULL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

/* @taps is NULL when there is no race. Takes it. */
void
conc_timing_page_set_taps (ConcTimingPage *self, ConcTapList *taps)
{
  if (self->taps != NULL)
    g_signal_handlers_disconnect_by_data (self->taps, self);
  gtk_single_selection_set_model (self->selection, NULL);
  g_set_object (&self->taps, taps);
  if (taps == NULL)
    return;
  g_signal_connect_swapped (taps, "updated", G_CALLBACK (updated_cb), self);
  gtk_single_selection_set_model (self->selection, conc_tap_list_get_model (taps));
  items_changed_cb (self);
  conc_timing_page_scroll_to_end (self);
}

/* (transfer none) (nullable) */
ConcTapRow *
conc_timing_page_get_selected (ConcTimingPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* GTK_INVALID_LIST_POSITION for none. */
void
conc_timing_page_select (ConcTimingPage *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* From none, upwards begins at the newest. Below the newest is none again. */
void
conc_timing_page_move_selection (ConcTimingPage *self, int direction)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (selected == GTK_INVALID_LIST_POSITION)
    selected = n_items;
  if (direction < 0 && selected > 0)
    conc_timing_page_select (self, selected - 1);
  else if (direction > 0 && selected + 1 < n_items)
    conc_timing_page_select (self, selected + 1);
  else if (direction > 0)
    {
      conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
      conc_timing_page_scroll_to_end (self);
    }
}

/* One step back: a bib that was given, or the tap itself. */
void
conc_timing_page_undo_row (ConcTimingPage *self, ConcTapRow *row)
{
  const char *fact = conc_tap_row_get_undo_fact (row);

  if (fact != NULL)
    conc_session_undo (self->session, fact);
}
