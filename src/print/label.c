/* label.c: What is printed on the label of one runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label.h"

#include "core/token.h"

/* Told apart with any kind of colour vision (Okabe and Ito, 2008); the first two also in gray. */
static const char *const WAVE_COLOURS[] = {
  "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#56b4e9", "#000000",
};

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

/* The wave that is third in the list has the third colour; a wave that is not in it has none. */
static const char *
colour_of_wave (const char *wave, const char *const *waves)
{
  for (gsize i = 0; waves != NULL && waves[i] != NULL; i++)
    if (strcmp (waves[i], wave) == 0)
      return WAVE_COLOURS[i % G_N_ELEMENTS (WAVE_COLOURS)];
  return NULL;
}

static char *
join_contact (const char *name, const char *phone)
{
  if (name != NULL && phone != NULL)
    return g_strdup_printf ("%s, %s", name, phone);
  return g_strdup (name != NULL ? name : phone);
}

/**
 * conc_label_new_for_runner:
 * @runner: a runner who has a bib
 * @source: what the labels of the race have in common
 *
 * Makes the label of a runner. No name is on it of somebody who is not to be named, because it is
 * worn in public; who has no team has the event in its place.
 *
 * Returns: (transfer full): the label.
 *
 * Thread: any.
 */
ConcLabel *
conc_label_new_for_runner (const ConcRunner *runner, const ConcLabelSource *source)
{
  guint            bib = conc_runner_get_bib (runner);
  const char      *team = conc_runner_get (runner, CONC_FIELD_TEAM);
  const char      *wave = conc_runner_get (runner, CONC_FIELD_WAVE);
  g_autofree char *number = g_strdup_printf ("%u", bib);
  g_autofree char *token =
      conc_token_make (source->race_id, g_bytes_get_data (source->key, NULL), bib);
  ConcLabel *label = conc_label_new (token, number);

  if (conc_runner_get_public (runner))
    label->name = conc_runner_dup_full_name (runner);
  label->line2 = g_strdup (team != NULL ? team : conc_runner_get (runner, CONC_FIELD_EVENT));
  label->wave = wave != NULL ? conc_wave_dup_title (wave) : NULL;
  label->wave_colour = wave != NULL ? g_strdup (colour_of_wave (wave, source->waves)) : NULL;
  label->shirt = g_strdup (conc_runner_get (runner, CONC_FIELD_SHIRT));
  label->race = g_strdup (source->race);
  label->runner_id = g_strdup (conc_runner_get_id (runner));
  if (source->emergency)
    label->emergency = join_contact (conc_runner_get (runner, CONC_FIELD_EMERGENCY_NAME),
                                     conc_runner_get (runner, CONC_FIELD_EMERGENCY_PHONE));
  if (source->emergency)
    label->medical = g_strdup (conc_runner_get (runner, CONC_FIELD_MEDICAL));
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
 * @source: what the labels of the race have in common
 *
 * Makes the labels of the runners who have a bib.
 *
 * Returns: (transfer full) (element-type ConcLabel): the labels in the order of the bibs, maybe
 *   none.
 *
 * Thread: any.
 */
GPtrArray *
conc_labels_new_for_runners (GPtrArray             *runners,
                             const ConcBibRange    *range,
                             const ConcLabelSource *source)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);

  g_ptr_array_sort (runners, compare_bibs);
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      guint             bib = conc_runner_get_bib (runner);

      if (bib != 0 && (range == NULL || conc_bib_range_contains (range, bib)))
        g_ptr_array_add (labels, conc_label_new_for_runner (runner, source));
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
  g_free (self->runner_id);
  g_free (self->race);
  g_free (self->task);
  g_free (self->emergency);
  g_free (self->medical);
  g_free (self);
}
