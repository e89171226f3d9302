/* logins.c: organizers know every login of the hub, so that another one can take its place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/logins.h"

#include "core/role.h"
#include "store/identity.h"

#include <string.h>

#define TIMEOUT_MSEC 15000
/* In the state of the exchange: the hub, and the last change of its stations that was recorded. */
#define SYNC_KEY "logins"
#define SUBJECT_PREFIX "station:"

/* Not "role" and "name", which the station says of itself in a public fact. */
#define KEY_ROLE "login_role"
#define KEY_NAME "login_name"
#define KEY_VERIFIER "verifier"
#define KEY_REVOKED "revoked"

static gboolean
keep_latest_cb (ConcFact *fact, gpointer user_data)
{
  GHashTable *latest = user_data;
  ConcFact   *known;

  if (fact->kind != CONC_KIND_STATION_LOGIN || !g_str_has_prefix (fact->subject, SUBJECT_PREFIX))
    return TRUE;
  known = g_hash_table_lookup (latest, fact->subject + strlen (SUBJECT_PREFIX));
  if (known == NULL || conc_fact_compare (known, fact) < 0)
    g_hash_table_replace (latest, g_strdup (fact->subject + strlen (SUBJECT_PREFIX)),
                          conc_fact_ref (fact));
  return TRUE;
}

/* The latest fact about every station's login; reads the whole log. */
static GHashTable *
load_latest (ConcReader *reader, GError **error)
{
  g_autoptr (GHashTable) latest =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) conc_fact_unref);

  return conc_reader_each_fact (reader, keep_latest_cb, latest, error) ? g_steal_pointer (&latest)
                                                                       : NULL;
}

static gboolean
says_the_same (const ConcFact *fact, const PGresult *rows, int row)
{
  static const char *const keys[] = { KEY_ROLE, KEY_NAME, KEY_VERIFIER };

  if (fact == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (conc_body_get_text (fact->body, keys[i]), PQgetvalue (rows, row, (int) i + 1)) !=
        0)
      return FALSE;
  return conc_body_get_bool (fact->body, KEY_REVOKED, FALSE) ==
         (strcmp (PQgetvalue (rows, row, 4), "t") == 0);
}

static gboolean
append (ConcRaceFile *file, const PGresult *rows, int row, GError **error)
{
  g_autofree char *subject = g_strconcat (SUBJECT_PREFIX, PQgetvalue (rows, row, 0), NULL);
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, KEY_ROLE, PQgetvalue (rows, row, 1));
  conc_body_builder_add_text (builder, KEY_NAME, PQgetvalue (rows, row, 2));
  conc_body_builder_add_text (builder, KEY_VERIFIER, PQgetvalue (rows, row, 3));
  conc_body_builder_add_bool (builder, KEY_REVOKED, strcmp (PQgetvalue (rows, row, 4), "t") == 0);
  return conc_race_file_append (file, CONC_KIND_STATION_LOGIN, subject,
                                conc_body_builder_end (builder), error);
}

/**
 * conc_logins_record:
 * @reader: of the calling thread, on the same file
 * @link: to the hub, as an organizer or its owner
 *
 * Keeps a fact of every login that is new or has changed since the last call. When there is none,
 * which is nearly always, it asks the hub one question. Two organizers may record the same; that
 * does no harm.
 */
gboolean
conc_logins_record (ConcRaceFile *file, ConcReader *reader, ConcLink *link, GError **error)
{
  g_autofree char  *last = conc_race_file_dup_sync (file, SYNC_KEY, NULL);
  const char *const params[] = { last != NULL ? last : "" };
  g_autoptr (GHashTable) latest = NULL;
  g_autoptr (PGresult) rows = NULL;

  rows = conc_link_query (
      link, TIMEOUT_MSEC, error,
      "SELECT s.id, s.role, s.name, s.verifier, s.revoked_at IS NOT NULL,"
      " m.hub_id || ' ' || s.changed FROM hub.station s, hub.meta m"
      " WHERE split_part ($1, ' ', 1) IS DISTINCT FROM m.hub_id"
      " OR s.changed > nullif (split_part ($1, ' ', 2), '')::bigint ORDER BY s.changed",
      1, params);
  if (rows == NULL || PQntuples (rows) == 0)
    return rows != NULL;
  latest = load_latest (reader, error);
  if (latest == NULL)
    return FALSE;
  for (int row = 0; row < PQntuples (rows); row++)
    if (!says_the_same (g_hash_table_lookup (latest, PQgetvalue (rows, row, 0)), rows, row) &&
        !append (file, rows, row, error))
      return FALSE;
  return conc_race_file_set_sync (file, SYNC_KEY, PQgetvalue (rows, PQntuples (rows) - 1, 5),
                                  error);
}

static gboolean
restore_one (ConcLink *link, const char *station, const ConcFact *fact, GError **error)
{
  const char *role = conc_body_get_text (fact->body, KEY_ROLE);
  const char *name = conc_body_get_text (fact->body, KEY_NAME);
  const char *params[] = { station, role, name != NULL ? name : station,
                           conc_body_get_text (fact->body, KEY_VERIFIER) };
  gboolean    is_revoked = conc_body_get_bool (fact->body, KEY_REVOKED, FALSE);
  g_autoptr (PGresult) result = NULL;

  if (conc_role_from_text (role) == CONC_ROLE_NONE || params[3] == NULL)
    return TRUE;
  result = conc_link_query (link, TIMEOUT_MSEC, error,
                            "SELECT hub.admit ($1, $2, $3, $4, NULL, false) WHERE NOT EXISTS "
                            "(SELECT FROM hub.station s WHERE s.id = $1)",
                            G_N_ELEMENTS (params), params);
  if (result == NULL)
    return FALSE;
  if (!is_revoked || PQntuples (result) == 0)
    return TRUE;
  g_clear_pointer (&result, PQclear);
  result = conc_link_query (link, TIMEOUT_MSEC, error,
                            "WITH gone AS (UPDATE hub.station SET revoked_at = clock_timestamp ()"
                            " WHERE id = $1 RETURNING id) SELECT hub.end_login ('s_' || id)"
                            " FROM gone",
                            1, params);
  return result != NULL;
}

/**
 * conc_logins_restore:
 * @link: to a hub, as its owner
 *
 * Lets every station in that the facts know and the hub does not, each with the password that it
 * has; those that were revoked stay out.
 */
gboolean
conc_logins_restore (ConcReader *reader, ConcLink *link, GError **error)
{
  g_autoptr (GHashTable) latest = load_latest (reader, error);
  GHashTableIter iter;
  gpointer       station, fact;

  if (latest == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, latest);
  while (g_hash_table_iter_next (&iter, &station, &fact))
    if (!restore_one (link, station, fact, error))
      return FALSE;
  return TRUE;
}
