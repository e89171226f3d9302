/* canvas.c: text and measures for scenes that a crowd reads from far away. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/canvas.h"

/* Deep blue, the color of the movement against trafficking, and one warm accent. Contrast on the
 * ground: text 14:1, quiet 8:1, accent 9:1. */
const ConcInk conc_ink_ground = { 0.035, 0.094, 0.235, 1.0 };
const ConcInk conc_ink_text = { 0.973, 0.957, 0.918, 1.0 };
const ConcInk conc_ink_quiet = { 0.725, 0.765, 0.855, 1.0 };
const ConcInk conc_ink_accent = { 1.0, 0.737, 0.337, 1.0 };
const ConcInk conc_ink_rule = { 0.725, 0.765, 0.855, 0.35 };

/* The height of a line of running text, in cap heights. */
#define LINE_PER_CAP 2.0
#define PROBE_EM_PX 200

static PangoLayout *
create_layout (ConcCanvas *canvas, const char *text, const ConcTextStyle *style)
{
  PangoLayout *layout = pango_cairo_create_layout (canvas->cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, canvas->font_family);
  pango_font_description_set_weight (font,
                                     style->weight == 0 ? PANGO_WEIGHT_NORMAL : style->weight);
  pango_font_description_set_absolute_size (font, style->cap_px / canvas->cap_per_em * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static PangoLayout *
create_line (ConcCanvas *canvas, const char *text, const ConcTextStyle *style)
{
  PangoLayout *layout = create_layout (canvas, text, style);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (style->width_px > 0)
    {
      /* Left of a text that is written from the right is its end: names stand in one column. */
      if (pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL)
        pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
      pango_layout_set_width (layout, (int) (style->width_px * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

static PangoLayout *
create_paragraph (ConcCanvas *canvas, const char *text, const ConcTextStyle *style)
{
  PangoLayout *layout = create_layout (canvas, text, style);
  int          height;

  pango_layout_set_width (layout, (int) (style->width_px * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, NULL, &height);
  pango_layout_set_spacing (layout, (int) (MAX (0.0, style->cap_px * LINE_PER_CAP -
                                                         (double) height /
                                                             pango_layout_get_line_count (layout)) *
                                           PANGO_SCALE));
  return layout;
}

/* Fonts differ in how tall a capital is within the em: ask this one. */
static double
measure_cap_per_em (ConcCanvas *canvas)
{
  ConcTextStyle style = { .cap_px = PROBE_EM_PX };
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle ink;

  canvas->cap_per_em = 1;
  layout = create_layout (canvas, "H", &style);
  pango_layout_get_extents (layout, &ink, NULL);
  return ink.height > 0 ? (double) ink.height / PANGO_SCALE / PROBE_EM_PX : 0.7;
}

/* Logical extents give the place, ink extents what is really covered. */
static void
tell_probe (ConcCanvas *canvas, PangoLayout *layout, double x, double y, double cap_px)
{
  PangoRectangle ink;
  ConcBox        box;

  if (canvas->probe == NULL)
    return;
  pango_layout_get_extents (layout, &ink, NULL);
  box.x = x + (double) ink.x / PANGO_SCALE;
  box.y = y + (double) ink.y / PANGO_SCALE;
  box.width = (double) ink.width / PANGO_SCALE;
  box.height = (double) ink.height / PANGO_SCALE;
  cairo_user_to_device (canvas->cr, &box.x, &box.y);
  canvas->probe (pango_layout_get_text (layout), cap_px, &box, canvas->probe_data);
}

static double
get_layout_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

/**
 * conc_canvas_init:
 * @cr: (transfer none): a context in pixels of the screen; it has to outlive @canvas
 * @width_px: the width of the screen, more than 0
 * @height_px: the height of the screen, more than 0
 * @font_family: (transfer none) (nullable): the font; NULL for the platform's
 *
 * Sets up the measures. No probe is set. Main thread.
 */
void
conc_canvas_init (ConcCanvas *canvas,
                  cairo_t    *cr,
                  int         width_px,
                  int         height_px,
                  const char *font_family)
{
  double margin_x = width_px * CONC_CANVAS_MARGIN;
  double margin_y = height_px * CONC_CANVAS_MARGIN;

  *canvas = (ConcCanvas){ .cr = cr, .width_px = width_px, .height_px = height_px };
  canvas->font_family = font_family != NULL ? font_family : "Sans";
  canvas->unit_px =
      MIN ((double) height_px / CONC_CANVAS_UNITS_HIGH, (double) width_px / CONC_CANVAS_UNITS_WIDE);
  canvas->safe = (ConcBox){ margin_x, margin_y, width_px - 2 * margin_x, height_px - 2 * margin_y };
  canvas->cap_per_em = measure_cap_per_em (canvas);
}

/** conc_canvas_is_portrait: Returns: whether the screen is higher than wide. */
gboolean
conc_canvas_is_portrait (const ConcCanvas *canvas)
{
  return canvas->height_px > canvas->width_px;
}

/** conc_canvas_set_ink: what is drawn next has the color @ink. */
void
conc_canvas_set_ink (ConcCanvas *canvas, const ConcInk *ink)
{
  cairo_set_source_rgba (canvas->cr, ink->red, ink->green, ink->blue, ink->alpha);
}

/** conc_canvas_fill: fills @box with @ink. */
void
conc_canvas_fill (ConcCanvas *canvas, const ConcBox *box, const ConcInk *ink)
{
  conc_canvas_set_ink (canvas, ink);
  cairo_rectangle (canvas->cr, box->x, box->y, box->width, box->height);
  cairo_fill (canvas->cr);
}

/** conc_canvas_measure: Returns: how wide @text is on one line, in pixels. */
double
conc_canvas_measure (ConcCanvas *canvas, const char *text, const ConcTextStyle *style)
{
  g_autoptr (PangoLayout) layout = create_line (canvas, text, style);

  return get_layout_width (layout);
}

/**
 * conc_canvas_draw:
 * @text: one line; of a longer one what fits into the style's width, with an ellipsis
 * @x: the left end, the middle or the right end of the text, as the style's alignment says
 * @baseline: where the letters stand
 *
 * Figures are of one width, so that a column of right-aligned times stands still.
 *
 * Returns: how wide the text became, in pixels.
 */
double
conc_canvas_draw (ConcCanvas          *canvas,
                  const char          *text,
                  double               x,
                  double               baseline,
                  const ConcTextStyle *style)
{
  g_autoptr (PangoLayout) layout = create_line (canvas, text, style);
  double width = get_layout_width (layout);
  double top = baseline - (double) pango_layout_get_baseline (layout) / PANGO_SCALE;

  if (style->align == CONC_ALIGN_CENTER)
    x -= width / 2;
  else if (style->align == CONC_ALIGN_RIGHT)
    x -= width;
  conc_canvas_set_ink (canvas, style->ink != NULL ? style->ink : &conc_ink_text);
  cairo_move_to (canvas->cr, x, top);
  pango_cairo_show_layout (canvas->cr, layout);
  tell_probe (canvas, layout, x, top, style->cap_px);
  return width;
}

/**
 * conc_canvas_fit:
 * @text: a figure, never a name: names are cut, figures may be written smaller
 * @width_px: the room there is
 *
 * Returns: the cap height at which @text fits: the style's, or less, at least one unit.
 */
double
conc_canvas_fit (ConcCanvas *canvas, const char *text, const ConcTextStyle *style, double width_px)
{
  double width = conc_canvas_measure (canvas, text, style);

  if (width <= width_px)
    return style->cap_px;
  return MAX (canvas->unit_px, style->cap_px * width_px / width);
}

/** conc_canvas_measure_paragraph: Returns: how high @text is, wrapped at the style's width. */
double
conc_canvas_measure_paragraph (ConcCanvas *canvas, const char *text, const ConcTextStyle *style)
{
  g_autoptr (PangoLayout) layout = create_paragraph (canvas, text, style);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

/**
 * conc_canvas_draw_paragraph:
 * @top: the upper end of the first line
 *
 * Draws @text, left-aligned and wrapped at the style's width.
 *
 * Returns: how high it became, in pixels.
 */
double
conc_canvas_draw_paragraph (ConcCanvas          *canvas,
                            const char          *text,
                            double               x,
                            double               top,
                            const ConcTextStyle *style)
{
  g_autoptr (PangoLayout) layout = create_paragraph (canvas, text, style);
  PangoRectangle logical;

  conc_canvas_set_ink (canvas, style->ink != NULL ? style->ink : &conc_ink_text);
  cairo_move_to (canvas->cr, x, top);
  pango_cairo_show_layout (canvas->cr, layout);
  tell_probe (canvas, layout, x, top, style->cap_px);
  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}
