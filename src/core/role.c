/* role.c: what a station is for, and what it may read and write. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/role.h"

#include <glib/gi18n-lib.h>

#define ORGANIZER (1 << CONC_ROLE_ORGANIZER)
#define CHECK_IN (1 << CONC_ROLE_CHECK_IN)
#define TIMING (1 << CONC_ROLE_TIMING)
#define DISPLAY (1 << CONC_ROLE_DISPLAY)
#define EVERYBODY (ORGANIZER | CHECK_IN | TIMING | DISPLAY)

typedef struct
{
  const char *text;
  const char *label;
} RoleInfo;

static const RoleInfo roles[CONC_N_ROLES] = {
  [CONC_ROLE_ORGANIZER] = { "organizer", N_ ("Organizer") },
  [CONC_ROLE_CHECK_IN] = { "check-in", N_ ("Check-in") },
  [CONC_ROLE_TIMING] = { "timing", N_ ("Timing") },
  [CONC_ROLE_DISPLAY] = { "display", N_ ("Display") },
};

typedef struct
{
  guint readers;
  guint writers;
} Access;

/* The one table of who may do what: the policies of the hub and docs/roles.md are made from it. */
static const Access access_of[CONC_N_KINDS] = {
  [CONC_KIND_RUNNER] = { EVERYBODY, ORGANIZER | CHECK_IN },
  [CONC_KIND_RUNNER_PRIVATE] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_RUNNER_SET] = { EVERYBODY, ORGANIZER | CHECK_IN },
  [CONC_KIND_RUNNER_SET_PRIVATE] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_BIB] = { EVERYBODY, ORGANIZER | CHECK_IN },
  [CONC_KIND_CHECK_IN] = { EVERYBODY, ORGANIZER | CHECK_IN },
  [CONC_KIND_RUNNER_REMOVED] = { EVERYBODY, ORGANIZER | CHECK_IN },
  [CONC_KIND_RUNNER_APART] = { EVERYBODY, ORGANIZER | CHECK_IN },
  [CONC_KIND_WAIVER] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_GUN] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_START] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_TAP] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_CROSSING] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_TAP_BIB] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_CHUTE] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_CHUTE_SET] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_STREAM] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_READ] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_READ_SET] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_CHIP] = { EVERYBODY, ORGANIZER | CHECK_IN | TIMING },
  [CONC_KIND_RULING] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_RULING_REASON] = { ORGANIZER | CHECK_IN | TIMING, ORGANIZER | TIMING },
  [CONC_KIND_REPAIR] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_GUN_SEEN] = { EVERYBODY, ORGANIZER | TIMING },
  [CONC_KIND_CLOCK] = { EVERYBODY, EVERYBODY },
  [CONC_KIND_GIFT] = { ORGANIZER | CHECK_IN | DISPLAY, ORGANIZER | CHECK_IN },
  [CONC_KIND_GIFT_PRIVATE] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_FEE] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_PRINT] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_PRINT_STATE] = { ORGANIZER | CHECK_IN, ORGANIZER | CHECK_IN },
  [CONC_KIND_SETTING] = { EVERYBODY, ORGANIZER },
  [CONC_KIND_STATION] = { EVERYBODY, EVERYBODY },
  [CONC_KIND_STATION_LOGIN] = { ORGANIZER, ORGANIZER },
  [CONC_KIND_SETTLE] = { EVERYBODY, ORGANIZER | CHECK_IN | TIMING },
  [CONC_KIND_UNDO] = { EVERYBODY, ORGANIZER | CHECK_IN | TIMING },
};

/** conc_role_to_text: Returns: the name of @role in files, at the hub and on the command line. */
const char *
conc_role_to_text (ConcRole role)
{
  g_return_val_if_fail (role < CONC_N_ROLES, NULL);
  return roles[role].text;
}

/** conc_role_from_text: Returns: the role, or %CONC_ROLE_NONE. */
ConcRole
conc_role_from_text (const char *text)
{
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    if (g_strcmp0 (roles[role].text, text) == 0)
      return role;
  return CONC_ROLE_NONE;
}

/** conc_role_get_label: Returns: the name of @role for people, in their language. */
const char *
conc_role_get_label (ConcRole role)
{
  g_return_val_if_fail (role < CONC_N_ROLES, NULL);
  return _ (roles[role].label);
}

/** conc_role_may_read: Returns: whether facts of @kind reach a station of @role. */
gboolean
conc_role_may_read (ConcRole role, ConcKind kind)
{
  g_return_val_if_fail (role < CONC_N_ROLES && kind < CONC_N_KINDS, FALSE);
  return (access_of[kind].readers & (1u << role)) != 0;
}

/**
 * conc_role_may_write: Returns: whether a station of @role may write facts of @kind.
 *
 * An undo is also held to the kind of the fact that it takes back, and a station's own fact to
 * its own name.
 */
gboolean
conc_role_may_write (ConcRole role, ConcKind kind)
{
  g_return_val_if_fail (role < CONC_N_ROLES && kind < CONC_N_KINDS, FALSE);
  return (access_of[kind].writers & (1u << role)) != 0;
}

/** conc_role_reads_all: Returns: whether no fact is kept from @role. */
gboolean
conc_role_reads_all (ConcRole role)
{
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    if (!conc_role_may_read (role, kind))
      return FALSE;
  return TRUE;
}

/** conc_role_has_race_key: Returns: whether @role reads and makes tokens and packs. */
gboolean
conc_role_has_race_key (ConcRole role)
{
  return role != CONC_ROLE_DISPLAY;
}

/** conc_role_has_private_key: Returns: whether @role can open the bodies of private kinds. */
gboolean
conc_role_has_private_key (ConcRole role)
{
  return conc_role_may_read (role, CONC_KIND_RUNNER_PRIVATE);
}

static const char *
describe_access (ConcRole role, ConcKind kind)
{
  gboolean reads = conc_role_may_read (role, kind);
  gboolean writes = conc_role_may_write (role, kind);

  if (reads && writes)
    return "reads, writes";
  if (reads)
    return "reads";
  return writes ? "writes" : "–";
}

/** conc_role_table_to_markdown: Returns: (transfer full): the table of docs/roles.md. */
char *
conc_role_table_to_markdown (void)
{
  GString *table = g_string_new ("| kind |");

  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    g_string_append_printf (table, " %s |", roles[role].text);
  g_string_append (table, "\n| --- |");
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    g_string_append (table, " --- |");
  g_string_append_c (table, '\n');
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    {
      g_string_append_printf (table, "| `%s` |", conc_kind_to_text (kind));
      for (ConcRole role = 0; role < CONC_N_ROLES; role++)
        g_string_append_printf (table, " %s |", describe_access (role, kind));
      g_string_append_c (table, '\n');
    }
  return g_string_free (table, FALSE);
}
