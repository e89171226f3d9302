/* label-painter.c: Draws labels: finds where the parts of a layout go, and has them drawn. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-painter.h"

#include "print/code-sheet.h"
#include "print/label-private.h"
#include "print/qr.h"

#include <math.h>

/* The widest bib that is still printed in the full size: shorter ones are as large, not larger. */
#define USUAL_BIB "0000"
#define FIT_MM 100.0

struct _ConcLabelPainter
{
  ConcStock      *stock;
  ConcLayout     *layout;
  ConcTypesetter *typesetter;
  ConcCodeSheet  *codes;
  gboolean        in_page;
  GString        *buffer;
  GHashTable     *layouts; /* key_of() to ConcLabelLayout: most labels share one of a few */
  const char    **texts;
  const char    **titles;
  double          usual_bib_width;
  double          usual_bib_height;
};

static guint
key_of (guint fields, guint side, int modules)
{
  return (guint) modules << 16 | fields << 1 | side;
}

static const ConcLabelLayout *
get_layout (ConcLabelPainter *self, guint fields, guint side, int modules, GError **error)
{
  gpointer         key = GUINT_TO_POINTER (key_of (fields, side, modules));
  ConcLabelLayout *layout = g_hash_table_lookup (self->layouts, key);

  if (layout != NULL)
    return layout;
  layout = g_new (ConcLabelLayout, 1);
  if (!conc_label_layout_init (layout, self->layout, self->stock, side, fields, modules, error))
    {
      g_free (layout);
      return NULL;
    }
  g_hash_table_insert (self->layouts, key, layout);
  return layout;
}

static double
snap_to_dots (double position_mm, int dpi)
{
  return round (position_mm * dpi / 25.4) * 25.4 / dpi;
}

/* A code is upright on the page also where the label is turned: scanners do not mind, and its
 * modules stay those of the page. */
static void
draw_code (ConcLabelPainter      *self,
           cairo_t               *cr,
           cairo_surface_t       *code,
           const ConcLabelLayout *layout,
           double                 x_mm,
           double                 y_mm)
{
  const ConcArea *area = &layout->code;
  int             dpi = self->stock->dpi;

  if (conc_layout_is_turned (self->layout, self->stock))
    {
      x_mm += self->stock->label_width_mm - area->y_mm - area->height_mm;
      y_mm += area->x_mm;
    }
  else
    {
      x_mm += area->x_mm;
      y_mm += area->y_mm;
    }
  if (self->in_page)
    conc_code_sheet_add (self->codes, code, x_mm, y_mm, layout->module_mm);
  else
    conc_qr_draw (cr, code, snap_to_dots (x_mm, dpi), snap_to_dots (y_mm, dpi), layout->module_mm);
}

static void
draw_part (ConcLabelPainter  *self,
           const ConcPartPen *pen,
           guint              i,
           guint              fields,
           const ConcArea    *area)
{
  const ConcLayoutPart *part = &self->layout->parts[i];
  const char           *text = NULL;

  if (self->texts[i] != NULL && (part->uses & fields) != 0)
    text = conc_label_expand (pen->label, self->texts[i], self->buffer);
  else if (self->texts[i] != NULL && part->uses == 0)
    text = self->texts[i];
  switch (part->kind)
    {
    case CONC_PART_BIB:
      conc_part_draw_bib (pen, part, area, text);
      break;
    case CONC_PART_NAME:
    case CONC_PART_TEXT:
      conc_part_draw_text (pen, part, area, text);
      break;
    case CONC_PART_WAVE:
      conc_part_draw_wave (pen, part, area, text);
      break;
    case CONC_PART_RULE:
      conc_part_draw_rule (pen, area);
      break;
    case CONC_PART_PANEL:
      conc_part_draw_panel (pen, part, area, self->titles[i], text);
      break;
    case CONC_PART_BOX:
    case CONC_PART_QR:
      break;
    }
}

static void
draw_parts (ConcLabelPainter      *self,
            cairo_t               *cr,
            const ConcLabel       *label,
            guint                  fields,
            const ConcLabelLayout *layout,
            double                 x_mm,
            double                 y_mm)
{
  const ConcPartPen pen = {
    .cr = cr,
    .typesetter = self->typesetter,
    .label = label,
    .in_colour = self->stock->colour,
    .usual_bib_width = self->usual_bib_width,
    .usual_bib_height = self->usual_bib_height,
  };

  cairo_save (cr);
  cairo_translate (cr, x_mm, y_mm);
  if (conc_layout_is_turned (self->layout, self->stock))
    {
      cairo_translate (cr, self->stock->label_width_mm, 0);
      cairo_rotate (cr, G_PI_2);
    }
  for (guint i = 0; i < self->layout->n_parts; i++)
    if (layout->shown[i])
      draw_part (self, &pen, i, fields, &layout->areas[i]);
  cairo_restore (cr);
}

static void
prepare_texts (ConcLabelPainter *self)
{
  guint count = self->layout->n_parts;

  self->texts = g_new0 (const char *, count);
  self->titles = g_new0 (const char *, count);
  for (guint i = 0; i < count; i++)
    {
      self->texts[i] = conc_layout_translate (self->layout->parts[i].text);
      self->titles[i] = conc_layout_translate (self->layout->parts[i].title);
    }
}

static void
measure_usual_bib (ConcLabelPainter *self)
{
  ConcTextFit     fit = { .face = CONC_FACE_BLACK,
                          .width_mm = G_MAXINT16,
                          .size_mm = FIT_MM,
                          .size_min_mm = FIT_MM,
                          .lines = 1 };
  ConcTextExtents extents;

  conc_typesetter_fit (self->typesetter, USUAL_BIB, &fit, &extents);
  self->usual_bib_width = extents.width_mm / FIT_MM;
  self->usual_bib_height = extents.ink_height_mm / FIT_MM;
}

/**
 * conc_label_painter_new:
 * @stock: the stock that the labels are for; copied
 * @layout: (nullable): the layout; %NULL for that of bib labels
 *
 * Makes a painter. It keeps fonts and layouts between labels, so one painter draws a whole job.
 *
 * Returns: (transfer full): the painter.
 *
 * Thread: any; the painter stays in the thread that made it.
 */
ConcLabelPainter *
conc_label_painter_new (const ConcStock *stock, const ConcLayout *layout)
{
  ConcLabelPainter *self;

  g_return_val_if_fail (stock != NULL, NULL);

  self = g_new0 (ConcLabelPainter, 1);
  self->layout =
      layout != NULL ? conc_layout_ref (layout) : conc_layout_load (CONC_LAYOUT_DEFAULT, NULL);
  self->stock = conc_layout_fit_stock (self->layout, stock);
  self->typesetter = conc_typesetter_new ();
  self->codes = conc_code_sheet_new (self->stock->page_width_mm, self->stock->page_height_mm);
  self->buffer = g_string_new (NULL);
  self->layouts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  prepare_texts (self);
  measure_usual_bib (self);
  return self;
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
  conc_code_sheet_free (self->codes);
  g_hash_table_unref (self->layouts);
  g_string_free (self->buffer, TRUE);
  g_free (self->texts);
  g_free (self->titles);
  conc_stock_free (self->stock);
  conc_layout_unref (self->layout);
  g_free (self);
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
 * conc_label_painter_begin_page:
 * @self: a painter
 * @offset_x_mm: how far to the right the labels of the page are moved
 * @offset_y_mm: how far down
 *
 * Says that the labels until conc_label_painter_end_page() are on one page, so that their codes
 * are drawn together.
 *
 * Thread: the one that made @self.
 */
void
conc_label_painter_begin_page (ConcLabelPainter *self, double offset_x_mm, double offset_y_mm)
{
  int dpi;

  g_return_if_fail (self != NULL && !self->in_page);

  dpi = self->stock->dpi;
  conc_code_sheet_begin (self->codes, snap_to_dots (offset_x_mm, dpi),
                         snap_to_dots (offset_y_mm, dpi));
  self->in_page = TRUE;
}

/**
 * conc_label_painter_end_page:
 * @self: a painter with a page begun
 * @cr: the page that its labels were drawn on
 *
 * Draws the codes of the page.
 *
 * Thread: the one that made @self.
 */
void
conc_label_painter_end_page (ConcLabelPainter *self, cairo_t *cr)
{
  g_return_if_fail (self != NULL && self->in_page);

  cairo_set_source_rgb (cr, 0, 0, 0);
  conc_code_sheet_draw (self->codes, cr);
  self->in_page = FALSE;
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
 * painted: it is the paper. Modules of the code are whole printer dots of the page. Between
 * conc_label_painter_begin_page() and conc_label_painter_end_page() the code comes at the end.
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
  cairo_surface_t       *code = NULL;
  const ConcLabelLayout *layout;
  guint                  fields;
  int                    modules = 0;

  g_return_val_if_fail (self != NULL && cr != NULL && label != NULL, FALSE);

  if (side == 0 && self->layout->has_code)
    {
      code = conc_qr_encode (label->token, error);
      if (code == NULL)
        return FALSE;
      modules = cairo_image_surface_get_width (code);
    }
  fields = conc_label_get_fields (label);
  layout = get_layout (self, fields, side, modules, error);
  if (layout != NULL)
    {
      cairo_set_source_rgb (cr, 0, 0, 0);
      if (code != NULL && layout->module_mm > 0)
        draw_code (self, cr, code, layout, x_mm, y_mm);
      draw_parts (self, cr, label, fields, layout, x_mm, y_mm);
    }
  g_clear_pointer (&code, cairo_surface_destroy);
  return layout != NULL;
}
