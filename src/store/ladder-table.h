/* ladder-table.h: the taps and the bibs of the chute, in memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hlc.h"
#include "core/ladder.h"
#include "store/database.h"

G_BEGIN_DECLS

/* All texts are the table's, and equal ones are one. */
typedef struct
{
  const char *subject;
  gint64      at_usec;
  ConcHlc     hlc;
  guint       own_bib; /* 0: none */

  /* as its row has them, of a tap without a bib of its own */
  const char *chute;
  const char *bib_fact;
  guint       bib;

  guint index; /* in the order of time */
} ConcTableTap;

typedef struct
{
  const char *subject;
  const char *before;
  gint64      at_usec;
  ConcHlc     hlc;
  guint       bib; /* 0: not read */
  const char *bib_fact;
  const char *linked;
  const char *tap;   /* as its row has it */
  guint       index; /* in the order of arrival, as of conc_ladder_table_list_in_order() */
} ConcTableEntry;

/* Bound to a connection and its thread. @taps and @entries are in the order of time. */
typedef struct
{
  ConcDb       *db;
  GStringChunk *texts;
  GPtrArray    *taps;
  GPtrArray    *entries;
  GHashTable   *taps_by_subject;
  GHashTable   *entries_by_subject;
} ConcLadderTable;

ConcLadderTable *conc_ladder_table_new (ConcDb *db);
void             conc_ladder_table_free (ConcLadderTable *table);
void             conc_ladder_table_clear (ConcLadderTable *table);
gboolean         conc_ladder_table_load (ConcLadderTable *table, GError **error);
gboolean      conc_ladder_table_read (ConcLadderTable *table, const char *subject, GError **error);
const char   *conc_ladder_table_keep (ConcLadderTable *table, const char *text);
ConcTableTap *conc_ladder_table_find_tap (ConcLadderTable *table, const char *subject);
ConcTableEntry *conc_ladder_table_find_entry (ConcLadderTable *table, const char *subject);
GPtrArray      *conc_ladder_table_list_in_order (ConcLadderTable *table);
void conc_ladder_table_fill (ConcLadderTable *table, GPtrArray *order, ConcLadderInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLadderTable, conc_ladder_table_free)

G_END_DECLS
