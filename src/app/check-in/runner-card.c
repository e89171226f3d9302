/* runner-card.c: shows one runner at the check-in desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/runner-card.h"

#include "app/accessible.h"
#include "app/printing/label-line.h"
#include "core/desk.h"

#include <glib/gi18n.h>

#define N_WAVE_COLORS 6u

/* The page around it offers the actions that the parts of the card activate. */
struct _ConcRunnerCard
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget     *content;
  ConcBibBox    *bib_box;
  ConcChecklist *checklist;
  ConcGroupBox  *group_box;
  GtkLabel      *sentence;
  GtkButton     *confirm_button;
  GtkButton     *undo_button;
  GtkWidget     *last_box;
  GtkLabel      *last_label;
  GtkButton     *last_undo;
  GtkWidget     *menu_button;
  ConcLabelLine *label_line;

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

/* The button says what Enter would do. */
static void
update_confirm (ConcRunnerCard *self)
{
  const ConcRunner *runner = self->match != NULL ? conc_match_get_runner (self->match) : NULL;
  const gboolean    is_here = runner != NULL && conc_runner_get_checked_in (runner);
  const gboolean    lacks_bib = runner != NULL && conc_desk_lacks_bib (runner);
  g_autofree char  *label = NULL;
  guint             bib = 0;

  if (lacks_bib)
    conc_bib_box_read (self->bib_box, &bib);
  if (is_here)
    label = bib > 0 ? g_strdup_printf (_ ("Give Bib %u"), bib) : g_strdup (_ ("Give Bib"));
  else if (bib > 0)
    label = g_strdup_printf (_ ("Give Bib %u and Check In"), bib);
  else
    label = g_strdup (lacks_bib ? _ ("Check In Without a Bib") : _ ("Check In"));
  gtk_button_set_label (self->confirm_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->confirm_button), !is_here || lacks_bib);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), is_here);
}

static void
bib_changed_cb (ConcRunnerCard *self)
{
  conc_runner_card_say (self, NULL);
  update_confirm (self);
}

static void
name_undo (ConcRunnerCard *self)
{
  g_autofree char *name =
      g_strdup_printf (_ ("Undo check-in of %s"), conc_match_get_name (self->match));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->undo_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
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
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/runner-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, content);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, bib_box);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, checklist);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, group_box);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, undo_button);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, last_box);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, last_label);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, last_undo);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerCard, label_line);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, wave_classes);
  gtk_widget_class_bind_template_callback (widget_class, bib_changed_cb);
}

static void
conc_runner_card_class_init (ConcRunnerCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_runner_card_dispose;
  object_class->get_property = conc_runner_card_get_property;

  props[PROP_MATCH] = g_param_spec_object ("match", NULL, NULL, CONC_TYPE_MATCH,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (CONC_TYPE_BIB_BOX);
  g_type_ensure (CONC_TYPE_CHECKLIST);
  g_type_ensure (CONC_TYPE_GROUP_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
conc_runner_card_init (ConcRunnerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  conc_accessible_name_buttons (self->menu_button, _ ("More about this runner"));
}

/* Shows @match with the @items that are to be settled. A bib that was typed and a sentence belong
 * to the runner before, and go with that one. */
void
conc_runner_card_show (ConcRunnerCard *self,
                       ConcMatch      *match,
                       GPtrArray      *items,
                       ConcDeskReader *desk)
{
  const gboolean is_same = self->match != NULL && g_strcmp0 (conc_match_get_id (self->match),
                                                             conc_match_get_id (match)) == 0;

  g_strfreev (self->waves);
  self->waves = g_strdupv ((char **) conc_desk_reader_get_waves (desk));
  g_set_object (&self->match, match);
  if (!is_same)
    {
      conc_bib_box_propose (self->bib_box, 0);
      conc_runner_card_say (self, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->group_box), FALSE);
    }
  conc_checklist_show (self->checklist, match, items, desk);
  gtk_widget_set_visible (GTK_WIDGET (self->bib_box),
                          conc_desk_lacks_bib (conc_match_get_runner (match)));
  g_object_set (self->label_line, "runner-id",
                conc_match_get_checked_in (match) ? conc_match_get_id (match) : NULL, NULL);
  name_undo (self);
  update_confirm (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MATCH]);
}

/* Whose printers print the label of who is checked in; NULL for none. */
void
conc_runner_card_set_session (ConcRunnerCard *self, ConcSession *session)
{
  g_object_set (self->label_line, "runner-id", NULL, "session", session, NULL);
}

ConcChecklist *
conc_runner_card_get_checklist (ConcRunnerCard *self)
{
  return self->checklist;
}

ConcBibBox *
conc_runner_card_get_bib_box (ConcRunnerCard *self)
{
  return self->bib_box;
}

ConcGroupBox *
conc_runner_card_get_group_box (ConcRunnerCard *self)
{
  return self->group_box;
}

/* Whether letters and digits belong to an entry of the card. */
gboolean
conc_runner_card_is_typing (ConcRunnerCard *self)
{
  return conc_bib_box_has_focus (self->bib_box) || conc_checklist_is_typing (self->checklist);
}

/* A sentence about this runner, such as why something was refused; NULL takes it away. */
void
conc_runner_card_say (ConcRunnerCard *self, const char *sentence)
{
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->sentence)), sentence != NULL);
}

/* What this desk did last about the runner, to be taken back; NULL for nothing. */
void
conc_runner_card_set_last (ConcRunnerCard *self, const char *sentence)
{
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->last_box, sentence != NULL);
  if (sentence == NULL)
    return;
  gtk_label_set_label (self->last_label, sentence);
  /* Translators: what is undone, as a sentence: "Undo: Waiver signed." */
  name = g_strdup_printf (_ ("Undo: %s"), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->last_undo), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}
