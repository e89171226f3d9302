/* stock.h: A label stock: the size of a sheet or roll and where its labels are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConcStock:
 * @name: what commands and settings call it, such as "avery-5163"
 * @title: what a person calls it, translated where the file has a translation
 * @page_width_mm: width of the sheet, or of one roll label with its backing
 * @page_height_mm: height of the same
 * @label_width_mm: width of one label
 * @label_height_mm: height of one label
 * @left_mm: left edge of the page to the left edge of the first label
 * @top_mm: top edge of the page to the top edge of the first label
 * @column_pitch_mm: left edge to left edge of neighbours
 * @row_pitch_mm: top edge to top edge of neighbours
 * @inset_mm: edge of a label that stays white, because cutting and feeding are not exact
 * @columns: labels side by side
 * @rows: labels below each other
 * @dpi: dots per inch of the printer, to which the modules of a code are snapped
 * @colour: whether the printers of this stock usually print colour
 * @continuous: whether it is a roll that is cut anywhere; the layout then decides how high labels
 *   are
 * @custom: whether it is from the user's own folder
 *
 * A label stock. Lengths are millimetres. A stock that came from conc_stock_new_from_bytes() or
 * conc_stock_load() is valid; it is not changed afterwards except in a copy.
 */
typedef struct
{
  char    *name;
  char    *title;
  double   page_width_mm;
  double   page_height_mm;
  double   label_width_mm;
  double   label_height_mm;
  double   left_mm;
  double   top_mm;
  double   column_pitch_mm;
  double   row_pitch_mm;
  double   inset_mm;
  int      columns;
  int      rows;
  int      dpi;
  gboolean colour;
  gboolean continuous;
  gboolean custom;
} ConcStock;

ConcStock *conc_stock_new_from_bytes (const char *name, GBytes *bytes, GError **error);
ConcStock *conc_stock_load (const char *name, GError **error);
GPtrArray *conc_stock_list (void);
gboolean   conc_stock_save (const ConcStock *self, GError **error);
gboolean   conc_stock_delete (const char *name, GError **error);
char      *conc_stock_to_text (const ConcStock *self);
ConcStock *conc_stock_copy (const ConcStock *self);
void       conc_stock_free (ConcStock *self);
gboolean   conc_stock_validate (const ConcStock *self, GError **error);
guint      conc_stock_get_count (const ConcStock *self);
void       conc_stock_get_position (const ConcStock *self,
                                    guint            slot,
                                    guint           *ret_page,
                                    double          *ret_x_mm,
                                    double          *ret_y_mm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcStock, conc_stock_free)

G_END_DECLS
