/* display-state.h: all that the display shows, and what of it is shown now. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/display/scene.h"
#include "app/session.h"

G_BEGIN_DECLS

/* The boards come first, with the numbers of ConcBoardKind. */
typedef enum
{
  CONC_SCENE_MONEY = CONC_N_BOARDS,
  CONC_SCENE_IMPACT,
  CONC_N_SCENES
} ConcScene;

#define CONC_SCENE_IS_BOARD(scene) ((guint) (scene) < CONC_N_BOARDS)

/* @boards are what is known now, @old_rows what the board that is shown had before it changed. */
typedef struct
{
  ConcSceneFrame  frame;
  ConcSceneBoard *boards[CONC_N_BOARDS];
  ConcSceneMoney  money;
  GPtrArray      *cards;
  guint           card;
} ConcDisplayState;

void     conc_display_state_init (ConcDisplayState *state);
void     conc_display_state_clear (ConcDisplayState *state);
void     conc_display_state_read_frame (ConcDisplayState *state, ConcSession *session);
guint    conc_display_state_read_boards (ConcDisplayState *state, ConcSession *session);
void     conc_display_state_read_money (ConcDisplayState *state, ConcSession *session);
gboolean conc_display_state_has_scene (const ConcDisplayState *state, guint scene);
guint    conc_display_state_step (ConcDisplayState *state, guint scene, int direction);
char    *conc_display_state_dup_text (const ConcDisplayState *state, guint scene);
void conc_display_state_draw_scene (const ConcDisplayState *state, guint scene, ConcCanvas *canvas);

G_END_DECLS
