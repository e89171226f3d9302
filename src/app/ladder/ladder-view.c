/* ladder-view.c: taps and bibs side by side, what is suspected of them, and repairs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ladder/ladder-view-private.h"

#include <glib/gi18n.h>

/* Changes are gathered for this long; the taps themselves are shown without waiting for it. */
#define GATHER_MSEC 120

enum
{
  PROP_SESSION = 1,
  PROP_DOUBTS,
  N_PROPS
};

enum
{
  CORRECT,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcLadderView, conc_ladder_view, GTK_TYPE_WIDGET)

/* ------------------------------------------------------------- what stands in the list */

static gint64
find_start (ConcLadderView *self, const ConcLadderLine *line)
{
  ConcScoreboard *board = conc_session_get_scoreboard (self->session);
  const char     *wave = "";
  ConcResult      result;

  if (line->runner_id != NULL && conc_scoreboard_get_result (board, line->runner_id, &result) &&
      result.entrant->wave != NULL)
    wave = result.entrant->wave;
  return conc_scoreboard_get_start (board, wave);
}

/* What somebody wishes, and then what is suspected, stand before their line. */
static void
add_doubts (ConcLadderView *self, GPtrArray *items, guint *next, guint place)
{
  const GPtrArray *doubts = conc_reader_ladder_get_doubts (self->ladder);

  if (self->wish != NULL && conc_ladder_item_get_place (self->wish) == place)
    g_ptr_array_add (items, g_object_ref (self->wish));
  for (; *next < doubts->len; (*next)++)
    {
      const ConcLadderDoubt *doubt = g_ptr_array_index (doubts, *next);

      if (doubt->place > place)
        return;
      if (g_hash_table_contains (self->left, doubt->id))
        continue;
      self->n_doubts++;
      g_ptr_array_add (items, conc_ladder_item_new_doubt (doubt));
    }
}

static GPtrArray *
list_items (ConcLadderView *self)
{
  GPtrArray     *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint          next = 0;
  ConcLadderLine line;

  self->n_doubts = 0;
  self->n_taps = 0;
  self->n_bibs = 0;
  self->n_open = 0;
  for (guint i = 0; conc_reader_ladder_get_line (self->ladder, i, &line); i++)
    {
      add_doubts (self, items, &next, line.place);
      g_ptr_array_add (items, conc_ladder_item_new_line (&line, find_start (self, &line)));
      self->n_taps += line.tap != NULL;
      self->n_bibs += line.entry != NULL || line.bib != 0;
      self->n_open += line.tap != NULL && line.entry == NULL && line.bib == 0;
    }
  add_doubts (self, items, &next, G_MAXUINT);
  return items;
}

static gboolean
is_same (ConcLadderView *self, guint position, ConcLadderItem *item)
{
  g_autoptr (ConcLadderItem) old = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return conc_ladder_item_equal (old, item);
}

/* Only what differs is put in anew: with one more tap, the end. */
static void
replace_items (ConcLadderView *self, GPtrArray *items)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint head = 0;
  guint tail = 0;

  while (head < MIN (n_old, items->len) && is_same (self, head, items->pdata[head]))
    head++;
  while (tail < MIN (n_old, items->len) - head &&
         is_same (self, n_old - tail - 1, items->pdata[items->len - tail - 1]))
    tail++;
  if (head + tail < n_old || head + tail < items->len)
    g_list_store_splice (self->items, head, n_old - head - tail, items->pdata + head,
                         items->len - head - tail);
}

static void
show_summary (ConcLadderView *self)
{
  g_autofree char *taps =
      g_strdup_printf (ngettext ("%u tap", "%u taps", self->n_taps), self->n_taps);
  g_autofree char *bibs =
      g_strdup_printf (ngettext ("%u bib", "%u bibs", self->n_bibs), self->n_bibs);
  g_autofree char *doubts =
      g_strdup_printf (ngettext ("%u suspicion", "%u suspicions", self->n_doubts), self->n_doubts);
  g_autofree char *open =
      g_strdup_printf (ngettext ("%u tap without a bib", "%u taps without a bib", self->n_open),
                       self->n_open);
  g_autofree char *text = g_strdup_printf ("%s, %s, %s, %s", taps, bibs, doubts, open);

  gtk_label_set_label (self->summary, text);
}

void
conc_ladder_view_refresh (ConcLadderView *self)
{
  guint before = self->n_doubts;
  g_autoptr (GPtrArray) items = list_items (self);

  replace_items (self, items);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "lines" : "empty");
  show_summary (self);
  conc_ladder_view_follow (self);
  if (before != self->n_doubts)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DOUBTS]);
}

/* ------------------------------------------------------------- following the race */

static void
update (ConcLadderView *self)
{
  const char *const *subjects = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->wants_all)
    {
      g_ptr_array_add (self->changed, NULL);
      subjects = (const char *const *) self->changed->pdata;
    }
  if (conc_reader_ladder_update (self->ladder, subjects, &error))
    conc_ladder_view_refresh (self);
  else
    conc_session_fail (self->session, error->message);
  self->wants_all = error != NULL;
  g_ptr_array_set_size (self->changed, 0);
}

static gboolean
gather_cb (gpointer user_data)
{
  ConcLadderView *self = user_data;

  self->gather_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcLadderView *self)
{
  if (subjects == NULL)
    self->wants_all = TRUE;
  for (char **subject = subjects; subject != NULL && *subject != NULL; subject++)
    g_ptr_array_add (self->changed, g_strdup (*subject));
  if (self->gather_source == 0)
    self->gather_source =
        g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, GATHER_MSEC, gather_cb, self, NULL);
}

static void
set_session (ConcLadderView *self, ConcSession *session)
{
  if (self->session == session)
    return;
  g_clear_handle_id (&self->gather_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->wish);
  g_list_store_remove_all (self->items);
  g_hash_table_remove_all (self->left);
  g_clear_pointer (&self->ladder, conc_reader_ladder_free);
  g_ptr_array_set_size (self->changed, 0);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  self->ladder = conc_reader_ladder_new (conc_session_get_reader (session));
  self->wants_all = TRUE;
  g_signal_connect (session, "changed", G_CALLBACK (session_changed_cb), self);
  update (self);
}

/* ------------------------------------------------------------- asking and applying */

void
conc_ladder_view_correct (ConcLadderView *self, const ConcLadderLine *line)
{
  g_signal_emit (self, signals[CORRECT], 0, line->entry, line->bib);
}

static void
conc_ladder_view_dispose (GObject *object)
{
  ConcLadderView *self = CONC_LADDER_VIEW (object);
  GtkWidget      *child;

  set_session (self, NULL);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_LADDER_VIEW);
  G_OBJECT_CLASS (conc_ladder_view_parent_class)->dispose (object);
}

static void
conc_ladder_view_finalize (GObject *object)
{
  ConcLadderView *self = CONC_LADDER_VIEW (object);

  g_object_unref (self->items);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->changed);
  g_free (self->block_entry);
  G_OBJECT_CLASS (conc_ladder_view_parent_class)->finalize (object);
}

static void
conc_ladder_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcLadderView *self = CONC_LADDER_VIEW (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_DOUBTS)
    g_value_set_uint (value, self->n_doubts);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_ladder_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_LADDER_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_ladder_view_class_init (ConcLadderViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_ladder_view_dispose;
  object_class->finalize = conc_ladder_view_finalize;
  object_class->get_property = conc_ladder_view_get_property;
  object_class->set_property = conc_ladder_view_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_DOUBTS] = g_param_spec_uint ("doubts", NULL, NULL, 0, G_MAXUINT, 0,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CORRECT] = g_signal_new ("correct", CONC_TYPE_LADDER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/ladder/ladder-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcLadderView, summary);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderView, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderView, scroller);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderView, list);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderView, selection);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderView, newest_button);
  gtk_widget_class_bind_template_callback_full (widget_class, "newest_clicked_cb",
                                                G_CALLBACK (conc_ladder_view_show_newest));
}

static void
conc_ladder_view_init (ConcLadderView *self)
{
  self->items = g_list_store_new (CONC_TYPE_LADDER_ITEM);
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_hash_table_new (NULL, NULL);
  self->changed = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->items));
  conc_ladder_view_init_list (self);
}
