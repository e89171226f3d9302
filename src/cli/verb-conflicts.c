/* verb-conflicts.c: lists what stations decided apart, and settles it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "store/cards.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
append_lines (GString *json, GPtrArray *lines)
{
  conc_json_key (json, "lines");
  g_string_append_c (json, '[');
  for (guint i = 0; i < lines->len; i++)
    {
      conc_json_next (json);
      conc_json_append_text (json, g_ptr_array_index (lines, i));
    }
  g_string_append_c (json, ']');
}

static void
append_choices (GString *json, GPtrArray *choices)
{
  conc_json_key (json, "choices");
  g_string_append_c (json, '[');
  for (guint i = 0; i < choices->len; i++)
    {
      const ConcChoice *choice = g_ptr_array_index (choices, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_text (json, "choice", choice->id);
      conc_json_member_text (json, "label", choice->label);
      conc_json_member_bool (json, "shown", choice->is_shown);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

/* An array with one object a line. */
static void
print_json (GPtrArray *cards)
{
  conc_print (cards->len > 0 ? "[\n" : "[", cards->len > 0 ? 2 : 1);
  for (guint i = 0; i < cards->len; i++)
    {
      const ConcCard *card = g_ptr_array_index (cards, i);
      g_autoptr (GString) line = g_string_new ("{");

      conc_json_member_text (line, "card", card->id);
      conc_json_member_text (line, "kind", conc_card_kind_to_text (card->kind));
      conc_json_member_text (line, "title", card->title);
      append_lines (line, card->lines);
      append_choices (line, card->choices);
      g_string_append (line, i + 1 < cards->len ? "}," : "}");
      conc_print_line (line);
    }
  conc_print ("]\n", 2);
}

static void
print_card (const ConcCard *card)
{
  printf ("%s  [%s]\n", card->title, card->id);
  for (guint i = 0; i < card->lines->len; i++)
    printf ("  %s\n", (const char *) g_ptr_array_index (card->lines, i));
  for (guint i = 0; i < card->choices->len; i++)
    {
      const ConcChoice *choice = g_ptr_array_index (card->choices, i);

      printf ("  %s %s  [%s]\n", choice->is_shown ? "*" : "-", choice->label, choice->id);
    }
}

static void
print_text (GPtrArray *cards)
{
  if (cards->len == 0)
    printf ("%s\n", _ ("Nothing to decide."));
  for (guint i = 0; i < cards->len; i++)
    print_card (g_ptr_array_index (cards, i));
}

ConcExit
conc_verb_conflicts (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cards = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status) ||
      !conc_race_view_open (&view, call->args[0], &status))
    return status;
  cards = conc_reader_list_cards (view.reader, view.zone, &error);
  if (cards == NULL)
    return conc_failed (error);
  if (as_json)
    print_json (cards);
  else
    print_text (cards);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_settle (ConcCall *call)
{
  const GOptionEntry options[] = { { NULL } };
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 3, 3, &status))
    return status;
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  receipt = conc_race_submit (file,
                              conc_command_new_settle (conc_clock_get_system (), call->args[1],
                                                       call->args[2]),
                              &status);
  if (receipt != NULL)
    {
      printf ("%s\n", _ ("Settled."));
      status = CONC_EXIT_DONE;
    }
  conc_race_file_close (file);
  return status;
}
