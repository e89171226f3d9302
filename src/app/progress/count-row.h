/* count-row.h: how far one thing is, as a row: a wave, a size of shirts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @share: from 0 to 1 for the bar; less than 0: no bar. @is_short: it will not be enough; the words
 * say so too. */
typedef struct
{
  char    *title;
  char    *detail;
  char    *figures;
  double   share;
  gboolean is_short;
} ConcCount;

void conc_count_clear (ConcCount *count);

#define CONC_TYPE_COUNT_ROW (conc_count_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcCountRow, conc_count_row, CONC, COUNT_ROW, GtkListBoxRow)

GtkWidget *conc_count_row_new (void);
void       conc_count_row_show (ConcCountRow *self, const ConcCount *count);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcCount, conc_count_clear)

G_END_DECLS
