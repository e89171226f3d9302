/* label-line.c: one line about the label of a runner: whether it was printed, and doing so. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/label-line.h"

#include "app/background.h"
#include "app/printing/auto-label.h"
#include "core/race-time.h"
#include "print/layout.h"
#include "store/reader-desk.h"

#include <glib/gi18n.h>

struct _ConcLabelLine
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkImage  *icon;
  GtkLabel  *sentence;
  GtkButton *button;

  /* owned */
  ConcSession *session;
  char        *runner_id;

  /* state */
  gboolean has_printer; /* this laptop has one for bib labels */
  gboolean was_printed;
};

enum
{
  PROP_SESSION = 1,
  PROP_RUNNER_ID,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcLabelLine, conc_label_line, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon_name;
  const char *sentence;
} states[CONC_N_PRINT_STATES] = {
  [CONC_PRINT_QUEUED] = { "content-loading-symbolic", N_ ("The label waits to be printed.") },
  [CONC_PRINT_PRINTING] = { "printer-symbolic", N_ ("The label is being printed.") },
  [CONC_PRINT_PRINTED] = { "emblem-ok-symbolic", NULL },
  [CONC_PRINT_FAILED] = { "dialog-warning-symbolic", N_ ("The label did not come out.") },
  [CONC_PRINT_CANCELLED] = { "printer-symbolic", N_ ("No label printed yet.") },
};

/* The newest bib label of the runner; NULL for none. */
static ConcPrint *
find_print (ConcLabelLine *self)
{
  g_autoptr (GPtrArray) prints =
      conc_reader_get_prints_of (conc_session_get_reader (self->session), self->runner_id, NULL);

  for (guint i = prints != NULL ? prints->len : 0; i > 0; i--)
    {
      const ConcPrint *print = g_ptr_array_index (prints, i - 1);

      if (g_strcmp0 (print->layout, CONC_LAYOUT_DEFAULT) == 0)
        return conc_print_copy (print);
    }
  return NULL;
}

static void
show (ConcLabelLine *self)
{
  g_autoptr (ConcPrint) print = NULL;
  g_autofree char *at = NULL;
  g_autofree char *sentence = NULL;
  ConcPrintState   state;

  if (self->session == NULL || self->runner_id == NULL)
    {
      gtk_widget_set_visible (self->content, FALSE);
      return;
    }
  print = find_print (self);
  state = print != NULL ? print->state : CONC_PRINT_CANCELLED;
  self->was_printed = state == CONC_PRINT_PRINTED;
  if (print != NULL)
    at = conc_time_format_clock (print->state_usec, conc_session_get_zone (self->session), 0);
  sentence = self->was_printed ? g_strdup_printf (_ ("Label printed at %s."), at)
                               : g_strdup (_ (states[state].sentence));
  gtk_image_set_from_icon_name (self->icon, states[state].icon_name);
  gtk_label_set_label (self->sentence, sentence);
  gtk_button_set_label (self->button, print == NULL || state == CONC_PRINT_CANCELLED
                                          ? _ ("Print _Label")
                                          : _ ("Print _Label Again"));
  gtk_widget_set_visible (GTK_WIDGET (self->button), self->has_printer &&
                                                         state != CONC_PRINT_QUEUED &&
                                                         state != CONC_PRINT_PRINTING);
  gtk_widget_set_visible (self->content, self->has_printer || print != NULL);
}

/* Worker. Returns: the printer of this laptop for bib labels, or nothing. */
static char *
ask_book (gpointer data, GError **error)
{
  g_autoptr (ConcPrinterBook) book = conc_printer_book_load (NULL);
  char *printer = conc_printer_book_dup_printer (book, CONC_LAYOUT_DEFAULT);

  return printer != NULL ? printer : g_strdup ("");
}

static void
asked (GObject *owner, const char *printer, const GError *error)
{
  ConcLabelLine *self = CONC_LABEL_LINE (owner);

  self->has_printer = printer != NULL && *printer != '\0';
  show (self);
}

static void
map_cb (ConcLabelLine *self)
{
  conc_background_run (G_OBJECT (self), ask_book, NULL, NULL, asked);
}

static void
changed_cb (ConcLabelLine *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show (self);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcLabelLine *self = CONC_LABEL_LINE (widget);

  if (self->session != NULL && self->runner_id != NULL)
    conc_auto_label_print (self->session, self->runner_id, _ ("wanted again at the desk"));
}

static void
set_session (ConcLabelLine *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (conc_session_get_spooler (self->session), self);
    }
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (conc_session_get_spooler (session), "changed",
                               G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  show (self);
}

static void
conc_label_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcLabelLine *self = CONC_LABEL_LINE (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    g_value_set_string (value, self->runner_id);
}

static void
conc_label_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcLabelLine *self = CONC_LABEL_LINE (object);

  if (id == PROP_SESSION)
    set_session (self, g_value_get_object (value));
  else
    {
      g_free (self->runner_id);
      self->runner_id = g_value_dup_string (value);
      show (self);
    }
}

static void
conc_label_line_dispose (GObject *object)
{
  ConcLabelLine *self = CONC_LABEL_LINE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->runner_id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_LABEL_LINE);
  G_OBJECT_CLASS (conc_label_line_parent_class)->dispose (object);
}

static void
conc_label_line_class_init (ConcLabelLineClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = conc_label_line_dispose;
  object_class->get_property = conc_label_line_get_property;
  object_class->set_property = conc_label_line_set_property;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION, flags);
  props[PROP_RUNNER_ID] = g_param_spec_string ("runner-id", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/label-line.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcLabelLine, content);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelLine, icon);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelLine, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcLabelLine, button);
  gtk_widget_class_install_action (widget_class, "label.print", NULL, print_action);
}

static void
conc_label_line_init (ConcLabelLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}
