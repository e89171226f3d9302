/* gun-words.c: what is said of a gun that another station took, and of one that moves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gun-words.h"

#include "core/duration.h"

#include <glib/gi18n-lib.h>

/* Nobody presses a key more exactly, and nothing is shown more exactly. */
#define SAME_USEC 5000
#define HUNDREDTH_USEC 10000
#define SECONDS_UP_TO_USEC (60 * G_USEC_PER_SEC)

/**
 * conc_gun_describe_difference:
 * @by_usec: how much later one gun was taken than the one that counts; below 0 when sooner
 *
 * Returns: (transfer full): "0.21 s later", "1:05 sooner", or "at the same time". Any thread.
 */
char *
conc_gun_describe_difference (gint64 by_usec)
{
  gint64           usec = ABS (by_usec);
  gint64           hundredths = (usec + HUNDREDTH_USEC / 2) / HUNDREDTH_USEC;
  g_autofree char *text = NULL;

  if (usec < SAME_USEC)
    return g_strdup (_ ("at the same time"));
  if (usec < SECONDS_UP_TO_USEC)
    text = g_strdup_printf (_ ("%d.%02d s"), (int) (hundredths / 100), (int) (hundredths % 100));
  else
    text = conc_duration_format (usec, CONC_ROUND_UP_SECOND);
  return by_usec > 0 ? g_strdup_printf (_ ("%s later"), text)
                     : g_strdup_printf (_ ("%s sooner"), text);
}

/**
 * conc_gun_describe_change:
 * @n_times: for how many the time changes
 * @n_places: for how many the place changes
 *
 * Returns: (transfer full): a sentence. Any thread.
 */
char *
conc_gun_describe_change (guint n_times, guint n_places)
{
  g_autofree char *times = g_strdup_printf (ngettext ("The time of %u finisher changes",
                                                      "The times of %u finishers change", n_times),
                                            n_times);

  if (n_times == 0 && n_places == 0)
    return g_strdup (_ ("No result changes."));
  if (n_places == 0)
    return g_strdup_printf (_ ("%s, and no place does."), times);
  return g_strdup_printf (ngettext ("%s, and %u place.", "%s, and %u places.", n_places), times,
                          n_places);
}
