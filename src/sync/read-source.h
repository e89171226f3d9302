/* read-source.h: a reader on the network, or a file that grows, whose lines are recorded. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/read-intake.h"
#include "store/race-file.h"

G_BEGIN_DECLS

#define CONC_READ_SOURCE_TCP "tcp:"

typedef enum
{
  CONC_READ_SOURCE_IDLE,
  CONC_READ_SOURCE_CONNECTING,
  CONC_READ_SOURCE_CONNECTED,
  CONC_READ_SOURCE_WAITING, /* it went away, and is tried again */
  CONC_READ_SOURCE_ENDED
} ConcReadSourceState;

#define CONC_TYPE_READ_SOURCE (conc_read_source_get_type ())
G_DECLARE_FINAL_TYPE (ConcReadSource, conc_read_source, CONC, READ_SOURCE, GObject)

/* Signals, on the main context of the thread that made it:
 *   "changed" (): the state, a count or the sentence is another
 *   "recorded" (ConcReceipt *receipt): lines are durable. */

ConcReadSource *conc_read_source_new (ConcRaceFile *file, const char *stream, const char *from);
void            conc_read_source_set_format (ConcReadSource *self, ConcReadFormat format);
void            conc_read_source_start (ConcReadSource *self);
void            conc_read_source_stop (ConcReadSource *self);

ConcReadSourceState conc_read_source_get_state (ConcReadSource *self);
const char         *conc_read_source_get_sentence (ConcReadSource *self);
guint               conc_read_source_get_n_new (ConcReadSource *self);
guint               conc_read_source_get_n_known (ConcReadSource *self);

G_END_DECLS
