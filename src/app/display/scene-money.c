/* scene-money.c: the thermometer: a tube with ticks, the amounts in figures. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/tube.h"

#include "core/money.h"

#include <glib/gi18n.h>

/* In units. */
#define TUBE_WIDTH 3.4
#define TICK_LENGTH 0.7
#define TICK_GAP 0.5
#define COLUMN_GAP 2.6
#define AMOUNT_CAP 3.6
#define AMOUNT_GAP 1.2
#define LINE_CAP 1.3
#define LINE_PITCH 2.3
#define SWATCH 1.25

typedef struct
{
  ConcTubePart part;
  const char  *title;
  gint64       cents;
} LegendLine;

/* The crowd is shown whole dollars; the cents are in the ledger. */
static char *
format_dollars (gint64 cents)
{
  return conc_money_format_short (cents - cents % 100);
}

static double
draw_tick (ConcCanvas *canvas, const ConcBox *tube, const ConcSceneMoney *money, gint64 cents)
{
  double           unit = canvas->unit_px;
  double           right = tube->x + tube->width;
  double           y = conc_tube_get_y (money, tube, cents);
  gboolean         is_goal = money->goal_cents > 0 && cents == money->goal_cents;
  g_autofree char *text = format_dollars (cents);
  ConcBox          line = { right + unit * 0.25, y - unit / 24, TICK_LENGTH * unit, unit / 12 };
  ConcTextStyle    style = { unit, 0, CONC_ALIGN_LEFT, PANGO_WEIGHT_NORMAL, &conc_ink_quiet };

  if (is_goal)
    {
      style.ink = &conc_ink_text;
      style.weight = PANGO_WEIGHT_BOLD;
    }
  conc_canvas_fill (canvas, &line, style.ink);
  return line.width + (0.25 + TICK_GAP) * unit +
         conc_canvas_draw (canvas, text, line.x + line.width + TICK_GAP * unit, y + unit / 2,
                           &style);
}

/* Returns the right end of tube, ticks and their amounts. */
static double
draw_tube (ConcCanvas *canvas, const ConcBox *room, const ConcSceneMoney *money)
{
  double  unit = canvas->unit_px;
  ConcBox tube = { room->x + unit / 8, room->y + unit * 0.6, TUBE_WIDTH * unit,
                   room->height - unit * 1.1 };
  gint64  ticks[5];
  guint   n_ticks = conc_tube_get_ticks (money, ticks, G_N_ELEMENTS (ticks));
  double  widest = 0;

  conc_tube_draw (canvas->cr, &tube, money, &conc_tube_inks_dark);
  for (guint i = 0; i < n_ticks; i++)
    {
      double width = draw_tick (canvas, &tube, money, ticks[i]);

      widest = MAX (widest, width);
    }
  return tube.x + tube.width + widest;
}

static char *
describe_goal (const ConcSceneMoney *money)
{
  g_autofree char *goal = NULL;

  if (money->goal_cents <= 0)
    return g_strdup (_ ("raised"));
  goal = format_dollars (money->goal_cents);
  /* Translators: after a large amount of money: "$12,480" "raised, 49 % of $25,000" */
  return g_strdup_printf (_ ("raised, %d %% of %s"), conc_tube_get_percent (money), goal);
}

static double
draw_amount (ConcCanvas *canvas, const ConcBox *room, const ConcSceneMoney *money)
{
  double           unit = canvas->unit_px;
  g_autofree char *amount = format_dollars (money->raised_cents);
  g_autofree char *goal = describe_goal (money);
  ConcTextStyle    amount_style = { AMOUNT_CAP * unit, 0, CONC_ALIGN_LEFT, PANGO_WEIGHT_BOLD,
                                    &conc_ink_text };
  ConcTextStyle goal_style = { LINE_CAP * unit, room->width, CONC_ALIGN_LEFT, 0, &conc_ink_text };

  if (money->fresh_cents > 0)
    amount_style.ink = &conc_ink_accent;
  amount_style.cap_px = conc_canvas_fit (canvas, amount, &amount_style, room->width);
  goal_style.cap_px = conc_canvas_fit (canvas, goal, &goal_style, room->width);
  conc_canvas_draw (canvas, amount, room->x, room->y + amount_style.cap_px, &amount_style);
  return amount_style.cap_px + AMOUNT_GAP * unit +
         conc_canvas_draw_paragraph (canvas, goal, room->x,
                                     room->y + amount_style.cap_px + AMOUNT_GAP * unit,
                                     &goal_style);
}

static void
draw_legend_line (ConcCanvas *canvas, const ConcBox *room, const LegendLine *line, double baseline)
{
  double           unit = canvas->unit_px;
  g_autofree char *amount = format_dollars (line->cents);
  ConcBox swatch = { room->x + unit / 16, baseline - unit * 1.12, SWATCH * unit, SWATCH * unit };
  ConcTextStyle title = { unit, 0, CONC_ALIGN_LEFT, 0, &conc_ink_quiet };
  ConcTextStyle figure = { unit, 0, CONC_ALIGN_RIGHT, PANGO_WEIGHT_SEMIBOLD, &conc_ink_text };
  double        right = room->x + MIN (room->width, 17 * unit);
  double        width = conc_canvas_draw (canvas, amount, right, baseline, &figure);

  title.width_px = right - width - unit - (room->x + (SWATCH + 0.8) * unit);
  conc_tube_draw_swatch (canvas->cr, &swatch, line->part, &conc_tube_inks_dark);
  conc_canvas_draw (canvas, line->title, room->x + (SWATCH + 0.8) * unit, baseline, &title);
}

/* What each part means; parts of which there is nothing are left out. */
static guint
get_legend (const ConcSceneMoney *money, LegendLine *lines)
{
  LegendLine all[] = {
    { CONC_TUBE_RECEIVED, _ ("Received"), money->raised_cents - money->matched_cents },
    { CONC_TUBE_MATCHED, _ ("Matched"), money->matched_cents },
    { CONC_TUBE_PLEDGED, _ ("Pledged"), money->pledged_cents },
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].cents > 0)
      lines[n++] = all[i];
  return n;
}

static void
draw_legend (ConcCanvas *canvas, const ConcBox *room, const LegendLine *lines, guint n, double base)
{
  for (guint i = 0; i < n; i++)
    draw_legend_line (canvas, room, &lines[i], base - (n - 1 - i) * LINE_PITCH * canvas->unit_px);
}

/**
 * conc_scene_draw_money:
 * @room: what conc_scene_get_room() says
 * @money: what there is
 *
 * The tube stands left of the figures, on a narrow screen below them.
 */
void
conc_scene_draw_money (ConcCanvas *canvas, const ConcBox *room, const ConcSceneMoney *money)
{
  double     unit = canvas->unit_px;
  LegendLine lines[3];
  guint      n_lines = get_legend (money, lines);
  ConcBox    text = *room;
  ConcBox    tube = *room;

  if (conc_canvas_is_portrait (canvas))
    {
      double used = draw_amount (canvas, &text, money) + n_lines * LINE_PITCH * unit;

      draw_legend (canvas, &text, lines, n_lines, room->y + used);
      tube.y += used + 1.5 * unit;
      tube.height -= used + 1.5 * unit;
      draw_tube (canvas, &tube, money);
      return;
    }
  text.x = draw_tube (canvas, &tube, money) + COLUMN_GAP * unit;
  text.width = room->x + room->width - text.x;
  text.y += unit * 0.6;
  draw_amount (canvas, &text, money);
  draw_legend (canvas, &text, lines, n_lines, room->y + room->height - unit * 0.5);
}
