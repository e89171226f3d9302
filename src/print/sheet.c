/* sheet.c: A table for paper, and how it is divided into pages. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/sheet-private.h"

static const struct
{
  double width_mm;
  double height_mm;
} PAPERS[] = {
  [CONC_PAPER_LETTER] = { 215.9, 279.4 },
  [CONC_PAPER_A4] = { 210, 297 },
};

/* A heading with one row at the foot of a page looks lost. */
#define ROWS_WITH_HEADING 2

static void
column_clear_cb (gpointer data)
{
  g_free (((SheetColumn *) data)->title);
}

static void
item_clear_cb (gpointer data)
{
  SheetItem *item = data;

  g_free (item->heading);
  g_strfreev (item->cells);
}

static void
replace_text (char **target, const char *text)
{
  g_free (*target);
  *target = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static const SheetItem *
get_item (const ConcSheet *self, guint index)
{
  return &g_array_index (self->items, SheetItem, index);
}

/* What has to be on the page together with an item. */
static double
needed_height_mm (const ConcSheet *self, guint index)
{
  double height_mm = SHEET_SECTION_MM;

  if (get_item (self, index)->cells != NULL)
    return SHEET_ROW_MM;
  for (guint i = index + 1; i <= index + ROWS_WITH_HEADING && i < self->items->len; i++)
    {
      if (get_item (self, i)->cells == NULL)
        break;
      height_mm += SHEET_ROW_MM;
    }
  return height_mm;
}

static void
begin_page (GArray *pages, guint first, const SheetItem *continued)
{
  SheetPage page = { first, first, continued };

  g_array_append_val (pages, page);
}

/**
 * conc_sheet_get_width_mm:
 * @self: a table
 *
 * Returns: the width of its paper.
 *
 * Thread: any.
 */
double
conc_sheet_get_width_mm (const ConcSheet *self)
{
  return PAPERS[self->paper].width_mm;
}

/**
 * conc_sheet_get_height_mm:
 * @self: a table
 *
 * Returns: the height of its paper.
 *
 * Thread: any.
 */
double
conc_sheet_get_height_mm (const ConcSheet *self)
{
  return PAPERS[self->paper].height_mm;
}

/**
 * conc_sheet_get_table_top_mm:
 * @self: a table
 * @page: the page, from 0
 *
 * The first page has the full title, the others a line with it.
 *
 * Returns: where the titles of the columns begin, from the top of the paper.
 *
 * Thread: any.
 */
double
conc_sheet_get_table_top_mm (const ConcSheet *self, guint page)
{
  double top_mm = SHEET_MARGIN_MM;

  if (page > 0)
    return top_mm + SHEET_RUNNING_TITLE_MM;
  top_mm += SHEET_TITLE_MM + SHEET_AFTER_TITLE_MM;
  if (self->subtitle != NULL)
    top_mm += SHEET_LINE_MM;
  if (self->as_of != NULL)
    top_mm += SHEET_LINE_MM;
  return top_mm;
}

/**
 * conc_sheet_paginate:
 * @self: a table
 *
 * Divides the rows into pages. A heading stays with its first rows; a section that goes on has
 * its heading again. A table without rows has one page.
 *
 * Returns: (transfer full) (element-type SheetPage): the pages, at least one.
 *
 * Thread: any.
 */
GArray *
conc_sheet_paginate (const ConcSheet *self)
{
  GArray          *pages = g_array_new (FALSE, FALSE, sizeof (SheetPage));
  double           bottom_mm = conc_sheet_get_height_mm (self) - SHEET_MARGIN_MM - SHEET_FOOTER_MM;
  double           y_mm = conc_sheet_get_table_top_mm (self, 0) + SHEET_COLUMNS_MM;
  const SheetItem *section = NULL;

  begin_page (pages, 0, NULL);
  for (guint i = 0; i < self->items->len; i++)
    {
      const SheetItem *item = get_item (self, i);
      gboolean         is_row = item->cells != NULL;

      if (y_mm + needed_height_mm (self, i) > bottom_mm)
        {
          begin_page (pages, i, is_row ? section : NULL);
          y_mm = conc_sheet_get_table_top_mm (self, 1) + SHEET_COLUMNS_MM;
          if (is_row && section != NULL)
            y_mm += SHEET_SECTION_MM;
        }
      if (!is_row)
        section = item;
      y_mm += is_row ? SHEET_ROW_MM : SHEET_SECTION_MM;
      g_array_index (pages, SheetPage, pages->len - 1).end = i + 1;
    }
  return pages;
}

/**
 * conc_sheet_new:
 * @paper: the paper
 * @title: what the table is
 *
 * Makes an empty table.
 *
 * Returns: (transfer full): the table.
 *
 * Thread: any, one at a time; so are all functions of it.
 */
ConcSheet *
conc_sheet_new (ConcPaper paper, const char *title)
{
  ConcSheet *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail ((guint) paper < G_N_ELEMENTS (PAPERS), NULL);

  self = g_new0 (ConcSheet, 1);
  self->paper = paper;
  self->title = g_strdup (title);
  self->columns = g_array_new (FALSE, FALSE, sizeof (SheetColumn));
  g_array_set_clear_func (self->columns, column_clear_cb);
  self->items = g_array_new (FALSE, FALSE, sizeof (SheetItem));
  g_array_set_clear_func (self->items, item_clear_cb);
  return self;
}

/**
 * conc_sheet_free:
 * @self: (nullable): a table
 *
 * Frees a table.
 *
 * Thread: any.
 */
void
conc_sheet_free (ConcSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->as_of);
  g_free (self->footer);
  g_free (self->empty_text);
  g_array_unref (self->columns);
  g_array_unref (self->items);
  g_free (self);
}

/**
 * conc_sheet_set_subtitle:
 * @self: a table
 * @subtitle: (nullable): a line below the title of the first page
 *
 * Thread: any.
 */
void
conc_sheet_set_subtitle (ConcSheet *self, const char *subtitle)
{
  g_return_if_fail (self != NULL);
  replace_text (&self->subtitle, subtitle);
}

/**
 * conc_sheet_set_as_of:
 * @self: a table
 * @as_of: (nullable): of when the table is, in words; every page says it, because pages part
 *
 * Thread: any.
 */
void
conc_sheet_set_as_of (ConcSheet *self, const char *as_of)
{
  g_return_if_fail (self != NULL);
  replace_text (&self->as_of, as_of);
}

/**
 * conc_sheet_set_footer:
 * @self: a table
 * @footer: (nullable): a line at the foot of every page, beside its number
 *
 * Thread: any.
 */
void
conc_sheet_set_footer (ConcSheet *self, const char *footer)
{
  g_return_if_fail (self != NULL);
  replace_text (&self->footer, footer);
}

/**
 * conc_sheet_set_empty_text:
 * @self: a table
 * @text: (nullable): a sentence in place of the rows when there are none
 *
 * Thread: any.
 */
void
conc_sheet_set_empty_text (ConcSheet *self, const char *text)
{
  g_return_if_fail (self != NULL);
  replace_text (&self->empty_text, text);
}

/**
 * conc_sheet_add_column:
 * @self: a table without rows
 * @title: the title of the column
 * @side: the side on which its cells are level; numbers belong on the right
 * @weight: its share of the width, above 0, relative to the other columns
 *
 * Adds a column to the right.
 *
 * Thread: any.
 */
void
conc_sheet_add_column (ConcSheet *self, const char *title, ConcColumnSide side, double weight)
{
  SheetColumn column = { g_strdup (title), side, weight };

  g_return_if_fail (self != NULL && self->items->len == 0 && weight > 0);
  g_array_append_val (self->columns, column);
}

/**
 * conc_sheet_add_section:
 * @self: a table
 * @heading: the heading of the rows that follow, such as a division
 *
 * Thread: any.
 */
void
conc_sheet_add_section (ConcSheet *self, const char *heading)
{
  SheetItem item = { .heading = g_strdup (heading) };

  g_return_if_fail (self != NULL && heading != NULL);
  g_array_append_val (self->items, item);
}

/**
 * conc_sheet_add_row:
 * @self: a table
 * @cells: a text for each column, or %NULL for an empty cell
 *
 * Adds a row. A text that is too long for its column is cut with an ellipsis.
 *
 * Thread: any.
 */
void
conc_sheet_add_row (ConcSheet *self, const char *const *cells)
{
  SheetItem item = { NULL, NULL };

  g_return_if_fail (self != NULL && cells != NULL);

  item.cells = g_new0 (char *, self->columns->len + 1);
  for (guint i = 0; i < self->columns->len; i++)
    item.cells[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
  g_array_append_val (self->items, item);
}

/**
 * conc_sheet_count_pages:
 * @self: a table
 *
 * Returns: how many pages it has, at least 1. Proportional to its rows.
 *
 * Thread: any.
 */
guint
conc_sheet_count_pages (ConcSheet *self)
{
  g_autoptr (GArray) pages = NULL;

  g_return_val_if_fail (self != NULL, 0);

  pages = conc_sheet_paginate (self);
  return pages->len;
}
