/* resolve.h: the address of a host, without waiting longer than told. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *
conc_resolve (const char *host, guint timeout_msec, GCancellable *cancellable, GError **error);

G_END_DECLS
