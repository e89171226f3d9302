/* printer-view.c: how this laptop uses a printer: its paper, what it prints and where. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/printer-view.h"

#include "app/background.h"
#include "app/printing/length-row.h"
#include "app/printing/say.h"
#include "app/printing/stock-choice.h"
#include "app/printing/target-job.h"
#include "print/layout.h"
#include "spool/printers.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ConcPrinterView
{
  GtkWidget parent_instance;

  /* template */
  GtkStack        *stack;
  AdwComboRow     *printer_row;
  GtkStringList   *printer_titles;
  AdwComboRow     *language_row;
  ConcStockChoice *stock_row;
  ConcLengthRow   *dpi_row;
  GtkSwitch       *bound_switch;
  GtkSwitch       *automatic_switch;
  AdwActionRow    *automatic_row;
  ConcLengthRow   *right_row;
  ConcLengthRow   *down_row;
  GtkLabel        *sentence;
  GtkSpinner      *spinner;

  /* owned */
  GPtrArray *printers; /* of ConcPrinter; NULL while they are being asked for */

  /* borrowed */
  ConcPrinterBook *book; /* NULL while it is being read; changed together with the file */

  /* state */
  gboolean is_filling;
  gboolean is_saving;
  gboolean must_save; /* something changed meanwhile */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcPrinterView, conc_printer_view, GTK_TYPE_WIDGET)

static const ConcPrinter *
get_printer (ConcPrinterView *self)
{
  return conc_printers_peek (self->printers, adw_combo_row_get_selected (self->printer_row));
}

/* ------------------------------------------------------- from and to the book */

static ConcBookJob *
read_rows (ConcPrinterView *self)
{
  ConcBookJob *job = g_new0 (ConcBookJob, 1);

  job->printer = g_strdup (get_printer (self)->name);
  job->use.language =
      adw_combo_row_get_selected (self->language_row) == 1 ? CONC_PRINT_ZPL : CONC_PRINT_PDF;
  job->use.dpi = (int) lround (conc_length_row_get_value (self->dpi_row));
  job->use.stock = g_strdup (conc_stock_choice_get_name (self->stock_row));
  job->use.layout = g_strdup (CONC_LAYOUT_DEFAULT);
  job->x_tenths = (int) lround (10 * conc_length_row_get_value (self->right_row));
  job->y_tenths = (int) lround (10 * conc_length_row_get_value (self->down_row));
  job->layout = g_strdup (CONC_LAYOUT_DEFAULT);
  job->is_bound = gtk_switch_get_active (self->bound_switch);
  job->is_automatic = gtk_switch_get_active (self->automatic_switch);
  return job;
}

/* @stock: (nullable): the stock whose offset is shown; NULL for the one the book says. */
static void
show_book (ConcPrinterView *self, const char *stock)
{
  const ConcPrinter *printer = get_printer (self);
  g_autofree char   *state = NULL;
  ConcBookJob       *job;

  if (printer == NULL || self->book == NULL)
    return;
  job = g_new0 (ConcBookJob, 1);
  job->printer = g_strdup (printer->name);
  job->layout = g_strdup (CONC_LAYOUT_DEFAULT);
  job->use.stock = g_strdup (stock);
  conc_book_job_read (job, self->book);
  if (!conc_printer_book_knows (self->book, printer->name) && printer->speaks_zpl)
    job->use.language = CONC_PRINT_ZPL;
  state = conc_printer_dup_state (printer);

  self->is_filling = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->printer_row), state);
  adw_combo_row_set_selected (self->language_row, job->use.language == CONC_PRINT_ZPL);
  conc_stock_choice_set_name (self->stock_row, job->use.stock);
  conc_length_row_set_value (self->dpi_row, job->use.dpi);
  gtk_switch_set_active (self->bound_switch, job->is_bound);
  gtk_switch_set_active (self->automatic_switch, job->is_automatic);
  gtk_widget_set_sensitive (GTK_WIDGET (self->automatic_row), job->is_bound);
  conc_length_row_set_value (self->right_row, job->x_tenths / 10.0);
  conc_length_row_set_value (self->down_row, job->y_tenths / 10.0);
  self->is_filling = FALSE;
  conc_book_job_free (job);
}

static void save (ConcPrinterView *self);

static void
saved (GObject *owner, const char *sentence, const GError *error)
{
  ConcPrinterView *self = CONC_PRINTER_VIEW (owner);

  self->is_saving = FALSE;
  if (self->must_save && get_printer (self) != NULL)
    {
      save (self);
      return;
    }
  conc_say (self->sentence, error != NULL ? error->message : sentence, error != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* One after the other, so that the last word is the last one written. */
static void
save (ConcPrinterView *self)
{
  ConcBookJob *job;

  self->must_save = self->is_saving;
  if (self->is_saving)
    return;
  self->is_saving = TRUE;
  job = read_rows (self);
  if (self->book != NULL)
    conc_book_job_write (job, self->book);
  conc_background_run (G_OBJECT (self), conc_book_job_run, job, conc_book_job_free, saved);
}

static void
changed_cb (ConcPrinterView *self)
{
  if (self->is_filling || get_printer (self) == NULL || self->book == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->automatic_row),
                            gtk_switch_get_active (self->bound_switch));
  save (self);
}

static void
printer_cb (ConcPrinterView *self)
{
  if (self->is_filling)
    return;
  conc_say (self->sentence, "", FALSE);
  show_book (self, NULL);
}

/* Another paper in the printer has an offset of its own. */
static void
stock_cb (ConcPrinterView *self)
{
  const char *stock = conc_stock_choice_get_name (self->stock_row);
  int         x_tenths, y_tenths;

  if (self->is_filling || get_printer (self) == NULL || stock == NULL || self->book == NULL)
    return;
  conc_printer_book_get_offset (self->book, get_printer (self)->name, stock, &x_tenths, &y_tenths);
  self->is_filling = TRUE;
  conc_length_row_set_value (self->right_row, x_tenths / 10.0);
  conc_length_row_set_value (self->down_row, y_tenths / 10.0);
  self->is_filling = FALSE;
  changed_cb (self);
}

/* ---------------------------------------------------------------- alignment */

static void
nudge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcPrinterView *self = CONC_PRINTER_VIEW (widget);
  int              right, down;

  g_variant_get (parameter, "(ii)", &right, &down);
  if (right != 0)
    conc_length_row_set_value (self->right_row,
                               conc_length_row_get_value (self->right_row) + right / 10.0);
  if (down != 0)
    conc_length_row_set_value (self->down_row,
                               conc_length_row_get_value (self->down_row) + down / 10.0);
}

static void
target_sent (GObject *owner, const char *sentence, const GError *error)
{
  ConcPrinterView *self = CONC_PRINTER_VIEW (owner);

  gtk_spinner_stop (self->spinner);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "printer.target", TRUE);
  conc_say (self->sentence, error != NULL ? error->message : sentence, error != NULL);
}

static void
target_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcPrinterView *self = CONC_PRINTER_VIEW (widget);

  if (get_printer (self) == NULL || conc_stock_choice_get_name (self->stock_row) == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "printer.target", FALSE);
  gtk_spinner_start (self->spinner);
  conc_say (self->sentence, _ ("Sending the target…"), FALSE);
  conc_background_run (G_OBJECT (self), conc_target_job_run, read_rows (self), conc_book_job_free,
                       target_sent);
}

/* ------------------------------------------------------------------- widget */

static void
conc_printer_view_dispose (GObject *object)
{
  ConcPrinterView *self = CONC_PRINTER_VIEW (object);

  g_clear_pointer (&self->printers, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_PRINTER_VIEW);
  G_OBJECT_CLASS (conc_printer_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, printer_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, printer_titles);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, language_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, stock_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, bound_switch);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, automatic_switch);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, automatic_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, right_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, down_row);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcPrinterView, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, printer_cb);
  gtk_widget_class_bind_template_callback (widget_class, stock_cb);
}

static void
conc_printer_view_class_init (ConcPrinterViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_printer_view_dispose;
  signals[CHANGED] = g_signal_new ("changed", CONC_TYPE_PRINTER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CONC_TYPE_LENGTH_ROW);
  g_type_ensure (CONC_TYPE_STOCK_CHOICE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/printer-view.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "printer.nudge", "(ii)", nudge_action);
  gtk_widget_class_install_action (widget_class, "printer.target", NULL, target_action);
}

static void
conc_printer_view_init (ConcPrinterView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static guint
find_printer (GPtrArray *printers, const char *name)
{
  for (guint i = 0; i < printers->len; i++)
    if (g_strcmp0 (((ConcPrinter *) printers->pdata[i])->name, name) == 0)
      return i;
  return 0;
}

/* @printers (of ConcPrinter) is kept; NULL while they are being asked for. Whoever was chosen stays
 * so. */
void
conc_printer_view_set_printers (ConcPrinterView *self, GPtrArray *printers)
{
  const ConcPrinter *chosen = get_printer (self);
  g_autofree char   *name = chosen != NULL ? g_strdup (chosen->name) : NULL;

  self->is_filling = TRUE;
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  gtk_string_list_splice (self->printer_titles, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->printer_titles)), NULL);
  if (printers != NULL)
    {
      self->printers = g_ptr_array_ref (printers);
      for (guint i = 0; i < printers->len; i++)
        gtk_string_list_append (self->printer_titles, ((ConcPrinter *) printers->pdata[i])->title);
      if (printers->len > 0)
        adw_combo_row_set_selected (self->printer_row, find_printer (printers, name));
    }
  self->is_filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, printers == NULL     ? "asking"
                                                 : printers->len == 0 ? "none"
                                                                      : "printer");
  show_book (self, NULL);
}

/* @book: (nullable): what is known of printers, until the next call; @complaint: (nullable): what
 * was wrong with its file. What is shown stays. */
void
conc_printer_view_set_book (ConcPrinterView *self, ConcPrinterBook *book, const char *complaint)
{
  self->book = book;
  if (complaint != NULL)
    conc_say (self->sentence, complaint, TRUE);
}

/* Reads the stocks anew, after another page changed them. */
void
conc_printer_view_reload (ConcPrinterView *self)
{
  self->is_filling = TRUE;
  conc_stock_choice_reload (self->stock_row);
  self->is_filling = FALSE;
  show_book (self, NULL);
}
