/* verify.c: replays the facts and compares what follows from them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/maintain.h"

#include "core/merge.h"
#include "core/role.h"
#include "store/pairing.h"
#include "store/projector.h"
#include "store/queries.h"
#include "store/reader-private.h"
#include "store/schema.h"

#include <glib/gi18n-lib.h>

/* What is compared of each projection: everything but row numbers. */
static const struct
{
  const char *name;
  const char *columns;
} projections[] = {
  { "runner", CONC_RUNNER_COLUMNS ", bib_order, is_virtual, search" },
  { "tap", "*" },
  { "gun", "*" },
  { "start", "*" },
  { "gift", "*" },
  { "setting", "*" },
  { "named_station", "*" },
  { "conflict", "*" },
  { "walk_up", "*" },
  { "twin", "*" },
  { "apart", "*" },
  { "fee", "*" },
  { "print", "*" },
  { "chute", "*" },
  { "repair", "*" },
  { "gun_seen", "*" },
  { "timebase", "*" },
  { "clock_event", "*" },
  { "stream", "*" },
  { "chip", "*" },
  { "watch", "*" },
  { "delivery", "*" },
  { "read", "*" },
  { "read_fix", "*" },
  { "read_base", "*" },
};

typedef struct
{
  ConcDb    *db;
  GPtrArray *facts; /* of one subject */
  gint64     n_facts;
  gboolean   is_public; /* only what every role may read */
  GError    *error;
} Replay;

static gboolean
everybody_reads (ConcKind kind)
{
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    if (!conc_role_may_read (role, kind))
      return FALSE;
  return TRUE;
}

static gboolean
project_collected (Replay *replay)
{
  g_autoptr (ConcMerged) merged = NULL;
  const ConcFact *first;

  if (replay->facts->len == 0)
    return TRUE;
  first = g_ptr_array_index (replay->facts, 0);
  merged = conc_merge (replay->facts);
  return conc_project (replay->db, first->subject, merged, &replay->error);
}

static gboolean
replay_cb (ConcFact *fact, gpointer user_data)
{
  Replay *replay = user_data;

  if (replay->is_public && !everybody_reads (fact->kind))
    return TRUE;
  replay->n_facts++;
  if (replay->facts->len > 0 &&
      g_strcmp0 (((ConcFact *) g_ptr_array_index (replay->facts, 0))->subject, fact->subject) != 0)
    {
      if (!project_collected (replay))
        return FALSE;
      g_ptr_array_set_size (replay->facts, 0);
    }
  g_ptr_array_add (replay->facts, conc_fact_ref (fact));
  return TRUE;
}

static gboolean
replay_all (ConcReader *reader, ConcDb *db, gboolean is_public, gint64 *ret_n_facts, GError **error)
{
  Replay   replay = { .db = db, .is_public = is_public };
  gboolean replayed;

  replay.facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  replayed = conc_db_exec (db, "BEGIN", error) &&
             conc_log_each (conc_reader_get_log (reader), TRUE, replay_cb, &replay, error) &&
             replay.error == NULL && project_collected (&replay) &&
             conc_pairing_settle_all (db, error) && conc_db_exec (db, "COMMIT", error);
  if (replay.error != NULL)
    g_propagate_error (error, replay.error);
  g_ptr_array_unref (replay.facts);
  *ret_n_facts = replay.n_facts;
  return replayed;
}

/* The file is read as the reader reads it: in a folder that cannot be written, as it is. */
static gboolean
attach_race (ConcDb *db, const char *path, ConcReader *reader, GError **error)
{
  sqlite3 *source = conc_db_get_handle (conc_reader_get_db (reader));
  gboolean is_unchanging =
      sqlite3_uri_boolean (sqlite3_db_filename (source, "main"), "immutable", FALSE);
  g_autofree char *escaped = g_uri_escape_string (path, "/", TRUE);
  g_autofree char *uri =
      g_strdup_printf ("file:%s?%s", escaped, is_unchanging ? "immutable=1" : "mode=ro");

  return conc_db_run (db, "ATTACH ? AS race", error, "t", uri);
}

static char *
make_comparison (const char *name, const char *columns, gboolean is_missing)
{
  const char *here = is_missing ? "main" : "race";
  const char *there = is_missing ? "race" : "main";

  return g_strdup_printf (
      "SELECT count (*) FROM (SELECT %s FROM %s.%s EXCEPT SELECT %s FROM %s.%s)", columns, here,
      name, columns, there, name);
}

static gboolean
count_difference (ConcDb  *db,
                  guint    projection,
                  gboolean is_missing,
                  gint64  *ret_count,
                  GError **error)
{
  g_autofree char *sql =
      make_comparison (projections[projection].name, projections[projection].columns, is_missing);
  sqlite3_stmt *statement = NULL;
  int           code = sqlite3_prepare_v2 (conc_db_get_handle (db), sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *ret_count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  if (code == SQLITE_ROW)
    return TRUE;
  conc_store_error_from_sqlite (code, sqlite3_errmsg (conc_db_get_handle (db)), error);
  return FALSE;
}

static gboolean
compare_all (ConcDb *db, GPtrArray *sentences, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (projections); i++)
    {
      gint64 n_missing, n_surplus;

      if (!count_difference (db, i, TRUE, &n_missing, error) ||
          !count_difference (db, i, FALSE, &n_surplus, error))
        return FALSE;
      if (n_missing > 0 || n_surplus > 0)
        g_ptr_array_add (sentences,
                         g_strdup_printf (_ ("In “%s”, %d rows that the facts call for are "
                                             "missing and %d rows have no fact."),
                                          projections[i].name, (int) n_missing, (int) n_surplus));
    }
  return TRUE;
}

/* A station that may not read all kinds lacks those of others; its own it has. */
static gboolean
reads_all (ConcDb *db, gboolean *ret_reads_all, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT role FROM race.identity", error);
  ConcRole      role;

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  role = conc_role_from_text (conc_column_text (statement, 0));
  *ret_reads_all = role != CONC_ROLE_NONE && conc_role_reads_all (role);
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
check_sequences (ConcDb *db, GPtrArray *sentences, GError **error)
{
  gint64   n_gaps;
  gboolean is_complete;

  if (!reads_all (db, &is_complete, error) ||
      !conc_db_get_int (db,
                        is_complete
                            ? "SELECT count (*) FROM (SELECT 1 FROM race.fact GROUP BY station "
                              "HAVING max (seq) <> count (*))"
                            : "SELECT max (seq) <> count (*) FROM race.fact WHERE station = "
                              "(SELECT n FROM race.station WHERE id = "
                              "(SELECT station FROM race.identity))",
                        &n_gaps, error))
    return FALSE;
  if (n_gaps > 0)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("Entries of %d stations are missing from the log."),
                                      (int) n_gaps));
  return TRUE;
}

static gboolean
check_pages (ConcDb *db, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (db, "PRAGMA integrity_check (1)", error);
  gboolean      is_sound;

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  is_sound = g_strcmp0 (conc_column_text (statement, 0), "ok") == 0;
  sqlite3_reset (statement);
  if (!is_sound)
    conc_store_error_from_sqlite (SQLITE_CORRUPT, NULL, error);
  return is_sound;
}

static gboolean
add_to_digest (ConcDb     *db,
               guint       projection,
               const char *database,
               GChecksum  *checksum,
               GError    **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM %s.%s ORDER BY 1, 2", projections[projection].columns,
                       database, projections[projection].name);
  sqlite3_stmt *statement = NULL;
  int           code = sqlite3_prepare_v2 (conc_db_get_handle (db), sql, -1, &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      code = sqlite3_step (statement);
      for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count (statement); i++)
        {
          const char *text = conc_column_text (statement, i);

          g_checksum_update (checksum, (const guchar *) (text != NULL ? text : "\x01"), -1);
          g_checksum_update (checksum, (const guchar *) "\x1f", 1);
        }
    }
  sqlite3_finalize (statement);
  if (code == SQLITE_DONE)
    return TRUE;
  conc_store_error_from_sqlite (code, NULL, error);
  return FALSE;
}

static char *
make_digest (ConcDb *db, const char *database, guint n_projections, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < n_projections; i++)
    if (!add_to_digest (db, i, database, checksum, error))
      return NULL;
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * conc_verify:
 * @ret_sentences: (out) (transfer full) (element-type utf8): what differs; empty when nothing does
 * @ret_n_facts: (out): the number of facts
 * @ret_digest: (out) (transfer full) (optional): the same for the same projections everywhere
 *
 * Replays all facts into an empty database and compares every projection with the file's. Reads
 * only. A damaged file is the error %CONC_STORE_ERROR_DAMAGED. Not on the main loop of the app.
 */
gboolean
conc_verify (const char *path,
             GPtrArray **ret_sentences,
             gint64     *ret_n_facts,
             char      **ret_digest,
             GError    **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (path, error);
  g_autoptr (ConcDb) db = NULL;
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *digest = NULL;

  if (reader == NULL || !check_pages (conc_reader_get_db (reader), error))
    return FALSE;
  db = conc_db_open (":memory:", SQLITE_OPEN_READWRITE, error);
  if (db == NULL || !conc_schema_create_projections (db, error) ||
      !replay_all (reader, db, FALSE, ret_n_facts, error) ||
      !attach_race (db, path, reader, error) || !compare_all (db, sentences, error) ||
      !check_sequences (db, sentences, error))
    return FALSE;
  digest = make_digest (db, "race", G_N_ELEMENTS (projections), error);
  if (digest == NULL)
    return FALSE;
  *ret_sentences = g_steal_pointer (&sentences);
  if (ret_digest != NULL)
    *ret_digest = g_steal_pointer (&digest);
  return TRUE;
}

/**
 * conc_digest_public:
 *
 * The projections that follow from what every role may read, so that stations of different roles
 * can be compared. Replays the facts. Not on the main loop of the app.
 *
 * Returns: (transfer full) (nullable): the digest.
 */
char *
conc_digest_public (const char *path, GError **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (path, error);
  g_autoptr (ConcDb) db = NULL;
  gint64 n_facts;

  if (reader == NULL)
    return NULL;
  db = conc_db_open (":memory:", SQLITE_OPEN_READWRITE, error);
  if (db == NULL || !conc_schema_create_projections (db, error) ||
      !replay_all (reader, db, TRUE, &n_facts, error))
    return NULL;
  return make_digest (db, "main", G_N_ELEMENTS (projections), error);
}
