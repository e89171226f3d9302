/* print-run.h: sends what was released, waits as asked, and tells what became of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/call.h"
#include "spool/sender.h"

G_BEGIN_DECLS

/* How long and what for a verb waits. */
typedef struct
{
  gboolean until_printed; /* else only until the print service has everything */
  gboolean as_json;
} ConcPrintWait;

/* Labels that somebody asked for in one call, counted by what became of them. */
typedef struct
{
  guint n_waiting;
  guint n_sent;
  guint n_printed;
  guint n_failed;
} ConcPrintCount;

ConcSender *conc_print_open (ConcRaceFile *file, ConcExit *ret_exit);
ConcExit    conc_print_run (ConcSender          *sender,
                            ConcReader          *reader,
                            GPtrArray           *prints,
                            const ConcPrintWait *wait,
                            guint                n_before);

G_END_DECLS
