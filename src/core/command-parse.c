/* command-parse.c: reads the lines that the timing table and scripts write. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/command.h"

#include "core/error.h"
#include "core/race-time.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BLANKS " \t\r\n\v\f"

/* What may follow a word. Only a gun has a name that may have several words. */
typedef enum
{
  SHAPE_TIME,
  SHAPE_BIB,
  SHAPE_BIB_TIME,
  SHAPE_WAVE_TIME,
  SHAPE_ENTRY_TIME,
  SHAPE_FACT
} Shape;

static const struct
{
  const char     *word;
  ConcCommandKind kind;
  Shape           shape;
} verbs[] = {
  { "tap", CONC_COMMAND_TAP, SHAPE_TIME },
  { "bib", CONC_COMMAND_BIB, SHAPE_BIB },
  { "cross", CONC_COMMAND_CROSS, SHAPE_BIB_TIME },
  { "start", CONC_COMMAND_START, SHAPE_BIB_TIME },
  { "gun", CONC_COMMAND_GUN, SHAPE_WAVE_TIME },
  { "chute", CONC_COMMAND_CHUTE, SHAPE_ENTRY_TIME },
  { "undo", CONC_COMMAND_UNDO, SHAPE_FACT },
};

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

/* Takes the first word off @rest and the blanks after it; empty when there is none. */
static char *
take_word (const char **rest)
{
  gsize length = strcspn (*rest, BLANKS);
  char *word = g_strndup (*rest, length);

  *rest += length + strspn (*rest + length, BLANKS);
  return word;
}

/* The day and the zone are known to the race file only: this looks at the shape. */
static gboolean
has_shape_of_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 usec;

  return conc_race_time_parse (text, "2000-01-01", utc, CONC_NO_TIME, &usec, NULL);
}

static void
set_when (ConcCommand *command, const char *text)
{
  command->when = g_strdup (text);
  command->source = "typed";
}

static gboolean
parse_time (ConcCommand *command, const char *rest, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 usec;

  if (*rest == '\0')
    return TRUE;
  if (!conc_race_time_parse (rest, "2000-01-01", utc, CONC_NO_TIME, &usec, error))
    return FALSE;
  set_when (command, rest);
  return TRUE;
}

static gboolean
parse_bib (ConcCommand *command, const char *verb, const char **rest, GError **error)
{
  g_autofree char *word = take_word (rest);
  g_autofree char *shown = conc_dup_quotable (word);
  guint64          bib;

  if (*word == '\0')
    return fail (error, _ ("The bib is missing: write it like “%s 214”."), verb);
  if (!g_ascii_string_to_unsigned (word, 10, 1, CONC_BIB_MAX, &bib, NULL))
    return fail (error, _ ("“%s” is not a bib: write a whole number from 1 to %u."), shown,
                 CONC_BIB_MAX);
  command->bib = (guint) bib;
  return TRUE;
}

/* A runner whose bib could not be read came through all the same. */
static gboolean
parse_entry (ConcCommand *command, const char *verb, const char **rest, GError **error)
{
  if (**rest != '?' || ((*rest)[1] != '\0' && strchr (BLANKS, (*rest)[1]) == NULL))
    return parse_bib (command, verb, rest, error);
  g_free (take_word (rest));
  return TRUE;
}

/* A slip in a time must not become the name of a wave. */
static gboolean
is_meant_as_time (const char *word)
{
  return g_ascii_isdigit (*word) && strchr (word, ':') != NULL;
}

static const char *
find_last_word (const char *start, const char *end)
{
  while (end > start && strchr (BLANKS, end[-1]) != NULL)
    end--;
  while (end > start && strchr (BLANKS, end[-1]) == NULL)
    end--;
  return end;
}

/* The end of the line is a time when it looks like one, also as a day and a time of day; everything
 * before it is the wave's name. */
static gboolean
parse_gun (ConcCommand *command, const char *rest, GError **error)
{
  const char *end = rest + strlen (rest);
  const char *when = find_last_word (rest, end);

  if (is_meant_as_time (when))
    {
      const char *day = find_last_word (rest, when);

      when = has_shape_of_time (day) ? day : when;
      if (!parse_time (command, when, error))
        return FALSE;
      end = when;
    }
  command->wave = g_strstrip (g_strndup (rest, (gsize) (end - rest)));
  if (*command->wave == '\0')
    g_clear_pointer (&command->wave, g_free);
  return TRUE;
}

static gboolean
parse_fact (ConcCommand *command, const char *rest, GError **error)
{
  g_autofree char *shown = conc_dup_quotable (rest);

  if (*rest == '\0')
    return fail (error, _ ("The fact to undo is missing: write the text that followed “ok”."));
  if (!conc_fact_id_parse (rest, &command->target))
    return fail (error, _ ("“%s” is not the name of a fact: write the text that followed “ok”."),
                 shown);
  return TRUE;
}

static gboolean
parse_rest (ConcCommand *command, Shape shape, const char *verb, const char *rest, GError **error)
{
  switch (shape)
    {
    case SHAPE_TIME:
      return parse_time (command, rest, error);
    case SHAPE_BIB:
      if (!parse_bib (command, verb, &rest, error))
        return FALSE;
      if (*rest != '\0')
        return fail (error, _ ("“%s” takes a bib and nothing else."), verb);
      return TRUE;
    case SHAPE_BIB_TIME:
      return parse_bib (command, verb, &rest, error) && parse_time (command, rest, error);
    case SHAPE_ENTRY_TIME:
      return parse_entry (command, verb, &rest, error) && parse_time (command, rest, error);
    case SHAPE_WAVE_TIME:
      return parse_gun (command, rest, error);
    case SHAPE_FACT:
    default:
      return parse_fact (command, rest, error);
    }
}

static ConcCommand *
parse_valid_line (const char *line, ConcClock *clock, GError **error)
{
  g_autoptr (ConcCommand) command = NULL;
  g_autofree char *text = g_strstrip (g_strdup (line));
  g_autofree char *word = NULL;
  g_autofree char *shown = NULL;
  const char      *rest = text;

  word = take_word (&rest);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (word, verbs[i].word) == 0)
      {
        command = conc_command_new (verbs[i].kind, clock);
        if (!parse_rest (command, verbs[i].shape, word, rest, error))
          return NULL;
        return g_steal_pointer (&command);
      }
  if (*word == '\0')
    {
      fail (error, _ ("The line is empty: write tap, bib, cross, chute, start, gun or undo."));
      return NULL;
    }
  shown = conc_dup_quotable (word);
  fail (error, _ ("“%s” is not a command: write tap, bib, cross, chute, start, gun or undo."),
        shown);
  return NULL;
}

/**
 * conc_command_parse_line:
 * @line: one line, without its end; need not be UTF-8
 * @clock: the clock that tells when, where the line says no time
 * @error: CONC_CORE_ERROR_INVALID or CONC_CORE_ERROR_ENCODING with a sentence
 *
 * Reads `tap [TIME]`, `bib N`, `cross N [TIME]`, `chute N [TIME]`, `chute ? [TIME]`,
 * `start N [TIME]`, `gun [WAVE] [TIME]` and `undo FACT`. A time has the shape of one, but only the
 * race file knows which instant a time of day is. The name of a wave may have several words; the
 * last word is no part of it when it begins with a digit and has a colon.
 *
 * Returns: (transfer full): the command, or %NULL. Any thread.
 */
ConcCommand *
conc_command_parse_line (const char *line, ConcClock *clock, GError **error)
{
  if (!g_utf8_validate (line, -1, NULL))
    {
      g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_ENCODING,
                           _ ("The line is not text in UTF-8."));
      return NULL;
    }
  return parse_valid_line (line, clock, error);
}
