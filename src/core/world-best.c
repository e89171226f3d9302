/* world-best.c: the fastest times that were ever run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/world-best.h"

#define HUNDREDTH_USEC 10000
#define SECONDS(minutes, seconds, hundredths) (((minutes) *60 + (seconds)) * 100 + (hundredths))

/* In hundredths of a second; the faster of track and road. */
static const struct
{
  gint64 distance_mm;
  gint64 men;
  gint64 women;
} bests[] = {
  { 100000, SECONDS (0, 9, 58), SECONDS (0, 10, 49) },
  { 400000, SECONDS (0, 43, 3), SECONDS (0, 47, 60) },
  { 800000, SECONDS (1, 40, 91), SECONDS (1, 53, 28) },
  { 1000000, SECONDS (2, 11, 96), SECONDS (2, 28, 98) },
  { 1500000, SECONDS (3, 26, 0), SECONDS (3, 48, 68) },
  { 1609344, SECONDS (3, 43, 13), SECONDS (4, 7, 64) },
  { 3000000, SECONDS (7, 17, 55), SECONDS (8, 6, 11) },
  { 5000000, SECONDS (12, 35, 36), SECONDS (13, 58, 6) },
  { 10000000, SECONDS (26, 11, 0), SECONDS (28, 46, 0) },
  { 21097500, SECONDS (56, 42, 0), SECONDS (62, 52, 0) },
  { 42195000, SECONDS (120, 35, 0), SECONDS (129, 56, 0) },
  { 100000000, SECONDS (365, 35, 0), SECONDS (393, 11, 0) },
};

/**
 * conc_world_best_usec:
 * @distance_mm: a distance in millimetres
 * @sex: of women the times of women; of anybody else those of men, which are faster
 *
 * A time below which nobody has run that distance. Between two distances of the table it is the
 * pace of the shorter one, since nobody holds a pace over a longer way; so it is never too slow.
 *
 * Returns: the time in microseconds; 0 when the distance is not known or under 100 m. Any thread.
 * Source: World Athletics, world records and world bests as of August 2025, the faster of track and
 *   road. Men: 100 m Bolt 2009, 400 m van Niekerk 2016, 800 m Rudisha 2012, 1000 m Ngeny 1999,
 *   1500 m El Guerrouj 1998, mile El Guerrouj 1999, 3000 m Ingebrigtsen 2024, 5000 m Cheptegei
 * 2020, 10,000 m Cheptegei 2020, half marathon Kiplimo, Barcelona 2025 (run, not ratified),
 * marathon Kiptum 2023, 100 km Sorokin 2023. Women: 100 m Griffith-Joyner 1988, 400 m Koch 1985,
 * 800 m Kratochvilova 1983, 1000 m Masterkova 1996, 1500 m Kipyegon 2025, mile Kipyegon 2023, 3000
 * m Wang 1993, 5000 m Chebet 2025, 10 km Ngetich 2024, half marathon Gidey 2021, marathon
 *   Chepngetich 2024, 100 km Abe 2000.
 */
gint64
conc_world_best_usec (gint64 distance_mm, ConcSex sex)
{
  for (gsize i = G_N_ELEMENTS (bests); i-- > 0;)
    if (distance_mm >= bests[i].distance_mm)
      {
        gint64 best = sex == CONC_SEX_FEMALE ? bests[i].women : bests[i].men;

        return best * distance_mm / bests[i].distance_mm * HUNDREDTH_USEC;
      }
  return 0;
}
