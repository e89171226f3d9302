/* verb-repair.c: repairs the ladder, shows what a repair would do, and takes one back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "store/reader-ladder.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* What was asked for, word by word. */
typedef struct
{
  ConcCall         *call;
  ConcReader       *reader;
  ConcSettings     *settings;
  GTimeZone        *zone;
  ConcReaderLadder *ladder;
  char            **words; /* after the race */
  guint             n_words;
  const char       *before;
} Asked;

/* A word and what follows it; a repair of the ladder each. */
static const struct
{
  const char          *word;
  ConcLadderRepairKind kind;
  guint                n_least;
  guint                n_most;
} repairs[] = {
  { "insert-tap", CONC_LADDER_INSERT_TAP, 1, 1 },
  { "insert-bib", CONC_LADDER_INSERT_BIB, 1, 1 },
  { "remove", CONC_LADDER_REMOVE_TAP, 1, 1 },
  { "swap", CONC_LADDER_SWAP, 2, 2 },
  { "reverse", CONC_LADDER_REVERSE, 2, 2 },
  { "shift", CONC_LADDER_SHIFT, 2, 3 },
  { "link", CONC_LADDER_LINK, 2, 2 },
  { "unlink", CONC_LADDER_UNLINK, 1, 1 },
};

/* ------------------------------------------------------------- what was asked for */

static gboolean
find_subject (const Asked *asked, const char *word, gboolean wants_tap, char **ret_subject)
{
  gboolean    is_entry;
  const char *subject = conc_reader_ladder_find_subject (asked->ladder, word, &is_entry);

  if (subject != NULL && is_entry == !wants_tap)
    {
      *ret_subject = g_strdup (subject);
      return TRUE;
    }
  if (wants_tap)
    conc_complain (_ ("There is no tap %s."), word);
  else
    conc_complain (_ ("There is no bib of the chute named %s."), word);
  return FALSE;
}

static gboolean
read_bib (const char *word, guint *ret_bib)
{
  guint64 bib = 0;

  if (strcmp (word, "?") != 0 &&
      !g_ascii_string_to_unsigned (word, 10, 1, CONC_BIB_MAX, &bib, NULL))
    {
      conc_complain (_ ("“%s” is not a bib: write a whole number from 1 to %u, or “?” for one that "
                        "was not read."),
                     word, CONC_BIB_MAX);
      return FALSE;
    }
  *ret_bib = (guint) bib;
  return TRUE;
}

static gboolean
read_time (const Asked *asked, const char *word, gint64 *ret_usec)
{
  g_autoptr (GError) error = NULL;
  ConcCounts counts;

  if (conc_reader_count (asked->reader, &counts, &error) &&
      conc_race_time_parse (word, conc_settings_get (asked->settings, CONC_SETTING_DATE),
                            asked->zone, counts.first_gun_usec, ret_usec, &error))
    return TRUE;
  conc_complain ("%s", error->message);
  return FALSE;
}

/* What is removed is a tap or a bib of the chute; its name tells which. */
static gboolean
read_removed (const Asked *asked, ConcRepairOrder *order)
{
  gboolean    is_entry = FALSE;
  const char *subject = conc_reader_ladder_find_subject (asked->ladder, asked->words[1], &is_entry);

  if (subject == NULL)
    {
      conc_complain (_ ("There is no tap and no bib of the chute named %s."), asked->words[1]);
      return FALSE;
    }
  order->kind = is_entry ? CONC_LADDER_REMOVE_BIB : CONC_LADDER_REMOVE_TAP;
  *(is_entry ? &order->entry : &order->tap) = g_strdup (subject);
  return TRUE;
}

static gboolean
read_shift (const Asked *asked, ConcRepairOrder *order)
{
  const char *way = asked->words[2];
  guint64     count = 1;

  if (!find_subject (asked, asked->words[1], FALSE, &order->entry))
    return FALSE;
  if (strcmp (way, "later") != 0 && strcmp (way, "earlier") != 0)
    {
      conc_complain (_ ("“%s” is not a way to shift: write later or earlier."), way);
      return FALSE;
    }
  if (asked->n_words > 3 &&
      !g_ascii_string_to_unsigned (asked->words[3], 10, 1, 1000, &count, NULL))
    {
      conc_complain (_ ("“%s” is not a number of taps from 1 to 1000."), asked->words[3]);
      return FALSE;
    }
  order->count = strcmp (way, "later") == 0 ? (int) count : -(int) count;
  return TRUE;
}

static gboolean
read_order (const Asked *asked, ConcRepairOrder *order)
{
  char **words = asked->words;

  switch (order->kind)
    {
    case CONC_LADDER_INSERT_TAP:
      return read_time (asked, words[1], &order->at_usec);
    case CONC_LADDER_INSERT_BIB:
      return read_bib (words[1], &order->bib) &&
             (asked->before == NULL || find_subject (asked, asked->before, FALSE, &order->entry));
    case CONC_LADDER_SWAP:
    case CONC_LADDER_REVERSE:
      return find_subject (asked, words[1], FALSE, &order->entry) &&
             find_subject (asked, words[2], FALSE, &order->last_entry);
    case CONC_LADDER_SHIFT:
      return read_shift (asked, order);
    case CONC_LADDER_LINK:
      return find_subject (asked, words[1], FALSE, &order->entry) &&
             find_subject (asked, words[2], TRUE, &order->tap);
    case CONC_LADDER_UNLINK:
      return find_subject (asked, words[1], FALSE, &order->entry);
    default:
      return read_removed (asked, order);
    }
}

static ConcRepairOrder *
take_proposed (const Asked *asked)
{
  const ConcLadderDoubt *doubt = conc_reader_ladder_find_doubt (asked->ladder, asked->words[0]);

  if (doubt != NULL && doubt->order != NULL)
    return conc_repair_order_copy (doubt->order);
  if (doubt != NULL)
    conc_complain (_ ("Nothing is proposed for this suspicion: somebody has to look."));
  else
    conc_complain (_ ("“%s” is neither a repair nor something that is suspected now."),
                   asked->words[0]);
  return NULL;
}

static ConcRepairOrder *
make_order (const Asked *asked)
{
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr (ConcRepairOrder) order = NULL;

      if (strcmp (asked->words[0], repairs[i].word) != 0)
        continue;
      if (asked->n_words - 1 < repairs[i].n_least || asked->n_words - 1 > repairs[i].n_most)
        {
          conc_complain (_ ("“%s” takes other words: “concoursectl help repair” tells which."),
                         repairs[i].word);
          return NULL;
        }
      order = conc_repair_order_new (repairs[i].kind);
      return read_order (asked, order) ? g_steal_pointer (&order) : NULL;
    }
  if (asked->n_words == 1)
    return take_proposed (asked);
  conc_complain (_ ("“%s” is not a repair: “concoursectl help repair” lists them."),
                 asked->words[0]);
  return NULL;
}

/* ------------------------------------------------------------- what it does */

static void
append_effect (GString *json, const ConcLadderEffect *effect, GTimeZone *zone)
{
  conc_json_next (json);
  g_string_append_c (json, '{');
  conc_json_member_int (json, "bib", effect->bib);
  conc_json_member_text (json, "name", effect->name);
  conc_json_member_time (json, "before", effect->before_usec, zone);
  conc_json_member_time (json, "after", effect->after_usec, zone);
  conc_json_member_int (json, "before_place", effect->before_place);
  conc_json_member_int (json, "after_place", effect->after_place);
  g_string_append_c (json, '}');
}

static void
print_json (const ConcRepairOrder   *order,
            const ConcLadderOutcome *outcome,
            const char              *fact,
            GTimeZone               *zone)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "kind", conc_ladder_repair_to_text (order->kind));
  conc_json_member_text (json, "repair", outcome->repair);
  conc_json_member_text (json, "sentence", outcome->sentence);
  conc_json_member_text (json, "fact", fact);
  conc_json_key (json, "changes");
  g_string_append_c (json, '[');
  for (guint i = 0; i < outcome->effects->len; i++)
    append_effect (json, g_ptr_array_index (outcome->effects, i), zone);
  g_string_append (json, "]}");
  conc_print_line (json);
}

static char *
dup_clock (gint64 usec, GTimeZone *zone)
{
  return usec != CONC_NO_TIME ? conc_time_format_clock (usec, zone, 2) : g_strdup ("-");
}

static void
print_effects (const ConcLadderOutcome *outcome, GTimeZone *zone)
{
  for (guint i = 0; i < outcome->effects->len; i++)
    {
      const ConcLadderEffect *effect = g_ptr_array_index (outcome->effects, i);
      g_autofree char        *before = dup_clock (effect->before_usec, zone);
      g_autofree char        *after = dup_clock (effect->after_usec, zone);
      g_autofree char        *bib =
          effect->bib != 0 ? g_strdup_printf ("%u", effect->bib) : g_strdup ("?");
      g_autoptr (GString) line = g_string_new ("  ");

      conc_append_column (line, bib, 8);
      conc_append_column (line, before, 14);
      conc_append_column (line, after, effect->name != NULL ? 14 : 0);
      if (effect->name != NULL)
        g_string_append (line, effect->name);
      conc_print_line (line);
    }
}

static void
print_text (const ConcLadderOutcome *outcome, const char *fact, GTimeZone *zone)
{
  g_autoptr (GString) line = g_string_new (outcome->repair);

  g_string_append (line, fact != NULL ? "." : _ (" (not done)."));
  if (outcome->sentence != NULL)
    g_string_append_printf (line, " %s", outcome->sentence);
  if (fact != NULL)
    g_string_append_printf (line, " [%s]", fact);
  conc_print_line (line);
  if (fact == NULL)
    print_effects (outcome, zone);
}

static ConcExit
show (const Asked *asked, const ConcRepairOrder *order, ConcRaceFile *file, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcLadderOutcome) outcome = NULL;
  g_autofree char *fact = NULL;
  ConcExit         status;

  outcome = conc_reader_ladder_try (asked->ladder, order, &error);
  if (outcome == NULL)
    return conc_failed (error);
  if (file != NULL)
    {
      g_autoptr (ConcReceipt) receipt =
          conc_race_submit (file, conc_command_new_repair (conc_race_file_get_clock (file), order),
                            &status);

      if (receipt == NULL)
        return status;
      fact = conc_fact_id_to_text (&receipt->fact);
    }
  if (as_json)
    print_json (order, outcome, fact, asked->zone);
  else
    print_text (outcome, fact, asked->zone);
  return CONC_EXIT_DONE;
}

/* Which bib a bib of the chute is; that is a correction of its own, and no repair of the order. */
static ConcExit
correct (const Asked *asked, ConcRaceFile *file)
{
  g_autofree char *entry = NULL;
  g_autofree char *fact = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status = CONC_EXIT_USAGE;
  guint    bib;

  if (!find_subject (asked, asked->words[1], FALSE, &entry) || !read_bib (asked->words[2], &bib))
    return CONC_EXIT_USAGE;
  receipt =
      conc_race_submit (file,
                        conc_command_new_chute_set (conc_race_file_get_clock (file), entry, bib),
                        &status);
  if (receipt == NULL)
    return status;
  if (receipt->was_already)
    {
      printf (_ ("That is what it was.\n"));
      return CONC_EXIT_DONE;
    }
  fact = conc_fact_id_to_text (&receipt->fact);
  printf (_ ("It is corrected (%s).\n"), fact);
  return CONC_EXIT_DONE;
}

/* @file: (nullable): none, when it is only to be shown. */
static ConcExit
repair (Asked *asked, ConcRaceFile *file, gboolean as_json)
{
  g_autoptr (ConcRepairOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  ConcExit status;

  asked->ladder = conc_reader_ladder_new (asked->reader);
  asked->zone = conc_settings_dup_zone (asked->settings);
  if (!conc_reader_ladder_update (asked->ladder, NULL, &error))
    status = conc_failed (error);
  else if (file != NULL && asked->n_words == 3 && strcmp (asked->words[0], "correct") == 0)
    status = correct (asked, file);
  else
    {
      order = make_order (asked);
      status = order != NULL ? show (asked, order, file, as_json) : CONC_EXIT_USAGE;
    }
  conc_reader_ladder_free (asked->ladder);
  g_time_zone_unref (asked->zone);
  return status;
}

static ConcExit
take_back (ConcRaceFile *file, const char *fact)
{
  ConcFactId       id;
  ConcExit         status;
  g_autofree char *name = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;

  if (!conc_fact_id_parse (fact, &id))
    {
      conc_complain (_ ("“%s” is not the name of a fact."), fact);
      return CONC_EXIT_USAGE;
    }
  receipt = conc_race_submit (file, conc_command_new_undo (conc_race_file_get_clock (file), &id),
                              &status);
  if (receipt == NULL)
    return status;
  name = conc_fact_id_to_text (&receipt->fact);
  printf (_ ("It is taken back (%s).\n"), name);
  return CONC_EXIT_DONE;
}

static ConcExit
write_repair (Asked *asked, const char *path, const char *undo, gboolean as_json)
{
  ConcExit status;
  g_autoptr (ConcRaceFile) file = conc_race_open_for_writing (path, &status);

  if (file == NULL)
    return status;
  asked->reader = conc_race_file_get_reader (file);
  asked->settings = conc_race_file_get_settings (file);
  status = undo != NULL ? take_back (file, undo) : repair (asked, file, as_json);
  conc_race_file_close (file);
  return status;
}

ConcExit
conc_verb_repair (ConcCall *call)
{
  gboolean           as_json = FALSE;
  gboolean           is_dry = FALSE;
  g_autofree char   *before = NULL;
  g_autofree char   *undo = NULL;
  const GOptionEntry options[] = {
    { "before", 0, 0, CONC_OPTION_TEXT, &before, N_ ("in front of this bib of the chute"),
      "CHUTE" },
    { "undo", 0, 0, CONC_OPTION_TEXT, &undo, N_ ("takes a repair back, all of it"), "FACT" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &is_dry, N_ ("only shows what it would do"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  Asked asked = { .call = call };
  g_auto (ConcRaceView) view = { NULL };
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 5, &status))
    return status;
  asked.words = call->args + 1;
  asked.n_words = g_strv_length (asked.words);
  asked.before = before;
  if ((undo != NULL) == (asked.n_words > 0))
    return conc_call_misused (call, _ ("Say what to repair, or which repair to take back."));
  if (!is_dry || undo != NULL)
    return write_repair (&asked, call->args[0], undo, as_json);
  if (!conc_race_view_open (&view, call->args[0], &status))
    return status;
  asked.reader = view.reader;
  asked.settings = view.settings;
  return repair (&asked, NULL, as_json);
}
