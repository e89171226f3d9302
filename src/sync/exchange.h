/* exchange.h: one conversation with a hub: push, pull, heartbeat. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/clock-offset.h"
#include "core/role.h"
#include "store/race-file.h"
#include "store/reader.h"
#include "sync/link.h"

G_BEGIN_DECLS

/* All of it on one thread, which is not the main loop of the app. A call that fails leaves the
 * conversation dead; what was sent is sent once all the same. */
typedef struct _ConcExchange ConcExchange;

ConcExchange *conc_exchange_open (ConcRaceFile *file,
                                  const char   *address,
                                  GCancellable *cancellable,
                                  GError      **error);
void          conc_exchange_close (ConcExchange *exchange);

ConcLink *conc_exchange_get_link (ConcExchange *exchange);

/* Sends what the hub does not have; @ret_n_sent is what it took. */
gboolean conc_exchange_push (ConcExchange *exchange, gint64 *ret_n_sent, GError **error);

/* Takes what others have sent; @ret_n_received is what was new here. */
gboolean conc_exchange_pull (ConcExchange *exchange, gint64 *ret_n_received, GError **error);

/* Sends what this station has of others and the hub lacks: after a hub lost its disk. */
gboolean conc_exchange_refill (ConcExchange *exchange, gint64 *ret_n_sent, GError **error);

/* Tells @status, a flat JSON object, and measures the clocks. */
gboolean conc_exchange_beat (ConcExchange     *exchange,
                             const char       *status,
                             ConcOffsetFilter *filter,
                             GError          **error);

/* The stations as the hub last heard them (element-type ConcPeer). */
GPtrArray *conc_exchange_list_peers (ConcExchange *exchange, GError **error);

gint64 conc_exchange_get_pushed (ConcExchange *exchange);

/* What a station tells of itself, and keeps of the others. */
gboolean conc_exchange_introduce (ConcExchange *exchange, GError **error);
gboolean conc_exchange_check_alone (ConcExchange *exchange,
                                    GPtrArray    *peers,
                                    const char   *run,
                                    GError      **error);
gboolean conc_exchange_keep_logins (ConcExchange *exchange, GError **error);
void     conc_exchange_keep_place (ConcExchange *exchange);
gint64   conc_exchange_get_n_refused (ConcExchange *exchange);
gint64   conc_exchange_get_n_newer (ConcExchange *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcExchange, conc_exchange_close)

G_END_DECLS
