/* error.c: The error domain of the spool layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/error.h"

/* The macro defines the public function whose declaration is in the header. */
G_DEFINE_QUARK (conc - spool - error - quark, conc_spool_error)
