/* reader-problems.h: what a person must look at, and who is still out there. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/problems.h"
#include "store/reader.h"

G_BEGIN_DECLS

/* @board is that of this moment. Element-type ConcRaceProblem. */
GPtrArray *conc_reader_list_problems (ConcReader *reader, ConcScoreboard *board, GError **error);

/* Somebody who started, is known to be here, and has neither finished nor left the race. @bib is 0
 * and texts are NULL where there is none; @last_usec is the last crossing that counts, or
 * CONC_NO_TIME. @name is for the crew. */
typedef struct
{
  char  *id;
  guint  bib;
  char  *name;
  char  *wave;
  guint  laps_done;
  gint64 last_usec;
  gint64 start_usec; /* the own start, else the gun */
} ConcOnCourse;

void conc_on_course_free (ConcOnCourse *runner);

/* Element-type ConcOnCourse, by bib. */
GPtrArray *conc_reader_list_on_course (ConcReader *reader, ConcScoreboard *board, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcOnCourse, conc_on_course_free)

G_END_DECLS
