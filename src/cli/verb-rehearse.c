/* verb-rehearse.c: plays a synthetic race day, live, for practice. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

ConcExit
conc_verb_rehearse (ConcCall *call)
{
  return CONC_EXIT_FAILED;
}
