/* qr-view.c: a QR code on the screen, always dark on light. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/qr-view.h"

#include "print/qr.h"

#include <math.h>

#define SIZE_PX 300

struct _ConcQrView
{
  GtkWidget parent_instance;

  /* owned */
  cairo_surface_t *code;
};

G_DEFINE_FINAL_TYPE (ConcQrView, conc_qr_view, GTK_TYPE_WIDGET)

/* Modules of whole pixels: a camera and a scanner want sharp edges. */
static void
conc_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcQrView *self = CONC_QR_VIEW (widget);
  int         width = gtk_widget_get_width (widget);
  int         height = gtk_widget_get_height (widget);
  int         n_modules, module, side;
  cairo_t    *cr;

  if (self->code == NULL)
    return;
  n_modules = cairo_image_surface_get_width (self->code) + 2 * CONC_QR_QUIET_MODULES;
  module = MAX (MIN (width, height) / n_modules, 1);
  side = n_modules * module;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, (width - side) / 2, (height - side) / 2);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  conc_qr_draw (cr, self->code, CONC_QR_QUIET_MODULES * module, CONC_QR_QUIET_MODULES * module,
                module);
  cairo_destroy (cr);
}

static void
conc_qr_view_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = *natural = SIZE_PX;
}

static void
conc_qr_view_finalize (GObject *object)
{
  g_clear_pointer (&CONC_QR_VIEW (object)->code, cairo_surface_destroy);
  G_OBJECT_CLASS (conc_qr_view_parent_class)->finalize (object);
}

static void
conc_qr_view_class_init (ConcQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_qr_view_finalize;
  widget_class->snapshot = conc_qr_view_snapshot;
  widget_class->measure = conc_qr_view_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
conc_qr_view_init (ConcQrView *self)
{
}

/* @text NULL: nothing is shown. */
void
conc_qr_view_set_text (ConcQrView *self, const char *text)
{
  g_clear_pointer (&self->code, cairo_surface_destroy);
  if (text != NULL)
    self->code = conc_qr_encode (text, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
