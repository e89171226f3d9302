/* verb-config.c: shows or changes the settings of a race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* A word of the command line: KEY, or KEY=VALUE with @value set. */
typedef struct
{
  ConcSetting setting;
  char       *value;
} Word;

static void
clear_word (gpointer data)
{
  g_free (((Word *) data)->value);
}

static gboolean
parse_word (const char *text, Word *ret_word)
{
  g_autoptr (GError) error = NULL;
  const char      *equals = strchr (text, '=');
  g_autofree char *key =
      equals != NULL ? g_strndup (text, (gsize) (equals - text)) : g_strdup (text);
  Word word = { conc_setting_from_key (key), NULL };

  if (!g_utf8_validate (text, -1, NULL))
    {
      conc_complain (_ ("A setting is not text in UTF-8."));
      return FALSE;
    }
  if (word.setting == CONC_SETTING_NONE)
    {
      conc_complain (_ ("“%s” is not a setting: “concoursectl config RACE” lists them."), key);
      return FALSE;
    }
  if (equals != NULL)
    {
      word.value = conc_setting_normalise (word.setting, equals + 1, &error);
      if (word.value == NULL)
        {
          conc_complain ("%s: %s", key, error->message);
          return FALSE;
        }
    }
  *ret_word = word;
  return TRUE;
}

/* All words are judged before any of them changes something. */
static GArray *
parse_words (ConcCall *call)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));

  g_array_set_clear_func (words, clear_word);
  for (guint i = 1; i < call->n_args; i++)
    {
      Word word;

      if (!parse_word (call->args[i], &word))
        return NULL;
      g_array_append_val (words, word);
    }
  return g_steal_pointer (&words);
}

static ConcExit
change (const char *path, GArray *words)
{
  ConcExit status = CONC_EXIT_DONE;
  g_autoptr (ConcRaceFile) file = conc_race_open_for_writing (path, &status);

  for (guint i = 0; file != NULL && status == CONC_EXIT_DONE && i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);
      g_autoptr (ConcReceipt) receipt = NULL;

      if (word->value != NULL)
        receipt = conc_race_submit (file,
                                    conc_command_new_setting (conc_clock_get_system (),
                                                              word->setting, word->value),
                                    &status);
    }
  if (file != NULL)
    conc_race_file_close (file);
  return status;
}

static void
append_json (GString *json, ConcSettings *settings, ConcSetting setting)
{
  conc_json_key (json, conc_setting_get_key (setting));
  g_string_append_c (json, '{');
  conc_json_member_text (json, "value", conc_settings_get (settings, setting));
  conc_json_member_text (json, "default", conc_setting_get_default (setting));
  conc_json_member_text (json, "help", conc_setting_get_help (setting));
  g_string_append_c (json, '}');
}

static void
print_json (ConcSettings *settings, GArray *words)
{
  g_autoptr (GString) json = g_string_new ("{");

  for (guint i = 0; i < words->len; i++)
    append_json (json, settings, g_array_index (words, Word, i).setting);
  for (ConcSetting setting = 0; words->len == 0 && setting < CONC_N_SETTINGS; setting++)
    append_json (json, settings, setting);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_all (ConcSettings *settings)
{
  for (ConcSetting setting = 0; setting < CONC_N_SETTINGS; setting++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      g_autofree char *pair = g_strdup_printf ("%s=%s", conc_setting_get_key (setting),
                                               conc_settings_get (settings, setting));

      conc_append_column (line, pair, 40);
      g_string_append (line, conc_setting_get_help (setting));
      conc_print_line (line);
    }
}

static ConcExit
show (const char *path, GArray *words, gboolean as_json)
{
  g_auto (ConcRaceView) view = { NULL };
  ConcExit status;

  if (!conc_race_view_open (&view, path, &status))
    return status;
  if (as_json)
    print_json (view.settings, words);
  else if (words->len == 0)
    print_all (view.settings);
  for (guint i = 0; !as_json && i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);

      if (word->value == NULL)
        printf ("%s\n", conc_settings_get (view.settings, word->setting));
    }
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_config (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (GArray) words = NULL;
  gboolean changes = FALSE;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, G_MAXUINT, &status))
    return status;
  words = parse_words (call);
  if (words == NULL)
    return CONC_EXIT_USAGE;
  for (guint i = 0; i < words->len; i++)
    changes = changes || g_array_index (words, Word, i).value != NULL;
  status = changes ? change (call->args[0], words) : CONC_EXIT_DONE;
  return status == CONC_EXIT_DONE ? show (call->args[0], words, as_json) : status;
}
