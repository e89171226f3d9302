/* label-painter.c: Draws a label: code, bib, name, second line, wave and shirt. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-painter.h"

#include "print/qr.h"
#include "print/typesetter.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pango.h>

/* The widest bib that is still printed in the full size: shorter ones are as large, not larger. */
#define USUAL_BIB "0000"
/* Letters of one line, then of two, as shares of the height of their area. */
#define NAME_SHARE 0.68
#define NAME_MIN_SHARE 0.42
#define LINE2_SHARE 0.80
#define FOOT_TEXT_SHARE 0.68
#define TEXT_MIN_MM 1.8
#define CAP_HEIGHT 0.70
#define CORNER_SHARE 0.22
#define OUTLINE_MM 0.3
/* Length of the handles of a curve that is a quarter of a circle. */
#define CIRCLE_BY_CURVE 0.5523
/* Where black and white text have the same contrast (WCAG 2.1, contrast ratio). */
#define WHITE_TEXT_LUMINANCE 0.179

struct _ConcLabelPainter
{
  ConcStock      *stock;
  ConcLayout     *chosen;
  ConcTypesetter *typesetter;
  /* Measured once: ink of USUAL_BIB for letters of 1 mm. */
  double usual_bib_width;
  double usual_bib_height;
  /* The layout of the last label, which most labels share. */
  ConcLabelLayout layout;
  int             layout_modules;
  ConcLabelParts  layout_parts;
};

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static double
linear_light (guint16 channel)
{
  double value = channel / 65535.0;

  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const PangoColor *colour)
{
  return 0.2126 * linear_light (colour->red) + 0.7152 * linear_light (colour->green) +
         0.0722 * linear_light (colour->blue);
}

/* One curve a corner: an arc would be two, and half of what a box costs in a PDF. */
static void
rounded_rectangle (cairo_t *cr, const ConcArea *area, double radius_mm)
{
  double left = area->x_mm, right = left + area->width_mm;
  double top = area->y_mm, bottom = top + area->height_mm;
  double near = radius_mm * (1 - CIRCLE_BY_CURVE);

  cairo_move_to (cr, left + radius_mm, top);
  cairo_line_to (cr, right - radius_mm, top);
  cairo_curve_to (cr, right - near, top, right, top + near, right, top + radius_mm);
  cairo_line_to (cr, right, bottom - radius_mm);
  cairo_curve_to (cr, right, bottom - near, right - near, bottom, right - radius_mm, bottom);
  cairo_line_to (cr, left + radius_mm, bottom);
  cairo_curve_to (cr, left + near, bottom, left, bottom - near, left, bottom - radius_mm);
  cairo_line_to (cr, left, top + radius_mm);
  cairo_curve_to (cr, left, top + near, left + near, top, left + radius_mm, top);
  cairo_close_path (cr);
}

static ConcLabelParts
parts_of (const ConcLabel *label)
{
  ConcLabelParts parts = CONC_LABEL_PARTS_NONE;

  if (has_text (label->name))
    parts |= CONC_LABEL_PARTS_NAME;
  if (has_text (label->line2))
    parts |= CONC_LABEL_PARTS_LINE2;
  if (has_text (label->wave) || has_text (label->shirt))
    parts |= CONC_LABEL_PARTS_FOOT;
  return parts;
}

static gboolean
prepare_layout (ConcLabelPainter *self, int modules, ConcLabelParts parts, GError **error)
{
  if (modules == self->layout_modules && parts == self->layout_parts)
    return TRUE;
  if (!conc_label_layout_init (&self->layout, self->stock->label_width_mm,
                               self->stock->label_height_mm, self->stock->inset_mm,
                               self->stock->dpi, modules, parts, error))
    return FALSE;
  self->layout_modules = modules;
  self->layout_parts = parts;
  return TRUE;
}

static double
snap_to_dots (double position_mm, int dpi)
{
  return round (position_mm * dpi / 25.4) * 25.4 / dpi;
}

static void
draw_code (ConcLabelPainter *self, cairo_t *cr, cairo_surface_t *code, double x_mm, double y_mm)
{
  int dpi = self->stock->dpi;

  conc_qr_draw (cr, code, snap_to_dots (x_mm + self->layout.code.x_mm, dpi),
                snap_to_dots (y_mm + self->layout.code.y_mm, dpi), self->layout.module_mm);
}

/* The ink of the digits starts level with the code; a bib alone is in the middle. */
static void
draw_bib (ConcLabelPainter *self, cairo_t *cr, const char *bib, double x_mm, double y_mm)
{
  ConcArea area = self->layout.bib;
  double   size_mm =
      MIN (area.height_mm / self->usual_bib_height, area.width_mm / self->usual_bib_width);
  ConcTextFit fit = {
    .face = CONC_FACE_BLACK,
    .width_mm = area.width_mm,
    .size_mm = size_mm,
    .size_min_mm = TEXT_MIN_MM,
    .lines = 1,
  };
  ConcTextExtents extents;
  double          top_mm = y_mm + area.y_mm;

  conc_typesetter_fit (self->typesetter, bib, &fit, &extents);
  if (self->layout.name.height_mm == 0 && self->layout.line2.height_mm == 0)
    top_mm += (self->layout.code.height_mm - extents.ink_height_mm) / 2;
  conc_typesetter_draw (self->typesetter, cr, x_mm + area.x_mm - extents.ink_left_mm,
                        top_mm - extents.ink_top_mm);
}

/* The last baseline is the lower edge of the area, so that a name of one line is next to the
 * second line and one of two grows upwards. */
static void
draw_lines (ConcLabelPainter *self,
            cairo_t          *cr,
            const char       *text,
            const ConcArea   *area,
            ConcTextFit       fit,
            double            x_mm,
            double            y_mm)
{
  ConcTextExtents extents;

  fit.width_mm = area->width_mm;
  conc_typesetter_fit (self->typesetter, text, &fit, &extents);
  conc_typesetter_draw (self->typesetter, cr, x_mm + area->x_mm,
                        y_mm + area->y_mm + area->height_mm - extents.last_baseline_mm);
}

static void
draw_name (ConcLabelPainter *self, cairo_t *cr, const ConcLabel *label, double x_mm, double y_mm)
{
  const ConcArea *name = &self->layout.name;
  const ConcArea *line2 = &self->layout.line2;

  if (has_text (label->name))
    {
      ConcTextFit fit = {
        .face = CONC_FACE_BOLD,
        .size_mm = NAME_SHARE * name->height_mm,
        .size_min_mm = MAX (TEXT_MIN_MM, NAME_MIN_SHARE * name->height_mm),
        .lines = 2,
      };

      draw_lines (self, cr, label->name, name, fit, x_mm, y_mm);
    }
  if (has_text (label->line2))
    {
      ConcTextFit fit = {
        .face = CONC_FACE_REGULAR,
        .size_mm = LINE2_SHARE * line2->height_mm,
        .size_min_mm = TEXT_MIN_MM,
        .lines = 1,
        .recurring = TRUE,
      };

      draw_lines (self, cr, label->line2, line2, fit, x_mm, y_mm);
    }
}

/* The word is always in a box; a colour fills the box and never stands for the word. */
static void
draw_box (ConcLabelPainter *self, cairo_t *cr, const ConcArea *box, const char *colour_text)
{
  PangoColor colour;

  if (self->stock->colour && has_text (colour_text) && pango_color_parse (&colour, colour_text))
    {
      rounded_rectangle (cr, box, CORNER_SHARE * box->height_mm);
      cairo_set_source_rgb (cr, colour.red / 65535.0, colour.green / 65535.0,
                            colour.blue / 65535.0);
      cairo_fill (cr);
      if (luminance (&colour) <= WHITE_TEXT_LUMINANCE)
        cairo_set_source_rgb (cr, 1, 1, 1);
      else
        cairo_set_source_rgb (cr, 0, 0, 0);
      return;
    }
  ConcArea middle = { box->x_mm + OUTLINE_MM / 2, box->y_mm + OUTLINE_MM / 2,
                      box->width_mm - OUTLINE_MM, box->height_mm - OUTLINE_MM };

  rounded_rectangle (cr, &middle, CORNER_SHARE * middle.height_mm);
  cairo_set_line_width (cr, OUTLINE_MM);
  cairo_stroke (cr);
}

static void
draw_wave (ConcLabelPainter *self,
           cairo_t          *cr,
           const ConcLabel  *label,
           const ConcArea   *foot,
           double            width_max_mm)
{
  double      size_mm = FOOT_TEXT_SHARE * foot->height_mm;
  double      padding_mm = 0.7 * size_mm;
  ConcTextFit fit = {
    .face = CONC_FACE_BOLD,
    .width_mm = width_max_mm - 2 * padding_mm,
    .size_mm = size_mm,
    .size_min_mm = TEXT_MIN_MM,
    .lines = 1,
    .recurring = TRUE,
  };
  ConcTextExtents extents;
  ConcArea        box = *foot;

  conc_typesetter_fit (self->typesetter, label->wave, &fit, &extents);
  box.width_mm = extents.width_mm + 2 * padding_mm;
  draw_box (self, cr, &box, label->wave_colour);
  conc_typesetter_draw (self->typesetter, cr, box.x_mm + padding_mm,
                        box.y_mm + (box.height_mm + CAP_HEIGHT * size_mm) / 2);
  cairo_set_source_rgb (cr, 0, 0, 0);
}

static void
draw_foot (ConcLabelPainter *self, cairo_t *cr, const ConcLabel *label, double x_mm, double y_mm)
{
  ConcArea         foot = self->layout.foot;
  double           size_mm = FOOT_TEXT_SHARE * foot.height_mm;
  double           left_mm = foot.width_mm;
  g_autofree char *shirt = NULL;
  ConcTextExtents  extents;

  foot.x_mm += x_mm;
  foot.y_mm += y_mm;
  if (has_text (label->shirt))
    {
      double      share = has_text (label->wave) ? 0.45 : 1.0;
      ConcTextFit fit = {
        .face = CONC_FACE_BOLD,
        .width_mm = share * foot.width_mm,
        .size_mm = size_mm,
        .size_min_mm = TEXT_MIN_MM,
        .lines = 1,
        .recurring = TRUE,
      };
      double shirt_x_mm;

      /* Translators: the size of a runner's T-shirt, such as "Shirt M". */
      shirt = g_strdup_printf (_ ("Shirt %s"), label->shirt);
      conc_typesetter_fit (self->typesetter, shirt, &fit, &extents);
      shirt_x_mm = foot.x_mm + (has_text (label->wave) ? foot.width_mm - extents.width_mm : 0);
      conc_typesetter_draw (self->typesetter, cr, shirt_x_mm,
                            foot.y_mm + (foot.height_mm + CAP_HEIGHT * size_mm) / 2);
      left_mm = foot.width_mm - extents.width_mm - size_mm;
    }
  if (has_text (label->wave))
    draw_wave (self, cr, label, &foot, left_mm);
}

/**
 * conc_label_painter_new:
 * @stock: the stock that the labels are for; copied
 * @layout: (nullable): the layout; %NULL for that of bib labels
 *
 * Makes a painter. It keeps fonts and layout between labels, so one painter draws a whole job.
 *
 * Returns: (transfer full): the painter.
 *
 * Thread: any; the painter stays in the thread that made it.
 */
ConcLabelPainter *
conc_label_painter_new (const ConcStock *stock, const ConcLayout *layout)
{
  ConcLabelPainter *self;
  ConcTextFit       fit = {
          .face = CONC_FACE_BLACK,
          .width_mm = G_MAXINT16,
          .size_mm = 100,
          .size_min_mm = 100,
          .lines = 1,
  };
  ConcTextExtents extents;

  g_return_val_if_fail (stock != NULL, NULL);

  self = g_new0 (ConcLabelPainter, 1);
  self->stock = conc_stock_copy (stock);
  self->chosen = layout != NULL ? conc_layout_ref (layout) : NULL;
  self->typesetter = conc_typesetter_new ();
  conc_typesetter_fit (self->typesetter, USUAL_BIB, &fit, &extents);
  self->usual_bib_width = extents.width_mm / 100;
  self->usual_bib_height = extents.ink_height_mm / 100;
  return self;
}

/**
 * conc_label_painter_get_stock:
 * @self: a painter
 *
 * Returns: the stock as it is printed on: of a roll that is cut anywhere, the length is that which
 *   the layout asks for.
 *
 * Thread: the one that made @self.
 */
const ConcStock *
conc_label_painter_get_stock (const ConcLabelPainter *self)
{
  return self->stock;
}

/**
 * conc_label_painter_free:
 * @self: (nullable): a painter
 *
 * Frees a painter.
 *
 * Thread: the one that made it.
 */
void
conc_label_painter_free (ConcLabelPainter *self)
{
  if (self == NULL)
    return;
  conc_typesetter_free (self->typesetter);
  conc_stock_free (self->stock);
  conc_layout_unref (self->chosen);
  g_free (self);
}

/**
 * conc_label_painter_draw:
 * @self: a painter
 * @cr: where to draw, with 1 mm as unit and the corner of the page as origin
 * @label: what to draw
 * @side: 0, or 1 for the back where the layout has one
 * @x_mm: left edge of the label from the left edge of the page
 * @y_mm: top edge of the label from the top edge of the page
 * @error: where to put why it cannot be drawn
 *
 * Draws one label in black, the wave in its colour where the stock has colour. The ground is not
 * painted: it is the paper. The code starts at a whole printer dot of the page, and its modules
 * are whole dots.
 *
 * Returns: whether it was drawn; if not, nothing was drawn and the error is
 *   CONC_PRINT_ERROR_TOKEN or CONC_PRINT_ERROR_TOO_SMALL. About 0.2 ms.
 *
 * Thread: the one that made @self.
 */
gboolean
conc_label_painter_draw (ConcLabelPainter *self,
                         cairo_t          *cr,
                         const ConcLabel  *label,
                         guint             side,
                         double            x_mm,
                         double            y_mm,
                         GError          **error)
{
  cairo_surface_t *code;
  gboolean         drawn;

  g_return_val_if_fail (self != NULL && cr != NULL && label != NULL, FALSE);

  if (side != 0)
    return TRUE;
  code = conc_qr_encode (label->token, error);
  if (code == NULL)
    return FALSE;
  drawn = prepare_layout (self, cairo_image_surface_get_width (code), parts_of (label), error);
  if (drawn)
    {
      cairo_set_source_rgb (cr, 0, 0, 0);
      draw_code (self, cr, code, x_mm, y_mm);
      if (has_text (label->bib))
        draw_bib (self, cr, label->bib, x_mm, y_mm);
      draw_name (self, cr, label, x_mm, y_mm);
      draw_foot (self, cr, label, x_mm, y_mm);
    }
  cairo_surface_destroy (code);
  return drawn;
}
