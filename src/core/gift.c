/* gift.c: money given or promised, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gift.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (ConcGift, conc_gift, conc_gift_copy, conc_gift_free)

static const struct
{
  const char *text;
  const char *title;
} methods[CONC_N_METHODS] = {
  [CONC_METHOD_CASH] = { "cash", N_ ("Cash") },
  [CONC_METHOD_CHECK] = { "check", N_ ("Check") },
  [CONC_METHOD_CARD] = { "card", N_ ("Card") },
  [CONC_METHOD_ONLINE] = { "online", N_ ("Online") },
  [CONC_METHOD_PLEDGE] = { "pledge", N_ ("Pledge") },
  [CONC_METHOD_MATCH] = { "match", N_ ("Match") },
};

/** conc_gift_new: Returns: (transfer full): a gift of nothing, in cash. */
ConcGift *
conc_gift_new (void)
{
  return g_new0 (ConcGift, 1);
}

/** conc_gift_copy: Returns: (transfer full): a deep copy. */
ConcGift *
conc_gift_copy (const ConcGift *gift)
{
  ConcGift *copy = g_memdup2 (gift, sizeof *gift);

  copy->id = g_strdup (gift->id);
  copy->fact = g_strdup (gift->fact);
  copy->from = g_strdup (gift->from);
  copy->beneficiary = g_strdup (gift->beneficiary);
  copy->message = g_strdup (gift->message);
  return copy;
}

/** conc_gift_free: frees @gift, which may be %NULL. */
void
conc_gift_free (ConcGift *gift)
{
  if (gift == NULL)
    return;
  g_free (gift->id);
  g_free (gift->fact);
  g_free (gift->from);
  g_free (gift->beneficiary);
  g_free (gift->message);
  g_free (gift);
}

/** conc_gift_dup_public_name: Returns: (transfer full): who may be thanked in public. */
char *
conc_gift_dup_public_name (const ConcGift *gift)
{
  if (gift->is_anonymous || gift->from == NULL)
    return g_strdup (_ ("Anonymous"));
  return g_strdup (gift->from);
}

/** conc_method_to_text: Returns: the name of @method in facts and on the command line. */
const char *
conc_method_to_text (ConcMethod method)
{
  g_return_val_if_fail (method < CONC_N_METHODS, NULL);
  return methods[method].text;
}

/** conc_method_get_title: Returns: the translated name of @method for people. */
const char *
conc_method_get_title (ConcMethod method)
{
  g_return_val_if_fail (method < CONC_N_METHODS, NULL);
  return _ (methods[method].title);
}

/** conc_method_from_text: Returns: the method, or %CONC_N_METHODS for anything else. */
ConcMethod
conc_method_from_text (const char *text)
{
  for (ConcMethod method = 0; method < CONC_N_METHODS; method++)
    if (g_strcmp0 (methods[method].text, text) == 0)
      return method;
  return CONC_N_METHODS;
}
