/* story-row.c: one line of a story: when, what, where and by whom, with its Undo. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/story/story-row.h"

#include <glib/gi18n.h>

struct _ConcStoryRow
{
  GtkListBoxRow parent_instance;

  /* template */
  GtkLabel  *sentence;
  GtkLabel  *undone;
  GtkLabel  *where;
  GtkButton *undo_button;

  /* owned */
  char *fact;
  char *content; /* all that is shown */
};

enum
{
  UNDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcStoryRow, conc_story_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_content (const ConcStoryLine *line)
{
  g_autofree char *where = conc_story_line_dup_where (line);

  return g_strdup_printf ("%s\n%s\n%s\n%d", where, line->sentence,
                          line->undone != NULL ? line->undone : "", line->can_undo);
}

/* Once is enough: the line says soon that it was undone. */
static void
undo_cb (ConcStoryRow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->undo_button), FALSE);
  g_signal_emit (self, signals[UNDO], 0, self->fact);
}

/* A reader of the screen hears the line as a whole, and of the button what it takes back. */
static void
name_parts (ConcStoryRow *self, const ConcStoryLine *line, const char *time, const char *where)
{
  g_autofree char *label = g_strdup_printf ("%s %s %s %s", time, line->sentence,
                                            line->undone != NULL ? line->undone : "", where);
  g_autofree char *undo = g_strdup_printf (_ ("Undo: %s"), line->sentence);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->undo_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  undo, -1);
}

GtkWidget *
conc_story_row_new (const ConcStoryLine *line, const char *time)
{
  ConcStoryRow    *self = g_object_new (CONC_TYPE_STORY_ROW, NULL);
  g_autofree char *where = conc_story_line_dup_where (line);
  g_autofree char *origin = g_strdup_printf (_ ("%s, %s"), time, where);

  self->fact = g_strdup (line->fact);
  self->content = dup_content (line);
  gtk_label_set_label (self->sentence, line->sentence);
  gtk_label_set_label (self->where, origin);
  gtk_label_set_label (self->undone, line->undone != NULL ? line->undone : "");
  gtk_widget_set_visible (GTK_WIDGET (self->undone), line->undone != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), line->can_undo);
  if (line->is_undone)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "story-undone");
  name_parts (self, line, time, where);
  return GTK_WIDGET (self);
}

/* The name of the fact that the line tells. */
const char *
conc_story_row_get_fact (ConcStoryRow *self)
{
  return self->fact;
}

/* Whether the row says all that @line says. */
gboolean
conc_story_row_shows (ConcStoryRow *self, const ConcStoryLine *line)
{
  g_autofree char *content = dup_content (line);

  return g_str_equal (self->fact, line->fact) && g_str_equal (self->content, content);
}

static void
conc_story_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_STORY_ROW);
  G_OBJECT_CLASS (conc_story_row_parent_class)->dispose (object);
}

static void
conc_story_row_finalize (GObject *object)
{
  ConcStoryRow *self = CONC_STORY_ROW (object);

  g_free (self->fact);
  g_free (self->content);
  G_OBJECT_CLASS (conc_story_row_parent_class)->finalize (object);
}

static void
conc_story_row_class_init (ConcStoryRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_story_row_dispose;
  object_class->finalize = conc_story_row_finalize;
  signals[UNDO] = g_signal_new ("undo", CONC_TYPE_STORY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/story/story-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStoryRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcStoryRow, undone);
  gtk_widget_class_bind_template_child (widget_class, ConcStoryRow, where);
  gtk_widget_class_bind_template_child (widget_class, ConcStoryRow, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
conc_story_row_init (ConcStoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
