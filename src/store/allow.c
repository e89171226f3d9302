/* allow.c: holds what is written here to the role of this station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/allow.h"

#include <glib/gi18n-lib.h>

static const char *const stations[CONC_N_ROLES] = {
  [CONC_ROLE_ORGANIZER] = N_ ("This station is for the organizers."),
  [CONC_ROLE_CHECK_IN] = N_ ("This station is for check-in."),
  [CONC_ROLE_TIMING] = N_ ("This station is for timing."),
  [CONC_ROLE_DISPLAY] = N_ ("This station is a display."),
};

static const char *const places[CONC_N_FAMILIES + 1] = {
  [CONC_FAMILY_RUNNER] = N_ ("Runners are entered at check-in."),
  [CONC_FAMILY_GUN] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_START] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_TAP] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_CHUTE] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_STREAM] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_READ] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_CHIP] = N_ ("Chips are given out at check-in."),
  [CONC_FAMILY_REPAIR] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_GUN_SEEN] = N_ ("Times are taken at the timing stations."),
  [CONC_FAMILY_CLOCK] = N_ ("Every station reports its own clock."),
  [CONC_FAMILY_GIFT] = N_ ("Gifts are entered at check-in."),
  [CONC_FAMILY_FEE] = N_ ("Payments are entered at check-in."),
  [CONC_FAMILY_PRINT] = N_ ("Labels are printed at check-in."),
  [CONC_FAMILY_SETTING] = N_ ("Settings are changed by the organizers."),
  [CONC_FAMILY_STATION] = N_ ("Stations are looked after by the organizers."),
  [CONC_FAMILY_NONE] = N_ ("Nothing is entered here."),
};

/* The kind of fact with which a subject of each family begins. */
static const ConcKind founders[CONC_N_FAMILIES] = {
  [CONC_FAMILY_RUNNER] = CONC_KIND_RUNNER,     [CONC_FAMILY_GUN] = CONC_KIND_GUN,
  [CONC_FAMILY_START] = CONC_KIND_START,       [CONC_FAMILY_TAP] = CONC_KIND_TAP,
  [CONC_FAMILY_GIFT] = CONC_KIND_GIFT,         [CONC_FAMILY_FEE] = CONC_KIND_FEE,
  [CONC_FAMILY_PRINT] = CONC_KIND_PRINT,       [CONC_FAMILY_SETTING] = CONC_KIND_SETTING,
  [CONC_FAMILY_STATION] = CONC_KIND_STATION,   [CONC_FAMILY_CHUTE] = CONC_KIND_CHUTE,
  [CONC_FAMILY_STREAM] = CONC_KIND_STREAM,     [CONC_FAMILY_READ] = CONC_KIND_READ,
  [CONC_FAMILY_CHIP] = CONC_KIND_CHIP,         [CONC_FAMILY_REPAIR] = CONC_KIND_REPAIR,
  [CONC_FAMILY_GUN_SEEN] = CONC_KIND_GUN_SEEN, [CONC_FAMILY_CLOCK] = CONC_KIND_CLOCK,
};

/**
 * conc_allow:
 *
 * Returns: whether a station of @role writes facts of @kind; otherwise %CONC_STORE_ERROR_REFUSED
 * says where that is done. Any thread.
 */
gboolean
conc_allow (ConcRole role, ConcKind kind, GError **error)
{
  if (conc_role_may_write (role, kind))
    return TRUE;
  return conc_store_refuse (error, "%s %s", _ (stations[role]),
                            _ (places[conc_kind_get_family (kind)]));
}

/* An undo is held to what it takes back, at the end of a chain of them. Each is earlier than the
 * one that takes it back, so a circle ends the search. */
static gboolean
find_undone (ConcLog *log, const ConcFactId *undone, ConcKind *ret_kind, GError **error)
{
  ConcFactId id = *undone;
  ConcHlc    later = G_MAXINT64;

  *ret_kind = CONC_KIND_UNDO;
  while (*ret_kind == CONC_KIND_UNDO && conc_fact_id_is_set (&id))
    {
      g_autoptr (ConcFact) fact = NULL;

      if (!conc_log_find (log, &id, &fact, error))
        return FALSE;
      if (fact == NULL || fact->hlc >= later)
        return TRUE;
      *ret_kind = fact->kind;
      later = fact->hlc;
      id = fact->replaces;
    }
  return TRUE;
}

/**
 * conc_allow_about:
 * @subject: what the fact is about; a settle is held to that
 * @replaces: (nullable): the fact that it takes back; an undo is held to that
 *
 * Returns: like conc_allow().
 */
gboolean
conc_allow_about (ConcRole          role,
                  ConcLog          *log,
                  ConcKind          kind,
                  const char       *subject,
                  const ConcFactId *replaces,
                  GError          **error)
{
  ConcFamily family = conc_subject_get_family (subject);
  ConcKind   undone;

  if (!conc_allow (role, kind, error))
    return FALSE;
  if (kind == CONC_KIND_SETTLE)
    return family == CONC_FAMILY_NONE || conc_allow (role, founders[family], error);
  if (kind != CONC_KIND_UNDO || replaces == NULL)
    return TRUE;
  return find_undone (log, replaces, &undone, error) && conc_allow (role, undone, error);
}
