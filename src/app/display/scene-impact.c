/* scene-impact.c: an impact card: a figure, a sentence, its source, in silence. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/scene.h"

/* In units. */
#define FIGURE_CAP 3.6
#define FIGURE_ROOM 2.0
#define SOURCE_GAP 1.6

/* The largest first; the last is the smallest that can be read. */
static const double text_caps[] = { 1.5, 1.35, 1.2, 1.1, 1.0 };

static double
measure (ConcCanvas           *canvas,
         const ConcImpactCard *card,
         const ConcTextStyle  *figure_style,
         const ConcTextStyle  *text_style,
         const ConcTextStyle  *source_style)
{
  return figure_style->cap_px + (FIGURE_ROOM + SOURCE_GAP) * canvas->unit_px +
         conc_canvas_measure_paragraph (canvas, card->text, text_style) +
         conc_canvas_measure_paragraph (canvas, card->source, source_style);
}

/**
 * conc_scene_draw_impact:
 * @room: what conc_scene_get_room() says
 * @card: what to show
 *
 * The sentence is as large as fits, the card in the middle of the height.
 */
void
conc_scene_draw_impact (ConcCanvas *canvas, const ConcBox *room, const ConcImpactCard *card)
{
  double        unit = canvas->unit_px;
  double        text_width = MIN (room->width, 44 * unit);
  ConcTextStyle figure = { FIGURE_CAP * unit, 0, CONC_ALIGN_LEFT, PANGO_WEIGHT_BOLD,
                           &conc_ink_text };
  ConcTextStyle text = { unit, text_width, CONC_ALIGN_LEFT, 0, &conc_ink_text };
  ConcTextStyle source = { unit, text_width, CONC_ALIGN_LEFT, 0, &conc_ink_quiet };
  double        y;

  figure.cap_px = conc_canvas_fit (canvas, card->figure, &figure, room->width);
  for (guint i = 0; i < G_N_ELEMENTS (text_caps); i++)
    {
      text.cap_px = text_caps[i] * unit;
      if (measure (canvas, card, &figure, &text, &source) <= room->height)
        break;
    }
  y = room->y + MAX (0.0, (room->height - measure (canvas, card, &figure, &text, &source)) / 2);
  conc_canvas_draw (canvas, card->figure, room->x, y + figure.cap_px, &figure);
  y += figure.cap_px + FIGURE_ROOM * unit;
  y += conc_canvas_draw_paragraph (canvas, card->text, room->x, y, &text) + SOURCE_GAP * unit;
  conc_canvas_draw_paragraph (canvas, card->source, room->x, y, &source);
}
