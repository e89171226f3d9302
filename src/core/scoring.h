/* scoring.h: the times of one entrant, and the order of two. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/laps.h"

G_BEGIN_DECLS

/* A time penalty is at most a day. */
#define CONC_PENALTY_MAX_USEC G_GINT64_CONSTANT (86400000000)

/* Only those who are running are placed. */
typedef enum
{
  CONC_ENTRANT_RUNNING,
  CONC_ENTRANT_DNS,
  CONC_ENTRANT_DNF,
  CONC_ENTRANT_DQ
} ConcEntrantStatus;

/* Whoever may cross the line: a runner, or a bib that nobody is registered for. @key is the id of
 * the runner, or "bib:999". @name is the public name. Anything but @key may be missing: @bib 0,
 * @age -1, @own_start_usec CONC_NO_TIME, and NULL. @event says how many laps there are.
 * @penalty_usec is added to the times. */
typedef struct
{
  const char         *key;
  guint               bib;
  const char         *name;
  ConcSex             sex;
  int                 age;
  const char         *wave;
  const char         *event;
  gint64              own_start_usec;
  ConcEntrantStatus   status;
  gint64              penalty_usec;
  const ConcCrossing *crossings;
  guint               crossing_count;
} ConcEntrant;

/* Times are CONC_NO_TIME where there is none. @rank_usec is the one that decides the place, and
 * @shown_usec is that one rounded as the rules say. @start_ignored: the own start is after the
 * finish, so it gives no net time. */
typedef struct
{
  ConcLaps laps;
  guint    laps_needed;
  gint64   finish_usec;
  gint64   gun_usec;
  gint64   net_usec;
  gint64   rank_usec;
  gint64   shown_usec;
  gboolean start_ignored;
  gboolean placed;
} ConcScore;

ConcEntrantStatus conc_entrant_status_from_ruling (const char *ruling);
const char       *conc_entrant_status_to_text (ConcEntrantStatus status);

void conc_score_entrant (const ConcEntrant *entrant,
                         gint64             start_usec,
                         const ConcRules   *rules,
                         ConcCrossingUse   *ret_uses,
                         ConcScore         *ret_score);

G_END_DECLS
