/* scene-board.c: the leaderboard: place, name, time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/scene.h"

#include <glib/gi18n.h>

/* In units: cap height of the title and of a row, and the distance of rows. */
#define TITLE_CAP 1.3
#define TITLE_ROOM 3.1
#define ROW_CAP 1.1
#define PITCH_WIDE 2.45
#define PITCH_PORTRAIT 4.0
#define COLUMN_GAP 1.2
#define MIN_ROWS 5
#define MAX_ROWS 10

static double
get_smallest_pitch (ConcCanvas *canvas)
{
  return (conc_canvas_is_portrait (canvas) ? PITCH_PORTRAIT : PITCH_WIDE) * canvas->unit_px;
}

static double
get_rows_height (ConcCanvas *canvas, const ConcBox *room)
{
  return room->height - TITLE_ROOM * canvas->unit_px;
}

/**
 * conc_scene_board_count_rows:
 * @room: what conc_scene_get_room() says
 *
 * Returns: how many rows fit: 5 to 10.
 */
guint
conc_scene_board_count_rows (ConcCanvas *canvas, const ConcBox *room)
{
  double n_rows = get_rows_height (canvas, room) / get_smallest_pitch (canvas);

  return (guint) CLAMP (n_rows, MIN_ROWS, MAX_ROWS);
}

static void
draw_title (ConcCanvas *canvas, const ConcBox *room, const ConcSceneBoard *board)
{
  double           unit = canvas->unit_px;
  double           baseline = room->y + TITLE_CAP * unit;
  ConcTextStyle    count_style = { unit, 0, CONC_ALIGN_RIGHT, 0, &conc_ink_quiet };
  ConcTextStyle    title_style = { TITLE_CAP * unit, 0, CONC_ALIGN_LEFT, PANGO_WEIGHT_BOLD,
                                   &conc_ink_text };
  g_autofree char *count =
      g_strdup_printf (ngettext ("%'u finished", "%'u finished", board->n_finished),
                       board->n_finished);
  double width = 0;

  if (board->n_finished > 0)
    width = conc_canvas_draw (canvas, count, room->x + room->width, baseline, &count_style);
  title_style.width_px = room->width - width - COLUMN_GAP * unit;
  conc_canvas_draw (canvas, board->title, room->x, baseline, &title_style);
}

/* The widths of the columns of figures, so that they stand still for the whole board. */
typedef struct
{
  double place_px;
  double time_px;
} Columns;

static Columns
measure_columns (ConcCanvas *canvas, const ConcSceneBoard *board, guint n_rows)
{
  ConcTextStyle style = { ROW_CAP * canvas->unit_px, 0, CONC_ALIGN_RIGHT, PANGO_WEIGHT_BOLD, NULL };
  Columns       columns = { 0 };

  for (guint i = 0; i < n_rows; i++)
    {
      ConcSceneRow *row = board->rows->pdata[i];
      double        place_px = conc_canvas_measure (canvas, row->place, &style);
      double        time_px = conc_canvas_measure (canvas, row->time, &style);

      columns.place_px = MAX (columns.place_px, place_px);
      columns.time_px = MAX (columns.time_px, time_px);
    }
  return columns;
}

/* On a narrow screen the time stands below the name, so that a name keeps its length. */
static void
draw_row (ConcCanvas         *canvas,
          const ConcBox      *room,
          const ConcSceneRow *row,
          const Columns      *columns,
          double              baseline)
{
  double         unit = canvas->unit_px;
  gboolean       two_lines = conc_canvas_is_portrait (canvas);
  double         name_x = room->x + columns->place_px + COLUMN_GAP * unit;
  double         right = room->x + room->width;
  const ConcInk *ink = row->is_new ? &conc_ink_accent : &conc_ink_text;
  ConcTextStyle  place_style = { ROW_CAP * unit, 0, CONC_ALIGN_RIGHT, 0, &conc_ink_quiet };
  ConcTextStyle  name_style = { ROW_CAP * unit, 0, CONC_ALIGN_LEFT, PANGO_WEIGHT_MEDIUM, ink };
  ConcTextStyle  time_style = { ROW_CAP * unit, 0, CONC_ALIGN_RIGHT, PANGO_WEIGHT_SEMIBOLD, ink };

  name_style.width_px = right - name_x;
  if (!two_lines)
    name_style.width_px -= columns->time_px + COLUMN_GAP * unit;
  conc_canvas_draw (canvas, row->place, room->x + columns->place_px, baseline, &place_style);
  conc_canvas_draw (canvas, row->name, name_x, baseline, &name_style);
  if (two_lines)
    {
      time_style.align = CONC_ALIGN_LEFT;
      conc_canvas_draw (canvas, row->time, name_x, baseline + 1.75 * unit, &time_style);
    }
  else
    conc_canvas_draw (canvas, row->time, right, baseline, &time_style);
}

static void
draw_rows (ConcCanvas *canvas, const ConcBox *room, const ConcSceneBoard *board)
{
  guint   fitting = conc_scene_board_count_rows (canvas, room);
  guint   n_rows = MIN (board->rows->len, fitting);
  Columns columns = measure_columns (canvas, board, n_rows);
  double  pitch = get_rows_height (canvas, room) / fitting;
  double  top = room->y + TITLE_ROOM * canvas->unit_px;

  cairo_save (canvas->cr);
  cairo_rectangle (canvas->cr, 0, top - canvas->unit_px * 0.6, canvas->width_px,
                   room->y + room->height - top + canvas->unit_px * 1.2);
  cairo_clip (canvas->cr);
  for (guint i = 0; i < n_rows; i++)
    {
      ConcSceneRow *row = board->rows->pdata[i];
      double        baseline = top + ROW_CAP * canvas->unit_px + (i + row->offset_rows) * pitch;

      cairo_save (canvas->cr);
      cairo_translate (canvas->cr, row->slide * canvas->width_px, 0);
      draw_row (canvas, room, row, &columns, baseline);
      cairo_restore (canvas->cr);
    }
  cairo_restore (canvas->cr);
}

/**
 * conc_scene_draw_board:
 * @room: what conc_scene_get_room() says
 * @board: what to show; more rows than fit are left out; without rows it says what will be here
 *
 * Names are cut with an ellipsis, never shrunk. What is new is in the accent's color while it moves
 * and until the board changes again.
 */
void
conc_scene_draw_board (ConcCanvas *canvas, const ConcBox *room, const ConcSceneBoard *board)
{
  double        unit = canvas->unit_px;
  ConcTextStyle style = { 1.25 * unit, room->width, CONC_ALIGN_LEFT, 0, &conc_ink_quiet };

  draw_title (canvas, room, board);
  if (board->rows->len > 0)
    draw_rows (canvas, room, board);
  else
    conc_canvas_draw_paragraph (canvas, _ ("The first names appear here as they cross the line."),
                                room->x, room->y + TITLE_ROOM * unit, &style);
}
