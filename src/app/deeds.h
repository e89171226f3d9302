/* deeds.h: what this station did and can take back, the last thing last. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/command.h"

G_BEGIN_DECLS

/* One command, with all facts that it wrote: @n_facts from @fact on. */
typedef struct
{
  ConcFactId      fact;
  guint           n_facts;
  ConcCommandKind kind;
  guint           bib;
  guint           joint; /* the same for what is taken back together; 0: stands alone */
} ConcDeed;

typedef struct _ConcDeeds ConcDeeds;

ConcDeeds *conc_deeds_new (void);
void       conc_deeds_free (ConcDeeds *self);
gboolean   conc_deeds_is_empty (ConcDeeds *self);
gboolean   conc_deeds_remember (ConcDeeds *self, ConcCommandKind kind, const ConcReceipt *receipt);
gboolean   conc_deeds_forget (ConcDeeds *self, const ConcFactId *fact);
void       conc_deeds_join (ConcDeeds *self, GPtrArray *facts);
GPtrArray *conc_deeds_steal_last (ConcDeeds *self);
GPtrArray *conc_deeds_list (ConcDeeds *self, GPtrArray *facts);
char      *conc_deeds_dup_undone_sentence (GPtrArray *deeds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcDeeds, conc_deeds_free)

G_END_DECLS
