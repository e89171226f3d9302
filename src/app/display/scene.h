/* scene.h: what the projector shows, as values, and the drawing of it on any cairo context. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/display/canvas.h"
#include "app/display/impact-cards.h"

G_BEGIN_DECLS

/* Where somebody who is trafficked, or who sees it, finds help. */
#define CONC_HOTLINE_CALL "Help: 1-888-373-7888"
#define CONC_HOTLINE_TEXT "text 233733"
#define CONC_HOTLINE CONC_HOTLINE_CALL " · " CONC_HOTLINE_TEXT

typedef enum
{
  CONC_BOARD_OVERALL,
  CONC_BOARD_WOMEN,
  CONC_BOARD_MEN,
  CONC_BOARD_NONBINARY,
  CONC_BOARD_LATEST,
  CONC_N_BOARDS
} ConcBoardKind;

/* One line of a board. @name is the public name: no other name ever comes here. @id tells rows
 * apart and is not shown. While a board changes, @offset_rows is how far the row still is from its
 * place (positive: below), and @slide how far out of the screen it still is, 1 to 0. */
typedef struct
{
  char    *id;
  char    *place;
  char    *name;
  char    *time;
  gboolean is_new;
  double   offset_rows;
  double   slide;
} ConcSceneRow;

/* The best of a board, or the latest; @n_finished is everybody on it. */
typedef struct
{
  char      *title;
  guint      n_finished;
  GPtrArray *rows;
} ConcSceneBoard;

/* @raised_cents has @matched_cents in it; @pledged_cents comes on top. A goal of 0 is none.
 * @fresh_cents is how much of what was received has only just come. */
typedef struct
{
  gint64 goal_cents;
  gint64 raised_cents;
  gint64 matched_cents;
  gint64 pledged_cents;
  gint64 fresh_cents;
} ConcSceneMoney;

/* What is on every scene. */
typedef struct
{
  char *race_name;
  char *clock;
} ConcSceneFrame;

ConcSceneRow *
conc_scene_row_new (const char *id, const char *place, const char *name, const char *time);
ConcSceneRow   *conc_scene_row_copy (const ConcSceneRow *row);
void            conc_scene_row_free (ConcSceneRow *row);
ConcSceneBoard *conc_scene_board_new (const char *title);
void            conc_scene_board_free (ConcSceneBoard *board);
gboolean        conc_scene_board_equal (const ConcSceneBoard *a, const ConcSceneBoard *b);
void   conc_scene_board_move (ConcSceneBoard *board, const GPtrArray *old_rows, double progress);
double conc_scene_ease (double progress);

void    conc_scene_draw_ground (ConcCanvas *canvas);
ConcBox conc_scene_get_room (ConcCanvas *canvas, const ConcSceneFrame *frame);
void    conc_scene_draw_bottom (ConcCanvas *canvas, const ConcSceneFrame *frame);
guint   conc_scene_board_count_rows (ConcCanvas *canvas, const ConcBox *room);
void conc_scene_draw_board (ConcCanvas *canvas, const ConcBox *room, const ConcSceneBoard *board);
void conc_scene_draw_money (ConcCanvas *canvas, const ConcBox *room, const ConcSceneMoney *money);
void conc_scene_draw_impact (ConcCanvas *canvas, const ConcBox *room, const ConcImpactCard *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSceneBoard, conc_scene_board_free)

G_END_DECLS
