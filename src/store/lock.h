/* lock.h: keeps two programs from writing one race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConcLock ConcLock;

ConcLock *conc_lock_take (const char *path, GError **error);
void      conc_lock_release (ConcLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLock, conc_lock_release)

G_END_DECLS
