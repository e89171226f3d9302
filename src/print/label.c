/* label.c: What is printed on the label of one runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label.h"

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
