/* scene-frame.c: what every scene has: the ground and the bottom line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/scene.h"

/* In cap heights. */
#define LINE_PITCH 1.9
#define RULE_ABOVE 1.1
#define ROOM_ABOVE_RULE 0.9
#define GAP 1.4
/* The descenders of the last line stay inside the margin. */
#define BASELINE_LIFT 0.35
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

/* Where the bottom line begins: the rule above its text. */
static double
get_bottom_top (ConcCanvas *canvas, const ConcSceneFrame *frame)
{
  double lines = count_lines (canvas, frame) - 1;

  return canvas->safe.y + canvas->safe.height -
         (BASELINE_LIFT + lines * LINE_PITCH + 1 + RULE_ABOVE) * canvas->unit_px;
}

/**
 * conc_scene_get_room:
 * @canvas: the measures
 * @frame: the race's name and the clock
 *
 * Returns: the room that is left for the scene above the bottom line.
 */
ConcBox
conc_scene_get_room (ConcCanvas *canvas, const ConcSceneFrame *frame)
{
  ConcBox room = canvas->safe;

  room.y += ACCENT_ROOM * canvas->unit_px;
  room.height = get_bottom_top (canvas, frame) - ROOM_ABOVE_RULE * canvas->unit_px - room.y;
  return room;
}

/**
 * conc_scene_draw_bottom:
 * @canvas: where to draw
 * @frame: the race's name and the clock
 *
 * Draws the bottom line: name, clock, hotline. Where one line is too short, the hotline gets a line
 * of its own.
 */
void
conc_scene_draw_bottom (ConcCanvas *canvas, const ConcSceneFrame *frame)
{
  double baseline = canvas->safe.y + canvas->safe.height - BASELINE_LIFT * canvas->unit_px;

  draw_lines (canvas, frame, count_lines (canvas, frame), baseline);
  draw_rule (canvas, get_bottom_top (canvas, frame));
}

/** conc_scene_draw_ground: covers the whole screen. */
void
conc_scene_draw_ground (ConcCanvas *canvas)
{
  ConcBox everything = { 0, 0, canvas->width_px, canvas->height_px };

  conc_canvas_fill (canvas, &everything, &conc_ink_ground);
}
