/* error.h: the error domain of the core layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_CORE_ERROR (conc_core_error_quark ())

/**
 * ConcCoreError:
 * @CONC_CORE_ERROR_INVALID: the text is not what it should be
 * @CONC_CORE_ERROR_LIMIT: the input is larger than a documented limit
 * @CONC_CORE_ERROR_ENCODING: the bytes are not text
 * @CONC_CORE_ERROR_AMBIGUOUS: the text can be read in two ways
 * @CONC_CORE_ERROR_FORGED: a bib token whose authenticator does not fit
 * @CONC_CORE_ERROR_OTHER_RACE: a bib token of another race
 * @CONC_CORE_ERROR_RANGE: a number that is too small or too large
 *
 * Every message is a whole, translated sentence for the person at the screen.
 */
typedef enum
{
  CONC_CORE_ERROR_INVALID,
  CONC_CORE_ERROR_LIMIT,
  CONC_CORE_ERROR_ENCODING,
  CONC_CORE_ERROR_AMBIGUOUS,
  CONC_CORE_ERROR_FORGED,
  CONC_CORE_ERROR_OTHER_RACE,
  CONC_CORE_ERROR_RANGE,
} ConcCoreError;

GQuark conc_core_error_quark (void);

G_END_DECLS
