/* story-view.h: what happened to a runner, line by line, each with its Undo. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "session" (ConcSession) and "subject" (string: the id of a runner or of anything else
 * that facts are about; NULL shows nothing). It keeps itself current while it is on the screen. */
#define CONC_TYPE_STORY_VIEW (conc_story_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcStoryView, conc_story_view, CONC, STORY_VIEW, GtkWidget)

void conc_story_view_set_session (ConcStoryView *self, ConcSession *session);
void conc_story_view_set_subject (ConcStoryView *self, const char *subject);

G_END_DECLS
