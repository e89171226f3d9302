/* clock-words.c: what is known of the clocks, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock-words.h"

#include "core/duration.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define USEC_PER_CENTISECOND 10000
#define MINUTE_USEC (60 * G_GINT64_CONSTANT (1000000))
/* A measurement that is younger is one of now. */
#define OLD_USEC (5 * G_GINT64_CONSTANT (1000000))
/* A hundred years; whoever claims more is not believed to the second. */
#define AMOUNT_MAX_USEC (100 * 366 * 24 * 60 * MINUTE_USEC)
/* Two readings one after the other differ by less. */
#define SAME_USEC 1000

/* An amount of time that is not hidden by rounding: "0.03 s", "2:05 min". */
static char *
dup_amount (gint64 usec)
{
  gint64 amount_usec = usec < -AMOUNT_MAX_USEC ? AMOUNT_MAX_USEC : ABS (usec);
  gint64 centiseconds = (amount_usec + USEC_PER_CENTISECOND / 2) / USEC_PER_CENTISECOND;

  if (amount_usec >= MINUTE_USEC)
    {
      g_autofree char *text =
          conc_duration_format (MIN (amount_usec, AMOUNT_MAX_USEC), CONC_ROUND_UP_SECOND);

      return g_strdup_printf (amount_usec < 60 * MINUTE_USEC ? _ ("%s min") : _ ("%s h"), text);
    }
  if (centiseconds == 0 && usec != 0)
    return g_strdup (_ ("less than 0.01 s"));
  return g_strdup_printf (_ ("%" PRId64 ".%02d s"), centiseconds / 100, (int) (centiseconds % 100));
}

/* Never less than it is. */
static char *
dup_error (gint64 error_usec)
{
  gint64 bound = (MAX (error_usec, 0) + USEC_PER_CENTISECOND - 1) / USEC_PER_CENTISECOND;

  return g_strdup_printf ("± %" PRId64 ".%02d", bound / 100, (int) (bound % 100));
}

/**
 * conc_clock_describe_distance:
 * @ahead_usec: a station's clock less the hub's
 * @error_usec: half the width of what is known, 0 or more
 *
 * Less than a hundredth of a second is said as what it is: the same.
 *
 * Returns: (transfer full): words without a full stop, as in "0.03 s (± 0.01) behind the hub".
 */
char *
conc_clock_describe_distance (gint64 ahead_usec, gint64 error_usec)
{
  g_autofree char *amount = dup_amount (ahead_usec);
  g_autofree char *error = dup_error (error_usec);

  if (ABS (ahead_usec) < USEC_PER_CENTISECOND / 2)
    return g_strdup_printf (_ ("like the hub (%s)"), error);
  return g_strdup_printf (ahead_usec < 0 ? _ ("%s (%s) behind the hub")
                                         : _ ("%s (%s) ahead of the hub"),
                          amount, error);
}

static char *
dup_age (gint64 age_usec)
{
  int seconds = (int) (age_usec / G_USEC_PER_SEC);

  if (age_usec < OLD_USEC)
    return g_strdup (_ ("measured just now"));
  if (age_usec < 2 * MINUTE_USEC)
    return g_strdup_printf (_ ("measured %d s ago"), seconds);
  return g_strdup_printf (_ ("measured %d min ago"), seconds / 60);
}

/**
 * conc_clock_describe_hub:
 * @ahead_usec: the clock of this station less the hub's
 * @error_usec: half the width of what is known; -1 when nothing is
 * @age_usec: how long ago it was measured; -1 when that is not known
 *
 * Returns: (transfer full): a sentence.
 */
char *
conc_clock_describe_hub (gint64 ahead_usec, gint64 error_usec, gint64 age_usec)
{
  g_autofree char *distance = NULL;
  g_autofree char *age = NULL;

  if (error_usec < 0)
    return g_strdup (_ ("How far the hub's clock is from this laptop's was not measured."));
  distance = conc_clock_describe_distance (ahead_usec, error_usec);
  if (age_usec < 0)
    return g_strdup_printf (_ ("This laptop is %s."), distance);
  age = dup_age (age_usec);
  return g_strdup_printf (_ ("This laptop is %s, %s."), distance, age);
}

/**
 * conc_clock_describe_wall:
 * @difference_usec: the wall clock less the clock that times are recorded by
 *
 * Returns: (transfer full): a sentence.
 */
char *
conc_clock_describe_wall (gint64 difference_usec)
{
  g_autofree char *amount = dup_amount (difference_usec);

  if (ABS (difference_usec) < SAME_USEC)
    return g_strdup (_ ("The computer's clock and the race's clock agree."));
  return g_strdup_printf (difference_usec > 0
                              ? _ ("The computer's clock is %s ahead of the race's clock, which "
                                   "goes on as it did.")
                              : _ ("The computer's clock is %s behind the race's clock, which goes "
                                   "on as it did."),
                          amount);
}

/**
 * conc_clock_describe_event:
 * @event: what happened, one of CONC_CLOCK_EVENT_…, or a word of a later version
 * @by_usec: by how much, or for how long
 *
 * Returns: (transfer full): a sentence.
 */
char *
conc_clock_describe_event (const char *event, gint64 by_usec)
{
  g_autofree char *amount = dup_amount (by_usec);

  if (g_strcmp0 (event, CONC_CLOCK_EVENT_STEP) == 0)
    return g_strdup_printf (by_usec > 0
                                ? _ ("The computer's clock was set %s ahead. This changes no time.")
                                : _ ("The computer's clock was set %s back. This changes no time."),
                            amount);
  if (g_strcmp0 (event, CONC_CLOCK_EVENT_SUSPEND) == 0)
    return g_strdup_printf (_ ("The computer slept for %s. The race's clock went on."), amount);
  if (g_strcmp0 (event, CONC_CLOCK_EVENT_START) == 0)
    return g_strdup (_ ("The computer was started again. The race's clock goes on from the "
                        "computer's clock, which may have been set meanwhile."));
  if (g_strcmp0 (event, CONC_CLOCK_EVENT_MEASURED) == 0)
    return g_strdup (_ ("The hub's clock was measured, and earlier times count by it."));
  return g_strdup (_ ("Something happened to the clock that this version does not know."));
}
