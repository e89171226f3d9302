/* bibs-window.c: gives bibs to everybody who has none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/bibs-window.h"

#include <glib/gi18n.h>

struct _ConcBibsWindow
{
  AdwWindow parent_instance;

  /* template */
  GtkLabel      *count_label;
  GtkSpinButton *first_spin;
  AdwComboRow   *order_row;
  GtkLabel      *sentence;

  /* owned */
  ConcSession *session;
};

G_DEFINE_FINAL_TYPE (ConcBibsWindow, conc_bibs_window, ADW_TYPE_WINDOW)

static guint
count_without (ConcBibsWindow *self)
{
  const ConcCounts *counts = conc_session_get_counts (self->session);

  return counts->n_expected > counts->n_with_bib ? counts->n_expected - counts->n_with_bib : 0;
}

static void
update_count (ConcBibsWindow *self)
{
  guint            n_without = count_without (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u runner has no bib yet.",
                                                     "%u runners have no bib yet.", n_without),
                                           n_without);

  gtk_label_set_text (self->count_label,
                      n_without > 0 ? text : _ ("Everybody who needs a bib has one."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bibs.assign", n_without > 0);
}

static void
assigned_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcBibsWindow  *self = CONC_BIBS_WINDOW (user_data);
  g_autofree char *sentence = NULL;

  if (receipt == NULL)
    {
      gtk_label_set_text (self->sentence, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->sentence), TRUE);
      update_count (self);
      return;
    }
  if (receipt->n_facts == 0)
    sentence = g_strdup (_ ("Everybody has a bib already."));
  else if (receipt->n_facts == 1)
    sentence = g_strdup_printf (_ ("One bib assigned: %u."), receipt->first_bib);
  else
    sentence = g_strdup_printf (_ ("%u bibs assigned: %u to %u."), receipt->n_facts,
                                receipt->first_bib, receipt->last_bib);
  conc_session_say (session, sentence, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcBibsWindow *self = CONC_BIBS_WINDOW (widget);
  ConcCommand    *command =
      conc_command_new_bib (CONC_COMMAND_ASSIGN_BIBS, conc_session_get_clock (self->session),
                            (guint) gtk_spin_button_get_value_as_int (self->first_spin));

  command->order = (ConcBibOrder) adw_combo_row_get_selected (self->order_row);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), FALSE);
  gtk_widget_action_set_enabled (widget, "bibs.assign", FALSE);
  conc_session_submit (self->session, command, assigned_cb, self);
}

static void
conc_bibs_window_dispose (GObject *object)
{
  g_clear_object (&CONC_BIBS_WINDOW (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_BIBS_WINDOW);
  G_OBJECT_CLASS (conc_bibs_window_parent_class)->dispose (object);
}

static void
conc_bibs_window_class_init (ConcBibsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_bibs_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/runners/bibs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcBibsWindow, count_label);
  gtk_widget_class_bind_template_child (widget_class, ConcBibsWindow, first_spin);
  gtk_widget_class_bind_template_child (widget_class, ConcBibsWindow, order_row);
  gtk_widget_class_bind_template_child (widget_class, ConcBibsWindow, sentence);
  gtk_widget_class_install_action (widget_class, "bibs.assign", NULL, assign_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_bibs_window_init (ConcBibsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Does not block the window below it. @first_bib is proposed; 0 for a race without bibs. */
void
conc_bibs_window_present (ConcSession *session, guint first_bib, GtkWindow *parent)
{
  ConcBibsWindow *self = g_object_new (CONC_TYPE_BIBS_WINDOW, "transient-for", parent,
                                       "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  gtk_spin_button_set_value (self->first_spin, first_bib > 0 ? first_bib : 1);
  update_count (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->first_spin));
  gtk_window_present (GTK_WINDOW (self));
}
