/* call.c: one call of a verb: its options and arguments, and how it ends. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/call.h"

#include "cli/verb.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define OPTION_COLUMN 30

static void
complain (const char *sentence)
{
  /* What the person asked to see comes first, also where both go to one terminal. */
  fflush (stdout);
  fprintf (stderr, "concoursectl: %s\n", sentence);
}

/**
 * conc_complain:
 * @format: a whole sentence
 *
 * Writes the sentence to standard error.
 */
void
conc_complain (const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list          args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  complain (sentence);
}

/**
 * conc_call_misused:
 * @format: a whole sentence that says what is wrong with the call
 *
 * Returns: the exit status of wrong usage, after saying so.
 */
ConcExit
conc_call_misused (ConcCall *call, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list          args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  complain (sentence);
  return CONC_EXIT_USAGE;
}

/** conc_failed: Returns: the exit status of what could not be done, after saying why. */
ConcExit
conc_failed (const GError *error)
{
  complain (error->message);
  return CONC_EXIT_FAILED;
}

/** conc_misused: Returns: the exit status of a bad value, after saying what is bad about it. */
ConcExit
conc_misused (const GError *error)
{
  complain (error->message);
  return CONC_EXIT_USAGE;
}

static void
print_option (const GOptionEntry *option)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "  --%s", option->long_name);
  if (option->arg_description != NULL)
    g_string_append_printf (line, " %s", option->arg_description);
  if (line->len >= OPTION_COLUMN)
    g_string_append_c (line, '\n');
  printf ("%s%*s%s\n", line->str,
          line->len >= OPTION_COLUMN ? OPTION_COLUMN : OPTION_COLUMN - (int) line->len, "",
          option->description);
}

static void
print_help (const ConcVerb *verb, const GOptionEntry *options)
{
  static const GOptionEntry help = {
    "help", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("shows this text")
  };
  GOptionEntry shown = help;

  printf (_ ("Usage: concoursectl %s %s\n\n%s\n\nOptions:\n"), verb->name, verb->synopsis,
          _ (verb->help));
  for (; options->long_name != NULL; options++)
    {
      shown = *options;
      shown.description = _ (options->description);
      print_option (&shown);
    }
  shown = help;
  shown.description = _ (help.description);
  print_option (&shown);
}

static gboolean
is_text (const GOptionEntry *option)
{
  return g_strcmp0 (option->arg_description, CONC_OPTION_FILE) != 0;
}

/* GOption leaves the bytes of such options as they are, so that a text in UTF-8 is taken in every
 * locale. */
static const char *
find_broken_text (const GOptionEntry *options)
{
  for (; options->long_name != NULL; options++)
    {
      if (options->arg == CONC_OPTION_TEXT && is_text (options))
        {
          const char *text = *(char **) options->arg_data;

          if (text != NULL && !g_utf8_validate (text, -1, NULL))
            return options->long_name;
        }
      if (options->arg == CONC_OPTION_TEXTS && is_text (options))
        for (char **text = *(char ***) options->arg_data; text != NULL && *text != NULL; text++)
          if (!g_utf8_validate (*text, -1, NULL))
            return options->long_name;
    }
  return NULL;
}

static gboolean
parse_options (ConcCall *call, const GOptionEntry *options, gboolean *ret_help, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry own[] = {
    { "help", 0, 0, G_OPTION_ARG_NONE, ret_help, NULL, NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, own, NULL);
  g_option_context_add_main_entries (context, options, NULL);
  return g_option_context_parse_strv (context, &call->args, error);
}

/* A number below zero looks like an option. */
static const char *
find_negative_number (char **words)
{
  for (; *words != NULL && strcmp (*words, "--") != 0; words++)
    if ((*words)[0] == '-' && (g_ascii_isdigit ((*words)[1]) || (*words)[1] == '.'))
      return *words;
  return NULL;
}

static void
complain_of_options (ConcCall *call, const GError *error)
{
  const char *number = find_negative_number (call->args);

  if (number != NULL && g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
    conc_complain (_ ("“%s” is below zero, which does not fit: write “concoursectl %s %s”."),
                   number, call->verb->name, call->verb->synopsis);
  else
    conc_complain (_ ("%s: “concoursectl help %s” lists the options."), error->message,
                   call->verb->name);
}

/* The parser takes the first word for the name of a program, and may leave the mark that ends the
 * options. */
static void
keep_arguments (ConcCall *call)
{
  GPtrArray *kept = g_ptr_array_new ();
  gboolean   ended = FALSE;

  for (char **word = call->args + 1; *word != NULL; word++)
    if (!ended && strcmp (*word, "--") == 0)
      {
        ended = TRUE;
        g_free (*word);
      }
    else
      g_ptr_array_add (kept, *word);
  g_free (call->args[0]);
  g_free (call->args);
  call->n_args = kept->len;
  g_ptr_array_add (kept, NULL);
  call->args = (char **) g_ptr_array_free (kept, FALSE);
}

/**
 * conc_call_parse:
 * @options: the options of the verb, ended by an empty one; what they point to is set
 * @n_min: how many arguments there must be at least
 * @n_max: how many there may be
 * @ret_exit: (out): how the program ends, set when %FALSE is returned
 *
 * Reads the words after the verb. `--help` is answered here.
 *
 * Returns: whether the verb shall go on.
 */
gboolean
conc_call_parse (ConcCall           *call,
                 const GOptionEntry *options,
                 guint               n_min,
                 guint               n_max,
                 ConcExit           *ret_exit)
{
  g_autoptr (GError) error = NULL;
  const char *broken;
  gboolean    wants_help = FALSE;

  *ret_exit = CONC_EXIT_USAGE;
  if (!parse_options (call, options, &wants_help, &error))
    {
      complain_of_options (call, error);
      return FALSE;
    }
  keep_arguments (call);
  if (wants_help)
    {
      print_help (call->verb, options);
      *ret_exit = CONC_EXIT_DONE;
      return FALSE;
    }
  broken = find_broken_text (options);
  if (broken != NULL)
    conc_complain (_ ("The value of --%s is not text in UTF-8."), broken);
  else if (call->n_args < n_min)
    conc_complain (_ ("Something is missing: write “concoursectl %s %s”."), call->verb->name,
                   call->verb->synopsis);
  else if (call->n_args > n_max)
    conc_complain (_ ("“%s” is one word too many: write “concoursectl %s %s”."), call->args[n_max],
                   call->verb->name, call->verb->synopsis);
  return broken == NULL && call->n_args >= n_min && call->n_args <= n_max;
}

/**
 * conc_call_parse_number:
 * @option: the name of the option, without dashes
 * @text: (nullable): what was given; %NULL leaves @ret as it is
 * @min: the least number allowed
 * @max: the greatest one
 * @ret: (out): the number
 *
 * Returns: whether @text is such a number; the complaint was made if not.
 */
gboolean
conc_call_parse_number (const char *option, const char *text, gint64 min, gint64 max, gint64 *ret)
{
  g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, max);

  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, ret, NULL))
    return TRUE;
  conc_complain (_ ("“%s” does not fit --%s: write a whole number from %s to %s."), text, option,
                 least, most);
  return FALSE;
}
