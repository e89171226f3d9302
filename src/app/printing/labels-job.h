/* labels-job.h: the labels of a race as a PDF file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/bib-range.h"
#include "print/stock.h"
#include "store/race-file.h"

G_BEGIN_DECLS

/* @range: NULL for all bibs. @names: NULL, or lines of a name and a task, for a layout that is
 * nobody's in the race. */
typedef struct
{
  ConcRaceFile *file;
  char         *target;
  ConcStock    *stock;
  char         *layout;
  guint         start_at;
  ConcBibRange *range;
  char         *names;
} ConcLabelsJob;

void  conc_labels_job_free (gpointer job);
char *conc_labels_job_run (gpointer job, GError **error);

G_END_DECLS
