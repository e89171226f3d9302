/* ids.c: names of stations, facts and subjects. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ids.h"

#include <string.h>

static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * conc_id_from_bytes:
 * @bytes: at least 5 bits for every character wanted
 * @n_chars: length of the name
 *
 * Returns: (transfer full): the first bits of @bytes in Crockford's base 32, lower case, which
 * has no i, l, o and u. Any thread.
 */
char *
conc_id_from_bytes (const guint8 *bytes, gsize n_bytes, guint n_chars)
{
  char *text = g_malloc (n_chars + 1);
  guint bits = 0, n_bits = 0;

  g_assert (n_bytes * 8 >= (gsize) n_chars * 5);
  for (guint i = 0; i < n_chars; i++)
    {
      if (n_bits < 5)
        {
          bits = bits << 8 | *bytes++;
          n_bits += 8;
        }
      n_bits -= 5;
      text[i] = crockford[bits >> n_bits & 31];
    }
  text[n_chars] = '\0';
  return text;
}

/** conc_station_id_is_valid: Returns: whether @text could be a station's name. Any thread. */
gboolean
conc_station_id_is_valid (const char *text)
{
  return text != NULL && strlen (text) == CONC_STATION_ID_LENGTH &&
         strspn (text, crockford) == CONC_STATION_ID_LENGTH;
}

/**
 * conc_fact_id_parse:
 * @text: (nullable): "STATION-NUMBER"; the number has no sign and no leading zero
 * @ret_id: (out): set only on success
 *
 * Returns: whether @text names a fact. Any thread.
 */
gboolean
conc_fact_id_parse (const char *text, ConcFactId *ret_id)
{
  ConcFactId id = { "", 0 };
  guint64    seq;

  if (text == NULL || strlen (text) < CONC_STATION_ID_LENGTH + 2 ||
      text[CONC_STATION_ID_LENGTH] != '-' || text[CONC_STATION_ID_LENGTH + 1] == '0')
    return FALSE;
  memcpy (id.station, text, CONC_STATION_ID_LENGTH);
  if (!conc_station_id_is_valid (id.station) ||
      !g_ascii_string_to_unsigned (text + CONC_STATION_ID_LENGTH + 1, 10, 1, G_MAXINT64, &seq,
                                   NULL))
    return FALSE;
  id.seq = (gint64) seq;
  *ret_id = id;
  return TRUE;
}

/** conc_fact_id_to_text: Returns: (transfer full): the name of the fact. */
char *
conc_fact_id_to_text (const ConcFactId *id)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, id->station, id->seq);
}

/** conc_fact_id_is_set: Returns: whether @id names a fact; sequence numbers begin at 1. */
gboolean
conc_fact_id_is_set (const ConcFactId *id)
{
  return id->seq > 0;
}

/** conc_fact_id_equal: Returns: whether both name the same fact. */
gboolean
conc_fact_id_equal (const ConcFactId *a, const ConcFactId *b)
{
  return a->seq == b->seq && strcmp (a->station, b->station) == 0;
}

#define SUBJECT_HASH_CHARS 16

static char *
subject_from_key (char prefix, const char *race_id, const char *natural_key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8           digest[32];
  gsize            length = sizeof digest;
  g_autofree char *hash = NULL;

  g_checksum_update (checksum, (const guchar *) race_id, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) natural_key, -1);
  g_checksum_get_digest (checksum, digest, &length);
  hash = conc_id_from_bytes (digest, length, SUBJECT_HASH_CHARS);
  return g_strconcat ((char[]){ prefix, '\0' }, hash, NULL);
}

/**
 * conc_subject_of_registration:
 * @natural_key: what tells a registration apart in its export, such as its number there
 *
 * Two stations that import the same export apart give a runner the same id, so that merging
 * them needs nobody's decision.
 *
 * Returns: (transfer full): "r" and 80 bits. Any thread.
 */
char *
conc_subject_of_registration (const char *race_id, const char *natural_key)
{
  return subject_from_key ('r', race_id, natural_key);
}

/** conc_subject_of_gift: like conc_subject_of_registration(), "g" and 80 bits. */
char *
conc_subject_of_gift (const char *race_id, const char *natural_key)
{
  return subject_from_key ('g', race_id, natural_key);
}
