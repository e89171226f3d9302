/* sheet.h: A table on paper, such as results or a list of runners. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/pdf.h"

G_BEGIN_DECLS

typedef struct _ConcSheet ConcSheet;

typedef enum
{
  CONC_PAPER_LETTER,
  CONC_PAPER_A4,
} ConcPaper;

typedef enum
{
  CONC_COLUMN_LEFT,
  CONC_COLUMN_RIGHT,
} ConcColumnSide;

ConcSheet *conc_sheet_new (ConcPaper paper, const char *title);
void       conc_sheet_free (ConcSheet *self);
void       conc_sheet_set_subtitle (ConcSheet *self, const char *subtitle);
void       conc_sheet_set_as_of (ConcSheet *self, const char *as_of);
void       conc_sheet_set_footer (ConcSheet *self, const char *footer);
void       conc_sheet_set_empty_text (ConcSheet *self, const char *text);
void conc_sheet_add_column (ConcSheet *self, const char *title, ConcColumnSide side, double weight);
void conc_sheet_add_section (ConcSheet *self, const char *heading);
void conc_sheet_add_row (ConcSheet *self, const char *const *cells);
guint    conc_sheet_count_pages (ConcSheet *self);
gboolean conc_sheet_write_pdf (ConcSheet            *self,
                               GOutputStream        *stream,
                               ConcPrintProgressFunc progress,
                               gpointer              progress_data,
                               GCancellable         *cancellable,
                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSheet, conc_sheet_free)

G_END_DECLS
