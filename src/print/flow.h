/* flow.h: a document on paper, set from top to bottom, such as a form to be signed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/sheet.h"

G_BEGIN_DECLS

typedef struct _ConcFlow ConcFlow;

ConcFlow *conc_flow_new (const char *title, const char *subtitle, const char *as_of);
void      conc_flow_free (ConcFlow *self);
void      conc_flow_set_footer (ConcFlow *self, const char *footer);
void      conc_flow_add_heading (ConcFlow *self, const char *text);
void      conc_flow_add_pair (ConcFlow *self, const char *label, const char *text);
void      conc_flow_add_strong (ConcFlow *self, const char *label, const char *text);
void      conc_flow_add_text (ConcFlow *self, const char *text);
void conc_flow_add_column (ConcFlow *self, const char *title, ConcColumnSide side, double weight);
void conc_flow_add_titles (ConcFlow *self);
void conc_flow_add_row (ConcFlow *self, const char *const *cells, gboolean is_marked);
void conc_flow_add_blank (ConcFlow *self, const char *label, guint lines);
gboolean conc_flow_write_pdf (ConcFlow *self, GOutputStream *stream, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcFlow, conc_flow_free)

G_END_DECLS
