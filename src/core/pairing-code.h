/* pairing-code.h: the code of an invitation, as people type it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_PAIRING_BYTES 10 /* 80 bits of secret */

char    *conc_pairing_code_format (const guint8 *secret);
gboolean conc_pairing_code_parse (const char *text, guint8 *ret_secret, GError **error);

/* concourse://HOST:PORT/CODE?f=FINGERPRINT */
typedef struct
{
  char  *host;
  guint  port; /* 0: not said */
  guint8 secret[CONC_PAIRING_BYTES];
  char  *fingerprint; /* of the hub's certificate, hex; NULL when not said */
} ConcPairingUrl;

char *conc_pairing_url_format (const char *host, guint port, const char *code, const char *print);
gboolean conc_pairing_url_parse (const char *text, ConcPairingUrl *ret_url, GError **error);
void     conc_pairing_url_clear (ConcPairingUrl *url);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcPairingUrl, conc_pairing_url_clear)

G_END_DECLS
