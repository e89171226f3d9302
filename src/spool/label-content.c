/* label-content.c: A keyed hash of what is on a label, by which a change is noticed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/label-content.h"

#define PURPOSE "label content 1"
#define HEX_LENGTH 24

/* The end of each text counts too, so that nothing can move from one into the next. A text that is
 * empty is none. */
static void
update (GHmac *hmac, const char *text)
{
  if (text == NULL)
    text = "";
  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text) + 1);
}

/**
 * conc_label_content:
 * @label: what is on a label
 * @layout: the name of the layout
 * @key: the key of the race
 *
 * Two labels with the same content look alike. Nobody without the key can try names until one
 * fits: prints are told to stations that may not know whose medical notes are on a bib.
 *
 * Returns: (transfer full): 24 hexadecimal digits of HMAC-SHA-256. Thread: any.
 */
char *
conc_label_content (const ConcLabel *label, const char *layout, GBytes *key)
{
  gsize         size;
  const guchar *bytes = g_bytes_get_data (key, &size);
  const char   *texts[] = { PURPOSE,       layout,       label->token, label->bib,
                            label->name,   label->line2, label->wave,  label->wave_colour,
                            label->shirt,  label->race,  label->task,  label->emergency,
                            label->medical };
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, bytes, size);

  /* Whoever adds a text to the label adds it here. The runner's id is not printed. */
  G_STATIC_ASSERT (sizeof (ConcLabel) == 12 * sizeof (char *));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    update (hmac, texts[i]);
  return g_strndup (g_hmac_get_string (hmac), HEX_LENGTH);
}
