/* link-error.h: what libpq and the server complain of, as errors of this layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/error.h"

G_BEGIN_DECLS

gboolean conc_link_error_from_connect (const char *message, GError **error);
gboolean conc_link_error_from_state (const char *state, const char *message, GError **error);

G_END_DECLS
