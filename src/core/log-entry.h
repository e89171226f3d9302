/* log-entry.h: one line of the paper log. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_LOG_GUN,
  CONC_LOG_GUN_SEEN, /* as another station took it */
  CONC_LOG_START,
  CONC_LOG_TAP,
  CONC_LOG_CHUTE,
  CONC_LOG_RULING,
  CONC_LOG_REPAIR,
  CONC_N_LOG_KINDS
} ConcLogKind;

/* @fact names it; @bib is 0 and texts are NULL where there is none. @detail: the wave of a gun, the
 * ruling, or what was repaired. @waits: a tap without its bib, or a bib without its time. */
typedef struct
{
  ConcLogKind kind;
  gint64      at_usec;
  char       *fact;
  guint       bib;
  char       *name; /* for the crew */
  char       *place;
  char       *detail;
  gboolean    waits;
} ConcLogEntry;

void  conc_log_entry_free (ConcLogEntry *entry);
char *conc_log_entry_dup_words (const ConcLogEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLogEntry, conc_log_entry_free)

G_END_DECLS
