/* chip-table.h: files that say which chip is whose. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/columns.h"

G_BEGIN_DECLS

typedef struct
{
  char *tag; /* folded */
  guint bib;
  guint line; /* of the file, from 1 */
} ConcChip;

/* @problems are of type ConcProblem, in the order of the file. */
typedef struct
{
  GPtrArray *chips; /* of ConcChip, in the order of the file; no tag twice */
  GPtrArray *problems;
} ConcChipTable;

char          *conc_chip_fold (const char *tag);
gboolean       conc_chip_is_tag (const char *text);
ConcChipTable *conc_chip_table_read (const char *text, GError **error);
void           conc_chip_table_free (ConcChipTable *self);
gboolean       conc_people_list_is (const char *text);
char          *conc_people_list_to_csv (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcChipTable, conc_chip_table_free)

G_END_DECLS
