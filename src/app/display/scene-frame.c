/* scene-frame.c: what every scene has: the ground and the bottom line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/scene.h"

/* In cap heights. */
#define LINE_PITCH 1.9
#define RULE_ABOVE 1.1
#define ROOM_ABOVE_RULE 0.9
#define GAP 1.4
/* Ascenders and accents rise above the capitals. */
#define ACCENT_ROOM 0.4

static void
draw_rule (ConcCanvas *canvas, double y)
{
  ConcBox rule = { canvas->safe.x, y, canvas->safe.width, MAX (1.0, canvas->unit_px / 18) };

  conc_canvas_fill (canvas, &rule, &conc_ink_rule);
}

/* One line for everything; or the name on a line of its own; or the hotline on two lines too. */
static guint
count_lines (ConcCanvas *canvas, const ConcSceneFrame *frame)
{
  ConcTextStyle style = { canvas->unit_px, 0, CONC_ALIGN_LEFT, PANGO_WEIGHT_SEMIBOLD, NULL };
  double        hotline = conc_canvas_measure (canvas, CONC_HOTLINE, &style);
  double        clock = conc_canvas_measure (canvas, frame->clock, &style);
  double        name = conc_canvas_measure (canvas, frame->race_name, &style);
  double        gap = GAP * canvas->unit_px;

  if (name + hotline + clock + 2 * gap <= canvas->safe.width)
    return 1;
  return hotline + clock + gap <= canvas->safe.width ? 2 : 3;
}

/* The hotline and the clock are never cut; the race's name is, when there is no room. */
static void
draw_lines (ConcCanvas *canvas, const ConcSceneFrame *frame, guint n_lines, double baseline)
{
  double        pitch = LINE_PITCH * canvas->unit_px;
  double        left = canvas->safe.x;
  double        right = left + canvas->safe.width;
  ConcTextStyle quiet = { canvas->unit_px, 0, CONC_ALIGN_LEFT, 0, &conc_ink_quiet };
  ConcTextStyle clock = { canvas->unit_px, 0, CONC_ALIGN_RIGHT, PANGO_WEIGHT_SEMIBOLD, NULL };
  ConcTextStyle name = { canvas->unit_px, canvas->safe.width, CONC_ALIGN_LEFT,
                         PANGO_WEIGHT_SEMIBOLD, NULL };
  double        name_width;

  name_width =
      conc_canvas_draw (canvas, frame->race_name, left, baseline - (n_lines - 1) * pitch, &name);
  conc_canvas_draw (canvas, frame->clock, right, baseline, &clock);
  if (n_lines == 3)
    {
      conc_canvas_draw (canvas, CONC_HOTLINE_CALL, left, baseline - pitch, &quiet);
      conc_canvas_draw (canvas, CONC_HOTLINE_TEXT, left, baseline, &quiet);
    }
  else
    conc_canvas_draw (canvas, CONC_HOTLINE,
                      n_lines == 1 ? left + name_width + GAP * canvas->unit_px : left, baseline,
                      &quiet);
}

/**
 * conc_scene_draw_frame:
 * @canvas: where to draw
 * @frame: the race's name and the clock
 *
 * Draws the ground and the bottom line: name, clock, hotline. Where one line is too short, the
 * hotline gets a line of its own.
 *
 * Returns: the room that is left for the scene.
 */
ConcBox
conc_scene_draw_frame (ConcCanvas *canvas, const ConcSceneFrame *frame)
{
  double  unit = canvas->unit_px;
  ConcBox everything = { 0, 0, canvas->width_px, canvas->height_px };
  ConcBox room = canvas->safe;
  double  baseline = canvas->safe.y + canvas->safe.height - unit * 0.35;
  guint   n_lines = count_lines (canvas, frame);
  double  top = baseline - (n_lines - 1) * LINE_PITCH * unit - unit;

  conc_canvas_fill (canvas, &everything, &conc_ink_ground);
  draw_lines (canvas, frame, n_lines, baseline);
  draw_rule (canvas, top - RULE_ABOVE * unit);
  room.y += ACCENT_ROOM * unit;
  room.height = top - (RULE_ABOVE + ROOM_ABOVE_RULE) * unit - room.y;
  return room;
}
