/* text-columns.c: the cells and the order of the columns of a table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/text-columns.h"

#define LEFT_TO_RIGHT_MARK "\xe2\x80\x8e"
#define FIRST_STRONG_ISOLATE "\xe2\x81\xa8"
#define POP_ISOLATE "\xe2\x81\xa9"

typedef struct
{
  GType          item_type;
  ConcTextColumn column;
} Cells;

static gboolean
reads_from_right (const char *text)
{
  const char *p = text;

  while (*p != '\0' && !g_unichar_isalpha (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  switch (g_unichar_get_script (g_utf8_get_char (p)))
    {
    case G_UNICODE_SCRIPT_ADLAM:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
      return TRUE;
    default:
      return FALSE;
    }
}

/* A name in Arabic or Hebrew reads from the right, but stands below the others on the left: the
 * marks around it say so to the layout and are no part of the name. */
static char *
keep_left (gpointer item, const char *text)
{
  if (text == NULL || gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ||
      !reads_from_right (text))
    return g_strdup (text);
  return g_strconcat (LEFT_TO_RIGHT_MARK FIRST_STRONG_ISOLATE, text, POP_ISOLATE, NULL);
}

/* An inscription does not ask for its size again when its text changes, so that a table of
 * thousands of rows scrolls without a stumble. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget     *text = gtk_inscription_new (NULL);
  GtkExpression *row = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *shown = gtk_property_expression_new (cells->item_type, row, cells->column.text);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), cells->column.min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), cells->column.nat_chars);
  if (cells->column.is_number)
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 1);
      gtk_widget_add_css_class (text, "numeric");
    }
  else
    shown = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 1, &shown, G_CALLBACK (keep_left),
                                         NULL, NULL);
  gtk_list_item_set_child (item, text);
  gtk_expression_bind (shown, text, "text", item);
}

static GtkSorter *
sorter_new (GType item_type, const char *property)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (item_type);
  GParamSpec    *pspec = g_object_class_find_property (G_OBJECT_CLASS (klass), property);
  GtkExpression *value = gtk_property_expression_new (item_type, NULL, property);

  if (G_PARAM_SPEC_VALUE_TYPE (pspec) == G_TYPE_STRING)
    return GTK_SORTER (gtk_string_sorter_new (value));
  return GTK_SORTER (gtk_numeric_sorter_new (value));
}

/* The title of a column of numbers stands above their last figure, and the arrow of the order
 * before it. GtkColumnView has no property for it; its header is its first child, with one button
 * for each column, and in the button a box with the title and the arrow. */
static void
align_title (GtkColumnView *view, guint position)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *box;

  while (title != NULL && position-- > 0)
    title = gtk_widget_get_next_sibling (title);
  box = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  if (box == NULL)
    return;
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (GTK_IS_BOX (box))
    gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_first_child (box),
                                 gtk_widget_get_last_child (box));
}

/* The columns of @view, which the template declares, get their cells in the order of @columns. */
void
conc_text_columns_apply (GtkColumnView        *view,
                         GType                 item_type,
                         const ConcTextColumn *columns,
                         guint                 n_columns)
{
  GListModel *list = gtk_column_view_get_columns (view);

  g_return_if_fail (g_list_model_get_n_items (list) == n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
      Cells *cells = g_new (Cells, 1);

      *cells = (Cells){ item_type, columns[i] };
      g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cells,
                             (GClosureNotify) (void (*) (void)) g_free, 0);
      gtk_column_view_column_set_factory (column, factory);
      if (columns[i].is_number)
        align_title (view, i);
      if (columns[i].order != NULL)
        {
          g_autoptr (GtkSorter) sorter = sorter_new (item_type, columns[i].order);
          gtk_column_view_column_set_sorter (column, sorter);
        }
    }
}
