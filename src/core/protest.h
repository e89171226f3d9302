/* protest.h: what a protest about one runner is decided by. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"
#include "core/story-crossing.h"

G_BEGIN_DECLS

/* Somebody at the line around the runner; @bib 0: no bib yet. @gun_usec is CONC_NO_TIME of who has
 * no finish there. @name is the public one, or NULL. */
typedef struct
{
  gint64   at_usec;
  guint    bib;
  char    *name;
  gint64   gun_usec;
  gboolean is_own;
} ConcNeighbour;

/* @runner is NULL of a bib that nobody holds. @stories has ConcCrossingStory, @neighbours
 * ConcNeighbour by time, and @rulings sentences. @result belongs to the board; @has_result: the
 * runner is on it. */
typedef struct
{
  guint       bib;
  ConcRunner *runner;
  gboolean    has_result;
  ConcResult  result;
  GPtrArray  *stories;
  GPtrArray  *neighbours;
  GPtrArray  *rulings;
} ConcProtest;

void conc_neighbour_free (ConcNeighbour *neighbour);
void conc_protest_free (ConcProtest *protest);

char *conc_protest_dup_details (const ConcProtest *protest);
char *conc_protest_dup_result (const ConcProtest *protest, ConcRounding rounding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcNeighbour, conc_neighbour_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcProtest, conc_protest_free)

G_END_DECLS
