/* encoding.h: turns the bytes of a text file of unknown encoding into UTF-8. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_ENCODING_UTF8,
  CONC_ENCODING_UTF16_LE,
  CONC_ENCODING_UTF16_BE,
  CONC_ENCODING_WINDOWS_1252,
} ConcEncoding;

gboolean    conc_encoding_is_utf8 (const char *text, gsize length);
char       *conc_encoding_to_utf8 (const void   *data,
                                   gsize         length,
                                   gsize        *ret_length,
                                   ConcEncoding *ret_encoding,
                                   GError      **error);
const char *conc_encoding_get_name (ConcEncoding encoding);

G_END_DECLS
