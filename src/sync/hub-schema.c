/* hub-schema.c: makes a database a hub, and brings an older one up to date. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub-schema.h"

#include "core/role.h"
#include "hub-resources.h"
#include "sync/hub-rules.h"
#include "sync/seal.h"
#include "sync/target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TIMEOUT_MSEC 60000
#define HUB_ID_BYTES 10
#define HUB_ID_CHARS 16

/* What brings a hub from the version of its index to the next; forward only. */
static const char *const upgrades[CONC_HUB_VERSION] = {
  "version-1.sql",
};

static char *
load_sql (const char *name)
{
  g_autofree char *path = g_strconcat ("/org/notinourcity/Concourse/hub/", name, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (conc_hub_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Sets @ret_version to 0 for a database that is no hub yet. */
static gboolean
read_meta (ConcLink          *link,
           const ConcHubRace *race,
           gint64            *ret_version,
           char             **ret_rules,
           GError           **error)
{
  g_autoptr (PGresult) there = NULL;
  g_autoptr (PGresult) meta = NULL;

  *ret_version = 0;
  there = conc_link_query (link, TIMEOUT_MSEC, error, "SELECT to_regclass ('hub.meta') IS NOT NULL",
                           0, NULL);
  if (there == NULL)
    return FALSE;
  if (strcmp (PQgetvalue (there, 0, 0), "t") != 0)
    return TRUE;
  meta = conc_link_query (link, TIMEOUT_MSEC, error, "SELECT version, race_id, rules FROM hub.meta",
                          0, NULL);
  if (meta == NULL)
    return FALSE;
  if (PQntuples (meta) != 1 || strcmp (PQgetvalue (meta, 0, 1), race->race_id) != 0)
    {
      g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FOREIGN,
                           _ ("There is the hub of another race. Give another database."));
      return FALSE;
    }
  *ret_version = g_ascii_strtoll (PQgetvalue (meta, 0, 0), NULL, 10);
  *ret_rules = g_strdup (PQgetvalue (meta, 0, 2));
  if (*ret_version <= CONC_HUB_VERSION)
    return TRUE;
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER,
                       _ ("The hub was made by a newer version of Concourse. Update Concourse."));
  return FALSE;
}

static gboolean
insert_meta (ConcLink *link, const ConcHubRace *race, GError **error)
{
  g_autoptr (GBytes) bytes = conc_random_bytes (HUB_ID_BYTES);
  g_autofree char *hub_id =
      conc_id_from_bytes (g_bytes_get_data (bytes, NULL), HUB_ID_BYTES, HUB_ID_CHARS);
  const char *const params[] = { hub_id, race->race_id, race->race_name };
  g_autoptr (PGresult) result =
      conc_link_query (link, TIMEOUT_MSEC, error,
                       "INSERT INTO hub.meta (version, hub_id, race_id, race_name) "
                       "VALUES (0, $1, $2, $3)",
                       G_N_ELEMENTS (params), params);

  return result != NULL;
}

static gboolean
upgrade (ConcLink *link, const ConcHubRace *race, gint64 version, GError **error)
{
  g_autofree char *done = g_strdup_printf ("UPDATE hub.meta SET version = %d", CONC_HUB_VERSION);

  for (; version < CONC_HUB_VERSION; version++)
    {
      g_autofree char *sql = load_sql (upgrades[version]);

      if (!conc_link_run (link, TIMEOUT_MSEC, error, sql) ||
          (version == 0 && !insert_meta (link, race, error)))
        return FALSE;
    }
  return conc_link_run (link, TIMEOUT_MSEC, error, done);
}

static char *
make_rules (const ConcHubRace *race)
{
  GString         *sql = g_string_new (NULL);
  g_autofree char *functions = load_sql ("functions.sql");

  g_string_append (sql, functions);
  conc_hub_rules_append (sql, race->is_private);
  /* An id of the race has letters and digits only. */
  g_string_replace (sql, "@RACE@", race->race_id, 0);
  return g_string_free (sql, FALSE);
}

static gboolean
apply (ConcLink *link, const ConcHubRace *race, GError **error)
{
  g_autofree char *rules = make_rules (race);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, rules, -1);
  g_autofree char *applied = NULL;
  g_autofree char *keep = g_strdup_printf ("UPDATE hub.meta SET rules = '%s'", digest);
  gint64           version;

  if (!read_meta (link, race, &version, &applied, error))
    return FALSE;
  if (version == CONC_HUB_VERSION && g_strcmp0 (applied, digest) == 0)
    return TRUE;
  return upgrade (link, race, version, error) && conc_link_run (link, TIMEOUT_MSEC, error, rules) &&
         conc_link_run (link, TIMEOUT_MSEC, error, keep);
}

/**
 * conc_hub_schema_apply:
 * @link: to the database, as its owner who may make roles
 *
 * Makes the tables of the hub or brings them to this version, and makes functions and rules anew
 * when they are not those of this program. One transaction: after a failure nothing has changed.
 * %CONC_SYNC_ERROR_FOREIGN for the hub of another race, %CONC_SYNC_ERROR_NEWER for a newer one.
 */
gboolean
conc_hub_schema_apply (ConcLink *link, const ConcHubRace *race, GError **error)
{
  if (!conc_link_run (link, TIMEOUT_MSEC, error, "BEGIN; SELECT pg_advisory_xact_lock (4781500)"))
    return FALSE;
  if (apply (link, race, error) && conc_link_run (link, TIMEOUT_MSEC, error, "COMMIT"))
    return TRUE;
  conc_link_run (link, TIMEOUT_MSEC, NULL, "ROLLBACK");
  return FALSE;
}
