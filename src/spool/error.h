/* error.h: The error domain of the spool layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConcSpoolError:
 * @CONC_SPOOL_ERROR_NO_SERVICE: the print service of this computer does not answer
 * @CONC_SPOOL_ERROR_NO_PRINTER: no printer has this name, or none was chosen
 * @CONC_SPOOL_ERROR_REFUSED: the print service or the printer does not take the job
 * @CONC_SPOOL_ERROR_UNSURE: the print service went silent after it had everything: it may print
 * @CONC_SPOOL_ERROR_NOTHING: there is no label to print
 * @CONC_SPOOL_ERROR_BOOK: the settings of the printers cannot be written
 *
 * What can go wrong on the way from a page to a printer. Only after
 * %CONC_SPOOL_ERROR_UNSURE can something come out of the printer.
 */
typedef enum
{
  CONC_SPOOL_ERROR_NO_SERVICE,
  CONC_SPOOL_ERROR_NO_PRINTER,
  CONC_SPOOL_ERROR_REFUSED,
  CONC_SPOOL_ERROR_UNSURE,
  CONC_SPOOL_ERROR_NOTHING,
  CONC_SPOOL_ERROR_BOOK,
} ConcSpoolError;

#define CONC_SPOOL_ERROR (conc_spool_error_quark ())
GQuark conc_spool_error_quark (void);

G_END_DECLS
