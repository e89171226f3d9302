/* labels-job.h: the labels of a race as a PDF file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/bib-range.h"
#include "print/stock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char         *race_path;
  char         *race_id;
  GBytes       *key;
  char         *target;
  ConcStock    *stock;
  ConcBibRange *range; /* NULL for all bibs */
} ConcLabelsJob;

void  conc_labels_job_free (gpointer job);
char *conc_labels_job_run (gpointer job, GError **error);

G_END_DECLS
