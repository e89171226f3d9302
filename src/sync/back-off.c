/* back-off.c: how long to wait before the hub is tried again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/back-off.h"

/**
 * conc_back_off_next:
 * @step_msec: (inout): begins with %CONC_BACK_OFF_FIRST_MSEC, doubles up to %CONC_BACK_OFF_MAX_MSEC
 *
 * Longer each time, and from a half to one and a half of it by chance, so that fifty stations do
 * not come back at once.
 *
 * Returns: how long to wait, in milliseconds. Any thread.
 */
guint
conc_back_off_next (guint *step_msec, GRand *random)
{
  guint wait_msec = *step_msec / 2 + (guint) g_rand_int_range (random, 0, (int) *step_msec);

  *step_msec = MIN (*step_msec * 2, CONC_BACK_OFF_MAX_MSEC);
  return wait_msec;
}
