/* code-sheet.c: Collects the codes of a page in one image of a pixel a module. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/code-sheet.h"

#include "print/qr.h"

#include <math.h>
#include <string.h>

/* The codes of one module size: nearly always of all labels of a job. */
typedef struct
{
  double           module_mm;
  cairo_surface_t *image;
  gboolean         empty;
} Layer;

struct _ConcCodeSheet
{
  double  width_mm;
  double  height_mm;
  double  origin_x_mm;
  double  origin_y_mm;
  GArray *layers; /* of Layer */
};

static void
layer_clear_cb (gpointer data)
{
  cairo_surface_destroy (((Layer *) data)->image);
}

static int
modules_in (double length_mm, double module_mm)
{
  return (int) ceil (length_mm / module_mm) + 1;
}

static Layer *
get_layer (ConcCodeSheet *self, double module_mm)
{
  Layer layer = { module_mm, NULL, TRUE };

  for (guint i = 0; i < self->layers->len; i++)
    {
      Layer *known = &g_array_index (self->layers, Layer, i);

      if (fabs (known->module_mm - module_mm) < 1e-6)
        return known;
    }
  layer.image = cairo_image_surface_create (CAIRO_FORMAT_A1, modules_in (self->width_mm, module_mm),
                                            modules_in (self->height_mm, module_mm));
  g_array_append_val (self->layers, layer);
  return &g_array_index (self->layers, Layer, self->layers->len - 1);
}

/* The image is another one for cairo after each page: a PDF would else have the first one again. */
static void
empty_layer (Layer *layer)
{
  cairo_surface_t *image = layer->image;

  if (layer->empty)
    return;
  layer->image = cairo_image_surface_create (CAIRO_FORMAT_A1, cairo_image_surface_get_width (image),
                                             cairo_image_surface_get_height (image));
  layer->empty = TRUE;
  cairo_surface_destroy (image);
}

/**
 * conc_code_sheet_new:
 * @width_mm: width of the pages
 * @height_mm: height of the pages
 *
 * Makes a collector for the codes of a page. One image a page instead of one a code makes a PDF of
 * labels several times smaller.
 *
 * Returns: (transfer full): the collector.
 *
 * Thread: any; it stays in the thread that made it.
 */
ConcCodeSheet *
conc_code_sheet_new (double width_mm, double height_mm)
{
  ConcCodeSheet *self = g_new0 (ConcCodeSheet, 1);

  self->width_mm = width_mm;
  self->height_mm = height_mm;
  self->layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  g_array_set_clear_func (self->layers, layer_clear_cb);
  return self;
}

/**
 * conc_code_sheet_free:
 * @self: (nullable): a collector
 *
 * Frees a collector and what was not drawn.
 *
 * Thread: the one that made it.
 */
void
conc_code_sheet_free (ConcCodeSheet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->layers);
  g_free (self);
}

/**
 * conc_code_sheet_begin:
 * @self: a collector
 * @origin_x_mm: where the grid of modules starts, a whole number of printer dots
 * @origin_y_mm: the same down the page
 *
 * Starts a page.
 *
 * Thread: the one that made @self.
 */
void
conc_code_sheet_begin (ConcCodeSheet *self, double origin_x_mm, double origin_y_mm)
{
  self->origin_x_mm = origin_x_mm;
  self->origin_y_mm = origin_y_mm;
  for (guint i = 0; i < self->layers->len; i++)
    empty_layer (&g_array_index (self->layers, Layer, i));
}

/**
 * conc_code_sheet_add:
 * @self: a collector
 * @code: what conc_qr_encode() made
 * @x_mm: left edge of the first module
 * @y_mm: top edge of the first module
 * @module_mm: size of a module, a whole number of printer dots
 *
 * Adds a code to the page, at the nearest place of a grid of whole modules: at most half a module
 * from where it was wanted. What would be off the page is left out.
 *
 * Thread: the one that made @self.
 */
void
conc_code_sheet_add (ConcCodeSheet   *self,
                     cairo_surface_t *code,
                     double           x_mm,
                     double           y_mm,
                     double           module_mm)
{
  Layer *layer = get_layer (self, module_mm);

  conc_qr_copy (code, layer->image, (int) round ((x_mm - self->origin_x_mm) / module_mm),
                (int) round ((y_mm - self->origin_y_mm) / module_mm));
  layer->empty = FALSE;
}

/**
 * conc_code_sheet_draw:
 * @self: a collector
 * @cr: the page; its unit is 1 mm and its source what the dark modules get
 *
 * Draws all codes of the page.
 *
 * Thread: the one that made @self.
 */
void
conc_code_sheet_draw (ConcCodeSheet *self, cairo_t *cr)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      const Layer *layer = &g_array_index (self->layers, Layer, i);

      if (!layer->empty)
        conc_qr_draw (cr, layer->image, self->origin_x_mm, self->origin_y_mm, layer->module_mm);
    }
}
