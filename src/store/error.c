/* error.c: the error domain of the store layer, and what SQLite's codes mean in it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/error-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (conc - store - error - quark, conc_store_error)

typedef struct
{
  int            sqlite_code;
  ConcStoreError code;
  const char    *sentence;
} ErrorRow;

/* Extended codes first: the first row that fits is used. */
static const ErrorRow rows[] = {
  { SQLITE_FULL, CONC_STORE_ERROR_FULL,
    N_ ("The disk is full: this was not saved, everything before it is safe. Free some space and "
        "try again.") },
  { SQLITE_NOTADB, CONC_STORE_ERROR_NOT_A_RACE, N_ ("This file is not a race file.") },
  { SQLITE_CORRUPT, CONC_STORE_ERROR_DAMAGED,
    N_ ("The race file is damaged. Keep it as it is and open the latest backup.") },
  { SQLITE_READONLY, CONC_STORE_ERROR_READ_ONLY,
    N_ ("The race file or its folder cannot be written. Copy it to a folder of your own.") },
  { SQLITE_PERM, CONC_STORE_ERROR_READ_ONLY,
    N_ ("You may not open this race file. Ask its owner or copy it to a folder of your own.") },
  { SQLITE_AUTH, CONC_STORE_ERROR_READ_ONLY, N_ ("You may not open this race file.") },
  { SQLITE_CANTOPEN, CONC_STORE_ERROR_IO,
    N_ ("The race file cannot be opened: its folder is missing or cannot be written.") },
  { SQLITE_BUSY, CONC_STORE_ERROR_LOCKED,
    N_ ("Another program is using the race file. Close it and try again.") },
  { SQLITE_LOCKED, CONC_STORE_ERROR_LOCKED,
    N_ ("Another program is using the race file. Close it and try again.") },
  { SQLITE_IOERR, CONC_STORE_ERROR_IO,
    N_ ("The disk failed while reading or writing the race file. This was not saved.") },
  { SQLITE_NOMEM, CONC_STORE_ERROR_FAILED, N_ ("This computer has run out of memory.") },
  { SQLITE_TOOBIG, CONC_STORE_ERROR_FAILED, N_ ("This entry is too large to be saved.") },
};

/**
 * conc_store_error_from_sqlite:
 * @sqlite_code: a result code, extended or not
 * @detail: (nullable): SQLite's own words, kept for codes that have no sentence of ours
 * @error: (out): the error to set
 *
 * The one place where SQLite's codes are turned into sentences. Any thread.
 */
void
conc_store_error_from_sqlite (int sqlite_code, const char *detail, GError **error)
{
  int primary = sqlite_code & 0xff;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].sqlite_code == primary)
      {
        g_set_error_literal (error, CONC_STORE_ERROR, rows[i].code, _ (rows[i].sentence));
        return;
      }
  g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_FAILED,
               _ ("The race file could not be used: %s (%d)."), detail != NULL ? detail : "SQLite",
               sqlite_code);
}

/** conc_store_refuse: sets %CONC_STORE_ERROR_REFUSED with @sentence. Returns: %FALSE. */
gboolean
conc_store_refuse (GError **error, const char *format, ...)
{
  va_list          arguments;
  g_autofree char *sentence = NULL;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED, sentence);
  return FALSE;
}
