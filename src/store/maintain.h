/* maintain.h: verify and backup. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader.h"

G_BEGIN_DECLS

/* Replays all facts into an empty database and compares every projection. @ret_sentences (may be
 * empty) says what differs. Returns FALSE with an error only when it could not be done. */
gboolean conc_verify (const char *path,
                      GPtrArray **ret_sentences,
                      gint64     *ret_n_facts,
                      char      **ret_digest,
                      GError    **error);

/* The same at stations of all roles that have the same facts. */
char *conc_digest_public (const char *path, GError **error);

/* A whole, consistent copy while the race goes on; written beside and renamed when complete. */
gboolean conc_backup (const char *path, const char *target, GError **error);

G_END_DECLS
