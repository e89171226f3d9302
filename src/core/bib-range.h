/* bib-range.h: a choice of bibs, like "1-100,205". */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_BIB_RANGE_MAX_PARTS 1000

typedef struct _ConcBibRange ConcBibRange;

ConcBibRange *conc_bib_range_parse (const char *text, GError **error);
void          conc_bib_range_free (ConcBibRange *range);
gboolean      conc_bib_range_contains (const ConcBibRange *range, guint bib);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcBibRange, conc_bib_range_free)

G_END_DECLS
