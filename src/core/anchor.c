/* anchor.c: what ties the time of a station to the clock that never steps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/anchor.h"

#include "core/body.h"

#include <string.h>

#define USEC_PER_MSEC 1000

/* Readings that took longer than this are taken again, a few times. */
#define TOGETHER_USEC 50
#define READINGS_MAX 4

/* A clock that is set by less is not told from the noise of reading two clocks. NTP programs set
 * the clock from 100 ms on and slew it below. */
#define STEP_MIN_USEC (10 * USEC_PER_MSEC)
/* The kernel slews a clock by 500 ppm at most, adjtimex(2): one part in 2,000. Linux slews the
 * clock since boot along with it, but a virtual machine's may follow its host. */
#define SLEW_DIVISOR 2000
/* After a longer time without a look, that is still all that is taken for slewing. */
#define SLEW_MAX_USEC (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC / SLEW_DIVISOR)
/* Sleep shows in whole seconds; what is much shorter is no sleep. */
#define SUSPEND_MIN_USEC (100 * USEC_PER_MSEC)

/* No time of a race is further from 0 than this, about 9,000 years. */
#define TIME_MAX_USEC (G_MAXINT64 / 32)

static void
read_once (ConcReading *reading, ConcClock *clock)
{
  gint64 first_usec = conc_clock_get_boottime_usec (clock);

  reading->monotonic_usec = conc_clock_get_monotonic_usec (clock);
  reading->wall_usec = conc_clock_get_wall_usec (clock);
  reading->boottime_usec = conc_clock_get_boottime_usec (clock);
  reading->error_usec = reading->boottime_usec - first_usec;
}

/**
 * conc_reading_take:
 * @clock: the clock of a computer
 *
 * Clocks can only be read one after the other, and the program may be held up in between. So they
 * are read again when that took long, and how long it took is told. Any thread.
 */
void
conc_reading_take (ConcReading *reading, ConcClock *clock)
{
  read_once (reading, clock);
  for (guint i = 1; i < READINGS_MAX && reading->error_usec > TOGETHER_USEC; i++)
    {
      ConcReading again;

      read_once (&again, clock);
      if (again.error_usec < reading->error_usec)
        *reading = again;
    }
}

/**
 * conc_anchor_begin:
 * @boot_id: what tells this boot from others; cut to what is kept of it
 * @now: the clocks
 *
 * From now on the time of the station is what the wall clock says now and what goes by.
 */
void
conc_anchor_begin (ConcAnchor *anchor, const char *boot_id, const ConcReading *now)
{
  *anchor = (ConcAnchor){ .wall_usec = now->wall_usec,
                          .boottime_usec = now->boottime_usec,
                          .suspended_usec = now->boottime_usec - now->monotonic_usec,
                          .seen_usec = now->boottime_usec };
  g_strlcpy (anchor->boot_id, boot_id, sizeof anchor->boot_id);
}

/** conc_anchor_get_usec: Returns: the time of the station at @boottime_usec of this boot. */
gint64
conc_anchor_get_usec (const ConcAnchor *anchor, gint64 boottime_usec)
{
  return anchor->wall_usec + (boottime_usec - anchor->boottime_usec);
}

static gint64
get_slew_max (const ConcAnchor *anchor, const ConcReading *now)
{
  return CLAMP ((now->boottime_usec - anchor->seen_usec) / SLEW_DIVISOR, 0, SLEW_MAX_USEC);
}

/**
 * conc_anchor_look:
 * @now: the clocks, in the boot of the anchor
 * @ret_change: (out): what happened since the last look
 *
 * The wall clock was set when it moved against the clock since boot by more than 10 ms and what
 * slewing may account for; less is followed in silence. The computer slept when the clock since
 * boot ran ahead of the monotonic one. Neither changes the time of the station.
 *
 * Returns: whether anything happened.
 */
gboolean
conc_anchor_look (ConcAnchor *anchor, const ConcReading *now, ConcClockChange *ret_change)
{
  gint64 difference_usec = now->wall_usec - conc_anchor_get_usec (anchor, now->boottime_usec);
  gint64 moved_usec = difference_usec - anchor->difference_usec;
  gint64 suspended_usec = now->boottime_usec - now->monotonic_usec;
  gint64 slept_usec = suspended_usec - anchor->suspended_usec;

  *ret_change = (ConcClockChange){ 0 };
  if (ABS (moved_usec) > STEP_MIN_USEC + now->error_usec + get_slew_max (anchor, now))
    ret_change->step_usec = moved_usec;
  if (slept_usec > SUSPEND_MIN_USEC + now->error_usec)
    {
      ret_change->suspend_usec = slept_usec;
      anchor->suspended_usec = suspended_usec;
    }
  anchor->difference_usec = difference_usec;
  anchor->seen_usec = now->boottime_usec;
  return ret_change->step_usec != 0 || ret_change->suspend_usec != 0;
}

/** conc_anchor_is_equal: Returns: whether both give the same times and the same timebase. */
gboolean
conc_anchor_is_equal (const ConcAnchor *a, const ConcAnchor *b)
{
  return strcmp (a->boot_id, b->boot_id) == 0 && a->wall_usec == b->wall_usec &&
         a->boottime_usec == b->boottime_usec && a->suspended_usec == b->suspended_usec;
}

/**
 * conc_anchor_dup_timebase:
 *
 * Times of one timebase are as far apart as the clock says. Sleep begins another one of the same
 * base, because after it the clock since boot may be a second off: on some computers the kernel
 * learns how long it slept from a clock of whole seconds.
 *
 * Returns: (transfer full): its name, like "3f2a9c1e07b2-5021337+0"; no two of a station have the
 * same.
 */
char *
conc_anchor_dup_timebase (const ConcAnchor *anchor)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT, anchor->boot_id,
                          anchor->boottime_usec / USEC_PER_MSEC,
                          anchor->suspended_usec / USEC_PER_MSEC);
}

/** conc_timebase_dup_base: Returns: (transfer full): what is before the sleep in @timebase. */
char *
conc_timebase_dup_base (const char *timebase)
{
  const char *end = strrchr (timebase, '+');

  return end != NULL ? g_strndup (timebase, (gsize) (end - timebase)) : g_strdup (timebase);
}

/** conc_anchor_to_text: Returns: (transfer full): the text for conc_anchor_from_text(). */
char *
conc_anchor_to_text (const ConcAnchor *anchor)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;

  conc_body_builder_add_text (builder, "boot", anchor->boot_id);
  conc_body_builder_add_int (builder, "wall_usec", anchor->wall_usec);
  conc_body_builder_add_int (builder, "boottime_usec", anchor->boottime_usec);
  conc_body_builder_add_int (builder, "suspended_usec", anchor->suspended_usec);
  conc_body_builder_add_int (builder, "difference_usec", anchor->difference_usec);
  conc_body_builder_add_int (builder, "seen_usec", anchor->seen_usec);
  body = conc_body_builder_end (builder);
  return g_strdup (conc_body_get_json (body));
}

static gboolean
read_number (const ConcBody *body, const char *key, gint64 *ret_usec)
{
  *ret_usec = conc_body_get_int (body, key, G_MAXINT64);
  return *ret_usec >= -TIME_MAX_USEC && *ret_usec <= TIME_MAX_USEC;
}

/** conc_anchor_from_text: Returns: whether @text is that of an anchor; else nothing is set. */
gboolean
conc_anchor_from_text (const char *text, ConcAnchor *ret_anchor)
{
  g_autoptr (ConcBody) body = conc_body_parse (text, -1, NULL);
  const char *boot_id = body != NULL ? conc_body_get_text (body, "boot") : NULL;
  ConcAnchor  anchor = { .boot_id = "" };

  if (boot_id == NULL || *boot_id == '\0' ||
      g_strlcpy (anchor.boot_id, boot_id, sizeof anchor.boot_id) >= sizeof anchor.boot_id ||
      !read_number (body, "wall_usec", &anchor.wall_usec) ||
      !read_number (body, "boottime_usec", &anchor.boottime_usec) ||
      !read_number (body, "suspended_usec", &anchor.suspended_usec) ||
      !read_number (body, "difference_usec", &anchor.difference_usec) ||
      !read_number (body, "seen_usec", &anchor.seen_usec))
    return FALSE;
  *ret_anchor = anchor;
  return TRUE;
}
