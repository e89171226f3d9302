/* certificate.h: the key and the certificate that prove who the hub of a race is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean
conc_certificate_make (const char *race_id, char **ret_key, char **ret_certificate, GError **error);
char *conc_certificate_get_fingerprint (const char *pem, GError **error);

G_END_DECLS
