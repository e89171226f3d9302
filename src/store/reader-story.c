/* reader-story.c: what happened to a runner, or to anything else, fact by fact. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-story.h"

#include "core/runner-facts.h"
#include "store/queries.h"
#include "store/reader-private.h"
#include "store/reader-sync.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* That a runner had a bib, between two hybrid times. */
typedef struct
{
  guint      bib;
  ConcFactId fact; /* unset for the one that holds now */
  ConcHlc    from;
  ConcHlc    until;
} Span;

typedef struct
{
  ConcReader *reader;
  GHashTable *names; /* of subjects that were asked for */
} Namer;

/* ------------------------------------------------------------------------ names */

static char *
read_runner_name (ConcReader *reader, const char *id)
{
  g_autoptr (GPtrArray) facts = conc_log_read_subject (conc_reader_get_log (reader), id, NULL);
  g_autoptr (ConcMerged) merged = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *name = NULL;

  if (facts == NULL || facts->len == 0)
    return NULL;
  merged = conc_merge (facts);
  runner = conc_runner_from_merged (id, merged);
  name = conc_runner_dup_full_name (runner);
  return *name != '\0' ? g_steal_pointer (&name) : conc_runner_dup_public_name (runner);
}

static gboolean
is_this_station (ConcReader *reader, const char *station)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT station FROM identity", NULL);
  gboolean      is_this;

  if (statement == NULL || conc_db_step (db, statement, NULL) != CONC_STEP_ROW)
    return FALSE;
  is_this = g_strcmp0 (conc_column_text (statement, 0), station) == 0;
  sqlite3_reset (statement);
  return is_this;
}

/* A race on one laptop has no names of stations. */
static char *
read_station_name (ConcReader *reader, const char *station)
{
  g_autofree char *name = conc_reader_dup_station_name (reader, station);

  if (g_strcmp0 (name, station) == 0 && is_this_station (reader, station))
    return g_strdup (_ ("This laptop"));
  return g_steal_pointer (&name);
}

static char *
read_name (ConcReader *reader, const char *subject)
{
  switch (conc_subject_get_family (subject))
    {
    case CONC_FAMILY_STATION:
      return read_station_name (reader, subject + strlen ("station:"));
    case CONC_FAMILY_RUNNER:
      return read_runner_name (reader, subject);
    default:
      return NULL;
    }
}

static char *
name_cb (const char *subject, gpointer user_data)
{
  Namer   *namer = user_data;
  gpointer name;

  if (!g_hash_table_lookup_extended (namer->names, subject, NULL, &name))
    {
      name = read_name (namer->reader, subject);
      g_hash_table_insert (namer->names, g_strdup (subject), name);
    }
  return g_strdup (name);
}

/* --------------------------------------------------------------- which bibs were theirs */

/* What @fact says ends the time of an earlier bib: another bib, or an undo of the one. */
static void
end_spans (GArray *spans, const ConcFact *fact)
{
  gboolean is_undo = fact->kind == CONC_KIND_UNDO;

  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      if (is_undo ? conc_fact_id_equal (&span->fact, &fact->replaces)
                  : conc_body_has (fact->body, "bib"))
        span->until = MIN (span->until, fact->hlc);
    }
}

/* The bibs in the order in which they were given: each until something else is said, or undone. The
 * one that the runner has now is theirs for all times, since a tap is often older than its bib. */
static GArray *
list_spans (GPtrArray *facts)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  g_autoptr (ConcMerged) merged = conc_merge (facts);
  Span now = { (guint) conc_merged_get_int (merged, "bib", 0), { "", 0 }, 0, G_MAXINT64 };

  for (guint i = 0; i < conc_merged_get_n_facts (merged); i++)
    {
      gboolean        stands;
      const ConcFact *fact = conc_merged_get_fact (merged, i, &stands);
      Span span = { (guint) conc_body_get_int (fact->body, "bib", 0), fact->id, fact->hlc,
                    G_MAXINT64 };

      end_spans (spans, fact);
      if (span.bib > 0)
        g_array_append_val (spans, span);
    }
  if (now.bib > 0)
    g_array_append_val (spans, now);
  return spans;
}

static gboolean
is_theirs (GArray *spans, const ConcFact *fact)
{
  gint64 bib = conc_body_get_int (fact->body, "bib", 0);

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      if ((gint64) span->bib == bib && fact->hlc >= span->from && fact->hlc <= span->until)
        return TRUE;
    }
  return FALSE;
}

/* -------------------------------------------------------------------- related facts */

static gboolean
add_subject (ConcReader *reader,
             GPtrArray  *facts,
             GHashTable *added,
             const char *subject,
             GError    **error)
{
  GPtrArray *more;

  if (!g_hash_table_add (added, g_strdup (subject)))
    return TRUE;
  more = conc_log_read_subject (conc_reader_get_log (reader), subject, error);
  if (more == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (facts, more);
  return TRUE;
}

/* Subjects that the statement gives, which has @id bound as its only parameter. They are read
 * before they are used, because that asks the same database. */
static GPtrArray *
list_subjects (ConcReader *reader, const char *sql, const char *id, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", id))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (subjects, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&subjects) : NULL;
}

/* Also fees and labels that were taken back, which are in no projection. */
#define OF_RUNNER                                                                                  \
  "SELECT DISTINCT subject FROM fact WHERE kind IN ('fee', 'print') AND "                          \
  "json_extract (body, '$.runner') = ?"

#define OF_BIB                                                                                     \
  "SELECT DISTINCT subject FROM fact WHERE kind IN ('crossing', 'tap.bib', 'start') AND "          \
  "json_extract (body, '$.bib') = CAST (? AS INTEGER)"

static gboolean
is_any_theirs (GArray *spans, GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    if (is_theirs (spans, g_ptr_array_index (facts, i)))
      return TRUE;
  return FALSE;
}

static gboolean
add_timed (ConcReader *reader,
           GPtrArray  *facts,
           GHashTable *added,
           GArray     *spans,
           guint       bib,
           GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%u", bib);
  g_autoptr (GPtrArray) subjects = list_subjects (reader, OF_BIB, text, error);

  for (guint i = 0; subjects != NULL && i < subjects->len; i++)
    {
      const char *subject = g_ptr_array_index (subjects, i);
      g_autoptr (GPtrArray) more = NULL;

      if (g_hash_table_contains (added, subject))
        continue;
      more = conc_log_read_subject (conc_reader_get_log (reader), subject, error);
      if (more == NULL)
        return FALSE;
      if (!is_any_theirs (spans, more))
        continue;
      g_hash_table_add (added, g_strdup (subject));
      g_ptr_array_extend_and_steal (facts, g_steal_pointer (&more));
    }
  return subjects != NULL;
}

static gboolean
add_related (ConcReader *reader,
             GPtrArray  *facts,
             GHashTable *added,
             const char *id,
             GError    **error)
{
  g_autoptr (GArray) spans = list_spans (facts);
  g_autoptr (GHashTable) bibs = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) subjects = list_subjects (reader, OF_RUNNER, id, error);

  if (subjects == NULL)
    return FALSE;
  for (guint i = 0; i < subjects->len; i++)
    if (!add_subject (reader, facts, added, g_ptr_array_index (subjects, i), error))
      return FALSE;
  for (guint i = 0; i < spans->len; i++)
    {
      guint bib = g_array_index (spans, Span, i).bib;

      if (g_hash_table_add (bibs, GUINT_TO_POINTER (bib)) &&
          !add_timed (reader, facts, added, spans, bib, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
collect_facts (ConcReader *reader, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_autoptr (GHashTable) added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!add_subject (reader, facts, added, subject, error))
    return NULL;
  if (conc_subject_get_family (subject) == CONC_FAMILY_RUNNER && facts->len > 0 &&
      !add_related (reader, facts, added, subject, error))
    return NULL;
  return g_steal_pointer (&facts);
}

static gboolean
read_role (ConcReader *reader, ConcRole *ret_role, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT role FROM identity", error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_role = conc_role_from_text (conc_column_text (statement, 0));
  sqlite3_reset (statement);
  if (*ret_role == CONC_ROLE_NONE)
    *ret_role = CONC_ROLE_DISPLAY;
  return TRUE;
}

/**
 * conc_reader_read_story: see the header.
 *
 * A former bib brings those taps that were given it while the runner had it.
 *
 * Cost: reads the log once for what is related to a runner.
 */
GPtrArray *
conc_reader_read_story (ConcReader *reader, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) facts = collect_facts (reader, subject, error);
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GHashTable) names = NULL;
  Namer           namer = { reader, NULL };
  ConcStoryTeller teller = { NULL, CONC_ROLE_DISPLAY, name_cb, &namer };

  if (facts == NULL || settings == NULL || !read_role (reader, &teller.role, error))
    return NULL;
  zone = conc_settings_dup_zone (settings);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  namer.names = names;
  teller.zone = zone;
  return conc_story_tell (facts, &teller);
}

/* ---------------------------------------------------------------------- whose story */

/* Who has the bib, else the last one who had it: a story is also asked for when somebody was taken
 * out of the race. */
static char *
find_of_bib (ConcReader *reader, guint bib, GError **error)
{
  ConcDb *db = conc_reader_get_db (reader);
  g_autoptr (ConcRunner) holder = NULL;
  GError       *local_error = NULL;
  sqlite3_stmt *statement;
  ConcStep      step;
  char         *id;

  holder = conc_query_bib_holder (db, bib, &local_error);
  if (holder != NULL)
    return g_strdup (conc_runner_get_id (holder));
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  statement = conc_db_prepare (db,
                               "SELECT subject FROM fact WHERE kind IN ('bib', 'check-in', "
                               "'settle') AND json_extract (body, '$.bib') = ? AND "
                               "subject LIKE 'r%' ORDER BY hlc DESC, position DESC LIMIT 1",
                               error);
  if (statement == NULL || !conc_db_bind (db, statement, error, "i", (gint64) bib))
    return NULL;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_DONE)
    conc_store_refuse (error, _ ("Nobody has bib %u, and nobody had it."), bib);
  if (step != CONC_STEP_ROW)
    return NULL;
  id = conc_column_dup (statement, 0);
  sqlite3_reset (statement);
  return id;
}

static char *
find_of_fact (ConcReader *reader, const ConcFactId *id, GError **error)
{
  g_autoptr (ConcFact) fact = NULL;
  g_autofree char *name = conc_fact_id_to_text (id);

  if (!conc_log_find (conc_reader_get_log (reader), id, &fact, error))
    return NULL;
  if (fact != NULL)
    return g_strdup (fact->subject);
  conc_store_refuse (error, _ ("There is no entry %s."), name);
  return NULL;
}

/** conc_reader_find_story: see the header. Cost: a bib that nobody has reads the log once. */
char *
conc_reader_find_story (ConcReader *reader, const char *text, GError **error)
{
  ConcFactId id;
  guint64    bib;
  gboolean   is_known;

  if (g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, &bib, NULL))
    return find_of_bib (reader, (guint) bib, error);
  if (conc_fact_id_parse (text, &id))
    return find_of_fact (reader, &id, error);
  if (!conc_query_is_known (conc_reader_get_db (reader), text, &is_known, error))
    return NULL;
  if (is_known)
    return g_strdup (text);
  conc_store_refuse (error,
                     _ ("Nothing is known about “%s”: a story is told of a bib, of the id of a "
                        "runner or of an entry."),
                     text);
  return NULL;
}
