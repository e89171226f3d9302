/* chute-order.h: the order in which chute bibs stand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/hlc.h"

#include <glib.h>

G_BEGIN_DECLS

/* A standing chute bib. @before is the subject of the one in front of which it stands, or NULL;
 * the rest is its owner's. */
typedef struct
{
  const char *subject;
  const char *before;
  gint64      at_usec;
  ConcHlc     hlc;
  gpointer    data;
} ConcChuteStanding;

int        conc_chute_compare (gint64      a_usec,
                               ConcHlc     a_hlc,
                               const char *a_subject,
                               gint64      b_usec,
                               ConcHlc     b_hlc,
                               const char *b_subject);
GPtrArray *conc_chute_order (GArray *standing);

G_END_DECLS
