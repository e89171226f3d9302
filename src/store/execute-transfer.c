/* execute-transfer.c */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include <glib/gi18n-lib.h>

/** conc_execute_transfer: another person runs instead. */
gboolean
conc_execute_transfer (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  return conc_store_refuse (error, _ ("Nothing is entered here."));
}
