/* order-view.c: which labels are printed, on what and where, and how they will look. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/order-view.h"

#include "app/background.h"
#include "app/printing/label-preview.h"
#include "app/printing/labels-job.h"
#include "app/printing/length-row.h"
#include "app/printing/say.h"
#include "app/printing/stock-choice.h"
#include "app/printing/stock-editor.h"
#include "spool/printers.h"

#include <glib/gi18n.h>
#include <math.h>

/* The layout that is nobody's in the race. */
#define NAME_TAG "name-tag"

/* Items of which_row. */
enum
{
  WHICH_ALL,
  WHICH_BIBS,
  WHICH_LATE,
  WHICH_CHANGED
};

struct _ConcOrderView
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget        *content;
  AdwComboRow      *layout_row;
  GtkStringList    *layout_titles;
  AdwComboRow      *which_row;
  AdwEntryRow      *bibs_row;
  GtkWidget        *names_group;
  GtkTextBuffer    *names_buffer;
  AdwComboRow      *printer_row;
  GtkStringList    *printer_titles;
  ConcStockChoice  *stock_row;
  ConcLengthRow    *start_row;
  GtkSwitch        *again_switch;
  AdwActionRow     *again_row;
  AdwActionRow     *delete_row;
  ConcLabelPreview *preview;
  GtkToggleButton  *back_button;
  GtkLabel         *sentence;
  GtkSpinner       *spinner;
  GtkButton        *go_button;

  /* owned */
  ConcSession *session;
  GPtrArray   *layouts;  /* of ConcLayout */
  GPtrArray   *printers; /* of ConcPrinter; NULL while not known */
  char        *problem;

  /* borrowed */
  ConcPrinterBook *book; /* NULL while not known */

  /* state */
  gboolean is_filling;
  gboolean is_busy;
};

enum
{
  STOCKS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcOrderView, conc_order_view, GTK_TYPE_WIDGET)

static ConcLayout *
get_layout (ConcOrderView *self)
{
  return g_ptr_array_index (self->layouts, adw_combo_row_get_selected (self->layout_row));
}

static gboolean
is_name_tag (ConcOrderView *self)
{
  return g_str_equal (conc_layout_get_name (get_layout (self)), NAME_TAG);
}

/* NULL: a PDF file. */
static const ConcPrinter *
get_printer (ConcOrderView *self)
{
  const guint i = adw_combo_row_get_selected (self->printer_row);

  return i > 0 ? conc_printers_peek (self->printers, i - 1) : NULL;
}

/* NULL for all bibs, and with @error when it cannot be read. */
static ConcBibRange *
parse_bibs (ConcOrderView *self, GError **error)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->bibs_row));

  if (adw_combo_row_get_selected (self->which_row) != WHICH_BIBS || is_name_tag (self))
    return NULL;
  return conc_bib_range_parse (text, error);
}

static guint
get_start (ConcOrderView *self)
{
  return (guint) lround (conc_length_row_get_value (self->start_row)) - 1;
}

/* ------------------------------------------------------------------- judging */

/* What is wrong, or what will happen. */
static char *
dup_sentence (ConcOrderView *self, gboolean *ret_is_problem)
{
  guint which = adw_combo_row_get_selected (self->which_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBibRange) range = parse_bibs (self, &error);

  *ret_is_problem = TRUE;
  if (error != NULL)
    return g_strdup (error->message);
  if (get_printer (self) == NULL && which >= WHICH_LATE && !is_name_tag (self))
    return g_strdup (_ ("Which labels came out is known of printers only: choose a printer, or "
                        "all labels."));
  if (get_printer (self) != NULL && is_name_tag (self))
    return g_strdup (_ ("Name tags are saved as a PDF file, to be printed from there."));
  *ret_is_problem = self->problem != NULL;
  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (is_name_tag (self))
    return g_strdup (_ ("One name tag for each line."));
  return g_strdup (which == WHICH_BIBS      ? _ ("Only the labels of these bibs.")
                   : which == WHICH_LATE    ? _ ("Only labels that were never printed.")
                   : which == WHICH_CHANGED ? _ ("Only labels that say something else now.")
                                            : _ ("A label for every runner who has a bib, in the "
                                                 "order of bibs."));
}

static gboolean
can_go (ConcOrderView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBibRange) range = parse_bibs (self, &error);
  guint which = adw_combo_row_get_selected (self->which_row);

  if (self->is_busy || error != NULL || conc_stock_choice_get (self->stock_row) == NULL)
    return FALSE;
  if (is_name_tag (self))
    return get_printer (self) == NULL;
  return get_printer (self) != NULL || which < WHICH_LATE;
}

static void
show_preview (ConcOrderView *self)
{
  ConcLayout *layout = get_layout (self);
  gboolean    has_back = conc_layout_get_sides (layout) > 1;

  conc_label_preview_set_stock (self->preview, conc_stock_choice_get (self->stock_row));
  conc_label_preview_set_layout (self->preview, layout);
  conc_label_preview_set_start (self->preview, get_start (self));
  conc_label_preview_set_side (self->preview,
                               has_back && gtk_toggle_button_get_active (self->back_button));
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), has_back);
}

/* Rows that mean nothing for what is chosen are not shown. */
static void
show_rows (ConcOrderView *self)
{
  const ConcStock *stock = conc_stock_choice_get (self->stock_row);
  gboolean         is_tag = is_name_tag (self);
  guint            which = adw_combo_row_get_selected (self->which_row);

  gtk_widget_set_visible (GTK_WIDGET (self->which_row), !is_tag);
  gtk_widget_set_visible (GTK_WIDGET (self->bibs_row), !is_tag && which == WHICH_BIBS);
  gtk_widget_set_visible (self->names_group, is_tag);
  gtk_widget_set_visible (GTK_WIDGET (self->again_row),
                          !is_tag && get_printer (self) != NULL && which < WHICH_LATE);
  gtk_widget_set_visible (GTK_WIDGET (self->start_row),
                          stock != NULL && conc_stock_get_count (stock) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->delete_row), stock != NULL && stock->custom);
  gtk_button_set_label (self->go_button,
                        get_printer (self) != NULL ? _ ("_Print") : _ ("_Save PDF…"));
}

static void
judge_cb (ConcOrderView *self)
{
  gboolean         is_problem;
  g_autofree char *sentence = NULL;

  if (self->is_filling || self->session == NULL)
    return;
  show_rows (self);
  show_preview (self);
  sentence = dup_sentence (self, &is_problem);
  conc_say (self->sentence, sentence, is_problem);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.go", can_go (self));
}

static void
set_busy (ConcOrderView *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.go", can_go (self));
}

/* What the printer is known to hold; the start counts on another sheet. */
static void
printer_cb (ConcOrderView *self)
{
  const ConcPrinter *printer = get_printer (self);
  g_autoptr (ConcPrinterUse) use = NULL;

  if (self->is_filling)
    return;
  if (printer != NULL && self->book != NULL)
    {
      use = conc_printer_book_dup_use (self->book, printer->name);
      self->is_filling = TRUE;
      if (use->stock != NULL)
        conc_stock_choice_set_name (self->stock_row, use->stock);
      self->is_filling = FALSE;
    }
  judge_cb (self);
}

static void
stock_cb (ConcOrderView *self)
{
  const ConcStock *stock = conc_stock_choice_get (self->stock_row);

  if (self->is_filling || stock == NULL)
    return;
  g_object_set (self->start_row, "upper", (double) conc_stock_get_count (stock), NULL);
  conc_length_row_set_value (self->start_row, 1);
  judge_cb (self);
}

/* ----------------------------------------------------------------- to a file */

static void
saved (GObject *owner, const char *sentence, const GError *error)
{
  ConcOrderView *self = CONC_ORDER_VIEW (owner);

  set_busy (self, FALSE);
  conc_say (self->sentence, error != NULL ? error->message : sentence, error != NULL);
  if (error == NULL && self->session != NULL)
    conc_session_say (self->session, sentence, NULL);
}

/* Takes @target. */
static void
save_to (ConcOrderView *self, char *target)
{
  ConcLabelsJob *job = g_new0 (ConcLabelsJob, 1);

  job->file = g_object_ref (conc_session_get_file (self->session));
  job->target = target;
  job->range = parse_bibs (self, NULL);
  job->stock = conc_stock_copy (conc_stock_choice_get (self->stock_row));
  job->layout = g_strdup (conc_layout_get_name (get_layout (self)));
  job->start_at = get_start (self);
  if (is_name_tag (self))
    g_object_get (self->names_buffer, "text", &job->names, NULL);
  set_busy (self, TRUE);
  conc_say (self->sentence, _ ("Making the labels…"), FALSE);
  conc_share_run (conc_session_get_share (self->session), G_OBJECT (self), conc_labels_job_run, job,
                  conc_labels_job_free, saved);
}

static void
response_cb (GtkNativeDialog *dialog, int response, ConcOrderView *self)
{
  g_autoptr (GFile) file = NULL;
  char *path;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (path != NULL && self->session != NULL)
    save_to (self, path);
}

static void
ask_for_file (ConcOrderView *self)
{
  GtkRoot              *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save the Labels"), GTK_WINDOW (root),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("Labels.pdf"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* -------------------------------------------------------------- to a printer */

static char *
dup_order_text (const ConcPrintReceipt *receipt)
{
  g_autofree char *before = NULL;

  if (receipt->n_before > 0)
    before =
        g_strdup_printf (ngettext ("%u was printed before and is left out.",
                                   "%u were printed before and are left out.", receipt->n_before),
                         receipt->n_before);
  if (receipt->prints->len == 0)
    return g_strdup_printf (_ ("There is nothing to print. %s"), before != NULL ? before : "");
  return g_strdup_printf (ngettext ("%u label is being printed. %s",
                                    "%u labels are being printed. %s", receipt->prints->len),
                          receipt->prints->len, before != NULL ? before : "");
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcOrderView) self = user_data;
  g_autoptr (GError) error = NULL;
  ConcPrintReceipt *receipt = conc_spooler_order_finish (CONC_SPOOLER (source), result, &error);
  g_autofree char  *sentence = receipt != NULL ? dup_order_text (receipt) : NULL;

  set_busy (self, FALSE);
  conc_say (self->sentence, receipt != NULL ? g_strstrip (sentence) : error->message,
            receipt == NULL);
  conc_print_receipt_free (receipt);
}

static void
print (ConcOrderView *self)
{
  guint           which = adw_combo_row_get_selected (self->which_row);
  ConcPrintOrder *order = conc_print_order_new (which == WHICH_LATE      ? CONC_TO_PRINT_LATE
                                                : which == WHICH_CHANGED ? CONC_TO_PRINT_CHANGED
                                                                         : CONC_TO_PRINT_ALL);

  order->range = parse_bibs (self, NULL);
  order->printer = g_strdup (get_printer (self)->name);
  order->layout = g_strdup (conc_layout_get_name (get_layout (self)));
  order->stock = g_strdup (conc_stock_choice_get_name (self->stock_row));
  order->start_at = get_start (self);
  if (gtk_switch_get_active (self->again_switch) && which < WHICH_LATE)
    order->again = g_strdup (_ ("wanted again"));
  set_busy (self, TRUE);
  conc_say (self->sentence, _ ("Putting the labels into the queue…"), FALSE);
  gtk_switch_set_active (self->again_switch, FALSE);
  conc_spooler_order_async (conc_session_get_spooler (self->session), order, ordered_cb,
                            g_object_ref (self));
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcOrderView *self = CONC_ORDER_VIEW (widget);

  if (get_printer (self) != NULL)
    print (self);
  else
    ask_for_file (self);
}

/* ---------------------------------------------------------------- own labels */

static void
stock_saved_cb (ConcOrderView *self, const char *name)
{
  conc_stock_choice_reload (self->stock_row);
  conc_stock_choice_set_name (self->stock_row, name);
  judge_cb (self);
  g_signal_emit (self, signals[STOCKS_CHANGED], 0);
}

static void
edit_stock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcOrderView *self = CONC_ORDER_VIEW (widget);
  GtkWidget     *editor = conc_stock_editor_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                                 conc_stock_choice_get (self->stock_row),
                                                 conc_stock_choice_get_all (self->stock_row));

  g_signal_connect_object (editor, "saved", G_CALLBACK (stock_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static char *
delete_stock_work (gpointer name, GError **error)
{
  return conc_stock_delete (name, error) ? g_strdup ("") : NULL;
}

static void
stock_deleted_cb (GObject *object, const char *sentence, const GError *error)
{
  ConcOrderView *self = CONC_ORDER_VIEW (object);

  if (error != NULL)
    conc_say (self->sentence, error->message, TRUE);
  else
    stock_saved_cb (self, NULL);
}

static void
delete_stock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcOrderView *self = CONC_ORDER_VIEW (widget);

  conc_background_run (G_OBJECT (self), delete_stock_work,
                       g_strdup (conc_stock_choice_get_name (self->stock_row)), g_free,
                       stock_deleted_cb);
}

/* -------------------------------------------------------------------- widget */

static void
conc_order_view_dispose (GObject *object)
{
  ConcOrderView *self = CONC_ORDER_VIEW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_ORDER_VIEW);
  G_OBJECT_CLASS (conc_order_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, content);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, layout_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, layout_titles);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, which_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, bibs_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, names_group);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, names_buffer);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, printer_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, printer_titles);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, stock_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, start_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, again_switch);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, again_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, delete_row);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, preview);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, back_button);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, spinner);
  gtk_widget_class_bind_template_child (widget_class, ConcOrderView, go_button);
  gtk_widget_class_bind_template_callback (widget_class, judge_cb);
  gtk_widget_class_bind_template_callback (widget_class, printer_cb);
  gtk_widget_class_bind_template_callback (widget_class, stock_cb);
}

static void
conc_order_view_class_init (ConcOrderViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_order_view_dispose;
  signals[STOCKS_CHANGED] = g_signal_new ("stocks-changed", CONC_TYPE_ORDER_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CONC_TYPE_LABEL_PREVIEW);
  g_type_ensure (CONC_TYPE_LENGTH_ROW);
  g_type_ensure (CONC_TYPE_STOCK_CHOICE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/order-view.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "order.go", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "order.edit-stock", NULL, edit_stock_action);
  gtk_widget_class_install_action (widget_class, "order.delete-stock", NULL, delete_stock_action);
}

static void
conc_order_view_init (ConcOrderView *self)
{
  self->is_filling = TRUE;
  self->layouts = conc_layout_list ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < self->layouts->len; i++)
    {
      const ConcLayout *layout = g_ptr_array_index (self->layouts, i);

      gtk_string_list_append (self->layout_titles, conc_layout_get_title (layout));
      if (g_str_equal (conc_layout_get_name (layout), CONC_LAYOUT_DEFAULT))
        adw_combo_row_set_selected (self->layout_row, i);
    }
  self->is_filling = FALSE;
}

/* To be called once. */
void
conc_order_view_set_session (ConcOrderView *self, ConcSession *session)
{
  self->session = g_object_ref (session);
  conc_order_view_set_printers (self, NULL);
  stock_cb (self);
}

/* @printers (of ConcPrinter) is kept; NULL while they are being asked for. The one that this laptop
 * uses for bib labels is chosen, else the file. */
void
conc_order_view_set_printers (ConcOrderView *self, GPtrArray *printers)
{
  g_autofree char *bound =
      self->book != NULL ? conc_printer_book_dup_printer (self->book, CONC_LAYOUT_DEFAULT) : NULL;
  guint chosen = 0;

  self->is_filling = TRUE;
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  gtk_string_list_splice (self->printer_titles, 1,
                          g_list_model_get_n_items (G_LIST_MODEL (self->printer_titles)) - 1, NULL);
  for (guint i = 0; printers != NULL && i < printers->len; i++)
    {
      const ConcPrinter *printer = g_ptr_array_index (printers, i);

      gtk_string_list_append (self->printer_titles, printer->title);
      if (g_strcmp0 (printer->name, bound) == 0)
        chosen = i + 1;
    }
  if (printers != NULL)
    self->printers = g_ptr_array_ref (printers);
  adw_combo_row_set_selected (self->printer_row, chosen);
  self->is_filling = FALSE;
  printer_cb (self);
}

/* @sentence: why there are no printers; NULL when all is well. */
void
conc_order_view_set_problem (ConcOrderView *self, const char *sentence)
{
  g_free (self->problem);
  self->problem = g_strdup (sentence);
  judge_cb (self);
}

/* @book: (nullable): what is known of printers, until the next call. */
void
conc_order_view_set_book (ConcOrderView *self, ConcPrinterBook *book)
{
  self->book = book;
  if (book != NULL)
    printer_cb (self);
}
