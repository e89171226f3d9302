/* label-parts.c: Draws texts, bibs, rules and panels in their boxes, never beyond them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-private.h"

#include "print/numerals.h"

#include <math.h>

/* Of the size of letters: capitals above the baseline, and what hangs below it. */
#define ASCENT 0.72
#define DESCENT 0.24
#define LINE_PITCH 1.2
/* Smaller ones are not read at arm's length. */
#define TEXT_MIN_MM 1.8
#define OUTLINE_MM 0.3
#define RULE_MM 0.2
#define CORNER_MM 1.5
#define PANEL_PADDING_MM 2.0
#define PANEL_TITLE_MM 3.2
/* Room for a line that is written by hand. */
#define PANEL_LINE_MM 9.0
/* Who is on a label; these texts do not come again. */
#define OWN_FIELDS                                                                                 \
  (1u << CONC_LABEL_FIELD_BIB | 1u << CONC_LABEL_FIELD_NAME | 1u << CONC_LABEL_FIELD_EMERGENCY |   \
   1u << CONC_LABEL_FIELD_MEDICAL)

static const double
    SHARES[] = { [CONC_ALIGN_START] = 0, [CONC_ALIGN_CENTRE] = 0.5, [CONC_ALIGN_END] = 1 };

static double
resolve_mm (ConcLength length, double whole_mm)
{
  return length.is_share ? length.value * whole_mm : length.value;
}

/* Where the first baseline is: by the letters, so that marks above and below do not move the line,
 * but never so that ink leaves the box. */
static double
find_baseline (const ConcLayoutPart *part, const ConcArea *area, const ConcTextExtents *extents)
{
  double descent = part->valign == CONC_ALIGN_CENTRE ? 0 : DESCENT;
  double spare_mm =
      area->height_mm - (ASCENT + descent) * extents->size_mm - extents->last_baseline_mm;
  double baseline_mm = ASCENT * extents->size_mm + SHARES[part->valign] * spare_mm;
  double lowest_mm = area->height_mm - extents->ink_top_mm - extents->ink_height_mm;

  return area->y_mm + MAX (-extents->ink_top_mm, MIN (baseline_mm, lowest_mm));
}

/**
 * conc_part_draw_fitted:
 * @pen: what to draw with
 * @part: how the text is aligned
 * @area: its box
 * @extents: what conc_typesetter_fit() said of it
 *
 * Draws the text that was set last. Letters of some scripts are higher than their size: they are
 * drawn smaller instead of over what is beside them.
 *
 * Thread: that of the typesetter.
 */
void
conc_part_draw_fitted (const ConcPartPen     *pen,
                       const ConcLayoutPart  *part,
                       const ConcArea        *area,
                       const ConcTextExtents *extents)
{
  ConcTextExtents scaled = *extents;
  double          scale = 1, left_mm;

  if (extents->ink_width_mm > 0 && extents->ink_height_mm > 0)
    scale = MIN (1, MIN (area->height_mm / extents->ink_height_mm,
                         area->width_mm / extents->ink_width_mm));
  scaled.size_mm *= scale;
  scaled.ink_top_mm *= scale;
  scaled.ink_height_mm *= scale;
  scaled.last_baseline_mm *= scale;
  left_mm = SHARES[part->align] * (area->width_mm - scale * extents->width_mm);
  /* Ink beyond the width of a line, as of slanted letters, is moved into the box. */
  left_mm = MIN (left_mm, area->width_mm - scale * (extents->ink_left_mm + extents->ink_width_mm));
  left_mm = MAX (left_mm, -scale * extents->ink_left_mm);
  cairo_save (pen->cr);
  cairo_translate (pen->cr, area->x_mm + left_mm, find_baseline (part, area, &scaled));
  cairo_scale (pen->cr, scale, scale);
  conc_typesetter_draw (pen->typesetter, pen->cr, 0, 0);
  cairo_restore (pen->cr);
}

/**
 * conc_part_draw_text:
 * @pen: what to draw with
 * @part: the part
 * @area: its box
 * @text: what is written
 *
 * Writes a text into a box: in its full size, or smaller, or in several lines, or cut with an
 * ellipsis. Ink never leaves the box.
 *
 * Thread: that of the typesetter.
 */
void
conc_part_draw_text (const ConcPartPen    *pen,
                     const ConcLayoutPart *part,
                     const ConcArea       *area,
                     const char           *text)
{
  double size_mm = resolve_mm (part->size_max, area->height_mm);
  double size_min_mm =
      MIN (size_mm, MAX (TEXT_MIN_MM, resolve_mm (part->size_min, area->height_mm)));
  int lines_max = (int) floor (area->height_mm / (LINE_PITCH * MAX (size_min_mm, 0.1)) + 0.1);
  ConcTextFit fit = {
    .face = part->face,
    .width_mm = area->width_mm,
    .height_mm = area->height_mm,
    .size_mm = size_mm,
    .size_min_mm = size_min_mm,
    .lines = CLAMP (part->lines, 1, MAX (1, lines_max)),
    .recurring = (part->uses & OWN_FIELDS) == 0,
    .centred = part->align == CONC_ALIGN_CENTRE,
  };
  ConcTextExtents extents;

  conc_typesetter_fit (pen->typesetter, text, &fit, &extents);
  conc_part_draw_fitted (pen, part, area, &extents);
}

static void
draw_numerals (const ConcPartPen    *pen,
               const ConcLayoutPart *part,
               const ConcArea       *area,
               const char           *text)
{
  double height_mm = conc_numerals_get_height (text, area->width_mm, area->height_mm);
  double spare_x_mm = area->width_mm - conc_numerals_get_width (text, height_mm);
  double spare_y_mm = area->height_mm - height_mm;

  conc_numerals_draw (pen->cr, text, area->x_mm + SHARES[part->align] * spare_x_mm,
                      area->y_mm + SHARES[part->valign] * spare_y_mm, height_mm);
}

/**
 * conc_part_draw_bib:
 * @pen: what to draw with
 * @part: the part
 * @area: its box
 * @text: the bib
 *
 * Draws a bib by its ink, as digits have nothing below the baseline. Bibs of up to four digits are
 * of one size, longer ones smaller.
 *
 * Thread: that of the typesetter.
 */
void
conc_part_draw_bib (const ConcPartPen    *pen,
                    const ConcLayoutPart *part,
                    const ConcArea       *area,
                    const char           *text)
{
  ConcTextFit fit = {
    .face = CONC_FACE_BLACK, .width_mm = area->width_mm, .size_min_mm = TEXT_MIN_MM, .lines = 1
  };
  ConcTextExtents extents;
  double          left_mm, scale;

  if (part->numerals && conc_numerals_can_draw (text))
    {
      draw_numerals (pen, part, area, text);
      return;
    }
  fit.size_mm =
      MIN (area->height_mm / pen->usual_bib_height, area->width_mm / pen->usual_bib_width);
  conc_typesetter_fit (pen->typesetter, text, &fit, &extents);
  if (extents.ink_height_mm <= 0 || extents.ink_width_mm <= 0)
    return;
  scale =
      MIN (1, MIN (area->height_mm / extents.ink_height_mm, area->width_mm / extents.ink_width_mm));
  left_mm = SHARES[part->align] * (area->width_mm - scale * extents.ink_width_mm);
  cairo_save (pen->cr);
  cairo_translate (pen->cr, area->x_mm + left_mm - scale * extents.ink_left_mm,
                   area->y_mm - scale * extents.ink_top_mm +
                       SHARES[part->valign] * (area->height_mm - scale * extents.ink_height_mm));
  cairo_scale (pen->cr, scale, scale);
  conc_typesetter_draw (pen->typesetter, pen->cr, 0, 0);
  cairo_restore (pen->cr);
}

/**
 * conc_part_draw_rule:
 * @pen: what to draw with
 * @area: the box, which it fills
 *
 * Draws a rule.
 *
 * Thread: that of the pen.
 */
void
conc_part_draw_rule (const ConcPartPen *pen, const ConcArea *area)
{
  cairo_rectangle (pen->cr, area->x_mm, area->y_mm, area->width_mm, area->height_mm);
  cairo_fill (pen->cr);
}

static void
draw_lines (cairo_t *cr, const ConcArea *area, int lines)
{
  int    room = (int) floor (area->height_mm / PANEL_LINE_MM + 0.3);
  double pitch_mm;

  lines = CLAMP (lines, 1, MAX (1, room));
  pitch_mm = area->height_mm / lines;
  for (int line = 1; line <= lines; line++)
    {
      cairo_rectangle (cr, area->x_mm, area->y_mm + line * pitch_mm - RULE_MM, area->width_mm,
                       RULE_MM);
      cairo_fill (cr);
    }
}

/**
 * conc_part_draw_panel:
 * @pen: what to draw with
 * @part: the part
 * @area: its box
 * @title: (nullable): what the panel is for
 * @text: (nullable): what is written in it; %NULL for lines to write on
 *
 * Draws an outlined box with a title.
 *
 * Thread: that of the typesetter.
 */
void
conc_part_draw_panel (const ConcPartPen    *pen,
                      const ConcLayoutPart *part,
                      const ConcArea       *area,
                      const char           *title,
                      const char           *text)
{
  ConcLayoutPart title_part = { .valign = CONC_ALIGN_START,
                                .face = CONC_FACE_BOLD,
                                .lines = 1,
                                .size_max = { PANEL_TITLE_MM, FALSE },
                                .size_min = { PANEL_TITLE_MM / 2, FALSE } };
  ConcArea       edge = { area->x_mm + OUTLINE_MM / 2, area->y_mm + OUTLINE_MM / 2,
                          area->width_mm - OUTLINE_MM, area->height_mm - OUTLINE_MM };
  ConcArea       inside = { area->x_mm + PANEL_PADDING_MM, area->y_mm + PANEL_PADDING_MM,
                            area->width_mm - 2 * PANEL_PADDING_MM,
                            area->height_mm - 2 * PANEL_PADDING_MM };

  conc_part_rounded (pen->cr, &edge, MIN (CORNER_MM, edge.height_mm / 3));
  cairo_set_line_width (pen->cr, OUTLINE_MM);
  cairo_stroke (pen->cr);
  if (inside.width_mm <= 0 || inside.height_mm <= 0)
    return;
  if (title != NULL)
    {
      ConcArea head = inside;

      head.height_mm = MIN (LINE_PITCH * PANEL_TITLE_MM, inside.height_mm / 2);
      inside.y_mm += head.height_mm;
      inside.height_mm -= head.height_mm;
      conc_part_draw_text (pen, &title_part, &head, title);
    }
  if (text != NULL)
    conc_part_draw_text (pen, part, &inside, text);
  else
    draw_lines (pen->cr, &inside, part->lines);
}
