/* story-view.c: what happened to a runner, line by line, each with its Undo. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/story/story-view.h"

#include "app/story/story-row.h"
#include "store/reader-story.h"

/* After what others are about, such as taps, the story is read again at most so often; it may be
 * about one of them, but mostly is not. */
#define REREAD_MSEC 1000

struct _ConcStoryView
{
  GtkWidget parent_instance;

  /* template */
  GtkStack   *stack;
  GtkListBox *list;
  GtkLabel   *failure;

  /* owned */
  ConcSession *session;
  char        *subject;

  /* state */
  guint    reread_source;
  gboolean is_reading;
  gboolean must_read; /* what is shown may be old */
};

enum
{
  PROP_SESSION = 1,
  PROP_SUBJECT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcStoryView, conc_story_view, GTK_TYPE_WIDGET)

/* -------------------------------------------------------------------- on the worker */

typedef struct
{
  char *path;
  char *subject;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->path);
  g_free (question->subject);
  g_free (question);
}

static void
read_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;
  GError         *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (question->path, &error);
  GPtrArray *lines = NULL;

  if (reader != NULL)
    lines = conc_reader_read_story (reader, question->subject, &error);
  if (lines != NULL)
    g_task_return_pointer (task, lines, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* ------------------------------------------------------------------------ the lines */

static void
undo_cb (ConcStoryRow *row, const char *fact, ConcStoryView *self)
{
  if (self->session != NULL)
    conc_session_undo (self->session, fact);
}

static GtkWidget *
make_row (ConcStoryView *self, const ConcStoryLine *line)
{
  const char *date =
      conc_settings_get (conc_session_get_settings (self->session), CONC_SETTING_DATE);
  g_autofree char *time =
      conc_story_format_time (line->at_usec, conc_session_get_zone (self->session), date);
  GtkWidget *row = conc_story_row_new (line, time);

  g_signal_connect_object (row, "undo", G_CALLBACK (undo_cb), self, 0);
  return row;
}

/* Whether the keyboard is in this row; another one takes its place. */
static gboolean
has_focus (GtkListBoxRow *row)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (row));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (row));
}

/* Lines that did not change keep their rows, and with them focus and place. Facts of other stations
 * may come between. */
static void
show_line (ConcStoryView *self, const ConcStoryLine *line, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);
  GtkWidget     *made;
  gboolean       is_same;

  if (row != NULL && conc_story_row_shows (CONC_STORY_ROW (row), line))
    return;
  is_same = row != NULL && g_str_equal (conc_story_row_get_fact (CONC_STORY_ROW (row)), line->fact);
  made = make_row (self, line);
  gtk_list_box_insert (self->list, made, index);
  if (!is_same)
    return;
  if (has_focus (row))
    gtk_widget_grab_focus (made);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
show_lines (ConcStoryView *self, GPtrArray *lines)
{
  GtkListBoxRow *row;

  for (guint i = 0; i < lines->len; i++)
    show_line (self, g_ptr_array_index (lines, i), (int) i);
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) lines->len)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_stack_set_visible_child_name (self->stack, lines->len > 0 ? "lines" : "empty");
}

static void
clear (ConcStoryView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void update (ConcStoryView *self);

static void
lines_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConcStoryView  *self = CONC_STORY_VIEW (source);
  const Question *question = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = g_task_propagate_pointer (G_TASK (result), &error);

  self->is_reading = FALSE;
  if (self->session == NULL)
    return;
  if (g_strcmp0 (question->subject, self->subject) != 0)
    self->must_read = TRUE;
  else if (lines != NULL)
    show_lines (self, lines);
  else
    {
      gtk_label_set_label (self->failure, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  if (self->must_read)
    update (self);
}

/* Reads the story again if somebody sees it; one reading at a time. */
static void
update (ConcStoryView *self)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  self->must_read = TRUE;
  if (self->is_reading || self->session == NULL || self->subject == NULL ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_clear_handle_id (&self->reread_source, g_source_remove);
  self->must_read = FALSE;
  self->is_reading = TRUE;
  question = g_new0 (Question, 1);
  question->path = g_strdup (conc_race_file_get_path (conc_session_get_file (self->session)));
  question->subject = g_strdup (self->subject);
  task = g_task_new (self, NULL, lines_cb, NULL);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, read_cb);
}

static gboolean
reread_cb (gpointer user_data)
{
  ConcStoryView *self = user_data;

  self->reread_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static gboolean
tells_of (ConcStoryView *self, char **subjects)
{
  return subjects == NULL ||
         (self->subject != NULL && g_strv_contains ((const char *const *) subjects, self->subject));
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcStoryView *self)
{
  if (tells_of (self, subjects))
    update (self);
  else if (self->reread_source == 0)
    self->reread_source = g_timeout_add (REREAD_MSEC, reread_cb, self);
}

static void
conc_story_view_map (GtkWidget *widget)
{
  ConcStoryView *self = CONC_STORY_VIEW (widget);

  GTK_WIDGET_CLASS (conc_story_view_parent_class)->map (widget);
  if (self->must_read)
    update (self);
}

static void
conc_story_view_dispose (GObject *object)
{
  ConcStoryView *self = CONC_STORY_VIEW (object);

  g_clear_handle_id (&self->reread_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_STORY_VIEW);
  G_OBJECT_CLASS (conc_story_view_parent_class)->dispose (object);
}

static void
conc_story_view_finalize (GObject *object)
{
  g_free (CONC_STORY_VIEW (object)->subject);
  G_OBJECT_CLASS (conc_story_view_parent_class)->finalize (object);
}

static void
conc_story_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcStoryView *self = CONC_STORY_VIEW (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_SUBJECT)
    g_value_set_string (value, self->subject);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_story_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcStoryView *self = CONC_STORY_VIEW (object);

  if (id == PROP_SESSION)
    conc_story_view_set_session (self, g_value_get_object (value));
  else if (id == PROP_SUBJECT)
    conc_story_view_set_subject (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_story_view_class_init (ConcStoryViewClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = conc_story_view_dispose;
  object_class->finalize = conc_story_view_finalize;
  object_class->get_property = conc_story_view_get_property;
  object_class->set_property = conc_story_view_set_property;
  widget_class->map = conc_story_view_map;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION, flags);
  props[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/story/story-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStoryView, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcStoryView, list);
  gtk_widget_class_bind_template_child (widget_class, ConcStoryView, failure);
}

static void
conc_story_view_init (ConcStoryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
conc_story_view_set_session (ConcStoryView *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  clear (self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

/* The story of another subject begins at its top. */
void
conc_story_view_set_subject (ConcStoryView *self, const char *subject)
{
  if (g_strcmp0 (self->subject, subject) == 0)
    return;
  clear (self);
  g_free (self->subject);
  self->subject = g_strdup (subject);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUBJECT]);
}
