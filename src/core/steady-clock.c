/* steady-clock.c: the clock of a station, which setting the wall clock does not change. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/steady-clock.h"

#include "core/clock-offset.h"

/* One of the two clocks that others are given. */
typedef struct
{
  ConcClock        clock;
  ConcSteadyClock *steady;
} Face;

struct _ConcSteadyClock
{
  /* borrowed */
  ConcClock *source;

  Face station;
  Face race;

  GMutex     mutex; /* guards all that follows */
  ConcAnchor anchor;

  /* what was measured, and when by the clock since boot */
  gboolean is_measured;
  gint64   offset_usec;
  gint64   offset_error_usec;
  gint64   measured_usec;
  guint    best_rank; /* of what was measured in this timebase; 0: nothing */

  gint64 shift_usec;
};

static gint64
read_steady (ConcSteadyClock *steady, gboolean is_race)
{
  gint64 boottime_usec = conc_clock_get_boottime_usec (steady->source);
  gint64 usec;

  g_mutex_lock (&steady->mutex);
  usec = conc_anchor_get_usec (&steady->anchor, boottime_usec) + (is_race ? steady->shift_usec : 0);
  g_mutex_unlock (&steady->mutex);
  return usec;
}

static gint64
get_station_usec (ConcClock *clock)
{
  return read_steady (((Face *) clock)->steady, FALSE);
}

static gint64
get_race_usec (ConcClock *clock)
{
  return read_steady (((Face *) clock)->steady, TRUE);
}

static gint64
get_monotonic_usec (ConcClock *clock)
{
  return conc_clock_get_monotonic_usec (((Face *) clock)->steady->source);
}

static gint64
get_boottime_usec (ConcClock *clock)
{
  return conc_clock_get_boottime_usec (((Face *) clock)->steady->source);
}

/* The anchor's boot does not change while the program runs. */
static const char *
get_boot_id (ConcClock *clock)
{
  return ((Face *) clock)->steady->anchor.boot_id;
}

static void
init_face (Face *face, ConcSteadyClock *steady, gint64 (*get_wall_usec) (ConcClock *clock))
{
  face->steady = steady;
  face->clock.get_wall_usec = get_wall_usec;
  face->clock.get_monotonic_usec = get_monotonic_usec;
  face->clock.get_boottime_usec = get_boottime_usec;
  face->clock.get_boot_id = get_boot_id;
}

/**
 * conc_steady_clock_new:
 * @source: (transfer none): the clock of the computer; must outlive this one
 * @boot_id: what tells this boot from others
 * @kept: (nullable): the anchor that was kept; one of another boot is of no use
 *
 * With an anchor of this boot the clock goes on as if it had never been away, whatever the wall
 * clock says by now. Otherwise it begins where the wall clock stands.
 *
 * Returns: (transfer full): the clock.
 */
ConcSteadyClock *
conc_steady_clock_new (ConcClock *source, const char *boot_id, const ConcAnchor *kept)
{
  ConcSteadyClock *steady = g_new0 (ConcSteadyClock, 1);
  ConcReading      now;

  g_mutex_init (&steady->mutex);
  steady->source = source;
  init_face (&steady->station, steady, get_station_usec);
  init_face (&steady->race, steady, get_race_usec);
  conc_reading_take (&now, source);
  conc_anchor_begin (&steady->anchor, boot_id, &now);
  if (kept != NULL && g_strcmp0 (kept->boot_id, steady->anchor.boot_id) == 0 &&
      kept->boottime_usec <= now.boottime_usec)
    steady->anchor = *kept;
  return steady;
}

/** conc_steady_clock_free: frees @steady, which nobody may read any more. */
void
conc_steady_clock_free (ConcSteadyClock *steady)
{
  g_mutex_clear (&steady->mutex);
  g_free (steady);
}

/**
 * conc_steady_clock_get_station_clock:
 *
 * Returns: (transfer none): a clock whose wall time is that of the station: it goes on as time
 * does, also while the computer sleeps, and nobody can set it.
 */
ConcClock *
conc_steady_clock_get_station_clock (ConcSteadyClock *steady)
{
  return &steady->station.clock;
}

/** conc_steady_clock_get_race_clock: Returns: (transfer none): the same with the shift added. */
ConcClock *
conc_steady_clock_get_race_clock (ConcSteadyClock *steady)
{
  return &steady->race.clock;
}

/** conc_steady_clock_get_source: Returns: (transfer none): the clock of the computer. */
ConcClock *
conc_steady_clock_get_source (ConcSteadyClock *steady)
{
  return steady->source;
}

/**
 * conc_steady_clock_from_monotonic:
 * @monotonic_usec: a moment by the monotonic clock, such as that of a key event
 *
 * Returns: the time of the station then. The monotonic clock stands still during sleep, so this is
 * right for moments since the computer last woke up.
 */
gint64
conc_steady_clock_from_monotonic (ConcSteadyClock *steady, gint64 monotonic_usec)
{
  ConcReading now;
  gint64      usec;

  conc_reading_take (&now, steady->source);
  g_mutex_lock (&steady->mutex);
  usec = conc_anchor_get_usec (&steady->anchor,
                               monotonic_usec + (now.boottime_usec - now.monotonic_usec));
  g_mutex_unlock (&steady->mutex);
  return usec;
}

/** conc_steady_clock_get_difference: Returns: the wall clock less the time of the station, when
 * they were last looked at. */
gint64
conc_steady_clock_get_difference (ConcSteadyClock *steady)
{
  ConcAnchor anchor;

  conc_steady_clock_get_anchor (steady, &anchor);
  return anchor.difference_usec;
}

/** conc_steady_clock_get_anchor: @ret_anchor: (out): the anchor as it is now. */
void
conc_steady_clock_get_anchor (ConcSteadyClock *steady, ConcAnchor *ret_anchor)
{
  g_mutex_lock (&steady->mutex);
  *ret_anchor = steady->anchor;
  g_mutex_unlock (&steady->mutex);
}

/** conc_steady_clock_set_anchor: puts back what conc_steady_clock_get_anchor() gave. */
void
conc_steady_clock_set_anchor (ConcSteadyClock *steady, const ConcAnchor *anchor)
{
  g_mutex_lock (&steady->mutex);
  steady->anchor = *anchor;
  g_mutex_unlock (&steady->mutex);
}

/* A timebase ends. What was measured in it may be a little off by now, which is no reason for the
 * race clock to jump. */
static void
forget_offset (ConcSteadyClock *steady)
{
  steady->is_measured = FALSE;
  steady->best_rank = 0;
}

/** conc_steady_clock_begin_anew: follows the wall clock, for as long as no time was recorded. */
void
conc_steady_clock_begin_anew (ConcSteadyClock *steady)
{
  ConcReading now;
  ConcAnchor  anchor;

  conc_reading_take (&now, steady->source);
  conc_anchor_begin (&anchor, steady->anchor.boot_id, &now);
  g_mutex_lock (&steady->mutex);
  steady->anchor = anchor;
  forget_offset (steady);
  g_mutex_unlock (&steady->mutex);
}

/**
 * conc_steady_clock_look:
 * @ret_change: (out): what happened to the clocks since the last look
 *
 * After sleep nothing is known about the hub's clock until it is measured again.
 *
 * Returns: whether anything happened.
 */
gboolean
conc_steady_clock_look (ConcSteadyClock *steady, ConcClockChange *ret_change)
{
  ConcReading now;
  gboolean    has_changed;

  conc_reading_take (&now, steady->source);
  g_mutex_lock (&steady->mutex);
  has_changed = conc_anchor_look (&steady->anchor, &now, ret_change);
  if (ret_change->suspend_usec != 0)
    forget_offset (steady);
  g_mutex_unlock (&steady->mutex);
  return has_changed;
}

/** conc_steady_clock_has_news: Returns: whether a look would find that something happened. */
gboolean
conc_steady_clock_has_news (ConcSteadyClock *steady)
{
  ConcAnchor      anchor;
  ConcReading     now;
  ConcClockChange change;

  conc_reading_take (&now, steady->source);
  conc_steady_clock_get_anchor (steady, &anchor);
  return conc_anchor_look (&anchor, &now, &change);
}

/**
 * conc_steady_clock_set_offset:
 * @offset_usec: the hub's clock less the time of this station, now
 * @error_usec: half the width of what is known
 *
 * Until sleep it only grows old, and less sure by what the clocks drift apart.
 *
 * Returns: whether it is of a better rank than all before, so that it is worth to be written down.
 */
gboolean
conc_steady_clock_set_offset (ConcSteadyClock *steady, gint64 offset_usec, gint64 error_usec)
{
  gint64   now_usec = conc_clock_get_boottime_usec (steady->source);
  guint    rank = conc_offset_get_rank (error_usec);
  gboolean is_better;

  g_mutex_lock (&steady->mutex);
  steady->is_measured = TRUE;
  steady->offset_usec = offset_usec;
  steady->offset_error_usec = error_usec;
  steady->measured_usec = now_usec;
  is_better = steady->best_rank == 0 || rank < steady->best_rank;
  if (is_better)
    steady->best_rank = rank;
  g_mutex_unlock (&steady->mutex);
  return is_better;
}

/**
 * conc_steady_clock_get_offset:
 * @ret_offset_usec: (out): the hub's clock less the time of this station
 * @ret_error_usec: (out): half the width of what is known by now
 * @ret_age_usec: (out) (optional): how long ago it was measured
 *
 * Returns: whether it was measured; otherwise nothing is set.
 */
gboolean
conc_steady_clock_get_offset (ConcSteadyClock *steady,
                              gint64          *ret_offset_usec,
                              gint64          *ret_error_usec,
                              gint64          *ret_age_usec)
{
  gint64   now_usec = conc_clock_get_boottime_usec (steady->source);
  gboolean is_measured;

  g_mutex_lock (&steady->mutex);
  is_measured = steady->is_measured;
  if (is_measured)
    {
      gint64 age_usec = MAX (now_usec - steady->measured_usec, 0);

      *ret_offset_usec = steady->offset_usec;
      *ret_error_usec = steady->offset_error_usec + age_usec / CONC_OFFSET_DRIFT_DIVISOR;
      if (ret_age_usec != NULL)
        *ret_age_usec = age_usec;
    }
  g_mutex_unlock (&steady->mutex);
  return is_measured;
}

/** conc_steady_clock_set_shift: what the race clock adds from now on. */
void
conc_steady_clock_set_shift (ConcSteadyClock *steady, gint64 shift_usec)
{
  g_mutex_lock (&steady->mutex);
  steady->shift_usec = shift_usec;
  g_mutex_unlock (&steady->mutex);
}

/** conc_steady_clock_get_shift: Returns: what the race clock adds to the time of the station. */
gint64
conc_steady_clock_get_shift (ConcSteadyClock *steady)
{
  gint64 shift_usec;

  g_mutex_lock (&steady->mutex);
  shift_usec = steady->shift_usec;
  g_mutex_unlock (&steady->mutex);
  return shift_usec;
}
