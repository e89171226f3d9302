/* scan-fields.h: what the fields of a window hold, to be given back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _ConcScanFields ConcScanFields;

ConcScanFields *conc_scan_fields_new (GtkWindow *window);
void            conc_scan_fields_restore (ConcScanFields *self);
void            conc_scan_fields_free (ConcScanFields *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcScanFields, conc_scan_fields_free)

G_END_DECLS
