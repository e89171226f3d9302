/* reader-gun.h: what every station took as a gun, and what another time of it would change. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* The gun of one wave as a station took it. @fact names what undoes it. */
typedef struct
{
  char    *fact;
  char    *station;      /* its id */
  char    *station_name; /* NULL when it has none */
  gint64   at_usec;
  gboolean counts;
} ConcGunTake;

/* What another time of a gun changes for one entrant; places are 0 and times CONC_NO_TIME for who
 * has none. Times are rounded as the rules say. */
typedef struct
{
  guint  bib;
  char  *name; /* the public one */
  guint  place_before;
  guint  place_after;
  gint64 time_before_usec;
  gint64 time_after_usec;
} ConcGunChange;

/* @changes are in the order of the places afterwards, those without one at the end. */
typedef struct
{
  char      *wave;
  gint64     before_usec; /* CONC_NO_TIME: no gun yet */
  gint64     after_usec;
  guint      n_finishers;
  guint      n_times;  /* whose time changes */
  guint      n_places; /* whose place changes */
  GPtrArray *changes;  /* element-type ConcGunChange */
} ConcGunPreview;

void       conc_gun_take_free (ConcGunTake *take);
GPtrArray *conc_reader_list_gun_takes (ConcReader *reader, const char *wave, GError **error);

void conc_gun_preview_free (ConcGunPreview *preview);
ConcGunPreview *
conc_reader_preview_gun (ConcReader *reader, const char *wave, const char *when, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcGunTake, conc_gun_take_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcGunPreview, conc_gun_preview_free)

G_END_DECLS
