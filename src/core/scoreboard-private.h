/* scoreboard-private.h: what a scoreboard is made of. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rank-list.h"
#include "core/scoreboard.h"

G_BEGIN_DECLS

/* The start of a wave; CONC_NO_TIME when it has none of its own. */
typedef struct
{
  char  *name;
  gint64 start_usec;
} ConcWaveStart;

/* @slot is the entry's place among all entries, @scored_from the start that it was scored with. */
typedef struct
{
  ConcRanked           ranked;
  ConcEntrant          entrant;
  ConcScore            score;
  ConcCrossingUse     *uses;
  const ConcWaveStart *wave;
  gint64               scored_from_usec;
  int                  division;
  guint                slot;
} ConcEntry;

/* The kinds of lists an entrant may be in: one list of each. */
enum
{
  CONC_DEPTH_OVERALL,
  CONC_DEPTH_SEX,
  CONC_DEPTH_DIVISION
};

/* While @stale is set, the lists are empty and wait for the next read. */
struct _ConcScoreboard
{
  ConcRules      rules;
  GHashTable    *entries;
  GPtrArray     *slots;
  GHashTable    *waves;
  ConcWaveStart *race_start;
  ConcRankList  *lists;
  guint          list_count;
  guint          change_count;
  gboolean       stale;
};

ConcEntry *conc_entry_new (const ConcEntrant *entrant);
void       conc_entry_free (ConcEntry *entry);
void       conc_entry_score (ConcEntry *entry, gint64 start_usec, const ConcRules *rules);
int        conc_entry_get_list (const ConcEntry *entry, guint depth);
void       conc_scoreboard_settle (ConcScoreboard *board);

G_END_DECLS
