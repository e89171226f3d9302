/* random.c: random keys and names. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/random.h"

#include "core/ids.h"
#include "store/error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/random.h>

static gboolean
fill (guint8 *bytes, gsize size, GError **error)
{
  if (getrandom (bytes, size, 0) == (ssize_t) size)
    return TRUE;
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_IO,
               _ ("This computer gave no random numbers: %s."), g_strerror (errno));
  return FALSE;
}

/** conc_random_key: Returns: (transfer full) (nullable): %CONC_KEY_BYTES random bytes. Any thread.
 */
GBytes *
conc_random_key (GError **error)
{
  guint8 bytes[CONC_KEY_BYTES];

  return fill (bytes, sizeof bytes, error) ? g_bytes_new (bytes, sizeof bytes) : NULL;
}

/**
 * conc_random_id:
 * @n_chars: 1 to 16
 *
 * Returns: (transfer full) (nullable): a name of 5 random bits a character. Any thread.
 */
char *
conc_random_id (guint n_chars, GError **error)
{
  guint8 bytes[10];

  return fill (bytes, sizeof bytes, error) ? conc_id_from_bytes (bytes, sizeof bytes, n_chars)
                                           : NULL;
}
