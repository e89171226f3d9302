/* queries-wave.c: which wave a person means. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/queries.h"

#include "core/fact.h"
#include "store/error-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse_wave (GPtrArray *waves, const char *wanted, GError **error)
{
  g_autofree char *all = NULL;

  g_ptr_array_add (waves, NULL);
  all = g_strjoinv (", ", (char **) waves->pdata);
  return conc_store_refuse (error, _ ("There is no wave “%s”. The waves are: %s."), wanted, all);
}

/**
 * conc_query_resolve_wave:
 * @wanted: (nullable): a wave as a person wrote it; nothing for the race itself
 * @ret_wave: (out) (transfer full): its name; "" for the race
 *
 * A wave is found without regard to case. Before any wave is known every name is taken.
 *
 * Returns: whether there is such a wave. %CONC_STORE_ERROR_REFUSED when there is none.
 */
gboolean
conc_query_resolve_wave (ConcDb       *db,
                         ConcSettings *settings,
                         const char   *wanted,
                         char        **ret_wave,
                         GError      **error)
{
  g_autoptr (GPtrArray) waves = NULL;
  g_autofree char *folded = NULL;

  if (wanted == NULL || *wanted == '\0')
    {
      *ret_wave = g_strdup ("");
      return TRUE;
    }
  if (!g_utf8_validate (wanted, -1, NULL) || strlen (wanted) > CONC_SUBJECT_MAX_BYTES / 2)
    return conc_store_refuse (error, _ ("The name of a wave has at most 100 letters."));
  waves = conc_query_waves (db, settings, error);
  if (waves == NULL)
    return FALSE;
  folded = g_utf8_casefold (wanted, -1);
  for (guint i = 0; i < waves->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (g_ptr_array_index (waves, i), -1);

      if (strcmp (folded, other) == 0)
        {
          *ret_wave = g_strdup (g_ptr_array_index (waves, i));
          return TRUE;
        }
    }
  if (waves->len > 0)
    return refuse_wave (waves, wanted, error);
  *ret_wave = g_strdup (wanted);
  return TRUE;
}
