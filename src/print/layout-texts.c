/* layout-texts.c: The words on labels, for translators. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-private.h"

#include <glib/gi18n-lib.h>

/* Key files of layouts are not read by the tools of translators, so their words are here again.
 * Translators: what is in braces is replaced and stays as it is. */
static const char *const TEXTS[] = {
  N_ ("Shirt {shirt}"),
  N_ ("Bag"),
  N_ ("Bib {bib}"),
  N_ ("In an emergency"),
  N_ ("Fill this in before the start."),
  N_ ("Name"),
  N_ ("Call"),
  N_ ("Allergies, illnesses, medicines"),
  NULL,
};

/**
 * conc_layout_get_texts:
 *
 * Returns: (array zero-terminated=1): the words of the layouts that the program brings along.
 *
 * Thread: any.
 */
const char *const *
conc_layout_get_texts (void)
{
  return TEXTS;
}

/**
 * conc_layout_translate:
 * @text: (nullable): words of a layout
 *
 * Returns: (nullable): the words in the user's language. A translation whose fields are others is
 *   left out, because a label would lack what it is for.
 *
 * Thread: any.
 */
const char *
conc_layout_translate (const char *text)
{
  const char *translated;
  gboolean    valid, translated_valid;
  guint       fields;

  if (text == NULL)
    return NULL;
  translated = _ (text);
  fields = conc_label_fields_in (text, &valid);
  if (conc_label_fields_in (translated, &translated_valid) != fields || !translated_valid)
    return text;
  return translated;
}
