/* problems-read.h: reads what must be looked at on a worker, and writes papers there. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/background.h"
#include "store/reader-problems.h"

G_BEGIN_DECLS

/* Element-types ConcRaceProblem and ConcOnCourse. */
typedef struct
{
  GPtrArray *problems;
  GPtrArray *on_course;
} ConcProblemsReport;

void conc_problems_report_free (ConcProblemsReport *report);
void conc_problems_read_async (const char *path, GAsyncReadyCallback callback, gpointer user_data);
ConcProblemsReport *conc_problems_read_finish (GAsyncResult *result, GError **error);

/* @bib 0: the log. */
void conc_papers_save (GObject     *owner,
                       const char  *race_path,
                       GFile       *file,
                       guint        bib,
                       gint64       as_of_usec,
                       ConcWorkDone done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcProblemsReport, conc_problems_report_free)

G_END_DECLS
