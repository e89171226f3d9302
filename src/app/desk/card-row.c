/* card-row.c: one conflict: what happened, and its choices as buttons. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/card-row.h"

#define CHOICE_KEY "conc-choice"

struct _ConcCardRow
{
  GtkListBoxRow parent_instance;

  /* template */
  GtkLabel *title;
  GtkBox   *lines;
  GtkBox   *choices;

  /* owned */
  char *card;
  char *content; /* all that is shown */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcCardRow, conc_card_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_content (const ConcCard *card)
{
  GString *text = g_string_new (card->title);

  for (guint i = 0; i < card->lines->len; i++)
    g_string_append_printf (text, "\n%s", (char *) g_ptr_array_index (card->lines, i));
  for (guint i = 0; i < card->choices->len; i++)
    {
      const ConcChoice *choice = g_ptr_array_index (card->choices, i);

      g_string_append_printf (text, "\n%s %s %d", choice->id, choice->label, choice->is_shown);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_label (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                       PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, NULL);
}

static void
clicked_cb (GtkButton *button, ConcCardRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, self->card,
                 g_object_get_data (G_OBJECT (button), CHOICE_KEY));
}

/* A reader of the screen hears what is decided, not only how. */
static void
add_choice (ConcCardRow *self, const ConcCard *card, const ConcChoice *choice)
{
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *label = make_label (choice->label);
  g_autofree char *name = g_strdup_printf ("%s: %s", card->title, choice->label);

  gtk_label_set_xalign (GTK_LABEL (label), 0.5f);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (choice->is_shown)
    gtk_widget_add_css_class (button, "suggested-action");
  g_object_set_data_full (G_OBJECT (button), CHOICE_KEY, g_strdup (choice->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (self->choices, button);
}

GtkWidget *
conc_card_row_new (const ConcCard *card)
{
  ConcCardRow *self = g_object_new (CONC_TYPE_CARD_ROW, NULL);

  self->card = g_strdup (card->id);
  self->content = dup_content (card);
  gtk_label_set_label (self->title, card->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, card->title,
                                  -1);
  for (guint i = 0; i < card->lines->len; i++)
    gtk_box_append (self->lines, make_label (g_ptr_array_index (card->lines, i)));
  for (guint i = 0; i < card->choices->len; i++)
    add_choice (self, card, g_ptr_array_index (card->choices, i));
  return GTK_WIDGET (self);
}

/* The name of the card. */
const char *
conc_card_row_get_card (ConcCardRow *self)
{
  return self->card;
}

/* Whether the row says all that @card says. */
gboolean
conc_card_row_shows (ConcCardRow *self, const ConcCard *card)
{
  g_autofree char *content = dup_content (card);

  return g_str_equal (self->card, card->id) && g_str_equal (self->content, content);
}

static void
conc_card_row_finalize (GObject *object)
{
  ConcCardRow *self = CONC_CARD_ROW (object);

  g_free (self->card);
  g_free (self->content);
  G_OBJECT_CLASS (conc_card_row_parent_class)->finalize (object);
}

static void
conc_card_row_class_init (ConcCardRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = conc_card_row_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", CONC_TYPE_CARD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/desk/card-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcCardRow, title);
  gtk_widget_class_bind_template_child (widget_class, ConcCardRow, lines);
  gtk_widget_class_bind_template_child (widget_class, ConcCardRow, choices);
}

static void
conc_card_row_init (ConcCardRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
