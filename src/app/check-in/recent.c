/* recent.c: keeps the list of the runners who were checked in last, the last one first. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/recent.h"

#include "app/check-in/match.h"
#include "core/race-time.h"

#define RECENT_COUNT 5u

typedef struct
{
  GListStore  *recent;
  ConcSession *session;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->recent);
  g_object_unref (load->session);
  g_free (load);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 time_a = conc_match_get_checked_in_usec ((ConcMatch *) a);
  gint64 time_b = conc_match_get_checked_in_usec ((ConcMatch *) b);

  return (time_a < time_b) - (time_a > time_b);
}

static void
trim (GListStore *recent)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (recent));

  if (n_items > RECENT_COUNT)
    g_list_store_splice (recent, RECENT_COUNT, n_items - RECENT_COUNT, NULL, 0);
}

static void
remove_runner (GListStore *recent, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (recent)); i++)
    {
      g_autoptr (ConcMatch) match = g_list_model_get_item (G_LIST_MODEL (recent), i);

      if (g_strcmp0 (conc_match_get_id (match), id) == 0)
        {
          g_list_store_remove (recent, i);
          return;
        }
    }
}

/* Takes @runner. */
static void
add_runner (GListStore *recent, ConcRunner *runner, ConcSession *session)
{
  g_autoptr (ConcMatch) match = conc_match_new (runner, conc_session_get_zone (session));

  if (conc_match_get_checked_in_usec (match) != CONC_NO_TIME)
    g_list_store_insert_sorted (recent, match, compare, NULL);
}

static int
compare_runners (gconstpointer a, gconstpointer b)
{
  const char *time_a = conc_runner_get (*(ConcRunner *const *) a, CONC_FIELD_CHECKED_IN);
  const char *time_b = conc_runner_get (*(ConcRunner *const *) b, CONC_FIELD_CHECKED_IN);

  /* Instants are written in UTC and so that their texts sort as they do. */
  return g_strcmp0 (time_b, time_a);
}

static void
load_cb (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (ConcReader) reader = conc_reader_open (path, &error);
  GPtrArray *runners = reader != NULL ? conc_reader_list_runners (reader, &error) : NULL;

  if (runners == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_sort (runners, compare_runners);
  g_task_return_pointer (task, runners, (GDestroyNotify) g_ptr_array_unref);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runners = g_task_propagate_pointer (G_TASK (result), &error);

  if (runners == NULL)
    conc_session_fail (load->session, error->message);
  else
    {
      g_list_store_remove_all (load->recent);
      for (guint i = 0; i < MIN (runners->len, RECENT_COUNT); i++)
        add_runner (load->recent, conc_runner_copy (g_ptr_array_index (runners, i)), load->session);
    }
  load_free (load);
}

/* Reads all runners, so it does that on a worker. */
void
conc_recent_load (GListStore *recent, ConcSession *session)
{
  Load *load = g_new0 (Load, 1);
  g_autoptr (GTask) task = NULL;

  load->recent = g_object_ref (recent);
  load->session = g_object_ref (session);
  task = g_task_new (NULL, NULL, loaded_cb, load);
  g_task_set_task_data (task, g_strdup (conc_race_file_get_path (conc_session_get_file (session))),
                        g_free);
  g_task_run_in_thread (task, load_cb);
}

/* @subjects as the signal "changed" of the session has them. After an undo somebody moves up from
 * below the fifth place, who has to be looked for. */
void
conc_recent_update (GListStore *recent, ConcSession *session, char **subjects)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (recent));

  for (guint i = 0; subjects != NULL && subjects[i] != NULL; i++)
    {
      ConcRunner *runner =
          conc_reader_get_runner (conc_session_get_reader (session), subjects[i], NULL);

      remove_runner (recent, subjects[i]);
      if (runner != NULL)
        add_runner (recent, runner, session);
    }
  trim (recent);
  if (subjects == NULL || g_list_model_get_n_items (G_LIST_MODEL (recent)) < n_before)
    conc_recent_load (recent, session);
}
