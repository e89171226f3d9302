/* seal.h: closes bodies of private facts so that only organizers and check-in can read them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"

G_BEGIN_DECLS

#define CONC_SEAL_KEY_BYTES 32

/* A fact as it travels: a hub's row or a line of a pack. Bodies of private kinds are sealed. */
char     *conc_seal_body (const ConcFact *fact, GBytes *key, GError **error);
ConcBody *conc_unseal_body (const ConcFactId *id,
                            ConcKind          kind,
                            const char       *subject,
                            const char       *sealed,
                            GBytes           *key,
                            GError          **error);

/* Keys from other keys by purpose; 32 bytes. */
GBytes *conc_derive_key (GBytes *key, const char *purpose);
GBytes *conc_random_bytes (gsize length);

G_END_DECLS
