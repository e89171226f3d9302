/* exchange-private.h: what the parts of a conversation with a hub share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/exchange.h"

G_BEGIN_DECLS

/* Long enough for a batch on a busy hub; a dead line is noticed by the heartbeat. */
#define CONC_EXCHANGE_TIMEOUT_MSEC 15000

struct _ConcExchange
{
  /* owned */
  ConcReader *reader;
  ConcLink   *link;
  GBytes     *private_key; /* NULL: this role does not open private facts */
  char       *hub_id;

  /* borrowed */
  ConcRaceFile *file;

  char     station[CONC_STATION_ID_LENGTH + 1];
  ConcRole role;
  gint64   pushed; /* own facts up to here were offered to this hub */
  gint64   n_refused;
  GArray  *lacking; /* element-type gint64: own numbers that are about what the hub does not have */
  gboolean has_news;    /* the hub got something since those were offered */
  gboolean is_refilled; /* the hub was asked once what it lacks */
  gint64   seen;        /* the place in the own log up to which that is answered */
  gint64   n_pulled;    /* facts that came from this hub since */
  guint64  cursor_txid;
  gint64   cursor_position;
  gint64   n_newer; /* what lies before it and only a newer version reads */
};

gboolean   conc_exchange_write (ConcExchange *exchange,
                                const char   *table,
                                GPtrArray    *facts,
                                gint64       *ret_n_taken,
                                GError      **error);
GPtrArray *conc_exchange_read_rows (ConcExchange   *exchange,
                                    const PGresult *result,
                                    int             first_column,
                                    gint64         *n_newer);
char      *conc_exchange_dup_reads (void);
gboolean   conc_exchange_keep_cursor (ConcExchange *exchange, GError **error);
gboolean   conc_exchange_take_relayed (ConcExchange *exchange, gint64 *ret_n_taken, GError **error);

G_END_DECLS
