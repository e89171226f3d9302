/* queue-view.c: the labels of this laptop that have not come out, and what is to be done. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/queue-view.h"

#include "app/printing/queue-row.h"
#include "spool/printers.h"

#include <glib/gi18n.h>

struct _ConcQueueView
{
  GtkWidget parent_instance;

  /* template */
  GtkStack       *stack;
  GtkLabel       *headline;
  GtkLabel       *problem;
  GtkProgressBar *progress;
  GtkWidget      *send_button;
  GtkMenuButton  *elsewhere;
  GListStore     *entries;

  /* owned */
  ConcSession *session;
};

G_DEFINE_FINAL_TYPE (ConcQueueView, conc_queue_view, GTK_TYPE_WIDGET)

/* ------------------------------------------------------------------- picture */

static ConcQueueEntry *
find_entry (ConcQueueView *self, guint from, const char *id, guint *ret_position)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  for (guint i = from; i < n_items; i++)
    {
      g_autoptr (ConcQueueEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (g_strcmp0 (conc_queue_entry_get_id (entry), id) == 0)
        {
          *ret_position = i;
          return entry; /* the list keeps it */
        }
    }
  return NULL;
}

/* The queue only grows at its end and loses labels elsewhere, so one walk is enough; a row that
 * stays is the same row, under the finger of whoever points at it. */
static void
show_items (ConcQueueView *self, GPtrArray *items)
{
  guint n_shown = 0;

  for (guint i = 0; i < items->len; i++, n_shown++)
    {
      const ConcQueueItem *item = g_ptr_array_index (items, i);
      guint                position;
      ConcQueueEntry      *entry = find_entry (self, n_shown, item->print->id, &position);

      if (entry != NULL)
        {
          g_list_store_splice (self->entries, n_shown, position - n_shown, NULL, 0);
          conc_queue_entry_update (entry, item);
        }
      else
        {
          g_autoptr (ConcQueueEntry) added = conc_queue_entry_new (item, self->session);

          g_list_store_insert (self->entries, n_shown, added);
        }
    }
  g_list_store_splice (self->entries, n_shown,
                       g_list_model_get_n_items (G_LIST_MODEL (self->entries)) - n_shown, NULL, 0);
}

static gboolean
has_waiting (const ConcQueue *queue)
{
  for (guint i = 0; i < queue->items->len; i++)
    if (((ConcQueueItem *) g_ptr_array_index (queue->items, i))->state == CONC_QUEUE_WAITING)
      return TRUE;
  return FALSE;
}

static char *
dup_headline (const ConcQueue *queue)
{
  if (queue->n_asking > 0)
    return g_strdup_printf (ngettext ("%u label waits for you to decide.",
                                      "%u labels wait for you to decide.", queue->n_asking),
                            queue->n_asking);
  return g_strdup_printf (ngettext ("%u label is on its way.", "%u labels are on their way.",
                                    queue->items->len),
                          queue->items->len);
}

static void
show_queue (ConcQueueView *self)
{
  ConcSpooler *spooler = conc_session_get_spooler (self->session);
  g_autoptr (ConcQueue) queue = conc_spooler_dup_queue (spooler);
  g_autofree char *headline = dup_headline (queue);
  gboolean         is_sending = queue->n_done < queue->n_total;

  show_items (self, queue->items);
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->problem, queue->problem != NULL ? queue->problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), queue->problem != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_sending);
  gtk_widget_set_visible (self->send_button, has_waiting (queue));
  if (is_sending)
    gtk_progress_bar_set_fraction (self->progress, (double) queue->n_done / queue->n_total);
  gtk_stack_set_visible_child_name (self->stack, queue->items->len > 0 ? "queue" : "empty");
}

/* ----------------------------------------------------------------- decisions */

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!conc_spooler_decide_finish (CONC_SPOOLER (source), result, &error))
    conc_session_fail (session, error->message);
}

/* @id: (nullable): one label; NULL for all of which this can be decided. */
static void
decide (ConcQueueView *self, ConcDecision decision, const char *id, const char *printer)
{
  const char *ids[] = { id, NULL };
  const char *reason = decision == CONC_DECISION_REPEAT ? _ ("did not come out") : NULL;

  conc_spooler_decide_async (conc_session_get_spooler (self->session), decision,
                             id != NULL ? ids : NULL, printer, reason, NULL, decided_cb,
                             g_object_ref (self->session));
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *printer = g_variant_get_string (parameter, NULL);

  decide (CONC_QUEUE_VIEW (widget), CONC_DECISION_SEND, NULL, *printer != '\0' ? printer : NULL);
}

static void
cancel_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  decide (CONC_QUEUE_VIEW (widget), CONC_DECISION_CANCEL, NULL, NULL);
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id;
  int         decision;

  g_variant_get (parameter, "(&si)", &id, &decision);
  decide (CONC_QUEUE_VIEW (widget), (ConcDecision) decision, id, NULL);
}

/* -------------------------------------------------------------------- widget */

static void
conc_queue_view_dispose (GObject *object)
{
  ConcQueueView *self = CONC_QUEUE_VIEW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_QUEUE_VIEW);
  G_OBJECT_CLASS (conc_queue_view_parent_class)->dispose (object);
}

static void
conc_queue_view_class_init (ConcQueueViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_queue_view_dispose;
  g_type_ensure (CONC_TYPE_QUEUE_ENTRY);
  g_type_ensure (CONC_TYPE_QUEUE_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/queue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, headline);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, problem);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, progress);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, send_button);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, ConcQueueView, entries);
  gtk_widget_class_install_action (widget_class, "queue.decide", "(si)", decide_action);
  gtk_widget_class_install_action (widget_class, "queue.send", "s", send_action);
  gtk_widget_class_install_action (widget_class, "queue.cancel", NULL, cancel_all_action);
}

static void
conc_queue_view_init (ConcQueueView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* To be called once. */
void
conc_queue_view_set_session (ConcQueueView *self, ConcSession *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (conc_session_get_spooler (session), "changed", G_CALLBACK (show_queue),
                           self, G_CONNECT_SWAPPED);
  show_queue (self);
}

/* @printers (of ConcPrinter; NULL while not known): where else labels can go. */
void
conc_queue_view_set_printers (ConcQueueView *self, GPtrArray *printers)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; printers != NULL && i < printers->len; i++)
    {
      const ConcPrinter *printer = g_ptr_array_index (printers, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (printer->title, NULL);

      g_menu_item_set_action_and_target (item, "queue.send", "s", printer->name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->elsewhere, G_MENU_MODEL (menu));
  gtk_widget_set_sensitive (GTK_WIDGET (self->elsewhere), printers != NULL && printers->len > 0);
}
