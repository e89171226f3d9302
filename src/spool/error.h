/* error.h: The error domain of the spool layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConcSpoolError:
 * @CONC_SPOOL_ERROR_NO_SERVICE: the print service of this computer does not answer
 * @CONC_SPOOL_ERROR_NO_PRINTER: no printer has this name
 * @CONC_SPOOL_ERROR_REFUSED: the print service did not take the job
 *
 * What can go wrong on the way from a page to a printer.
 */
typedef enum
{
  CONC_SPOOL_ERROR_NO_SERVICE,
  CONC_SPOOL_ERROR_NO_PRINTER,
  CONC_SPOOL_ERROR_REFUSED,
} ConcSpoolError;

#define CONC_SPOOL_ERROR (conc_spool_error_quark ())
GQuark conc_spool_error_quark (void);

G_END_DECLS
