/* text-columns.h: the cells and the order of the columns of a table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A column of a GtkColumnView: what it shows and by what it is sorted, both names of properties
 * of its rows. Without @order it is not sorted by. Widths are in characters. */
typedef struct
{
  const char *text;
  const char *order;
  guint       min_chars;
  guint       nat_chars;
  gboolean    is_number; /* right-aligned, in figures of one width */
} ConcTextColumn;

void conc_text_columns_apply (GtkColumnView        *view,
                              GType                 item_type,
                              const ConcTextColumn *columns,
                              guint                 n_columns);

G_END_DECLS
