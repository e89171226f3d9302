/* fuzz-common.c: what the fuzz targets share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

guint fuzz_n_read;
guint fuzz_n_refused;

/** fuzz_check_error: a refusal is one whole sentence that can be shown; counts it. */
void
fuzz_check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
  for (const char *at = error->message; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      g_error ("“%s” is more than one line", error->message);
  fuzz_n_refused++;
}
