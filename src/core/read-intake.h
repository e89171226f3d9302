/* read-intake.h: bytes of a source become batches of lines. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/streams.h"

G_BEGIN_DECLS

typedef struct _ConcReadIntake ConcReadIntake;

ConcReadIntake *conc_read_intake_new (const char *stream, const char *file);
void            conc_read_intake_free (ConcReadIntake *self);
void            conc_read_intake_set_format (ConcReadIntake *self, ConcReadFormat format);
gboolean        conc_read_intake_get_format (ConcReadIntake *self, ConcReadFormat *ret_format);
void            conc_read_intake_feed (ConcReadIntake *self, const char *bytes, gsize n_bytes);
void            conc_read_intake_end (ConcReadIntake *self);
ConcReadBatch  *conc_read_intake_take (ConcReadIntake *self);
guint           conc_read_intake_get_n_other (ConcReadIntake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReadIntake, conc_read_intake_free)

G_END_DECLS
