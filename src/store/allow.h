/* allow.h: holds what is written here to the role of this station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "store/log.h"

G_BEGIN_DECLS

gboolean conc_allow (ConcRole role, ConcKind kind, GError **error);
gboolean conc_allow_about (ConcRole          role,
                           ConcLog          *log,
                           ConcKind          kind,
                           const char       *subject,
                           const ConcFactId *replaces,
                           GError          **error);

G_END_DECLS
