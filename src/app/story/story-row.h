/* story-row.h: one line of a story. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/story.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal: "undo" (string fact). */
#define CONC_TYPE_STORY_ROW (conc_story_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcStoryRow, conc_story_row, CONC, STORY_ROW, GtkListBoxRow)

GtkWidget  *conc_story_row_new (const ConcStoryLine *line, const char *time);
const char *conc_story_row_get_fact (ConcStoryRow *self);
gboolean    conc_story_row_shows (ConcStoryRow *self, const ConcStoryLine *line);

G_END_DECLS
