/* call.h: one call of a verb: its options and arguments, and how it ends. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Scripts rely on these numbers. */
typedef enum
{
  CONC_EXIT_DONE = 0,
  CONC_EXIT_FAILED = 1,
  CONC_EXIT_USAGE = 2,
  CONC_EXIT_PROBLEMS = 3
} ConcExit;

typedef struct _ConcVerb ConcVerb;

/* @args are the words after the verb; conc_call_parse() leaves those that are no options. */
typedef struct
{
  const ConcVerb *verb;
  char          **args;
  guint           n_args;
} ConcCall;

/* How options of text and of file names are declared; texts must be UTF-8, file names need not.
 * The argument of a file name is described as FILE. */
#define CONC_OPTION_TEXT G_OPTION_ARG_FILENAME
#define CONC_OPTION_TEXTS G_OPTION_ARG_FILENAME_ARRAY
#define CONC_OPTION_FILE "FILE"

gboolean conc_call_parse (ConcCall           *call,
                          const GOptionEntry *options,
                          guint               n_min,
                          guint               n_max,
                          ConcExit           *ret_exit);
gboolean
conc_call_parse_number (const char *option, const char *text, gint64 min, gint64 max, gint64 *ret);

void     conc_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
ConcExit conc_call_misused (ConcCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);
ConcExit conc_failed (const GError *error);
ConcExit conc_misused (const GError *error);

G_END_DECLS
