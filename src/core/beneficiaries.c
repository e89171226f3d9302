/* beneficiaries.c: who receives the proceeds, and in which shares. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/beneficiaries.h"

#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL_PERCENT 100u

/** conc_beneficiary_free: frees @beneficiary. */
void
conc_beneficiary_free (ConcBeneficiary *beneficiary)
{
  g_free (beneficiary->name);
  g_free (beneficiary);
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
is_listed (GPtrArray *list, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *other =
          g_utf8_casefold (((ConcBeneficiary *) g_ptr_array_index (list, i))->name, -1);

      if (strcmp (folded, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
parse_one (char *text, GPtrArray *list, GError **error)
{
  char            *colon = strrchr (text, ':');
  guint64          percent;
  ConcBeneficiary *beneficiary;

  if (colon == NULL)
    return refuse (error, _ ("Write each beneficiary with its share, such as Source:33."));
  *colon = '\0';
  g_strstrip (text);
  if (*text == '\0')
    return refuse (error, _ ("Each beneficiary needs a name."));
  if (is_listed (list, text))
    return refuse (error, _ ("Each beneficiary is named once."));
  if (!g_ascii_string_to_unsigned (g_strstrip (colon + 1), 10, 0, ALL_PERCENT, &percent, NULL))
    return refuse (error, _ ("A share is a whole number of percent, 0 to 100."));
  beneficiary = g_new0 (ConcBeneficiary, 1);
  beneficiary->name = g_strdup (text);
  beneficiary->percent = (guint) percent;
  g_ptr_array_add (list, beneficiary);
  return TRUE;
}

/**
 * conc_beneficiaries_parse:
 * @text: "Breaking Free:34,Source:33,The Link:33"; a name may hold a colon, not a comma
 *
 * Returns: (transfer full) (nullable) (element-type ConcBeneficiary): the list in its order; the
 * shares add up to 100. %NULL with a sentence otherwise. Any thread.
 */
GPtrArray *
conc_beneficiaries_parse (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", CONC_BENEFICIARIES_MAX + 1);
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_beneficiary_free);
  guint sum = 0;

  if (g_strv_length (parts) > CONC_BENEFICIARIES_MAX)
    {
      refuse (error, _ ("There are at most 40 beneficiaries."));
      return NULL;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (!parse_one (parts[i], list, error))
        return NULL;
      sum += ((ConcBeneficiary *) g_ptr_array_index (list, i))->percent;
    }
  if (sum != ALL_PERCENT)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("The shares add up to %u percent; they must add up to 100."), sum);
      return NULL;
    }
  return g_steal_pointer (&list);
}

/** conc_beneficiaries_to_text: Returns: (transfer full): what conc_beneficiaries_parse() reads. */
char *
conc_beneficiaries_to_text (GPtrArray *beneficiaries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < beneficiaries->len; i++)
    {
      const ConcBeneficiary *each = g_ptr_array_index (beneficiaries, i);

      g_string_append_printf (text, "%s%s:%u", i > 0 ? "," : "", each->name, each->percent);
    }
  return g_string_free (text, FALSE);
}
