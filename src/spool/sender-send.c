/* sender-send.c: Makes one job and gives it to the print service, in the order that loses nothing.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/sender-private.h"

#include <glib/gi18n-lib.h>

static void
fail (ConcSender *self, const ConcPrint *print, const char *reason)
{
  conc_sender_tell (self, print, CONC_PRINT_FAILED, NULL, reason);
  self->n_done++;
}

static void
fail_all (ConcSender *self, ConcBundle *bundle, const char *reason)
{
  for (guint i = 0; i < bundle->prints->len; i++)
    fail (self, g_ptr_array_index (bundle->prints, i), reason);
  g_ptr_array_set_size (bundle->prints, 0);
}

/* The label as it would be printed now; NULL with why it must not be printed. */
static ConcLabel *
make_label (ConcSender       *self,
            ConcLabelMaker   *maker,
            ConcLabelFactory *factory,
            const ConcPrint  *print,
            GError          **error)
{
  g_autoptr (ConcRunner) runner = conc_reader_get_runner (self->reader, print->runner_id, error);
  g_autoptr (ConcLabel) label = NULL;
  g_autofree char *content = NULL;

  if (runner == NULL || conc_runner_get_bib (runner) == 0)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
                             _ ("The runner has no bib any more, so there is no label."));
      return NULL;
    }
  label = conc_label_factory_make (factory, runner);
  content = conc_label_factory_dup_content (factory, label);
  if (g_strcmp0 (content, print->content) != 0)
    {
      g_set_error_literal (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NOTHING,
                           _ ("What is on the label was changed while it waited: print it again."));
      return NULL;
    }
  return conc_label_maker_check (maker, label, error) ? g_steal_pointer (&label) : NULL;
}

/* Those that must not be printed leave the bundle, each with its reason. */
static GPtrArray *
make_labels (ConcSender *self, ConcBundle *bundle, ConcLabelMaker *maker, ConcLabelFactory *factory)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);

  for (guint i = 0; i < bundle->prints->len;)
    {
      const ConcPrint *print = g_ptr_array_index (bundle->prints, i);
      g_autoptr (GError) error = NULL;
      ConcLabel *label = make_label (self, maker, factory, print, &error);

      if (label != NULL)
        {
          g_ptr_array_add (labels, label);
          i++;
        }
      else
        {
          fail (self, print, error->message);
          g_ptr_array_remove_index (bundle->prints, i);
        }
    }
  return labels;
}

/* The bytes; NULL after all prints of the bundle have failed. */
static GBytes *
make_bytes (ConcSender *self, ConcBundle *bundle, ConcLabelMaker **ret_maker)
{
  const ConcPrint *first = g_ptr_array_index (bundle->prints, 0);
  g_autoptr (GError) error = NULL;
  ConcLabelMaker   *maker = conc_sender_get_maker (self, first, &error);
  ConcLabelFactory *factory =
      maker != NULL ? conc_sender_get_factory (self, first->layout, &error) : NULL;
  g_autoptr (GPtrArray) labels = NULL;
  GBytes *bytes;

  if (factory == NULL)
    {
      fail_all (self, bundle, error->message);
      return NULL;
    }
  *ret_maker = maker;
  labels = make_labels (self, bundle, maker, factory);
  if (labels->len == 0)
    return NULL;
  bytes = conc_label_maker_make (maker, labels, conc_print_batch_get_start (first->batch), &error);
  if (bytes == NULL)
    fail_all (self, bundle, error->message);
  return bytes;
}

static int
send_bytes (ConcSender     *self,
            ConcBundle     *bundle,
            ConcLabelMaker *maker,
            GBytes         *bytes,
            GError        **error)
{
  const ConcStock *stock = conc_label_maker_get_stock (maker);
  g_autofree char *title = conc_bundle_dup_title (bundle);
  ConcJobOrder     order = {
        .printer = bundle->printer,
        .title = title,
        .language = conc_label_maker_get_language (maker),
        .page_width_mm = stock->page_width_mm,
        .page_height_mm = stock->page_height_mm,
        .two_sided = conc_layout_get_sides (conc_label_maker_get_layout (maker)) > 1,
        .bytes = bytes,
  };

  return conc_transport_send (self->transport, &order, error);
}

static void
tell_all (ConcSender *self, ConcBundle *bundle, ConcPrintState state, const char *detail)
{
  for (guint i = 0; i < bundle->prints->len; i++)
    conc_sender_tell (self, g_ptr_array_index (bundle->prints, i), state, bundle->printer, detail);
}

/* It goes first when it can go. What was noted about its being printed is not so. */
static void
put_back (ConcSender *self, ConcBundle *bundle, const GError *error)
{
  conc_sender_set_problem (self, error->message);
  tell_all (self, bundle, CONC_PRINT_QUEUED, NULL);
  g_queue_push_head (&self->unsent, bundle);
}

/* A job that certainly is not at the print service: it waits on when that is why, else it failed.
 */
static gboolean
take_back (ConcSender *self, ConcBundle *bundle, const GError *error)
{
  if (g_error_matches (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_SERVICE))
    {
      put_back (self, bundle, error);
      conc_sender_forget_readiness (self, bundle->printer);
      return FALSE;
    }
  conc_sender_set_problem (self, error->message);
  fail_all (self, bundle, error->message);
  conc_bundle_free (bundle);
  return TRUE;
}

static void
keep_sent (ConcSender *self, ConcBundle *bundle)
{
  g_autofree char *detail = NULL;

  g_ptr_array_add (self->sent, bundle);
  if (bundle->id == 0)
    return;
  detail = g_strdup_printf (_ ("job %d"), bundle->id);
  tell_all (self, bundle, CONC_PRINT_PRINTING, detail);
}

/**
 * conc_sender_send:
 * @bundle: (transfer full): what is to be sent
 *
 * Draws and checks the labels, says durably that they are being printed, and only then gives them
 * to the print service: whatever happens in between, nobody sends them a second time without
 * asking. The number of the job is said with the next commit; until then the job has a title.
 *
 * Returns: whether the next may be sent at once; %FALSE when this one waits on, because neither the
 *   race file nor the print service will take another one just now.
 */
gboolean
conc_sender_send (ConcSender *self, ConcBundle *bundle)
{
  g_autoptr (GError) error = NULL;
  ConcLabelMaker *maker = NULL;
  g_autoptr (GBytes) bytes = make_bytes (self, bundle, &maker);

  if (bytes == NULL)
    {
      conc_bundle_free (bundle);
      return TRUE;
    }
  tell_all (self, bundle, CONC_PRINT_PRINTING, NULL);
  if (!conc_sender_say (self, &error))
    {
      put_back (self, bundle, error);
      return FALSE;
    }
  bundle->id = send_bytes (self, bundle, maker, bytes, &error);
  if (bundle->id > 0 || g_error_matches (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_UNSURE))
    {
      keep_sent (self, bundle);
      return TRUE;
    }
  return take_back (self, bundle, error);
}
