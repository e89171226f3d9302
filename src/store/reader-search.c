/* reader-search.c: finds runners as somebody types, with everybody's name in memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-private.h"

#include "core/finder.h"
#include "store/open.h"
#include "store/queries.h"

#include <stdlib.h>
#include <string.h>

/* After more facts everybody is read anew, which takes less time than one by one. */
#define FACTS_MAX 2000

#define FINDABLE_COLUMNS                                                                           \
  "SELECT id, bib, given_name, search, email, phone, checked_in_at, birth_date, age, known_as "    \
  "FROM runner "

enum
{
  COLUMN_ID,
  COLUMN_BIB,
  COLUMN_GIVEN_NAME,
  COLUMN_SEARCH,
  COLUMN_EMAIL,
  COLUMN_PHONE,
  COLUMN_CHECKED_IN,
  COLUMN_BIRTH_DATE,
  COLUMN_AGE,
  COLUMN_KNOWN_AS
};

/* Who can be found, as of a moment. */
typedef struct
{
  ConcFinder *finder;
  gint64      position; /* of the last fact that it knows of */
} Index;

struct _ConcReaderSearch
{
  /* owned */
  Index   *index;  /* NULL before the first search */
  GThread *loader; /* makes an index; NULL when none is being made */

  gint64 data_version; /* of the file when the index was made current */
};

static void
index_free (Index *index)
{
  if (index == NULL)
    return;
  conc_finder_free (index->finder);
  g_free (index);
}

static void
put_row (ConcFinder *finder, sqlite3_stmt *statement)
{
  const char  *birth_date = conc_column_text (statement, COLUMN_BIRTH_DATE);
  ConcFindable person = {
    .id = conc_column_text (statement, COLUMN_ID),
    .given_name = conc_column_text (statement, COLUMN_GIVEN_NAME),
    .search = conc_column_text (statement, COLUMN_SEARCH),
    .email = conc_column_text (statement, COLUMN_EMAIL),
    .phone = conc_column_text (statement, COLUMN_PHONE),
    .known_as = conc_column_text (statement, COLUMN_KNOWN_AS),
    .bib = (guint) sqlite3_column_int64 (statement, COLUMN_BIB),
    .birth_year = birth_date != NULL ? (guint) strtoul (birth_date, NULL, 10) : 0,
    .age = -1,
    .is_checked_in = sqlite3_column_type (statement, COLUMN_CHECKED_IN) != SQLITE_NULL,
  };

  if (sqlite3_column_type (statement, COLUMN_AGE) != SQLITE_NULL)
    person.age = sqlite3_column_int (statement, COLUMN_AGE);
  conc_finder_put (finder, &person);
}

static gboolean
put_everyone (ConcDb *db, ConcFinder *finder, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, FINDABLE_COLUMNS, error);
  ConcStep      step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    put_row (finder, statement);
  conc_finder_settle (finder);
  return step == CONC_STEP_DONE;
}

/* The position is asked for first: what is written meanwhile is then read twice, not never. */
static Index *
load_index (ConcDb *db, GError **error)
{
  Index *index = g_new0 (Index, 1);

  index->finder = conc_finder_new ();
  if (conc_db_get_int (db, "SELECT coalesce (max (position), 0) FROM fact", &index->position,
                       error) &&
      put_everyone (db, index->finder, error))
    return index;
  index_free (index);
  return NULL;
}

/* On its own thread, with its own connection. A failure is left for the search to meet. */
static gpointer
load_cb (gpointer user_data)
{
  g_autofree char *path = user_data;
  g_autoptr (ConcDb) db = conc_open_for_reading (path, NULL);

  return db != NULL ? load_index (db, NULL) : NULL;
}

/* The facts since the index was made name the runners who are perhaps others now. */
static GPtrArray *
read_changed (ConcDb *db, Index *index, GError **error)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT position, subject FROM fact WHERE position > ? ORDER BY position",
                       error);
  gint64   position = index->position;
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "i", index->position))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      position = sqlite3_column_int64 (statement, 0);
      g_ptr_array_add (subjects, conc_column_dup (statement, 1));
    }
  if (step != CONC_STEP_DONE)
    return NULL;
  index->position = position;
  return g_steal_pointer (&subjects);
}

static gboolean
read_again (ConcDb *db, ConcFinder *finder, const char *id, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, FINDABLE_COLUMNS "WHERE id = ?", error);
  ConcStep      step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", id))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    put_row (finder, statement);
  else if (step == CONC_STEP_DONE)
    conc_finder_remove (finder, id);
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

static gboolean
is_far_behind (ConcDb *db, const Index *index)
{
  gint64 position = 0;

  return conc_db_get_int (db, "SELECT coalesce (max (position), 0) FROM fact", &position, NULL) &&
         (position < index->position || position - index->position > FACTS_MAX);
}

static gboolean
catch_up (ConcReaderSearch *search, ConcDb *db, GError **error)
{
  g_autoptr (GPtrArray) changed = NULL;

  if (search->index != NULL && is_far_behind (db, search->index))
    g_clear_pointer (&search->index, index_free);
  if (search->index == NULL)
    return (search->index = load_index (db, error)) != NULL;
  changed = read_changed (db, search->index, error);
  if (changed == NULL)
    return FALSE;
  for (guint i = 0; i < changed->len; i++)
    if (!read_again (db, search->index->finder, g_ptr_array_index (changed, i), error))
      {
        g_clear_pointer (&search->index, index_free);
        return FALSE;
      }
  return TRUE;
}

/* A finder that knows what the file says now. */
static ConcFinder *
get_finder (ConcReader *reader, GError **error)
{
  ConcReaderSearch *search = conc_reader_get_search (reader);
  ConcDb           *db = conc_reader_get_db (reader);
  gint64            version;

  if (search->loader != NULL)
    {
      Index *index = g_thread_join (g_steal_pointer (&search->loader));

      if (index != NULL)
        index_free (g_steal_pointer (&search->index));
      if (index != NULL)
        search->index = index;
      search->data_version = -1;
    }
  if (!conc_db_get_int (db, "PRAGMA data_version", &version, error))
    return NULL;
  if ((search->index == NULL || version != search->data_version) && !catch_up (search, db, error))
    return NULL;
  search->data_version = version;
  return search->index->finder;
}

/** conc_reader_search_new: Returns: (transfer full): what a reader keeps to search; nothing yet. */
ConcReaderSearch *
conc_reader_search_new (void)
{
  return g_new0 (ConcReaderSearch, 1);
}

/** conc_reader_search_free: waits for a thread that still reads. */
void
conc_reader_search_free (ConcReaderSearch *search)
{
  if (search->loader != NULL)
    index_free (g_thread_join (search->loader));
  index_free (search->index);
  g_free (search);
}

/**
 * conc_reader_prepare_search:
 *
 * Reads everybody's name on another thread, for a search that is to come. Where this was not
 * called, or too late, the first search after opening, and the first one after thousands of facts
 * came at once, reads them itself: about 2 ms for 1,000 runners.
 */
void
conc_reader_prepare_search (ConcReader *reader)
{
  ConcReaderSearch *search = conc_reader_get_search (reader);
  ConcDb           *db = conc_reader_get_db (reader);

  if (search->loader != NULL || (search->index != NULL && !is_far_behind (db, search->index)))
    return;
  search->loader = g_thread_new ("search", load_cb,
                                 g_strdup (sqlite3_db_filename (conc_db_get_handle (db), "main")));
}

/* Only those that are wanted are read whole. */
static GPtrArray *
read_runners (ConcReader *reader, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      ConcRunner *runner = conc_reader_get_runner (reader, g_ptr_array_index (ids, i), &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (runner != NULL) /* else taken out of the race a moment ago */
        g_ptr_array_add (runners, runner);
    }
  return g_steal_pointer (&runners);
}

/**
 * conc_reader_search:
 * @text: whatever is known of somebody; see conc_finder_find()
 * @limit: at most so many; 0 for all
 *
 * Returns: (transfer full) (nullable) (element-type ConcRunner): best match first, of what the
 * file says now. Nothing typed finds nobody. Cost: about a millisecond among 100,000 runners with
 * a @limit, once they are read; see conc_reader_prepare_search().
 */
GPtrArray *
conc_reader_search (ConcReader *reader, const char *text, guint limit, GError **error)
{
  ConcFinder *finder = get_finder (reader, error);
  g_autoptr (GPtrArray) ids = NULL;

  if (finder == NULL)
    return NULL;
  ids = conc_finder_find (finder, text, limit);
  return read_runners (reader, ids, error);
}
