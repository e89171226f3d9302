/* runner-card.c: shows one runner at the check-in desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/runner-card.h"

#define N_WAVE_COLORS 6u

/* The page around it offers the actions "check-in.confirm", "check-in.undo-shown" and
 * "check-in.give-bib", which the buttons of the card activate. */
struct _ConcRunnerCard
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkEntry  *bib_entry;
  GtkLabel  *sentence;

  /* owned */
  ConcMatch *match;
  GStrv      waves;
};

enum
{
  PROP_MATCH = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcRunnerCard, conc_runner_card, GTK_TYPE_WIDGET)

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
negate (GtkWidget *widget, gboolean value)
{
  return !value;
}

static guint
find_wave (ConcRunnerCard *self, const char *wave)
{
  for (guint i = 0; wave != NULL && self->waves != NULL && self->waves[i] != NULL; i++)
    if (g_str_equal (self->waves[i], wave))
      return i;
  return 0;
}

/* The color of a wave is that of its place among the waves, so that two waves never look alike
 * before the colors are used up; the word beside it says which one. */
static char **
wave_classes (GtkWidget *widget, const char *wave)
{
  GtkWidget *card = gtk_widget_get_ancestor (widget, CONC_TYPE_RUNNER_CARD);
  char     **classes = g_new0 (char *, 3);

  classes[0] = g_strdup ("wave-dot");
  classes[1] =
      g_strdup_printf ("wave-%u", find_wave (CONC_RUNNER_CARD (card), wave) % N_WAVE_COLORS);
  return classes;
}

static void
give_bib_cb (ConcRunnerCard *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->bib_entry));

  if (*text == '\0')
    {
      conc_runner_card_focus_bib (self);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "check-in.give-bib", "s", text);
}

static void
conc_runner_card_dispose (GObject *object)
{
  ConcRunnerCard *self = CONC_RUNNER_CARD (object);

  g_clear_object (&self->match);
  g_clear_pointer (&self->waves, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_RUNNER_CARD);
  G_OBJECT_CLASS (conc_runner_card_parent_class)->dispose (object);
}

static void
conc_runner_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MATCH)
    g_value_set_object (value, CONC_RUNNER_CARD (object)->match);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_runner_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MATCH)
    conc_runner_card_set_match (CONC_RUNNER_CARD (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_runner_card_class_init (ConcRunnerCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_runner_card_dispose;
  object_class->get_property = conc_runner_card_get_property;
  object_class->set_property = conc_runner_card_set_property;

  props[PROP_MATCH] =
      g_param_spec_object ("match", NULL, NULL, CONC_TYPE_MATCH,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/runner-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, content);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, bib_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, sentence);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, negate);
  gtk_widget_class_bind_template_callback (widget_class, wave_classes);
  gtk_widget_class_bind_template_callback (widget_class, give_bib_cb);
}

static void
conc_runner_card_init (ConcRunnerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was typed as a bib belongs to the runner before, and goes with that one. */
void
conc_runner_card_set_match (ConcRunnerCard *self, ConcMatch *match)
{
  if (!g_set_object (&self->match, match))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->bib_entry), "");
  conc_runner_card_say (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MATCH]);
}

/* The waves of the race in their order, for their colors; NULL for none. */
void
conc_runner_card_set_waves (ConcRunnerCard *self, const char *const *waves)
{
  g_strfreev (self->waves);
  self->waves = g_strdupv ((char **) waves);
}

void
conc_runner_card_focus_bib (ConcRunnerCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->bib_entry));
}

/* Whether a bib is being typed here. */
gboolean
conc_runner_card_has_focus (ConcRunnerCard *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->bib_entry));

  return gtk_widget_has_focus (GTK_WIDGET (text));
}

/* A sentence about this runner, such as why a bib was refused; NULL takes it away. */
void
conc_runner_card_say (ConcRunnerCard *self, const char *sentence)
{
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->sentence)), sentence != NULL);
}
