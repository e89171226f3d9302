/* tap-row.h: one tap in the list of the timing table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"
#include "store/reader.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CONC_TYPE_TAP_ROW (conc_tap_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcTapRow, conc_tap_row, CONC, TAP_ROW, GObject)

/* What has to be looked at. */
typedef enum
{
  CONC_TAP_SAVING,
  CONC_TAP_FAILED,
  CONC_TAP_WAITING, /* no bib yet */
  CONC_TAP_GOOD,
  CONC_TAP_DOUBTFUL
} ConcTapState;

ConcTapRow  *conc_tap_row_new_saving (gint64 at_usec, gint64 raw_usec);
ConcTapRow  *conc_tap_row_new (const ConcTap *tap);
void         conc_tap_row_set_tap (ConcTapRow *self, const ConcTap *tap);
void         conc_tap_row_set_failed (ConcTapRow *self, const char *sentence);
void         conc_tap_row_describe (ConcTapRow *self, ConcScoreboard *board, GTimeZone *zone);
const char  *conc_tap_row_get_fact (ConcTapRow *self);
const char  *conc_tap_row_get_undo_fact (ConcTapRow *self);
gint64       conc_tap_row_get_at_usec (ConcTapRow *self);
gint64       conc_tap_row_get_raw_usec (ConcTapRow *self);
guint        conc_tap_row_get_bib (ConcTapRow *self);
ConcTapState conc_tap_row_get_state (ConcTapRow *self);
const char  *conc_tap_row_get_state_text (ConcTapRow *self);
const char  *conc_tap_row_get_race_text (ConcTapRow *self);

G_END_DECLS
