/* fixture.h: a small race in a folder of its own, for tests of the store. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/race-file.h"

G_BEGIN_DECLS

/* 2017-12-09, 09:00 at the place of the race. */
#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)

/* The clock stands still until a test moves it. */
typedef struct
{
  char         *folder;
  char         *path;
  ConcFakeClock clock;
  ConcRaceFile *file;
} Fixture;

void        fixture_set_up (Fixture *fixture, gconstpointer data);
void        fixture_tear_down (Fixture *fixture, gconstpointer data);
void        fixture_set (Fixture *fixture, ConcSetting setting, const char *text);
void        fixture_import (Fixture *fixture, const char *csv, gsize length);
ConcReader *fixture_get_reader (Fixture *fixture);

G_END_DECLS
