/* error.h: The error domain of the print layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConcPrintError:
 * @CONC_PRINT_ERROR_STOCK_UNKNOWN: no label stock has this name
 * @CONC_PRINT_ERROR_STOCK_INVALID: the description of a label stock contradicts itself
 * @CONC_PRINT_ERROR_LAYOUT_UNKNOWN: no label layout has this name
 * @CONC_PRINT_ERROR_LAYOUT_INVALID: the description of a label layout contradicts itself
 * @CONC_PRINT_ERROR_NOTHING: there is nothing to print
 * @CONC_PRINT_ERROR_START: printing cannot start at a place that the sheet does not have
 * @CONC_PRINT_ERROR_TOKEN: a token is empty or does not fit a QR code
 * @CONC_PRINT_ERROR_TOO_SMALL: a label has no room for a code that a scanner can read
 * @CONC_PRINT_ERROR_UNREADABLE: the code on a label cannot be read back
 * @CONC_PRINT_ERROR_FAILED: the drawing library refused
 *
 * What can go wrong before a page is made. Failed writes and cancelling keep their GIOError.
 */
typedef enum
{
  CONC_PRINT_ERROR_STOCK_UNKNOWN,
  CONC_PRINT_ERROR_STOCK_INVALID,
  CONC_PRINT_ERROR_LAYOUT_UNKNOWN,
  CONC_PRINT_ERROR_LAYOUT_INVALID,
  CONC_PRINT_ERROR_NOTHING,
  CONC_PRINT_ERROR_START,
  CONC_PRINT_ERROR_TOKEN,
  CONC_PRINT_ERROR_TOO_SMALL,
  CONC_PRINT_ERROR_UNREADABLE,
  CONC_PRINT_ERROR_FAILED,
} ConcPrintError;

#define CONC_PRINT_ERROR (conc_print_error_quark ())
GQuark conc_print_error_quark (void);

G_END_DECLS
