/* one-error.c: whether a word is another with one slip of the fingers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/one-error.h"

#include <string.h>

/* Whether @rest, of which @skip letters are left out, goes on as @word from @at. */
static ConcErrorFit
fit_rest (const gunichar *rest, guint n_rest, const gunichar *word, guint n_word)
{
  if (n_rest > n_word || memcmp (rest, word, n_rest * sizeof *rest) != 0)
    return CONC_ERROR_MORE;
  if (n_rest == n_word)
    return CONC_ERROR_WHOLE;
  return n_rest > 0 ? CONC_ERROR_BEGUN : CONC_ERROR_MORE;
}

static ConcErrorFit
better_fit (ConcErrorFit a, ConcErrorFit b)
{
  if (a == CONC_ERROR_MORE || b == CONC_ERROR_MORE)
    return MAX (a, b);
  return MIN (a, b);
}

/**
 * conc_one_error:
 * @typed: folded letters; @n_typed of them
 * @word: the folded letters of the word that was perhaps meant
 *
 * The errors are a letter too many, one left out, another one, and two neighbours that changed
 * places; at any letter, the first too. It is told at the first letter that differs.
 *
 * Returns: how @typed fits. A word that is typed without an error is none with one.
 */
ConcErrorFit
conc_one_error (const gunichar *typed, guint n_typed, const gunichar *word, guint n_word)
{
  ConcErrorFit fit = CONC_ERROR_MORE;
  guint        at = 0;

  while (at < n_typed && at < n_word && typed[at] == word[at])
    at++;
  typed += at;
  word += at;
  n_typed -= at;
  n_word -= at;
  if (n_typed == 0)
    return n_word == 1 ? CONC_ERROR_WHOLE : CONC_ERROR_MORE;
  fit = fit_rest (typed + 1, n_typed - 1, word, n_word);
  if (n_word == 0)
    return fit;
  fit = better_fit (fit, fit_rest (typed + 1, n_typed - 1, word + 1, n_word - 1));
  fit = better_fit (fit, fit_rest (typed, n_typed, word + 1, n_word - 1));
  if (n_typed > 1 && n_word > 1 && typed[0] == word[1] && typed[1] == word[0])
    {
      ConcErrorFit swapped = fit_rest (typed + 2, n_typed - 2, word + 2, n_word - 2);

      /* Two letters in the wrong order are both right. */
      if (swapped == CONC_ERROR_MORE && n_typed == 2)
        swapped = CONC_ERROR_BEGUN;
      fit = better_fit (fit, swapped);
    }
  return fit;
}
