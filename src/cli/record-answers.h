/* record-answers.h: answers, given in the order of the questions. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConcAnswers ConcAnswers;
typedef struct _ConcAnswer  ConcAnswer;

/* Called when there is less to wait for, or when nobody reads the answers any more. */
typedef void (*ConcAnswersFunc) (ConcAnswers *answers, gpointer user_data);

ConcAnswers *conc_answers_new (int fd, ConcAnswersFunc changed, gpointer user_data);
void         conc_answers_free (ConcAnswers *answers);
ConcAnswer  *conc_answers_ask (ConcAnswers *answers);
void         conc_answers_tell (ConcAnswers *answers, ConcAnswer *answer, char *text);
guint        conc_answers_count_open (ConcAnswers *answers);
gsize        conc_answers_count_unwritten (ConcAnswers *answers);
int          conc_answers_get_errno (ConcAnswers *answers);

G_END_DECLS
