/* race.h: what the verbs have in common when they open a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/call.h"
#include "store/race-file.h"

G_BEGIN_DECLS

/* Who is at this station, for all that a program enters. */
#define CONC_OPERATOR_VARIABLE "CONCOURSE_OPERATOR"

/* A race that is read: nothing is locked, and everything is of one moment. */
typedef struct
{
  ConcReader   *reader;
  ConcSettings *settings;
  GTimeZone    *zone;
} ConcRaceView;

gboolean conc_race_view_open (ConcRaceView *view, const char *path, ConcExit *ret_exit);
void     conc_race_view_close (ConcRaceView *view);

ConcRaceFile *conc_race_open_for_writing (const char *path, ConcExit *ret_exit);
gboolean      conc_race_check_time (ConcRaceFile *file, const char *when, GError **error);
ConcReceipt  *conc_race_submit (ConcRaceFile *file, ConcCommand *command, ConcExit *ret_exit);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcRaceView, conc_race_view_close)

G_END_DECLS
