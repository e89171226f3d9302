/* rehearsal.h: the plan of a race day that never was. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/gift.h"
#include "core/runner.h"

G_BEGIN_DECLS

#define CONC_REHEARSAL_MAX_RUNNERS 20000u

typedef enum
{
  CONC_REHEARSAL_REGISTER,  /* @index, @runner */
  CONC_REHEARSAL_ASSIGN,    /* all get bibs */
  CONC_REHEARSAL_CHECK_IN,  /* @index */
  CONC_REHEARSAL_GUN,       /* @wave */
  CONC_REHEARSAL_START,     /* @index       somebody who came late to the start */
  CONC_REHEARSAL_TAP,       /* @tap */
  CONC_REHEARSAL_UNDO_TAP,  /* @tap         the key was pressed twice */
  CONC_REHEARSAL_BIB,       /* @index       for the oldest tap without one */
  CONC_REHEARSAL_WRONG_BIB, /* a bib that nobody has, for the oldest tap */
  CONC_REHEARSAL_MEND_BIB,  /* @index, @tap the right one for that tap */
  CONC_REHEARSAL_GIFT,      /* @gift */
} ConcRehearsalKind;

/* @after_usec is from the beginning of the day, @index the number of a runner from 0. */
typedef struct
{
  ConcRehearsalKind kind;
  gint64            after_usec;
  guint             index;
  guint             tap;
  const char       *wave;
  ConcRunner       *runner;
  ConcGift         *gift;
  guint             order;
} ConcRehearsalStep;

GPtrArray *conc_rehearsal_plan (guint n_runners, guint32 seed);

G_END_DECLS
