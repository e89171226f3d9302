/* scan-capture.h: takes the keys of a scanner before any widget gets them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_SCAN_CAPTURE (conc_scan_capture_get_type ())
G_DECLARE_FINAL_TYPE (ConcScanCapture, conc_scan_capture, CONC, SCAN_CAPTURE, GObject)

ConcScanCapture *conc_scan_capture_new (void);

G_END_DECLS
