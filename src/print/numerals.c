/* numerals.c: Draws digits that are narrow enough for four of 75 mm on a sheet of A5. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/numerals.h"

#include <string.h>

/* Everything below is in heights of a digit. A letter is read at 200 times its height, and a
 * stroke of a sixth to a seventh of the height is read farthest. No font that every machine has
 * is narrow enough: four digits of a usual one would be 50 mm high here. */
#define STROKE 0.155
#define WIDTH 0.56
#define WIDTH_OF_1 0.36
#define GAP 0.09
/* The first four of a number that is shorter or longer are as high as these. */
#define USUAL_DIGITS 4

/* Where the middle of a stroke is that touches the edge. */
#define LEFT (STROKE / 2)
#define RIGHT (WIDTH - STROKE / 2)
#define TOP (STROKE / 2)
#define BOTTOM (1 - STROKE / 2)
#define MIDDLE (WIDTH / 2)
#define RADIUS ((RIGHT - LEFT) / 2)

typedef struct
{
  double x;
  double y;
} Point;

static const Point ONE[] = { { 0.205, 0 },     { 0.36, 0 }, { 0.36, 1 }, { 0.205, 1 },
                             { 0.205, 0.185 }, { 0, 0.3 },  { 0, 0.135 } };
static const Point FOUR[] = { { 0.26, 0 },      { 0.48, 0 },     { 0.48, 0.615 }, { 0.56, 0.615 },
                              { 0.56, 0.765 },  { 0.48, 0.765 }, { 0.48, 1 },     { 0.325, 1 },
                              { 0.325, 0.765 }, { 0, 0.765 },    { 0, 0.63 } };
static const Point FOUR_HOLE[] = { { 0.325, 0.2 }, { 0.145, 0.615 }, { 0.325, 0.615 } };
static const Point SEVEN[] = { { 0, 0 },   { 0.56, 0 },       { 0.56, 0.14 }, { 0.27, 1 },
                               { 0.1, 1 }, { 0.385, STROKE }, { 0, STROKE } };

static void
polygon (cairo_t *cr, const Point *points, gsize count)
{
  cairo_move_to (cr, points[0].x, points[0].y);
  for (gsize i = 1; i < count; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_close_path (cr);
}

/* Continues the path along an oval, clockwise. */
static void
oval (cairo_t *cr, double y, double radius_x, double radius_y, double from, double to)
{
  cairo_save (cr);
  cairo_translate (cr, MIDDLE, y);
  cairo_scale (cr, radius_x, radius_y);
  cairo_arc (cr, 0, 0, 1, from, to);
  cairo_restore (cr);
}

static void
draw_0 (cairo_t *cr)
{
  oval (cr, TOP + RADIUS, RADIUS, RADIUS, -G_PI, 0);
  oval (cr, BOTTOM - RADIUS, RADIUS, RADIUS, 0, G_PI);
  cairo_close_path (cr);
}

static void
draw_2 (cairo_t *cr)
{
  /* The line to the foot leaves the bow where it touches it. */
  oval (cr, TOP + RADIUS, RADIUS, RADIUS, -G_PI, 0.6);
  cairo_line_to (cr, LEFT + 0.03, BOTTOM);
  cairo_line_to (cr, WIDTH, BOTTOM);
}

static void
draw_3 (cairo_t *cr)
{
  double waist = TOP + 2 * RADIUS, low_radius = (BOTTOM - waist) / 2;

  oval (cr, TOP + RADIUS, RADIUS, RADIUS, -G_PI, G_PI_2);
  cairo_line_to (cr, MIDDLE - 0.07, waist);
  cairo_line_to (cr, MIDDLE, waist);
  oval (cr, waist + low_radius, RADIUS, low_radius, -G_PI_2, G_PI);
}

static void
draw_5 (cairo_t *cr)
{
  cairo_move_to (cr, WIDTH - 0.04, TOP);
  cairo_line_to (cr, LEFT + 0.025, TOP);
  cairo_line_to (cr, LEFT + 0.01, 0.475);
  oval (cr, 0.645, RADIUS, BOTTOM - 0.645, -2.35, G_PI);
}

static void
draw_6 (cairo_t *cr)
{
  oval (cr, 0.645, RADIUS, BOTTOM - 0.645, 0, 2 * G_PI);
  cairo_close_path (cr);
  cairo_move_to (cr, LEFT, 0.645);
  cairo_line_to (cr, LEFT, TOP + RADIUS);
  oval (cr, TOP + RADIUS, RADIUS, RADIUS, -G_PI, -0.15);
}

static void
draw_8 (cairo_t *cr)
{
  double waist = 0.49;

  oval (cr, (TOP + waist) / 2, RADIUS - 0.018, (waist - TOP) / 2, 0, 2 * G_PI);
  cairo_close_path (cr);
  cairo_new_sub_path (cr);
  oval (cr, (waist + BOTTOM) / 2, RADIUS, (BOTTOM - waist) / 2, 0, 2 * G_PI);
  cairo_close_path (cr);
}

static void
draw_9 (cairo_t *cr)
{
  cairo_translate (cr, WIDTH, 1);
  cairo_scale (cr, -1, -1);
  draw_6 (cr);
}

static void
draw_outline (cairo_t *cr, char digit)
{
  if (digit == '1')
    polygon (cr, ONE, G_N_ELEMENTS (ONE));
  else if (digit == '7')
    polygon (cr, SEVEN, G_N_ELEMENTS (SEVEN));
  else
    {
      polygon (cr, FOUR, G_N_ELEMENTS (FOUR));
      polygon (cr, FOUR_HOLE, G_N_ELEMENTS (FOUR_HOLE));
    }
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
}

static void
draw_digit (cairo_t *cr, char digit)
{
  static void (*const STROKED[10]) (cairo_t * cr) = {
    [0] = draw_0, [2] = draw_2, [3] = draw_3, [5] = draw_5,
    [6] = draw_6, [8] = draw_8, [9] = draw_9,
  };

  cairo_new_path (cr);
  if (STROKED[digit - '0'] == NULL)
    {
      draw_outline (cr, digit);
      return;
    }
  /* The corner of a 2 would end in a spike outside. */
  cairo_rectangle (cr, 0, 0, WIDTH, 1);
  cairo_clip (cr);
  STROKED[digit - '0'](cr);
  cairo_set_line_width (cr, STROKE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_stroke (cr);
}

static double
width_of (char digit)
{
  return digit == '1' ? WIDTH_OF_1 : WIDTH;
}

/**
 * conc_numerals_can_draw:
 * @text: a text
 *
 * Returns: whether it has digits and nothing else.
 *
 * Thread: any.
 */
gboolean
conc_numerals_can_draw (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/**
 * conc_numerals_get_width:
 * @text: digits
 * @height_mm: how high they are
 *
 * Returns: the width of the number in mm, from ink to ink.
 *
 * Thread: any.
 */
double
conc_numerals_get_width (const char *text, double height_mm)
{
  double width = -GAP;

  for (const char *digit = text; *digit != '\0'; digit++)
    width += width_of (*digit) + GAP;
  return width * height_mm;
}

/**
 * conc_numerals_get_height:
 * @text: digits
 * @width_mm: the room there is
 * @height_max_mm: the height there is
 *
 * Works out how high digits can be. Numbers of up to four digits are all as high as four wide
 * ones, so that the bibs of a race look alike.
 *
 * Returns: the height in mm.
 *
 * Thread: any.
 */
double
conc_numerals_get_height (const char *text, double width_mm, double height_max_mm)
{
  double width = USUAL_DIGITS * WIDTH + (USUAL_DIGITS - 1) * GAP;

  if (strlen (text) > USUAL_DIGITS)
    width = MAX (width, conc_numerals_get_width (text, 1));
  return MIN (height_max_mm, width_mm / width);
}

/**
 * conc_numerals_draw:
 * @cr: where to draw; its unit is 1 mm and its source the colour of the digits
 * @text: digits
 * @x_mm: left edge of the ink
 * @y_mm: top edge of the ink
 * @height_mm: how high the digits are
 *
 * Draws a number.
 *
 * Thread: any, one at a time for one @cr.
 */
void
conc_numerals_draw (cairo_t *cr, const char *text, double x_mm, double y_mm, double height_mm)
{
  for (const char *digit = text; *digit != '\0'; digit++)
    {
      cairo_save (cr);
      cairo_translate (cr, x_mm, y_mm);
      cairo_scale (cr, height_mm, height_mm);
      draw_digit (cr, *digit);
      cairo_restore (cr);
      x_mm += (width_of (*digit) + GAP) * height_mm;
    }
}
