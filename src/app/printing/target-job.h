/* target-job.h: prints the page that tells how far a printer is off, on a worker. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/printing/book-job.h"

G_BEGIN_DECLS

/* @pointer is a ConcBookJob: printer, language, dots, stock and offset are taken from it. */
char *conc_target_job_run (gpointer pointer, GError **error);

G_END_DECLS
