/* layout.h: A layout: which parts a label has and where they are, read from a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/stock.h"

G_BEGIN_DECLS

/* What is printed when nobody chose a layout. */
#define CONC_LAYOUT_DEFAULT "bib-label"

/**
 * ConcLayout:
 *
 * A layout as its file describes it. It is not changed after it was read, so any number of threads
 * may use it.
 */
typedef struct _ConcLayout ConcLayout;

ConcLayout *conc_layout_new_from_bytes (const char *name, GBytes *bytes, GError **error);
ConcLayout *conc_layout_load (const char *name, GError **error);
GPtrArray  *conc_layout_list (void);
ConcLayout *conc_layout_ref (const ConcLayout *self);
void        conc_layout_unref (ConcLayout *self);
const char *conc_layout_get_name (const ConcLayout *self);
const char *conc_layout_get_title (const ConcLayout *self);
guint       conc_layout_get_sides (const ConcLayout *self);
gboolean    conc_layout_has_code (const ConcLayout *self);
gboolean    conc_layout_fits (const ConcLayout *self, const ConcStock *stock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLayout, conc_layout_unref)

G_END_DECLS
