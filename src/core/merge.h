/* merge.h: what the facts about one subject say together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"

G_BEGIN_DECLS

/* One key of a subject's bodies. @rivals are the other standing facts that say something else;
 * it is NULL when nobody disagrees. */
typedef struct
{
  const char *key;
  ConcFact   *winner;
  GPtrArray  *rivals;
} ConcSlot;

typedef struct _ConcMerged ConcMerged;

ConcMerged     *conc_merge (GPtrArray *facts);
void            conc_merged_free (ConcMerged *merged);
ConcFamily      conc_merged_get_family (const ConcMerged *merged);
gboolean        conc_merged_exists (const ConcMerged *merged);
const ConcFact *conc_merged_get_founder (const ConcMerged *merged);
guint           conc_merged_get_n_slots (const ConcMerged *merged);
const ConcSlot *conc_merged_get_slot (const ConcMerged *merged, guint index);
const ConcSlot *conc_merged_find (const ConcMerged *merged, const char *key);
const char     *conc_merged_get_text (const ConcMerged *merged, const char *key);
gint64          conc_merged_get_int (const ConcMerged *merged, const char *key, gint64 fallback);
gboolean        conc_merged_get_bool (const ConcMerged *merged, const char *key, gboolean fallback);
guint           conc_merged_get_n_facts (const ConcMerged *merged);
const ConcFact          *
conc_merged_get_fact (const ConcMerged *merged, guint index, gboolean *ret_effective);
gboolean conc_merged_is_effective (const ConcMerged *merged, const ConcFactId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcMerged, conc_merged_free)

G_END_DECLS
