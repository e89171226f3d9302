/* error.c: the error domain of the core layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/error.h"

/**
 * conc_core_error_quark:
 *
 * The domain of every error of the core layer.
 *
 * Thread: any.
 */
G_DEFINE_QUARK (conc - core - error - quark, conc_core_error)
