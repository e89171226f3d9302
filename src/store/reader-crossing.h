/* reader-crossing.h: how crossings came to their published times. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/story-crossing.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* Of a runner, all crossings of the runner's bib; of a tap, a bib of the chute or what a reader
 * sent, the crossings that follow; of a gun, how it was taken. Empty for anything else, and for
 * what does not stand any more. Element-type ConcCrossingStory, by time. @board is of this moment.
 */
GPtrArray *conc_reader_list_crossings (ConcReader     *reader,
                                       ConcScoreboard *board,
                                       const char     *subject,
                                       GError        **error);
GPtrArray *conc_reader_list_crossings_of_bib (ConcReader     *reader,
                                              ConcScoreboard *board,
                                              guint           bib,
                                              GError        **error);

G_END_DECLS
