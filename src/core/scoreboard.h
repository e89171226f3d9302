/* scoreboard.h: the results of a race, kept up to date with every crossing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoring.h"

G_BEGIN_DECLS

/* A list of the board is named by a number: overall, one for each sex, then the divisions. */
#define CONC_LIST_NONE (-1)
#define CONC_LIST_OVERALL 0
#define CONC_LIST_FIRST_DIVISION 4

typedef struct _ConcScoreboard ConcScoreboard;

/* Places are from 1, and 0 where there is none; @tied and its like: the place is shared. @entrant
 * and @division are the board's and live until the entrant or the rules change. */
typedef struct
{
  const ConcEntrant *entrant;
  const char        *division;
  guint              place;
  guint              sex_place;
  guint              division_place;
  gboolean           tied;
  gboolean           sex_tied;
  gboolean           division_tied;
  gint64             finish_usec;
  gint64             gun_usec;
  gint64             net_usec;
  gint64             rank_usec;
  guint              laps_done;
  guint              laps_needed;
  guint              ignored_count;
  gboolean           start_ignored;
} ConcResult;

ConcScoreboard  *conc_scoreboard_new (const ConcRules *rules);
void             conc_scoreboard_free (ConcScoreboard *board);
const ConcRules *conc_scoreboard_get_rules (const ConcScoreboard *board);
void             conc_scoreboard_set_rules (ConcScoreboard *board, const ConcRules *rules);

void     conc_scoreboard_put (ConcScoreboard *board, const ConcEntrant *entrant);
gboolean conc_scoreboard_remove (ConcScoreboard *board, const char *key);
void     conc_scoreboard_set_start (ConcScoreboard *board, const char *wave, gint64 start_usec);
gint64   conc_scoreboard_get_start (ConcScoreboard *board, const char *wave);

guint    conc_scoreboard_get_entrant_count (const ConcScoreboard *board);
guint    conc_scoreboard_get_count (ConcScoreboard *board, int list);
gboolean conc_scoreboard_get_row (ConcScoreboard *board, int list, guint n, ConcResult *ret_row);
gboolean conc_scoreboard_get_result (ConcScoreboard *board, const char *key, ConcResult *ret_row);
gboolean conc_scoreboard_get_nth (ConcScoreboard *board, guint n, ConcResult *ret_row);

GArray *conc_scoreboard_list_out (ConcScoreboard *board);

const ConcCrossingUse *
conc_scoreboard_get_uses (const ConcScoreboard *board, const char *key, guint *ret_count);

int         conc_list_of_sex (ConcSex sex);
int         conc_scoreboard_find_list (const ConcScoreboard *board, const char *name);
const char *conc_scoreboard_get_list_name (const ConcScoreboard *board, int list);
GArray     *conc_scoreboard_dup_divisions (ConcScoreboard *board);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcScoreboard, conc_scoreboard_free)

G_END_DECLS
