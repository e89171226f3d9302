/* bib-box.c: takes the next bib of the pile, and says who holds it if somebody does. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/bib-box.h"

#include <glib/gi18n.h>

struct _ConcBibBox
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkEntry  *entry;
  GtkWidget *held_box;
  GtkLabel  *held_label;
  GtkButton *move_button;
  GtkButton *show_button;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcBibBox, conc_bib_box, GTK_TYPE_WIDGET)

static void
changed_cb (ConcBibBox *self)
{
  gtk_widget_set_visible (self->held_box, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (ConcBibBox *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "check-in.confirm", NULL);
}

static void
another_cb (ConcBibBox *self)
{
  conc_bib_box_propose (self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
conc_bib_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_BIB_BOX (widget)->entry));
}

static void
conc_bib_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_BIB_BOX);
  G_OBJECT_CLASS (conc_bib_box_parent_class)->dispose (object);
}

static void
conc_bib_box_class_init (ConcBibBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_bib_box_dispose;
  widget_class->grab_focus = conc_bib_box_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/check-in/bib-box.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcBibBox, content);
  gtk_widget_class_bind_template_child (widget_class, ConcBibBox, entry);
  gtk_widget_class_bind_template_child (widget_class, ConcBibBox, held_box);
  gtk_widget_class_bind_template_child (widget_class, ConcBibBox, held_label);
  gtk_widget_class_bind_template_child (widget_class, ConcBibBox, move_button);
  gtk_widget_class_bind_template_child (widget_class, ConcBibBox, show_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, another_cb);
}

static void
conc_bib_box_init (ConcBibBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Puts @bib into the entry, as if it had been typed; 0 empties it. */
void
conc_bib_box_propose (ConcBibBox *self, guint bib)
{
  g_autofree char *text = bib > 0 ? g_strdup_printf ("%u", bib) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_set_visible (self->held_box, FALSE);
}

/* @ret_bib is 0 when nothing is typed. Returns: FALSE when what is typed is no bib. */
gboolean
conc_bib_box_read (ConcBibBox *self, guint *ret_bib)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  guint64 bib = 0;

  *ret_bib = 0;
  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, &bib, NULL))
    return FALSE;
  *ret_bib = (guint) bib;
  return TRUE;
}

/* Offers what can be done about a bib of somebody else. Whoever is here already keeps it. */
void
conc_bib_box_say_held (ConcBibBox *self, guint bib, const ConcRunner *holder)
{
  const gboolean   is_here = conc_runner_get_checked_in (holder);
  g_autofree char *name = conc_runner_dup_full_name (holder);
  g_autofree char *sentence = NULL;
  g_autofree char *move = g_strdup_printf (_ ("_Move %u Here"), bib);
  g_autofree char *show = g_strdup_printf (_ ("Show %s"), name);

  if (is_here)
    sentence = g_strdup_printf (_ ("Bib %u belongs to %s, who is checked in. Give another bib."),
                                bib, name);
  else
    sentence =
        g_strdup_printf (_ ("Bib %u belongs to %s. Give another bib, or move %u?"), bib, name, bib);
  gtk_label_set_label (self->held_label, sentence);
  gtk_button_set_label (self->move_button, move);
  gtk_widget_set_visible (GTK_WIDGET (self->move_button), !is_here);
  /* A long name has no room on the button, and stands above it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  show, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show_button), "s",
                                    conc_runner_get_id (holder));
  gtk_widget_set_visible (self->held_box, TRUE);
}

gboolean
conc_bib_box_has_focus (ConcBibBox *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

  return gtk_widget_has_focus (GTK_WIDGET (text));
}
