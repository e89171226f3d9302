/* flow.c: a document on paper, set from top to bottom, such as a form to be signed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/flow.h"

#include "print/typesetter.h"

#include <glib/gi18n-lib.h>

#define MM_PER_POINT (25.4 / 72.0)
#define WIDTH_MM 215.9
#define HEIGHT_MM 279.4
#define MARGIN_MM 15.0
#define INNER_MM (WIDTH_MM - 2 * MARGIN_MM)
#define BOTTOM_MM (HEIGHT_MM - MARGIN_MM - 9.0)
#define LABEL_MM 27.0
#define GUTTER_MM 3.5
#define LINE_MM 5.0
#define TITLE_MM 9.0
#define RUNNING_MM 8.0
#define HEADING_MM 10.5
#define ROW_MM 4.9
#define BLANK_MM 8.5
#define TITLE_PT 18.0
#define STRONG_PT 13.0
#define HEADING_PT 11.5
#define LINE_PT 10.0
#define TEXT_PT 9.5
#define SMALL_PT 8.0
#define SMALLEST_PT 6.5
#define CAP_HEIGHT 0.70
#define LEADING 1.38
#define MAX_LINES 12
#define QUIET_GREY 0.35
#define RULE_GREY 0.85
#define MARKED_GREY 0.92

typedef enum
{
  ITEM_HEADING,
  ITEM_PAIR,
  ITEM_STRONG,
  ITEM_TEXT,
  ITEM_TITLES,
  ITEM_ROW,
  ITEM_BLANK
} ItemKind;

/* @height_mm is known when it was measured. */
typedef struct
{
  ItemKind kind;
  char    *label;
  char    *text;
  char   **cells;
  gboolean is_marked;
  guint    lines;
  double   height_mm;
} Item;

typedef struct
{
  char          *title;
  ConcColumnSide side;
  double         weight;
} Column;

struct _ConcFlow
{
  char   *title;
  char   *subtitle;
  char   *as_of;
  char   *footer;
  GArray *columns;
  GArray *items;

  /* while it is written */
  ConcTypesetter *typesetter;
  cairo_t        *cr;
  double          y_mm;
};

static void
clear_item_cb (gpointer data)
{
  Item *item = data;

  g_free (item->label);
  g_free (item->text);
  g_strfreev (item->cells);
}

static void
clear_column_cb (gpointer data)
{
  g_free (((Column *) data)->title);
}

/**
 * conc_flow_new:
 * @title: what it is
 * @subtitle: (nullable): a line below the title
 * @as_of: (nullable): of when it is; every page says it, because pages part
 *
 * Returns: (transfer full): an empty document on paper of the size Letter. Thread: any, one at a
 *   time; so are all functions of it.
 */
ConcFlow *
conc_flow_new (const char *title, const char *subtitle, const char *as_of)
{
  ConcFlow *self = g_new0 (ConcFlow, 1);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->as_of = g_strdup (as_of);
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column_cb);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item_cb);
  return self;
}

/** conc_flow_free: frees @self, which may be %NULL. */
void
conc_flow_free (ConcFlow *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->as_of);
  g_free (self->footer);
  g_array_unref (self->columns);
  g_array_unref (self->items);
  g_free (self);
}

/** conc_flow_set_footer: a line at the foot of every page, beside its number. */
void
conc_flow_set_footer (ConcFlow *self, const char *footer)
{
  g_free (self->footer);
  self->footer = g_strdup (footer);
}

static Item *
add (ConcFlow *self, ItemKind kind, const char *label, const char *text)
{
  Item item = { .kind = kind, .label = g_strdup (label), .text = g_strdup (text) };

  g_array_append_val (self->items, item);
  return &g_array_index (self->items, Item, self->items->len - 1);
}

/** conc_flow_add_heading: a heading; it stays with what follows. */
void
conc_flow_add_heading (ConcFlow *self, const char *text)
{
  add (self, ITEM_HEADING, NULL, text);
}

/** conc_flow_add_pair: a quiet label, and a text of up to a dozen lines beside it. */
void
conc_flow_add_pair (ConcFlow *self, const char *label, const char *text)
{
  add (self, ITEM_PAIR, label, text);
}

/** conc_flow_add_strong: as conc_flow_add_pair(), large. */
void
conc_flow_add_strong (ConcFlow *self, const char *label, const char *text)
{
  add (self, ITEM_STRONG, label, text);
}

/** conc_flow_add_text: a text over the whole width. */
void
conc_flow_add_text (ConcFlow *self, const char *text)
{
  add (self, ITEM_TEXT, NULL, text);
}

/** conc_flow_add_column: a column of the rows to come; @weight is its share of the width. */
void
conc_flow_add_column (ConcFlow *self, const char *title, ConcColumnSide side, double weight)
{
  Column column = { g_strdup (title), side, weight };

  g_array_append_val (self->columns, column);
}

/** conc_flow_add_titles: the titles of the columns. */
void
conc_flow_add_titles (ConcFlow *self)
{
  add (self, ITEM_TITLES, NULL, NULL);
}

/** conc_flow_add_row: a text for each column, %NULL for none; a marked row stands out. */
void
conc_flow_add_row (ConcFlow *self, const char *const *cells, gboolean is_marked)
{
  Item *item = add (self, ITEM_ROW, NULL, NULL);

  item->is_marked = is_marked;
  item->cells = g_new0 (char *, self->columns->len + 1);
  for (guint i = 0; i < self->columns->len; i++)
    item->cells[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
}

/** conc_flow_add_blank: a label and @lines lines to write on. */
void
conc_flow_add_blank (ConcFlow *self, const char *label, guint lines)
{
  add (self, ITEM_BLANK, label, NULL)->lines = lines;
}

/* ------------------------------------------------------------------------ measuring */

static ConcTextFit
get_fit (double size_pt, ConcFace face, double width_mm, int lines)
{
  return (ConcTextFit){ .face = face,
                        .width_mm = width_mm,
                        .size_mm = size_pt * MM_PER_POINT,
                        .size_min_mm =
                            (lines > 1 ? size_pt : MIN (size_pt, SMALLEST_PT)) * MM_PER_POINT,
                        .lines = lines };
}

static ConcTextFit
get_item_fit (const Item *item)
{
  gboolean has_label = item->kind == ITEM_PAIR || item->kind == ITEM_STRONG;

  return get_fit (item->kind == ITEM_STRONG ? STRONG_PT : TEXT_PT,
                  item->kind == ITEM_STRONG ? CONC_FACE_BOLD : CONC_FACE_REGULAR,
                  has_label ? INNER_MM - LABEL_MM - GUTTER_MM : INNER_MM, MAX_LINES);
}

static double
measure_text (ConcFlow *self, const Item *item)
{
  ConcTextFit     fit = get_item_fit (item);
  ConcTextExtents extents = { 0 };

  if (item->text != NULL && *item->text != '\0')
    conc_typesetter_fit (self->typesetter, item->text, &fit, &extents);
  return extents.last_baseline_mm + fit.size_mm * LEADING + 0.6;
}

static void
measure (ConcFlow *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      switch (item->kind)
        {
        case ITEM_HEADING:
          item->height_mm = HEADING_MM;
          break;
        case ITEM_TITLES:
        case ITEM_ROW:
          item->height_mm = ROW_MM;
          break;
        case ITEM_BLANK:
          item->height_mm = BLANK_MM * item->lines;
          break;
        default:
          item->height_mm = measure_text (self, item);
        }
    }
}

static double
get_top (const ConcFlow *self, guint page)
{
  if (page > 0)
    return MARGIN_MM + RUNNING_MM;
  return MARGIN_MM + TITLE_MM + (self->subtitle != NULL ? LINE_MM : 0) +
         (self->as_of != NULL ? LINE_MM : 0);
}

/* What has to be on the page together with an item: a heading and titles with what follows, and
 * lines to write on with each other, since a form is one piece of paper. */
static double
get_needed (const ConcFlow *self, guint index)
{
  double   needed_mm = 0;
  gboolean is_form = FALSE;

  for (; index < self->items->len; index++)
    {
      const Item *item = &g_array_index (self->items, Item, index);

      if (is_form && item->kind != ITEM_BLANK)
        break;
      is_form = item->kind == ITEM_BLANK;
      needed_mm += item->height_mm;
      if (item->kind == ITEM_BLANK)
        continue;
      if (item->kind != ITEM_HEADING && item->kind != ITEM_TITLES)
        break;
    }
  return needed_mm;
}

/* The first item of each page. */
static GArray *
paginate (const ConcFlow *self)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (guint));
  double  y_mm = get_top (self, 0);
  guint   first = 0;

  g_array_append_val (pages, first);
  for (guint i = 0; i < self->items->len; i++)
    {
      if (i > first && y_mm + get_needed (self, i) > BOTTOM_MM)
        {
          first = i;
          g_array_append_val (pages, first);
          y_mm = get_top (self, 1);
        }
      y_mm += g_array_index (self->items, Item, i).height_mm;
    }
  return pages;
}

/* -------------------------------------------------------------------------- drawing */

static void
set_grey (ConcFlow *self, double grey)
{
  cairo_set_source_rgb (self->cr, grey, grey, grey);
}

static void
draw_rule (ConcFlow *self, double x_mm, double y_mm, double width_mm, double line_mm, double grey)
{
  set_grey (self, grey);
  cairo_set_line_width (self->cr, line_mm);
  cairo_move_to (self->cr, x_mm, y_mm);
  cairo_line_to (self->cr, x_mm + width_mm, y_mm);
  cairo_stroke (self->cr);
  set_grey (self, 0);
}

/* One line in a box, in the middle of its height. */
static void
draw_cell (ConcFlow      *self,
           const char    *text,
           ConcFace       face,
           double         size_pt,
           ConcColumnSide side,
           double         x_mm,
           double         width_mm,
           double         height_mm)
{
  ConcTextFit     fit = get_fit (size_pt, face, width_mm, 1);
  ConcTextExtents extents;

  if (text == NULL || *text == '\0')
    return;
  conc_typesetter_fit (self->typesetter, text, &fit, &extents);
  if (side == CONC_COLUMN_RIGHT)
    x_mm += width_mm - extents.width_mm;
  conc_typesetter_draw (self->typesetter, self->cr, x_mm,
                        self->y_mm + (height_mm + CAP_HEIGHT * fit.size_mm) / 2);
}

static void
draw_text (ConcFlow *self, const Item *item)
{
  ConcTextFit     fit = get_item_fit (item);
  ConcTextExtents extents;
  double          x_mm = MARGIN_MM;
  double          baseline_mm = self->y_mm + fit.size_mm * (LEADING + CAP_HEIGHT) / 2 + 0.3;

  if (item->label != NULL)
    {
      ConcTextFit label = get_fit (TEXT_PT, CONC_FACE_REGULAR, LABEL_MM, 1);

      conc_typesetter_fit (self->typesetter, item->label, &label, &extents);
      set_grey (self, QUIET_GREY);
      conc_typesetter_draw (self->typesetter, self->cr, x_mm, baseline_mm);
      set_grey (self, 0);
      x_mm += LABEL_MM + GUTTER_MM;
    }
  if (item->text == NULL || *item->text == '\0')
    return;
  conc_typesetter_fit (self->typesetter, item->text, &fit, &extents);
  conc_typesetter_draw (self->typesetter, self->cr, x_mm, baseline_mm);
}

static void
draw_heading (ConcFlow *self, const Item *item)
{
  double white_mm = HEADING_MM - ROW_MM - 1.5;

  self->y_mm += white_mm;
  draw_cell (self, item->text, CONC_FACE_BOLD, HEADING_PT, CONC_COLUMN_LEFT, MARGIN_MM, INNER_MM,
             ROW_MM);
  self->y_mm -= white_mm;
  draw_rule (self, MARGIN_MM, self->y_mm + HEADING_MM - 1.2, INNER_MM, 0.25, 0);
}

static void
draw_row (ConcFlow *self, const Item *item)
{
  double x_mm = MARGIN_MM;
  double room_mm = INNER_MM - GUTTER_MM * (self->columns->len - 1.0);
  double weights = 0;

  if (item->is_marked)
    {
      set_grey (self, MARKED_GREY);
      cairo_rectangle (self->cr, MARGIN_MM - 1, self->y_mm, INNER_MM + 2, ROW_MM);
      cairo_fill (self->cr);
      set_grey (self, 0);
    }
  for (guint i = 0; i < self->columns->len; i++)
    weights += g_array_index (self->columns, Column, i).weight;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);
      double        width_mm = room_mm * column->weight / weights;

      if (item->kind == ITEM_TITLES)
        draw_cell (self, column->title, CONC_FACE_BOLD, SMALL_PT, column->side, x_mm, width_mm,
                   ROW_MM);
      else
        draw_cell (self, item->cells[i], item->is_marked ? CONC_FACE_BOLD : CONC_FACE_REGULAR,
                   TEXT_PT, column->side, x_mm, width_mm, ROW_MM);
      x_mm += width_mm + GUTTER_MM;
    }
  draw_rule (self, MARGIN_MM, self->y_mm + ROW_MM, INNER_MM, 0.1, RULE_GREY);
}

static void
draw_blank (ConcFlow *self, const Item *item)
{
  double x_mm = MARGIN_MM + LABEL_MM + GUTTER_MM;

  set_grey (self, QUIET_GREY);
  draw_cell (self, item->label, CONC_FACE_REGULAR, TEXT_PT, CONC_COLUMN_LEFT, MARGIN_MM, LABEL_MM,
             BLANK_MM + 4);
  for (guint i = 1; i <= item->lines; i++)
    draw_rule (self, x_mm, self->y_mm + BLANK_MM * i, WIDTH_MM - MARGIN_MM - x_mm, 0.2, QUIET_GREY);
}

static void
draw_item (ConcFlow *self, const Item *item)
{
  switch (item->kind)
    {
    case ITEM_HEADING:
      draw_heading (self, item);
      break;
    case ITEM_TITLES:
    case ITEM_ROW:
      draw_row (self, item);
      break;
    case ITEM_BLANK:
      draw_blank (self, item);
      break;
    default:
      draw_text (self, item);
    }
  self->y_mm += item->height_mm;
}

static void
draw_line (ConcFlow *self, const char *text, ConcFace face, double size_pt, double height_mm)
{
  draw_cell (self, text, face, size_pt, CONC_COLUMN_LEFT, MARGIN_MM, INNER_MM, height_mm);
  self->y_mm += height_mm;
}

static void
draw_top (ConcFlow *self, guint page)
{
  self->y_mm = MARGIN_MM;
  if (page == 0)
    {
      draw_line (self, self->title, CONC_FACE_BLACK, TITLE_PT, TITLE_MM);
      if (self->subtitle != NULL)
        draw_line (self, self->subtitle, CONC_FACE_REGULAR, LINE_PT, LINE_MM);
      set_grey (self, QUIET_GREY);
      if (self->as_of != NULL)
        draw_line (self, self->as_of, CONC_FACE_REGULAR, LINE_PT, LINE_MM);
      set_grey (self, 0);
      return;
    }
  draw_cell (self, self->title, CONC_FACE_BOLD, LINE_PT, CONC_COLUMN_LEFT, MARGIN_MM, INNER_MM / 2,
             LINE_MM);
  set_grey (self, QUIET_GREY);
  draw_cell (self, self->as_of, CONC_FACE_REGULAR, SMALL_PT, CONC_COLUMN_RIGHT,
             MARGIN_MM + INNER_MM / 2, INNER_MM / 2, LINE_MM);
  set_grey (self, 0);
}

static void
draw_foot (ConcFlow *self, guint page, guint pages)
{
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, pages);

  self->y_mm = HEIGHT_MM - MARGIN_MM - LINE_MM;
  draw_rule (self, MARGIN_MM, self->y_mm, INNER_MM, 0.15, RULE_GREY);
  set_grey (self, QUIET_GREY);
  draw_cell (self, self->footer, CONC_FACE_REGULAR, SMALL_PT, CONC_COLUMN_LEFT, MARGIN_MM,
             INNER_MM * 0.86, LINE_MM);
  draw_cell (self, number, CONC_FACE_REGULAR, SMALL_PT, CONC_COLUMN_RIGHT,
             MARGIN_MM + INNER_MM * 0.86, INNER_MM * 0.14, LINE_MM);
  set_grey (self, 0);
}

static gboolean
draw_page (ConcFlow *self, ConcPdf *pdf, GArray *pages, guint page, GError **error)
{
  guint end = page + 1 < pages->len ? g_array_index (pages, guint, page + 1) : self->items->len;

  self->cr = conc_pdf_begin_page (pdf, WIDTH_MM, HEIGHT_MM);
  set_grey (self, 0);
  draw_top (self, page);
  self->y_mm = get_top (self, page);
  for (guint i = g_array_index (pages, guint, page); i < end; i++)
    draw_item (self, &g_array_index (self->items, Item, i));
  draw_foot (self, page, pages->len);
  return conc_pdf_end_page (pdf, error);
}

/**
 * conc_flow_write_pdf:
 * @stream: where the PDF goes; the caller closes it, or throws away what it holds on failure
 *
 * Every page says what it is, of when, and "Page x of y".
 *
 * Returns: whether the PDF is complete. If not: a GIOError or CONC_PRINT_ERROR_FAILED. Thread: any.
 */
gboolean
conc_flow_write_pdf (ConcFlow *self, GOutputStream *stream, GError **error)
{
  g_autoptr (ConcPdf) pdf = conc_pdf_new (stream, self->title, NULL);
  g_autoptr (ConcTypesetter) typesetter = conc_typesetter_new ();
  g_autoptr (GArray) pages = NULL;

  self->typesetter = typesetter;
  measure (self);
  pages = paginate (self);
  for (guint page = 0; page < pages->len; page++)
    if (!draw_page (self, pdf, pages, page, error))
      return FALSE;
  return conc_pdf_finish (pdf, error);
}
