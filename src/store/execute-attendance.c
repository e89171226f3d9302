/* execute-attendance.c */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include <glib/gi18n-lib.h>

/** conc_execute_attendance: whether a runner comes. */
gboolean
conc_execute_attendance (ConcWriter        *writer,
                         const ConcCommand *command,
                         ConcReceipt       *receipt,
                         GError           **error)
{
  return conc_store_refuse (error, _ ("Nothing is entered here."));
}

/** conc_execute_no_shows: who is not here now does not come. */
gboolean
conc_execute_no_shows (ConcWriter        *writer,
                       const ConcCommand *command,
                       ConcReceipt       *receipt,
                       GError           **error)
{
  return conc_store_refuse (error, _ ("Nothing is entered here."));
}
