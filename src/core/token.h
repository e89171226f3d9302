/* token.h: the text in the QR code of a bib. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_TOKEN_KEY_BYTES 32
#define CONC_TOKEN_LENGTH 19

char    *conc_token_make (const char *race_id, const guint8 *key, guint bib);
gboolean conc_token_looks_like_token (const char *text);
guint    conc_token_peek_bib (const char *text);
gboolean conc_token_parse (const char   *text,
                           const char   *race_id,
                           const guint8 *key,
                           guint        *ret_bib,
                           GError      **error);

G_END_DECLS
