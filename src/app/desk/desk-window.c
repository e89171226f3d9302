/* desk-window.c: the conflict desk: what stations decided apart, one card each. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/desk-window.h"

#include "app/desk/card-row.h"

#include <glib/gi18n.h>

/* More are not read at once by anybody; those that are settled make room for the next. */
#define MAX_CARDS 40
#define TOAST_SEC 6

struct _ConcDeskWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkListBox      *list;
  GtkLabel        *more;

  /* owned */
  ConcSession *session;
};

G_DEFINE_FINAL_TYPE (ConcDeskWindow, conc_desk_window, ADW_TYPE_WINDOW)

static void
say (ConcDeskWindow *self, const char *sentence, const ConcFactId *undo_fact)
{
  /* A toast reads its title as markup. */
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  g_autofree char *fact = undo_fact != NULL ? conc_fact_id_to_text (undo_fact) : NULL;
  AdwToast        *toast = adw_toast_new (title);

  if (fact != NULL)
    {
      adw_toast_set_button_label (toast, _ ("Undo"));
      adw_toast_set_action_name (toast, "desk.undo");
      adw_toast_set_action_target (toast, "s", fact);
    }
  adw_toast_set_timeout (toast, TOAST_SEC);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ----------------------------------------------------------------------- the cards */

static void
settled (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcDeskWindow *self = user_data;

  /* The window may be gone by now. */
  if (self->session == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  if (receipt != NULL)
    say (self, _ ("Settled."), &receipt->fact);
  else
    say (self, error->message, NULL);
}

static void
chosen_cb (ConcCardRow *row, const char *card, const char *choice, ConcDeskWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  conc_session_submit (self->session,
                       conc_command_new_settle (conc_session_get_clock (self->session), card,
                                                choice),
                       settled, self);
}

static gboolean
is_among (GPtrArray *cards, const char *id)
{
  for (guint i = 0; i < cards->len; i++)
    if (g_str_equal (((ConcCard *) g_ptr_array_index (cards, i))->id, id))
      return TRUE;
  return FALSE;
}

/* Cards that did not change keep their rows, and with them focus and place. */
static void
show_card (ConcDeskWindow *self, GPtrArray *cards, guint index)
{
  const ConcCard *card = g_ptr_array_index (cards, index);
  GtkListBoxRow  *row;
  GtkWidget      *made;

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) index)) != NULL)
    {
      if (conc_card_row_shows (CONC_CARD_ROW (row), card))
        return;
      if (is_among (cards, conc_card_row_get_card (CONC_CARD_ROW (row))) &&
          !g_str_equal (conc_card_row_get_card (CONC_CARD_ROW (row)), card->id))
        break;
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  made = conc_card_row_new (card);
  g_signal_connect_object (made, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_list_box_insert (self->list, made, (int) index);
}

static int
find_focus (ConcDeskWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, CONC_TYPE_CARD_ROW) : NULL;

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* The next card is under the fingers when one is settled. */
static void
focus_card (ConcDeskWindow *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, MAX (index, 0));

  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
show_cards (ConcDeskWindow *self, GPtrArray *cards)
{
  guint            n_more = cards->len > MAX_CARDS ? cards->len - MAX_CARDS : 0;
  guint            n_shown = cards->len - n_more;
  int              focus = find_focus (self);
  g_autofree char *more =
      g_strdup_printf (ngettext ("And %u more.", "And %u more.", n_more), n_more);
  GtkListBoxRow *row;

  for (guint i = 0; i < n_shown; i++)
    show_card (self, cards, i);
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) n_shown)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_label_set_label (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "cards" : "empty");
  if (find_focus (self) < 0)
    focus_card (self, focus);
}

static void
update_cb (ConcDeskWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards =
      conc_reader_list_cards (conc_session_get_reader (self->session),
                              conc_session_get_zone (self->session), &error);

  if (cards != NULL)
    show_cards (self, cards);
  else
    conc_session_fail (self->session, error->message);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_session_undo (CONC_DESK_WINDOW (widget)->session, g_variant_get_string (parameter, NULL));
}

static void
conc_desk_window_dispose (GObject *object)
{
  ConcDeskWindow *self = CONC_DESK_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_DESK_WINDOW);
  G_OBJECT_CLASS (conc_desk_window_parent_class)->dispose (object);
}

static void
conc_desk_window_class_init (ConcDeskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_desk_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/desk/desk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcDeskWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskWindow, list);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskWindow, more);
  gtk_widget_class_install_action (widget_class, "desk.undo", "s", undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_desk_window_init (ConcDeskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
conc_desk_window_new (GtkWindow *parent, ConcSession *session)
{
  ConcDeskWindow *self = g_object_new (CONC_TYPE_DESK_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return GTK_WIDGET (self);
}
