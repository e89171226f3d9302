/* scan.h: brings a scanned code to whoever on the screen wants it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader-scan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_SCAN_TARGET (conc_scan_target_get_type ())
G_DECLARE_INTERFACE (ConcScanTarget, conc_scan_target, CONC, SCAN_TARGET, GtkWidget)

/* A page, a card or a dialog that does something with codes. */
struct _ConcScanTargetInterface
{
  GTypeInterface g_iface;

  /* TRUE when it was taken, if only with a sentence; FALSE: the next target is asked. */
  gboolean (*take_scan) (ConcScanTarget *self, const ConcScanned *scanned);

  /* Whether a key is for the page at once, in the middle of a scan too; NULL: none is. */
  gboolean (*keeps_key) (ConcScanTarget *self, guint keyval);
};

gboolean conc_scan_target_take (ConcScanTarget *self, const ConcScanned *scanned);
void     conc_scan_deliver (GtkWidget *window, const char *text);
gboolean conc_scan_keeps_key (GtkWidget *window, guint keyval);

G_END_DECLS
