/* board-reader.h: fills the boards of the projector from the results. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/display/scene.h"

#include "core/scoreboard.h"

G_BEGIN_DECLS

ConcSceneBoard *
conc_board_read (ConcScoreboard *scores, ConcBoardKind kind, const char *title, guint max_rows);

G_END_DECLS
