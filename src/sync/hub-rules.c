/* hub-rules.c: who may do what at a hub, as SQL made from the table of core/role.c. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub-rules.h"

#include "core/role.h"
#include "sync/fact-row.h"

/* The group of a role, and of those who have an invitation only. @RACE@ is put in later. */
#define GROUP "\"cc_@RACE@_%s\""

typedef gboolean (*MayFunc) (ConcRole role, ConcKind kind);

/* 'gun', 'start', ... */
static char *
list_kinds (ConcRole role, MayFunc may)
{
  GString *list = g_string_new (NULL);

  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    if (may (role, kind))
      g_string_append_printf (list, "%s'%s'", list->len > 0 ? ", " : "", conc_kind_to_text (kind));
  return g_string_free (list, FALSE);
}

static void
append_groups (GString *sql)
{
  for (ConcRole role = 0; role <= CONC_N_ROLES; role++)
    {
      const char *name = role < CONC_N_ROLES ? conc_role_to_text (role) : "invited";

      g_string_append_printf (sql,
                              "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles"
                              " WHERE rolname = 'cc_@RACE@_%s') THEN"
                              " CREATE ROLE " GROUP " NOLOGIN; END IF;"
                              " EXECUTE format ('GRANT CONNECT ON DATABASE %%I TO " GROUP
                              "', current_database ()); END $$;\n"
                              "GRANT USAGE ON SCHEMA hub TO " GROUP ";\n",
                              name, name, name, name);
    }
  g_string_append (sql, "GRANT EXECUTE ON FUNCTION hub.claim, hub.pair"
                        " TO \"cc_@RACE@_invited\";\n");
}

static void
append_grants (GString *sql, ConcRole role)
{
  const char *name = conc_role_to_text (role);

  g_string_append_printf (
      sql,
      "REVOKE ALL ON ALL TABLES IN SCHEMA hub FROM " GROUP ";\n"
      "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM " GROUP ";\n"
      "GRANT SELECT (version, hub_id, race_id, race_name) ON hub.meta TO " GROUP ";\n"
      "GRANT SELECT ON hub.alive TO " GROUP ";\n"
      "GRANT SELECT ON hub.fact TO " GROUP ";\n"
      "GRANT INSERT (" CONC_ROW_COLUMNS ") ON hub.fact, hub.relay TO " GROUP ";\n"
      "GRANT EXECUTE ON FUNCTION hub.own_station, hub.is_let_in, hub.latest_hlc, hub.may_touch,"
      " hub.known, hub.beat, hub.split TO " GROUP ";\n",
      name, name, name, name, name, name, name);
  if (role == CONC_ROLE_ORGANIZER)
    g_string_append_printf (sql,
                            "GRANT SELECT ON hub.station, hub.relay TO " GROUP ";\n"
                            "GRANT DELETE ON hub.relay TO " GROUP ";\n"
                            "GRANT SELECT (name, role, created_by, created_at, expires_at, used_by)"
                            " ON hub.invitation TO " GROUP ";\n"
                            "GRANT EXECUTE ON FUNCTION hub.invite, hub.revoke TO " GROUP ";\n",
                            name, name, name, name);
  else
    g_string_append_printf (sql,
                            "GRANT SELECT (id, role, name, paired_at, revoked_at) ON hub.station"
                            " TO " GROUP ";\n",
                            name);
}

static void
append_policy (GString    *sql,
               ConcRole    role,
               const char *table,
               const char *command,
               const char *how,
               const char *condition)
{
  const char *name = conc_role_to_text (role);

  g_string_append_printf (sql,
                          "DROP POLICY IF EXISTS \"%s_%s\" ON hub.%s;\n"
                          "CREATE POLICY \"%s_%s\" ON hub.%s FOR %s TO " GROUP
                          " %s ((SELECT hub.is_let_in ('%s'))%s);\n",
                          command, name, table, command, name, table, command, name, how, name,
                          condition);
}

/* What a station writes in its own name. What takes back or decides needs the same right for the
 * facts that it is about; what a station says of itself is about itself, and true. */
static char *
own_condition (ConcRole role)
{
  g_autofree char *kinds = list_kinds (role, conc_role_may_write);

  return g_strdup_printf (
      " AND station = (SELECT hub.own_station ()) AND kind IN (%s)"
      " AND hlc <= (SELECT hub.latest_hlc ()) AND CASE kind"
      " WHEN 'undo' THEN hub.may_touch (ARRAY[replaces], subject, ARRAY[%s], 0)"
      " WHEN 'settle' THEN hub.may_touch (string_to_array (body::jsonb ->> 'settles', ' '),"
      " subject, ARRAY[%s], 0)"
      " WHEN 'station' THEN subject = 'station:' || station AND body::jsonb ->> 'role' = '%s'"
      " ELSE true END",
      kinds, kinds, kinds, conc_role_to_text (role));
}

/* Organizers also bring what other stations wrote: they fill a hub that lost its disk. */
static void
append_organizer_policies (GString *sql)
{
  g_autofree char *kinds = list_kinds (CONC_ROLE_ORGANIZER, conc_role_may_write);
  g_autofree char *condition =
      g_strdup_printf (" AND kind IN (%s) AND hlc <= (SELECT hub.latest_hlc ())", kinds);

  append_policy (sql, CONC_ROLE_ORGANIZER, "fact", "INSERT", "WITH CHECK", condition);
  append_policy (sql, CONC_ROLE_ORGANIZER, "relay", "INSERT", "WITH CHECK", condition);
  append_policy (sql, CONC_ROLE_ORGANIZER, "relay", "SELECT", "USING", "");
  append_policy (sql, CONC_ROLE_ORGANIZER, "relay", "DELETE", "USING", "");
  append_policy (sql, CONC_ROLE_ORGANIZER, "invitation", "SELECT", "USING", "");
}

static void
append_other_policies (GString *sql, ConcRole role)
{
  g_autofree char *readable = list_kinds (role, conc_role_may_read);
  g_autofree char *own = own_condition (role);
  g_autofree char *relayed =
      g_strdup_printf (" AND station <> (SELECT hub.own_station ())"
                       " AND brought_by = (SELECT hub.own_station ()) AND kind IN (%s)"
                       " AND hlc <= (SELECT hub.latest_hlc ())",
                       readable);

  append_policy (sql, role, "fact", "INSERT", "WITH CHECK", own);
  append_policy (sql, role, "relay", "INSERT", "WITH CHECK", relayed);
}

/* Large objects are files that anybody may make as long as there is disk; nobody needs them. */
static void
append_private_server (GString *sql)
{
  static const char *const functions[] = {
    "lo_creat (integer)",         "lo_create (oid)",
    "lo_from_bytea (oid, bytea)", "lo_open (oid, integer)",
    "lowrite (integer, bytea)",   "lo_put (oid, bigint, bytea)",
    "lo_import (text)",           "lo_import (text, oid)",
    "lo_export (oid, text)",      "lo_truncate (integer, integer)",
  };

  g_string_append (sql, "REVOKE ALL ON DATABASE race FROM public;\n"
                        "REVOKE ALL ON SCHEMA public FROM public;\n");
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    g_string_append_printf (sql, "REVOKE EXECUTE ON FUNCTION pg_catalog.%s FROM public;\n",
                            functions[i]);
}

/**
 * conc_hub_rules_append:
 * @sql: what comes is appended, with "@RACE@" for the id of the race
 * @is_private: the server is the hub's own
 *
 * Groups, grants and policies of all roles. Can be run again and again; what a role may not do any
 * more is taken away. Nobody may change or delete a fact, so that is granted to nobody.
 */
void
conc_hub_rules_append (GString *sql, gboolean is_private)
{
  if (is_private)
    append_private_server (sql);
  append_groups (sql);
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    {
      g_autofree char *kinds = list_kinds (role, conc_role_may_read);
      g_autofree char *readable = g_strdup_printf (" AND kind IN (%s)", kinds);

      append_grants (sql, role);
      append_policy (sql, role, "meta", "SELECT", "USING", "");
      append_policy (sql, role, "station", "SELECT", "USING", "");
      append_policy (sql, role, "alive", "SELECT", "USING", "");
      append_policy (sql, role, "fact", "SELECT", "USING", readable);
      if (role == CONC_ROLE_ORGANIZER)
        append_organizer_policies (sql);
      else
        append_other_policies (sql, role);
    }
}
