/* signature-pad.c: draws a signature as it is made, and keeps its strokes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/signature-pad.h"

#include "core/signature.h"

#include <glib/gi18n.h>

#define PEN_PX 2.5
#define LINE_AT 0.75 /* of the height, where one signs */
#define MARGIN_PX 18

struct _ConcSignaturePad
{
  GtkWidget parent_instance;

  /* owned */
  ConcSignature *signature;

  /* state */
  double start_x;
  double start_y;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcSignaturePad, conc_signature_pad, GTK_TYPE_WIDGET)

static void
changed (ConcSignaturePad *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_point (ConcSignaturePad *self, double x, double y)
{
  double scale = (double) CONC_SIGNATURE_SCALE / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);

  conc_signature_add_point (self->signature, (int) (x * scale + 0.5), (int) (y * scale + 0.5));
  changed (self);
}

static void
drag_begin_cb (ConcSignaturePad *self, double x, double y)
{
  self->start_x = x;
  self->start_y = y;
  conc_signature_begin_stroke (self->signature);
  add_point (self, x, y);
}

static void
drag_update_cb (ConcSignaturePad *self, double by_x, double by_y)
{
  add_point (self, self->start_x + by_x, self->start_y + by_y);
}

static void
draw_stroke (ConcSignaturePad *self, cairo_t *cr, guint stroke, double scale)
{
  guint                     n_points;
  const ConcSignaturePoint *points = conc_signature_get_stroke (self->signature, stroke, &n_points);

  cairo_move_to (cr, points[0].x * scale, points[0].y * scale);
  for (guint i = 0; i < n_points; i++)
    cairo_line_to (cr, points[i].x * scale, points[i].y * scale);
  cairo_stroke (cr);
}

static void
conc_signature_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcSignaturePad *self = CONC_SIGNATURE_PAD (widget);
  const double      width = gtk_widget_get_width (widget);
  const double      height = gtk_widget_get_height (widget);
  GdkRGBA           ink;
  cairo_t          *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.4);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, MARGIN_PX, (int) (height * LINE_AT) + 0.5);
  cairo_line_to (cr, width - MARGIN_PX, (int) (height * LINE_AT) + 0.5);
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, PEN_PX);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < conc_signature_get_n_strokes (self->signature); i++)
    draw_stroke (self, cr, i, width / CONC_SIGNATURE_SCALE);
  cairo_destroy (cr);
}

static void
conc_signature_pad_finalize (GObject *object)
{
  conc_signature_free (CONC_SIGNATURE_PAD (object)->signature);
  G_OBJECT_CLASS (conc_signature_pad_parent_class)->finalize (object);
}

static void
conc_signature_pad_class_init (ConcSignaturePadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_signature_pad_finalize;
  widget_class->snapshot = conc_signature_pad_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "signaturepad");
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_signature_pad_init (ConcSignaturePad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->signature = conc_signature_new ();
  /* A pen and a finger are pointers too; what one draws with the other waits. */
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
conc_signature_pad_clear (ConcSignaturePad *self)
{
  conc_signature_clear (self->signature);
  changed (self);
}

gboolean
conc_signature_pad_is_empty (ConcSignaturePad *self)
{
  return conc_signature_is_empty (self->signature);
}

char *
conc_signature_pad_dup_text (ConcSignaturePad *self)
{
  return conc_signature_to_text (self->signature);
}
