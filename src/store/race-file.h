/* race-file.h: one race in one file, open for reading or for writing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/command.h"
#include "core/steady-clock.h"
#include "store/error.h"
#include "store/reader.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CONC_TYPE_RACE_FILE (conc_race_file_get_type ())
G_DECLARE_FINAL_TYPE (ConcRaceFile, conc_race_file, CONC, RACE_FILE, GObject)

typedef enum
{
  CONC_OPEN_READ,
  CONC_OPEN_WRITE
} ConcOpenMode;

/* What a commit touched; the detail of ConcRaceFile::changed. */
typedef enum
{
  CONC_CHANGED_RUNNERS = 1 << 0,
  CONC_CHANGED_TIMING = 1 << 1,
  CONC_CHANGED_MONEY = 1 << 2,
  CONC_CHANGED_SETTINGS = 1 << 3,
  CONC_CHANGED_STATIONS = 1 << 4,
  CONC_CHANGED_PRINTS = 1 << 5
} ConcChanged;

/* Signals, on the main context of the thread that opened the file, after the commit:
 *   "changed" (ConcChanged what, GStrv subjects): @subjects are the ids that changed, or NULL
 *   when there are too many to name (an import): then read everything again. */

ConcRaceFile *
conc_race_file_create (const char *path, ConcSettings *settings, ConcClock *clock, GError **error);
ConcRaceFile      *
conc_race_file_open (const char *path, ConcOpenMode mode, ConcClock *clock, GError **error);
void conc_race_file_close (ConcRaceFile *file);

const char *conc_race_file_get_path (ConcRaceFile *file);
const char *conc_race_file_get_race_id (ConcRaceFile *file);
GBytes     *conc_race_file_get_key (ConcRaceFile *file);
const char *conc_race_file_get_station (ConcRaceFile *file);
/* The clock that times are recorded by, the one they are compared and shown by, and both. They are
 * as good as the file object, also after it was closed. */
ConcClock       *conc_race_file_get_clock (ConcRaceFile *file);
ConcClock       *conc_race_file_get_race_clock (ConcRaceFile *file);
ConcSteadyClock *conc_race_file_get_steady_clock (ConcRaceFile *file);

ConcReader   *conc_race_file_get_reader (ConcRaceFile *file);
ConcSettings *conc_race_file_get_settings (ConcRaceFile *file);

/* Who is at this station, as facts and stories tell it. */
#define CONC_OPERATOR_MAX_BYTES 200
void        conc_race_file_set_operator (ConcRaceFile *file, const char *name);
const char *conc_race_file_get_operator (ConcRaceFile *file);

/* One command is one transaction. The async form never blocks; completion is in the order of
 * submission, on the caller's main context, after the fact is durable. */
ConcReceipt *conc_race_file_submit (ConcRaceFile *file, ConcCommand *command, GError **error);
void         conc_race_file_submit_async (ConcRaceFile       *file,
                                          ConcCommand        *command,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
ConcReceipt *
conc_race_file_submit_finish (ConcRaceFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
