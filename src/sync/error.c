/* error.c: the error domain of the sync layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/error.h"

G_DEFINE_QUARK (conc - sync - error - quark, conc_sync_error)
