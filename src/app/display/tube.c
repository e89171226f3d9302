/* tube.c: the tube of the thermometer, for the projector and for a page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/tube.h"

#include <math.h>

const ConcTubeInks conc_tube_inks_dark = {
  .glass = { 0.725, 0.765, 0.855, 0.9 },
  .received = { 0.973, 0.957, 0.918, 1.0 },
  .matched = { 0.52, 0.72, 0.98, 1.0 },
  .pledged = { 0.725, 0.765, 0.855, 1.0 },
  .fresh = { 1.0, 0.737, 0.337, 1.0 },
};

/* Beyond the goal the tube ends a little above what there is: 1/16. */
#define HEADROOM_DIVISOR 16
#define DEFAULT_TOP_CENTS 100000

/* The next of 1, 2, 2.5, 5, 10 … dollars times 100 that is not below @cents. */
static gint64
round_up_nicely (gint64 cents)
{
  static const int steps[] = { 10, 20, 25, 50 };
  gint64           scale = 1000;

  for (;; scale *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (scale * steps[i] / 10 >= cents)
        return scale * steps[i] / 10;
}

/**
 * conc_tube_get_top_cents:
 *
 * Returns: the amount at the upper end of the tube: the goal; beyond the goal a little more than
 *   there is; without a goal the next round amount. Always more than 0.
 */
gint64
conc_tube_get_top_cents (const ConcSceneMoney *money)
{
  gint64 total = money->raised_cents + money->pledged_cents;

  if (money->goal_cents <= 0)
    return total > 0 ? round_up_nicely (total) : DEFAULT_TOP_CENTS;
  if (total <= money->goal_cents)
    return money->goal_cents;
  return total + total / HEADROOM_DIVISOR;
}

/**
 * conc_tube_get_ticks:
 * @ret_cents: (out caller-allocates) (array length=max_ticks): the amounts, from 0 upwards
 *
 * Returns: how many: the quarters of the goal, or of the tube where there is no goal; 5 at most.
 */
guint
conc_tube_get_ticks (const ConcSceneMoney *money, gint64 *ret_cents, guint max_ticks)
{
  gint64 whole = money->goal_cents > 0 ? money->goal_cents : conc_tube_get_top_cents (money);
  guint  n_ticks = MIN (5, max_ticks);

  for (guint i = 0; i < n_ticks; i++)
    ret_cents[i] = whole * i / 4;
  return n_ticks;
}

/** conc_tube_get_y: Returns: how high @cents is in @tube, in its pixels; within the tube. */
double
conc_tube_get_y (const ConcSceneMoney *money, const ConcBox *tube, gint64 cents)
{
  double part = (double) cents / (double) conc_tube_get_top_cents (money);

  return tube->y + tube->height * (1 - CLAMP (part, 0.0, 1.0));
}

/**
 * conc_tube_get_percent:
 *
 * Returns: how much of the goal was raised, in whole percent, never rounded up: 100 is said when
 *   the goal is reached and not before; it goes on above. -1 without a goal. Pledges do not count.
 */
int
conc_tube_get_percent (const ConcSceneMoney *money)
{
  if (money->goal_cents <= 0)
    return -1;
  return (int) MIN (MAX (money->raised_cents, 0) * 100 / money->goal_cents, G_MAXINT);
}

static void
set_ink (cairo_t *cr, const ConcInk *ink)
{
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, ink->alpha);
}

/* @slope 1 is a hatching that rises to the right, 0 is level lines. */
static void
draw_lines (cairo_t *cr, const ConcBox *box, const ConcInk *ink, int slope, double step)
{
  double rise = slope * box->width;

  set_ink (cr, ink);
  cairo_set_line_width (cr, step * 0.38);
  for (double y = box->y; y < box->y + box->height + rise + step; y += step)
    {
      cairo_move_to (cr, box->x, y);
      cairo_line_to (cr, box->x + box->width, y - rise);
    }
  cairo_stroke (cr);
}

static void
draw_part (cairo_t            *cr,
           const ConcBox      *box,
           ConcTubePart        part,
           const ConcTubeInks *inks,
           double              step)
{
  const ConcInk *fill = part == CONC_TUBE_FRESH ? &inks->fresh : &inks->received;

  if (box->height <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
  if (part == CONC_TUBE_MATCHED)
    draw_lines (cr, box, &inks->matched, 1, step);
  else if (part == CONC_TUBE_PLEDGED)
    draw_lines (cr, box, &inks->pledged, 0, step);
  else
    {
      set_ink (cr, fill);
      cairo_paint (cr);
    }
  cairo_restore (cr);
}

static void
trace_tube (cairo_t *cr, const ConcBox *tube)
{
  double radius = MIN (tube->width / 2, tube->height / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, tube->x + radius, tube->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, tube->x + tube->width - radius, tube->y + radius, radius, 1.5 * G_PI, 0);
  cairo_line_to (cr, tube->x + tube->width, tube->y + tube->height);
  cairo_line_to (cr, tube->x, tube->y + tube->height);
  cairo_close_path (cr);
}

/**
 * conc_tube_draw:
 * @tube: where; its upper end is the top amount, its lower end is 0
 * @money: a negative amount is drawn as none
 *
 * Draws received, matched and pledged on top of one another, then the glass around them.
 */
void
conc_tube_draw (cairo_t              *cr,
                const ConcBox        *tube,
                const ConcSceneMoney *money,
                const ConcTubeInks   *inks)
{
  gint64       received = money->raised_cents - money->matched_cents;
  gint64       levels[] = { 0, received - money->fresh_cents, received, money->raised_cents,
                            money->raised_cents + money->pledged_cents };
  ConcTubePart parts[] = { CONC_TUBE_RECEIVED, CONC_TUBE_FRESH, CONC_TUBE_MATCHED,
                           CONC_TUBE_PLEDGED };
  double       step = tube->width / 5;

  cairo_save (cr);
  trace_tube (cr, tube);
  cairo_clip (cr);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double  top = conc_tube_get_y (money, tube, levels[i + 1]);
      double  bottom = conc_tube_get_y (money, tube, levels[i]);
      ConcBox box = { tube->x, top, tube->width, bottom - top };

      draw_part (cr, &box, parts[i], inks, step);
    }
  cairo_restore (cr);
  trace_tube (cr, tube);
  set_ink (cr, &inks->glass);
  cairo_set_line_width (cr, MAX (1.0, tube->width / 24));
  cairo_stroke (cr);
}

/** conc_tube_draw_swatch: draws a small sample of @part for a legend. */
void
conc_tube_draw_swatch (cairo_t *cr, const ConcBox *box, ConcTubePart part, const ConcTubeInks *inks)
{
  double line = MAX (1.0, box->width / 16);

  draw_part (cr, box, part, inks, box->width / 4);
  set_ink (cr, &inks->glass);
  cairo_set_line_width (cr, line);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_stroke (cr);
}
