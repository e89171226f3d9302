/* reader-crossing.h: how crossings came to their published times. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/story-crossing.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* One crossing, or one gun, of which @bib is 0. */
typedef struct
{
  char      *subject;
  guint      bib;
  gint64     at_usec;
  GPtrArray *steps; /* element-type ConcCrossingStep */
} ConcCrossingStory;

void conc_crossing_story_free (ConcCrossingStory *story);

/* Of a runner, all crossings of the runner's bib; of a tap, a bib of the chute or what a reader
 * sent, the crossings that follow; of a gun, how it was taken. Empty for anything else, and for
 * what does not stand any more. Element-type ConcCrossingStory, by time. @board is of this moment.
 */
GPtrArray *conc_reader_list_crossings (ConcReader     *reader,
                                       ConcScoreboard *board,
                                       const char     *subject,
                                       GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCrossingStory, conc_crossing_story_free)

G_END_DECLS
