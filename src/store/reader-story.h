/* reader-story.h: what happened to a runner, or to anything else, fact by fact. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/story.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* What @text means to somebody who asks for a story: a bib, the id of a runner or of anything else,
 * or the name of a fact, whose subject it is then. NULL with an error when nothing is called so.
 * Transfer full. */
char *conc_reader_find_story (ConcReader *reader, const char *text, GError **error);

/* Of a runner: all facts about the runner, the labels, fees and starts of the runner, and the taps
 * that have or had the runner's bib. Of anything else: the facts about it. Empty when there are
 * none. Element-type ConcStoryLine, transfer full. */
GPtrArray *conc_reader_read_story (ConcReader *reader, const char *subject, GError **error);

G_END_DECLS
