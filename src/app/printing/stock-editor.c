/* stock-editor.c: describes label sheets and rolls that the program does not know. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/stock-editor.h"

#include "app/background.h"
#include "app/printing/label-preview.h"
#include "app/printing/length-row.h"
#include "app/printing/say.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  ROW_PAGE_WIDTH,
  ROW_PAGE_HEIGHT,
  ROW_LABEL_WIDTH,
  ROW_LABEL_HEIGHT,
  ROW_COLUMNS,
  ROW_ROWS,
  ROW_LEFT,
  ROW_TOP,
  ROW_COLUMN_PITCH,
  ROW_ROW_PITCH,
  ROW_INSET,
  ROW_DPI,
  N_ROWS
};

struct _ConcStockEditor
{
  AdwWindow parent_instance;

  /* template */
  AdwEntryRow      *title_row;
  ConcLengthRow    *rows[N_ROWS];
  GtkSwitch        *colour_switch;
  ConcLabelPreview *preview;
  GtkLabel         *sentence;

  /* owned */
  char      *name;   /* of a stock that is changed; NULL for a new one */
  char      *saved;  /* the one that is being written */
  GPtrArray *stocks; /* of ConcStock: those there are */

  /* state */
  gboolean is_filling;
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcStockEditor, conc_stock_editor, ADW_TYPE_WINDOW)

static const struct
{
  const char *child;
  gsize       offset;
  gboolean    is_count;
} rows[N_ROWS] = {
  [ROW_PAGE_WIDTH] = { "page_width_row", G_STRUCT_OFFSET (ConcStock, page_width_mm) },
  [ROW_PAGE_HEIGHT] = { "page_height_row", G_STRUCT_OFFSET (ConcStock, page_height_mm) },
  [ROW_LABEL_WIDTH] = { "label_width_row", G_STRUCT_OFFSET (ConcStock, label_width_mm) },
  [ROW_LABEL_HEIGHT] = { "label_height_row", G_STRUCT_OFFSET (ConcStock, label_height_mm) },
  [ROW_COLUMNS] = { "columns_row", G_STRUCT_OFFSET (ConcStock, columns), TRUE },
  [ROW_ROWS] = { "rows_row", G_STRUCT_OFFSET (ConcStock, rows), TRUE },
  [ROW_LEFT] = { "left_row", G_STRUCT_OFFSET (ConcStock, left_mm) },
  [ROW_TOP] = { "top_row", G_STRUCT_OFFSET (ConcStock, top_mm) },
  [ROW_COLUMN_PITCH] = { "column_pitch_row", G_STRUCT_OFFSET (ConcStock, column_pitch_mm) },
  [ROW_ROW_PITCH] = { "row_pitch_row", G_STRUCT_OFFSET (ConcStock, row_pitch_mm) },
  [ROW_INSET] = { "inset_row", G_STRUCT_OFFSET (ConcStock, inset_mm) },
  [ROW_DPI] = { "dpi_row", G_STRUCT_OFFSET (ConcStock, dpi), TRUE },
};

/* A name that can be a file's: small letters, digits and hyphens. Titles of other scripts have
 * none of these, and get a number. */
static char *
make_name (const char *title)
{
  g_autofree char *ascii = g_str_to_ascii (title, NULL);
  g_autofree char *lower = g_ascii_strdown (ascii, -1);
  GString         *name = g_string_new (NULL);

  for (const char *letter = lower; *letter != '\0' && name->len < 40; letter++)
    if (g_ascii_isalnum (*letter))
      g_string_append_c (name, *letter);
    else if (name->len > 0 && name->str[name->len - 1] != '-')
      g_string_append_c (name, '-');
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_printf (name, "stock-%08x", g_str_hash (title));
  return g_string_free (name, FALSE);
}

static ConcStock *
read_stock (ConcStockEditor *self)
{
  ConcStock *stock = g_new0 (ConcStock, 1);

  stock->title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_row))));
  stock->name = self->name != NULL ? g_strdup (self->name) : make_name (stock->title);
  for (guint i = 0; i < N_ROWS; i++)
    {
      double value = conc_length_row_get_value (self->rows[i]);

      if (rows[i].is_count)
        *(int *) G_STRUCT_MEMBER_P (stock, rows[i].offset) = (int) lround (value);
      else
        *(double *) G_STRUCT_MEMBER_P (stock, rows[i].offset) = value;
    }
  stock->colour = gtk_switch_get_active (self->colour_switch);
  stock->custom = TRUE;
  return stock;
}

static void
fill (ConcStockEditor *self, const ConcStock *stock)
{
  self->is_filling = TRUE;
  for (guint i = 0; i < N_ROWS; i++)
    conc_length_row_set_value (self->rows[i],
                               rows[i].is_count
                                   ? *(int *) G_STRUCT_MEMBER_P (stock, rows[i].offset)
                                   : *(double *) G_STRUCT_MEMBER_P (stock, rows[i].offset));
  gtk_switch_set_active (self->colour_switch, stock->colour);
  self->is_filling = FALSE;
}

static gboolean
is_taken (ConcStockEditor *self, const ConcStock *stock)
{
  for (guint i = 0; self->name == NULL && i < self->stocks->len; i++)
    if (g_strcmp0 (((ConcStock *) self->stocks->pdata[i])->name, stock->name) == 0)
      return TRUE;
  return FALSE;
}

/* Looks at what is typed after each change: the preview is what will come out of the printer. */
static void
judge_cb (ConcStockEditor *self)
{
  g_autoptr (ConcStock) stock = NULL;
  g_autoptr (GError) error = NULL;
  const char *problem = NULL;

  if (self->is_filling)
    return;
  stock = read_stock (self);
  if (*stock->title == '\0')
    {
      problem = _ ("The name is missing, by which you will know these labels again.");
      g_free (stock->title);
      stock->title = g_strdup ("?"); /* for the preview */
    }
  if (!conc_stock_validate (stock, &error))
    problem = error->message;
  else if (problem == NULL && is_taken (self, stock))
    problem = _ ("There are labels of this name already. Give another one.");
  conc_label_preview_set_stock (self->preview, stock);
  conc_say (self->sentence, problem != NULL ? problem : _ ("This is what a page will look like."),
            problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stock.save", problem == NULL);
}

static char *
save_work (gpointer stock, GError **error)
{
  return conc_stock_save (stock, error) ? g_strdup ("") : NULL;
}

/* The window may have been closed meanwhile; then nothing is left of it but its signal. */
static void
saved_cb (GObject *object, const char *sentence, const GError *error)
{
  ConcStockEditor *self = CONC_STOCK_EDITOR (object);
  gboolean         is_open = gtk_widget_get_visible (GTK_WIDGET (self));

  if (error == NULL)
    g_signal_emit (self, signals[SAVED], 0, self->saved);
  if (!is_open)
    return;
  if (error == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      conc_say (self->sentence, error->message, TRUE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "stock.save", TRUE);
    }
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcStockEditor *self = CONC_STOCK_EDITOR (widget);
  ConcStock       *stock = read_stock (self);

  gtk_widget_action_set_enabled (widget, "stock.save", FALSE);
  g_free (self->saved);
  self->saved = g_strdup (stock->name);
  conc_background_run (G_OBJECT (self), save_work, stock, (GDestroyNotify) conc_stock_free,
                       saved_cb);
}

static void
conc_stock_editor_finalize (GObject *object)
{
  ConcStockEditor *self = CONC_STOCK_EDITOR (object);

  g_free (self->name);
  g_free (self->saved);
  g_clear_pointer (&self->stocks, g_ptr_array_unref);
  G_OBJECT_CLASS (conc_stock_editor_parent_class)->finalize (object);
}

static void
conc_stock_editor_class_init (ConcStockEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_stock_editor_finalize;
  signals[SAVED] = g_signal_new ("saved", CONC_TYPE_STOCK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (CONC_TYPE_LABEL_PREVIEW);
  g_type_ensure (CONC_TYPE_LENGTH_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/stock-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStockEditor, title_row);
  gtk_widget_class_bind_template_child (widget_class, ConcStockEditor, colour_switch);
  gtk_widget_class_bind_template_child (widget_class, ConcStockEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, ConcStockEditor, sentence);
  for (gsize i = 0; i < N_ROWS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, rows[i].child, FALSE,
                                               G_STRUCT_OFFSET (ConcStockEditor, rows) +
                                                   (gssize) (i * sizeof (ConcLengthRow *)));
  gtk_widget_class_bind_template_callback (widget_class, judge_cb);
  gtk_widget_class_install_action (widget_class, "stock.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_stock_editor_init (ConcStockEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @stock: the one to begin with; one of the user's own is changed, any other is the pattern of a
 * new one. @stocks: those there are, of ConcStock. */
GtkWidget *
conc_stock_editor_new (GtkWindow *parent, const ConcStock *stock, GPtrArray *stocks)
{
  ConcStockEditor *self = g_object_new (CONC_TYPE_STOCK_EDITOR, "transient-for", parent, NULL);

  self->stocks = g_ptr_array_ref (stocks);
  if (stock->custom)
    {
      self->name = g_strdup (stock->name);
      gtk_editable_set_text (GTK_EDITABLE (self->title_row), stock->title);
    }
  fill (self, stock);
  judge_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->title_row));
  return GTK_WIDGET (self);
}
