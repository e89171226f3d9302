/* error.c: The error domain of the print layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/error.h"

/* The macro defines the public function whose declaration is in the header. */
G_DEFINE_QUARK (conc - print - error - quark, conc_print_error)
