/* label-preview.c: a page of labels on the screen, as it will be printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/label-preview.h"

#include "print/label-painter.h"

#include <glib/gi18n.h>

#define MARGIN_PX 12.0
#define CORNER_MM 1.5

struct _ConcLabelPreview
{
  GtkWidget parent_instance;

  /* owned */
  ConcStock  *stock;  /* NULL: nothing to show, or one that cannot be printed on */
  ConcLayout *layout; /* NULL: the usual one */
  GPtrArray  *labels; /* of ConcLabel */

  /* state */
  guint start_at;
  guint side;
};

G_DEFINE_FINAL_TYPE (ConcLabelPreview, conc_label_preview, GTK_TYPE_WIDGET)

/* Nobody's label, for a race that has no runners yet. */
static GPtrArray *
make_sample (void)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  ConcLabel *label = conc_label_new ("CONCOURSE-SAMPLE", "214");

  label->name = g_strdup (_ ("Given and Family Name"));
  label->line2 = g_strdup (_ ("Team"));
  label->wave = g_strdup (_ ("Wave A"));
  label->shirt = g_strdup ("M");
  label->race = g_strdup (_ ("Name of the Race"));
  label->task = g_strdup (_ ("Task"));
  g_ptr_array_add (labels, label);
  return labels;
}

/* ------------------------------------------------------------------ drawing */

static void
draw_paper (cairo_t *cr, const ConcStock *stock, double px_per_mm)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, stock->page_width_mm, stock->page_height_mm);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 1 / px_per_mm);
  cairo_stroke (cr);
}

static void
round_rectangle (cairo_t *cr, double x, double y, double width, double height)
{
  const double right = x + width, bottom = y + height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - CORNER_MM, y + CORNER_MM, CORNER_MM, -G_PI_2, 0);
  cairo_arc (cr, right - CORNER_MM, bottom - CORNER_MM, CORNER_MM, 0, G_PI_2);
  cairo_arc (cr, x + CORNER_MM, bottom - CORNER_MM, CORNER_MM, G_PI_2, G_PI);
  cairo_arc (cr, x + CORNER_MM, y + CORNER_MM, CORNER_MM, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* Where the knife went; used places are grey. */
static void
draw_place (ConcLabelPreview *self, cairo_t *cr, const ConcStock *stock, guint slot, double line_mm)
{
  guint  page;
  double x_mm, y_mm;

  conc_stock_get_position (stock, slot, &page, &x_mm, &y_mm);
  round_rectangle (cr, x_mm, y_mm, stock->label_width_mm, stock->label_height_mm);
  if (slot < self->start_at)
    {
      cairo_set_source_rgb (cr, 0.88, 0.88, 0.88);
      cairo_fill_preserve (cr);
    }
  cairo_set_source_rgb (cr, 0.6, 0.7, 0.85);
  cairo_set_line_width (cr, line_mm);
  cairo_stroke (cr);
}

/* Labels that cannot be drawn leave their place empty; why is said where the stock is chosen. */
static void
draw_labels (ConcLabelPreview *self, cairo_t *cr, ConcLabelPainter *painter)
{
  const ConcStock *stock = conc_label_painter_get_stock (painter);
  guint            n_slots = conc_stock_get_count (stock);

  for (guint slot = self->start_at; slot < n_slots; slot++)
    {
      guint  page, i = slot - self->start_at;
      double x_mm, y_mm;

      if (i >= self->labels->len)
        return;
      conc_stock_get_position (stock, slot, &page, &x_mm, &y_mm);
      conc_label_painter_draw (painter, cr, g_ptr_array_index (self->labels, i), self->side, x_mm,
                               y_mm, NULL);
    }
}

static void
draw_page (ConcLabelPreview *self, cairo_t *cr, double width, double height)
{
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (self->stock, self->layout);
  const ConcStock *stock = conc_label_painter_get_stock (painter);
  double           scale = MIN (width / stock->page_width_mm, height / stock->page_height_mm);

  cairo_translate (cr, MARGIN_PX + (width - scale * stock->page_width_mm) / 2,
                   MARGIN_PX + (height - scale * stock->page_height_mm) / 2);
  cairo_scale (cr, scale, scale);
  draw_paper (cr, stock, scale);
  for (guint slot = 0; slot < conc_stock_get_count (stock); slot++)
    draw_place (self, cr, stock, slot, 1 / scale);
  draw_labels (self, cr, painter);
}

static void
conc_label_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcLabelPreview *self = CONC_LABEL_PREVIEW (widget);
  double            width = gtk_widget_get_width (widget) - 2 * MARGIN_PX;
  double            height = gtk_widget_get_height (widget) - 2 * MARGIN_PX;
  cairo_t          *cr;

  if (self->stock == NULL || width <= 0 || height <= 0)
    return;
  cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                gtk_widget_get_height (widget)));
  draw_page (self, cr, width, height);
  cairo_destroy (cr);
}

/* ------------------------------------------------------------------- widget */

static void
describe (ConcLabelPreview *self)
{
  g_autofree char *text = NULL;

  if (self->stock == NULL)
    text = g_strdup (_ ("No preview"));
  else
    text = g_strdup_printf (ngettext ("Preview: %u label a page", "Preview: %u labels a page",
                                      conc_stock_get_count (self->stock)),
                            conc_stock_get_count (self->stock));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
conc_label_preview_finalize (GObject *object)
{
  ConcLabelPreview *self = CONC_LABEL_PREVIEW (object);

  g_clear_pointer (&self->stock, conc_stock_free);
  g_clear_pointer (&self->layout, conc_layout_unref);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  G_OBJECT_CLASS (conc_label_preview_parent_class)->finalize (object);
}

static void
conc_label_preview_class_init (ConcLabelPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_label_preview_finalize;
  widget_class->snapshot = conc_label_preview_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
conc_label_preview_init (ConcLabelPreview *self)
{
  self->labels = make_sample ();
  describe (self);
}

/* @stock is copied; NULL and one that is not valid show nothing. */
void
conc_label_preview_set_stock (ConcLabelPreview *self, const ConcStock *stock)
{
  g_clear_pointer (&self->stock, conc_stock_free);
  if (stock != NULL && conc_stock_validate (stock, NULL))
    self->stock = conc_stock_copy (stock);
  describe (self);
}

/* @layout NULL: the usual one. */
void
conc_label_preview_set_layout (ConcLabelPreview *self, const ConcLayout *layout)
{
  g_clear_pointer (&self->layout, conc_layout_unref);
  self->layout = layout != NULL ? conc_layout_ref (layout) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @labels (of ConcLabel) is kept and not changed; NULL or empty: nobody's label as a sample. */
void
conc_label_preview_set_labels (ConcLabelPreview *self, GPtrArray *labels)
{
  g_ptr_array_unref (self->labels);
  self->labels = labels != NULL && labels->len > 0 ? g_ptr_array_ref (labels) : make_sample ();
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @start_at: places of the first page that were used before. */
void
conc_label_preview_set_start (ConcLabelPreview *self, guint start_at)
{
  self->start_at = start_at;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @side: 0 the front, 1 the back. */
void
conc_label_preview_set_side (ConcLabelPreview *self, guint side)
{
  self->side = side;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
