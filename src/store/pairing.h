/* pairing.h: which tap each chute bib has, kept as the facts say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* What is remembered of taps and chute bibs, so that one more costs little. Bound to a connection
 * and its thread. */
typedef struct _ConcPairing ConcPairing;

typedef void (*ConcPairedFunc) (const char *subject, gpointer user_data);

ConcPairing *conc_pairing_new (ConcDb *db);
void         conc_pairing_free (ConcPairing *pairing);
void         conc_pairing_note (ConcPairing *pairing, const char *subject);
void         conc_pairing_note_all (ConcPairing *pairing);
void         conc_pairing_forget (ConcPairing *pairing);
gboolean     conc_pairing_settle (ConcPairing   *pairing,
                                  ConcPairedFunc paired,
                                  gpointer       user_data,
                                  GError       **error);
gboolean     conc_pairing_settle_all (ConcDb *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPairing, conc_pairing_free)

G_END_DECLS
