/* one-error.h: whether a word is another with one slip of the fingers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_ERROR_MORE,  /* more than one error apart */
  CONC_ERROR_WHOLE, /* the whole word, with one error */
  CONC_ERROR_BEGUN  /* the beginning of the word, with one error that a right letter follows */
} ConcErrorFit;

ConcErrorFit
conc_one_error (const gunichar *typed, guint n_typed, const gunichar *word, guint n_word);

G_END_DECLS
