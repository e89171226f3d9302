/* done-card.c: says who was checked in just now, for the person who fetches the bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/done-card.h"

#include "app/printing/label-line.h"
#include "core/desk.h"

#include <glib/gi18n.h>

/* The page around it offers the actions "check-in.undo-done" and "check-in.show-done". */
struct _ConcDoneCard
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget     *content;
  GtkLabel      *state_label;
  GtkLabel      *summary_label;
  GtkLabel      *hint_label;
  ConcLabelLine *label_line;
  GtkWidget     *give_bib_button;
};

G_DEFINE_FINAL_TYPE (ConcDoneCard, conc_done_card, GTK_TYPE_WIDGET)

static gboolean
lacks_bib (ConcMatch *match)
{
  return conc_desk_lacks_bib (conc_match_get_runner (match));
}

static void
conc_done_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_DONE_CARD);
  G_OBJECT_CLASS (conc_done_card_parent_class)->dispose (object);
}

static void
conc_done_card_class_init (ConcDoneCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_done_card_dispose;
  g_type_ensure (CONC_TYPE_LABEL_LINE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/check-in/done-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcDoneCard, content);
  gtk_widget_class_bind_template_child (widget_class, ConcDoneCard, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConcDoneCard, summary_label);
  gtk_widget_class_bind_template_child (widget_class, ConcDoneCard, hint_label);
  gtk_widget_class_bind_template_child (widget_class, ConcDoneCard, label_line);
  gtk_widget_class_bind_template_child (widget_class, ConcDoneCard, give_bib_button);
}

static void
conc_done_card_init (ConcDoneCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
conc_done_card_set_session (ConcDoneCard *self, ConcSession *session)
{
  g_object_set (self->label_line, "session", session, NULL);
}

/* @match as the race has it after the check-in. */
void
conc_done_card_set_match (ConcDoneCard *self, ConcMatch *match)
{
  g_autofree char *summary = conc_match_dup_summary (match);
  g_autofree char *state = NULL;

  g_object_get (match, "checked-in-text", &state, NULL);
  gtk_label_set_label (self->state_label, state != NULL ? state : _ ("Checked in"));
  gtk_label_set_label (self->summary_label, summary);
  gtk_label_set_label (self->hint_label, lacks_bib (match) ? _ ("This runner has no bib yet.")
                                                           : _ ("The next runner: scan or type."));
  gtk_widget_set_visible (self->give_bib_button, lacks_bib (match));
  g_object_set (self->label_line, "runner-id", conc_match_get_id (match), NULL);
}

/* @matches (element-type ConcMatch) were checked in together; @hint (nullable) is what else is to
 * be said about them. */
void
conc_done_card_set_several (ConcDoneCard *self, GPtrArray *matches, const char *hint)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *state = NULL;

  if (matches->len == 1)
    conc_done_card_set_match (self, matches->pdata[0]);
  for (guint i = 0; matches->len > 1 && i < matches->len; i++)
    {
      g_autofree char *summary = conc_match_dup_summary (matches->pdata[i]);

      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", summary);
    }
  if (matches->len > 1)
    {
      state = g_strdup_printf (_ ("%u checked in"), matches->len);
      gtk_label_set_label (self->state_label, state);
      gtk_label_set_label (self->summary_label, lines->str);
      gtk_widget_set_visible (self->give_bib_button, FALSE);
      g_object_set (self->label_line, "runner-id", NULL, NULL);
    }
  if (matches->len > 1 || hint != NULL)
    gtk_label_set_label (self->hint_label,
                         hint != NULL ? hint : _ ("The next runner: scan or type."));
}
