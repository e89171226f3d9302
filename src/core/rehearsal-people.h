/* rehearsal-people.h: people who do not exist, for rehearsals. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/gift.h"
#include "core/runner.h"

G_BEGIN_DECLS

ConcRunner *conc_rehearsal_make_runner (GRand *random, guint number, gboolean walks);
ConcGift   *conc_rehearsal_make_gift (GRand *random);

G_END_DECLS
