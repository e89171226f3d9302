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
 * @name: (nullable): the name; %NULL for runners who are not to be named
 * @line2: (nullable): a line below the name, such as team or event
 * @wave: (nullable): the wave in words, such as "Wave A"
 * @wave_colour: (nullable): its colour as "#rrggbb"; anything else counts as none
 * @shirt: (nullable): the shirt size
 *
 * One label. An empty text counts as none.
 */
typedef struct
{
  char *token;
  char *bib;
  char *name;
  char *line2;
  char *wave;
  char *wave_colour;
  char *shirt;
} ConcLabel;

ConcLabel *conc_label_new (const char *token, const char *bib);
GPtrArray *conc_labels_new_for_runners (GPtrArray          *runners,
                                        const ConcBibRange *range,
                                        const char         *race_id,
                                        GBytes             *key);
void       conc_label_free (ConcLabel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLabel, conc_label_free)

G_END_DECLS
