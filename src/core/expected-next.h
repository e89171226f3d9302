/* expected-next.h: who comes to the line next in a race of several laps. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A runner on the course. Given are @index, which the caller knows the runner by, @bib, @last_usec
 * (the last crossing that counts, or the start; CONC_NO_TIME before it) and @lap_usec (the usual
 * lap, 0 when none was run). @due_usec (CONC_NO_TIME when nothing tells) and @is_overdue are found
 * out. */
typedef struct
{
  guint    index;
  guint    bib;
  gint64   last_usec;
  gint64   lap_usec;
  gint64   due_usec;
  gboolean is_overdue;
} ConcExpected;

gint64 conc_usual_lap (const gint64 *laps_usec, guint count);
void   conc_expected_rank (GArray *runners, gint64 now_usec);

G_END_DECLS
