/* qr.h: QR codes as masks of one bit a module. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Light modules that the standard wants around a code (ISO/IEC 18004, 9.1). */
#define CONC_QR_QUIET_MODULES 4
/* A token as a code. */
#define CONC_QR_TOKEN_MODULES 25
/* What label printers of 203 dots per inch and cheap scanners still do reliably. */
#define CONC_QR_MODULE_MIN_MM 0.375

cairo_surface_t *conc_qr_encode (const char *text, GError **error);
double           conc_qr_snap_module (double module_mm, int dpi);
void             conc_qr_copy (cairo_surface_t *code, cairo_surface_t *image, int x, int y);
void conc_qr_draw (cairo_t *cr, cairo_surface_t *code, double x_mm, double y_mm, double module_mm);

G_END_DECLS
