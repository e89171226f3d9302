/* hub-programs.h: finds and runs the programs of PostgreSQL. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @data: (nullable): the folder of a server that exists, whose version they must be of. */
char    *conc_hub_programs_find (const char *data, GError **error);
gboolean conc_hub_programs_run (const char        *bin,
                                const char *const *argv,
                                char             **ret_output,
                                GCancellable      *cancellable,
                                GError           **error);

G_END_DECLS
