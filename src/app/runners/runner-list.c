/* runner-list.c: the runners of a race as a list that follows every change, and searches in it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runner-list.h"

#include "app/runners/runner-item.h"

#define SEARCH_LIMIT 200u
/* Reading one runner takes some 20 microseconds: beyond this a worker reads all of them. */
#define MAX_SINGLE 300u

struct _ConcRunnerList
{
  GObject parent_instance;

  /* owned */
  ConcSession *session;
  GListStore  *all;
  GListStore  *found;
  GHashTable  *by_id; /* of ConcRunnerItem, which the store holds */
  char        *search;

  /* state */
  gboolean is_loading;
  gboolean is_stale; /* something changed while a worker was reading */
  gboolean is_cut;
};

G_DEFINE_FINAL_TYPE (ConcRunnerList, conc_runner_list, G_TYPE_OBJECT)

enum
{
  CHANGED,
  RUNNER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char      *path;
  GTimeZone *zone;
} Load;

static void
load_free (gpointer pointer)
{
  Load *load = pointer;

  g_free (load->path);
  g_time_zone_unref (load->zone);
  g_free (load);
}

/* On the worker, with a connection of its own. */
static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load   *load = task_data;
  GError *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (load->path, &error);
  g_autoptr (GPtrArray) runners = NULL;
  GPtrArray *items;

  if (reader != NULL)
    runners = conc_reader_list_runners (reader, &error);
  if (runners == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  items = g_ptr_array_new_full (runners->len, g_object_unref);
  for (guint i = 0; i < runners->len; i++)
    g_ptr_array_add (items,
                     conc_runner_item_new (conc_runner_copy (runners->pdata[i]), load->zone));
  g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
}

static void update_found (ConcRunnerList *self);
static void load (ConcRunnerList *self);

static void
take_all (ConcRunnerList *self, GPtrArray *items)
{
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < items->len; i++)
    {
      ConcRunnerItem *item = items->pdata[i];

      g_hash_table_insert (self->by_id,
                           (gpointer) conc_runner_get_id (conc_runner_item_get_runner (item)),
                           item);
    }
  g_list_store_splice (self->all, 0, g_list_model_get_n_items (G_LIST_MODEL (self->all)),
                       items->pdata, items->len);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ConcRunnerList *self = CONC_RUNNER_LIST (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = g_task_propagate_pointer (G_TASK (result), &error);

  self->is_loading = FALSE;
  if (items != NULL)
    {
      take_all (self, items);
      update_found (self);
    }
  else
    conc_session_fail (self->session, error->message);
  if (self->is_stale)
    load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load (ConcRunnerList *self)
{
  g_autoptr (GTask) task = NULL;
  Load *job;

  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;
  self->is_loading = TRUE;
  job = g_new0 (Load, 1);
  job->path = g_strdup (conc_race_file_get_path (conc_session_get_file (self->session)));
  job->zone = g_time_zone_ref (conc_session_get_zone (self->session));
  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_source_tag (task, load);
  g_task_set_task_data (task, job, load_free);
  g_task_run_in_thread (task, load_thread);
}

static gboolean
is_searching (ConcRunnerList *self)
{
  return *self->search != '\0';
}

static void
update_found (ConcRunnerList *self)
{
  ConcReader *reader = conc_session_get_reader (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runners = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  self->is_cut = FALSE;
  if (is_searching (self))
    runners = conc_reader_search (reader, self->search, SEARCH_LIMIT, &error);
  if (error != NULL)
    conc_session_fail (self->session, error->message);
  for (guint i = 0; runners != NULL && i < runners->len; i++)
    {
      gpointer item = g_hash_table_lookup (self->by_id, conc_runner_get_id (runners->pdata[i]));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  self->is_cut = runners != NULL && runners->len == SEARCH_LIMIT;
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)),
                       items->pdata, items->len);
}

static void
remove_runner (ConcRunnerList *self, ConcRunnerItem *item)
{
  guint position;

  g_hash_table_remove (self->by_id, conc_runner_get_id (conc_runner_item_get_runner (item)));
  if (g_list_store_find (self->found, item, &position))
    g_list_store_remove (self->found, position);
  if (g_list_store_find (self->all, item, &position))
    g_list_store_remove (self->all, position);
}

static void
add_runner (ConcRunnerList *self, ConcRunner *take_runner)
{
  g_autoptr (ConcRunnerItem) item =
      conc_runner_item_new (take_runner, conc_session_get_zone (self->session));

  g_hash_table_insert (self->by_id, (gpointer) conc_runner_get_id (take_runner), item);
  g_list_store_append (self->all, item);
}

/* A subject is a runner, or something else that changed in the same commit. */
static void
update_runner (ConcRunnerList *self, const char *id)
{
  ConcRunner *runner = conc_reader_get_runner (conc_session_get_reader (self->session), id, NULL);
  ConcRunnerItem *item = g_hash_table_lookup (self->by_id, id);

  if (runner == NULL && item == NULL)
    return;
  if (runner == NULL)
    remove_runner (self, item);
  else if (item == NULL)
    add_runner (self, runner);
  else
    {
      /* The key of the table is the runner's own. */
      g_hash_table_steal (self->by_id, id);
      conc_runner_item_take_runner (item, runner);
      g_hash_table_insert (self->by_id, (gpointer) conc_runner_get_id (runner), item);
    }
  g_signal_emit (self, signals[RUNNER_CHANGED], 0, id);
}

static void
session_changed_cb (ConcRunnerList *self, guint what, char **subjects)
{
  if ((what & CONC_CHANGED_RUNNERS) == 0)
    return;
  if (self->is_loading || subjects == NULL || g_strv_length (subjects) > MAX_SINGLE)
    load (self);
  else
    {
      for (guint i = 0; subjects[i] != NULL; i++)
        update_runner (self, subjects[i]);
      if (is_searching (self))
        update_found (self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
conc_runner_list_finalize (GObject *object)
{
  ConcRunnerList *self = CONC_RUNNER_LIST (object);

  g_hash_table_unref (self->by_id);
  g_object_unref (self->all);
  g_object_unref (self->found);
  g_clear_object (&self->session);
  g_free (self->search);
  G_OBJECT_CLASS (conc_runner_list_parent_class)->finalize (object);
}

static void
conc_runner_list_class_init (ConcRunnerListClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_runner_list_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RUNNER_CHANGED] = g_signal_new ("runner-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
conc_runner_list_init (ConcRunnerList *self)
{
  self->all = g_list_store_new (CONC_TYPE_RUNNER_ITEM);
  self->found = g_list_store_new (CONC_TYPE_RUNNER_ITEM);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->search = g_strdup ("");
}

/* Begins to read the runners on a worker; until then the list is empty and loading. */
ConcRunnerList *
conc_runner_list_new (ConcSession *session)
{
  ConcRunnerList *self = g_object_new (CONC_TYPE_RUNNER_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/* Everybody, or who was found; another model after each change between the two. */
GListModel *
conc_runner_list_get_model (ConcRunnerList *self)
{
  return G_LIST_MODEL (is_searching (self) ? self->found : self->all);
}

const char *
conc_runner_list_get_search (ConcRunnerList *self)
{
  return self->search;
}

/* The database searches: a filter over 100,000 rows would stop the main loop at every letter. */
void
conc_runner_list_set_search (ConcRunnerList *self, const char *text)
{
  g_autofree char *search = g_strstrip (g_strdup (text));

  if (g_strcmp0 (search, self->search) == 0)
    return;
  g_free (self->search);
  self->search = g_steal_pointer (&search);
  update_found (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
conc_runner_list_is_loading (ConcRunnerList *self)
{
  return self->is_loading;
}

/* Whether more were found than are shown. */
gboolean
conc_runner_list_is_cut (ConcRunnerList *self)
{
  return self->is_cut;
}

guint
conc_runner_list_get_n_runners (ConcRunnerList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->all));
}

/* The bib after the last one; 0 when nobody has one, for then numbers are not given yet. */
guint
conc_runner_list_get_next_bib (ConcRunnerList *self)
{
  guint          last = 0;
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    last = MAX (last, conc_runner_get_bib (conc_runner_item_get_runner (item)));
  return last > 0 && last < CONC_BIB_MAX ? last + 1 : 0;
}

/* The runner as the list shows it, until it changes; NULL when there is none. */
const ConcRunner *
conc_runner_list_find (ConcRunnerList *self, const char *id)
{
  ConcRunnerItem *item = g_hash_table_lookup (self->by_id, id);

  return item != NULL ? conc_runner_item_get_runner (item) : NULL;
}
