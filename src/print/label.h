/* label.h: What is printed on the label of one runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/bib-range.h"
#include "core/runner.h"

G_BEGIN_DECLS

/**
 * ConcLabel:
 * @token: what the QR code says
 * @bib: the bib, the largest text
 * @runner_id: (nullable): whose label it is; not printed
 * @name: (nullable): the name; %NULL for runners who are not to be named
 * @line2: (nullable): a line below the name, such as team or event
 * @wave: (nullable): the wave in words, such as "Wave A"
 * @wave_colour: (nullable): its colour as "#rrggbb"; anything else counts as none
 * @shirt: (nullable): the shirt size
 * @race: (nullable): the name of the race
 * @task: (nullable): what a volunteer does, for a name tag
 * @emergency: (nullable): whom to call, with the number; %NULL for a line to write on
 * @medical: (nullable): what helpers must know; %NULL for lines to write on
 *
 * One label. An empty text counts as none.
 */
typedef struct
{
  char *token;
  char *bib;
  char *runner_id;
  char *name;
  char *line2;
  char *wave;
  char *wave_colour;
  char *shirt;
  char *race;
  char *task;
  char *emergency;
  char *medical;
} ConcLabel;

/**
 * ConcLabelSource:
 * @race_id: the race, for the codes
 * @key: the key of the race, for the codes
 * @race: (nullable): the name of the race
 * @waves: (nullable) (array zero-terminated=1): the waves in their order, which gives the colours
 * @emergency: whether what only helpers may know is printed: emergency contact and medical notes
 *
 * What the labels of a race have in common. All is borrowed.
 */
typedef struct
{
  const char        *race_id;
  GBytes            *key;
  const char        *race;
  const char *const *waves;
  gboolean           emergency;
} ConcLabelSource;

ConcLabel *conc_label_new (const char *token, const char *bib);
ConcLabel *conc_label_new_for_runner (const ConcRunner *runner, const ConcLabelSource *source);
GPtrArray *conc_labels_new_for_runners (GPtrArray             *runners,
                                        const ConcBibRange    *range,
                                        const ConcLabelSource *source);
void       conc_label_free (ConcLabel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLabel, conc_label_free)

G_END_DECLS
