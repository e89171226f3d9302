/* story.h: what happened, one fact after the other, in plain sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"

G_BEGIN_DECLS

/* Returns what people call a subject, such as a station or a runner; NULL when that is not known.
 * Transfer full. */
typedef char *(*ConcStoryNameFunc) (const char *subject, gpointer user_data);

/* Who tells to whom: the times of day are those of @zone, and what @role may not read is left out.
 */
typedef struct
{
  GTimeZone        *zone;
  ConcRole          role;
  ConcStoryNameFunc name;
  gpointer          user_data;
} ConcStoryTeller;

/* One fact. */
typedef struct
{
  char    *fact; /* its name; undo takes it */
  char    *kind;
  char    *subject;
  gint64   at_usec;       /* when it was entered */
  char    *station;       /* the id */
  char    *place;         /* the name of the station, else the id */
  char    *operator_name; /* NULL when not known */
  char    *sentence;
  gboolean is_undone;
  char    *undone;   /* a sentence: when, where and by whom; NULL unless undone */
  gboolean can_undo; /* taking it back changes what is shown, and the role may do that */
} ConcStoryLine;

void       conc_story_line_free (ConcStoryLine *line);
char      *conc_story_line_dup_where (const ConcStoryLine *line);
char      *conc_story_format_time (gint64 usec, GTimeZone *zone, const char *race_date);
GPtrArray *conc_story_tell (GPtrArray *facts, const ConcStoryTeller *teller);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcStoryLine, conc_story_line_free)

G_END_DECLS
