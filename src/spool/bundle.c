/* bundle.c: What goes to the print service as one job. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/sender-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** conc_bundle_new: Returns: (transfer full): a bundle with nothing in it. */
ConcBundle *
conc_bundle_new (const char *key, const char *printer)
{
  ConcBundle *self = g_new0 (ConcBundle, 1);

  self->key = g_strdup (key);
  self->printer = g_strdup (printer);
  self->prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  self->state = CONC_JOB_WAITING;
  return self;
}

/** conc_bundle_free: @self: (nullable): frees a bundle and its prints. */
void
conc_bundle_free (ConcBundle *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->prints);
  g_free (self->key);
  g_free (self->printer);
  g_free (self->note);
  g_free (self);
}

/** conc_bundle_has: Returns: whether the print @id is in it. */
gboolean
conc_bundle_has (const ConcBundle *self, const char *id)
{
  for (guint i = 0; i < self->prints->len; i++)
    if (g_strcmp0 (((const ConcPrint *) g_ptr_array_index (self->prints, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * conc_bundle_dup_mark:
 * @prints: (nullable) (element-type ConcPrint): a part of a batch on sheets, in whatever order;
 * %NULL for a label of its own
 *
 * Sheets of one batch may be sent in parts, each a job of its own. Which labels are in it is told
 * by its name, so that nothing is concluded for one part from what became of another.
 *
 * Returns: (transfer full): what the title of the job ends with.
 */
char *
conc_bundle_dup_mark (const char *key, GPtrArray *prints)
{
  guint32 sum = 0;

  if (prints == NULL)
    return g_strdup_printf (" [%s]", key);
  for (guint i = 0; i < prints->len; i++)
    sum += g_str_hash (((const ConcPrint *) g_ptr_array_index (prints, i))->id);
  return g_strdup_printf (" [%s.%08x]", key, sum);
}

/**
 * conc_bundle_dup_title:
 *
 * Returns: (transfer full): what the job is called at the print service: words for a person, and
 *   the key by which it is found again whatever the language was.
 */
char *
conc_bundle_dup_title (const ConcBundle *self)
{
  const ConcPrint *first = g_ptr_array_index (self->prints, 0);
  g_autofree char *words =
      self->prints->len == 1
          ? g_strdup_printf (_ ("Bib %u"), first->bib)
          : g_strdup_printf (ngettext ("%u label", "%u labels", self->prints->len),
                             self->prints->len);
  g_autofree char *mark = conc_bundle_dup_mark (self->key, self->is_sheet ? self->prints : NULL);

  return g_strconcat (words, mark, NULL);
}

/** conc_bundle_is_titled: @title: (nullable): Returns: whether @title is that of this bundle. */
gboolean
conc_bundle_is_titled (const ConcBundle *self, const char *title)
{
  g_autofree char *mark = conc_bundle_dup_mark (self->key, self->is_sheet ? self->prints : NULL);

  return title != NULL && g_str_has_suffix (title, mark);
}

static ConcBundle *
find (GQueue *bundles, const char *key, const char *printer)
{
  for (GList *link = bundles->tail; link != NULL; link = link->prev)
    {
      ConcBundle *bundle = link->data;

      if (strcmp (bundle->key, key) == 0 && strcmp (bundle->printer, printer) == 0)
        return bundle;
    }
  return NULL;
}

/**
 * conc_bundles_add:
 * @bundles: (element-type ConcBundle): bundles that are being made
 * @print: (transfer full): a print with a printer
 * @is_sheet: whether several labels are on a page of its stock
 *
 * A label on a roll is a bundle of its own, so that its fate is known; sheets are one for the whole
 * batch. Prints of a batch are added one after the other.
 */
void
conc_bundles_add (GQueue *bundles, ConcPrint *print, gboolean is_sheet)
{
  const char *key = is_sheet && print->batch != NULL ? print->batch : print->id;
  ConcBundle *bundle = is_sheet ? find (bundles, key, print->printer) : NULL;

  if (bundle == NULL)
    {
      bundle = conc_bundle_new (key, print->printer);
      bundle->is_sheet = is_sheet;
      g_queue_push_tail (bundles, bundle);
    }
  g_ptr_array_add (bundle->prints, print);
}
