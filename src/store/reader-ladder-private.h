/* reader-ladder-private.h: what the files of a race's ladder share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ladder-table.h"
#include "store/reader-ladder.h"
#include "store/reader-private.h"

G_BEGIN_DECLS

typedef struct
{
  char *runner_id; /* both NULL when nobody holds the bib */
  char *name;
} ConcLadderHolder;

struct _ConcReaderLadder
{
  /* borrowed */
  ConcReader *reader;

  /* owned */
  ConcLadderTable *table;
  GPtrArray       *order; /* the entries of the table in the order of arrival */
  ConcLadderInput *input;
  ConcLadder      *ladder;
  GArray          *starts;  /* by bib */
  GArray          *watched; /* what other watches took */
  GHashTable      *holders; /* ConcLadderHolder by bib, of those that were asked for */
  GTimeZone       *zone;
  GPtrArray       *doubts; /* NULL until they are asked for */

  /* state */
  gint64                  distance_mm;
  int                     laps;
  gboolean                is_loaded;
  const ConcLadderResult *result;
};

const ConcLadderHolder *conc_reader_ladder_find_holder (ConcReaderLadder *ladder, guint bib);
ConcRepairOrder        *conc_reader_ladder_make_order (ConcReaderLadder       *ladder,
                                                       const ConcLadderRepair *repair);
gboolean                conc_ladder_resolve_order (ConcLadderTable       *table,
                                                   const ConcRepairOrder *order,
                                                   ConcLadderRepair      *ret_repair,
                                                   GError               **error);

/* reader-ladder-watch.c */
GArray  *conc_reader_ladder_new_watched (void);
gboolean conc_reader_ladder_load_watched (ConcReaderLadder *ladder, GError **error);
gboolean
conc_reader_ladder_read_watched (ConcReaderLadder *ladder, const char *subject, GError **error);
void conc_reader_ladder_fill_watched (ConcReaderLadder *ladder);

G_END_DECLS
