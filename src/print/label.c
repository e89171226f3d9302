/* label.c: What is printed on the label of one runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label.h"

#include "core/token.h"

/**
 * conc_label_new:
 * @token: what the QR code says
 * @bib: the bib
 *
 * Makes a label with the two things that every label has; the caller fills in the rest.
 *
 * Returns: (transfer full): the label.
 *
 * Thread: any.
 */
ConcLabel *
conc_label_new (const char *token, const char *bib)
{
  ConcLabel *self = g_new0 (ConcLabel, 1);

  self->token = g_strdup (token);
  self->bib = g_strdup (bib);
  return self;
}

/* No name on the label of somebody who is not to be named: it is worn in public. */
static ConcLabel *
create_label (const ConcRunner *runner, const char *race_id, GBytes *key)
{
  guint            bib = conc_runner_get_bib (runner);
  const char      *team = conc_runner_get (runner, CONC_FIELD_TEAM);
  const char      *wave = conc_runner_get (runner, CONC_FIELD_WAVE);
  g_autofree char *number = g_strdup_printf ("%u", bib);
  g_autofree char *token = conc_token_make (race_id, g_bytes_get_data (key, NULL), bib);
  ConcLabel       *label = conc_label_new (token, number);

  if (conc_runner_get_public (runner))
    label->name = conc_runner_dup_full_name (runner);
  label->line2 = g_strdup (team != NULL ? team : conc_runner_get (runner, CONC_FIELD_EVENT));
  label->wave = wave != NULL ? conc_wave_dup_title (wave) : NULL;
  label->shirt = g_strdup (conc_runner_get (runner, CONC_FIELD_SHIRT));
  return label;
}

static int
compare_bibs (gconstpointer a, gconstpointer b)
{
  guint first = conc_runner_get_bib (*(const ConcRunner *const *) a);
  guint second = conc_runner_get_bib (*(const ConcRunner *const *) b);

  return (first > second) - (first < second);
}

/**
 * conc_labels_new_for_runners:
 * @runners: (element-type ConcRunner): all runners; sorted by bib here
 * @range: (nullable): the bibs that are wanted; %NULL for all
 * @race_id: the race, for the codes
 * @key: the key of the race, for the codes
 *
 * Makes the labels of the runners who have a bib. Who is not to be named is not named on it, and
 * who has no team has the event in its place.
 *
 * Returns: (transfer full) (element-type ConcLabel): the labels in the order of the bibs, maybe
 *   none.
 *
 * Thread: any.
 */
GPtrArray *
conc_labels_new_for_runners (GPtrArray          *runners,
                             const ConcBibRange *range,
                             const char         *race_id,
                             GBytes             *key)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);

  g_ptr_array_sort (runners, compare_bibs);
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      guint             bib = conc_runner_get_bib (runner);

      if (bib != 0 && (range == NULL || conc_bib_range_contains (range, bib)))
        g_ptr_array_add (labels, create_label (runner, race_id, key));
    }
  return labels;
}

/**
 * conc_label_free:
 * @self: (nullable): a label
 *
 * Frees a label and its texts.
 *
 * Thread: any.
 */
void
conc_label_free (ConcLabel *self)
{
  if (self == NULL)
    return;
  g_free (self->token);
  g_free (self->bib);
  g_free (self->name);
  g_free (self->line2);
  g_free (self->wave);
  g_free (self->wave_colour);
  g_free (self->shirt);
  g_free (self);
}
