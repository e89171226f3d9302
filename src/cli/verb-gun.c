/* verb-gun.c: records the gun of the race or of a wave, or says what another time of it changes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/gun-words.h"
#include "core/race-time.h"
#include "store/reader-gun.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define ROWS_SHOWN 20

typedef struct
{
  char    *wave;
  char    *when;
  gboolean is_seen;
  gboolean is_dry_run;
  gboolean as_json;
} Options;

/* ------------------------------------------------------------- what would change */

static char *
dup_time (const ConcGunChange *change, gboolean is_after, ConcRounding rounding)
{
  gint64 usec = is_after ? change->time_after_usec : change->time_before_usec;

  return usec != CONC_NO_TIME ? conc_duration_format (usec, rounding) : NULL;
}

static void
append_place (GString *json, const char *key, guint place)
{
  if (place > 0)
    conc_json_member_int (json, key, place);
  else
    conc_json_member_null (json, key);
}

static void
append_change (GString *json, const ConcGunChange *change, ConcRounding rounding)
{
  g_autofree char *before = dup_time (change, FALSE, rounding);
  g_autofree char *after = dup_time (change, TRUE, rounding);

  conc_json_next (json);
  g_string_append_c (json, '{');
  conc_json_member_int (json, "bib", change->bib);
  conc_json_member_text (json, "name", change->name);
  append_place (json, "place_before", change->place_before);
  append_place (json, "place_after", change->place_after);
  conc_json_member_text (json, "time_before", before);
  conc_json_member_text (json, "time_after", after);
  g_string_append_c (json, '}');
}

static void
print_json (const ConcGunPreview *preview, GTimeZone *zone, ConcRounding rounding)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "wave", preview->wave);
  if (preview->before_usec != CONC_NO_TIME)
    conc_json_member_time (json, "before", preview->before_usec, zone);
  else
    conc_json_member_null (json, "before");
  conc_json_member_time (json, "after", preview->after_usec, zone);
  conc_json_member_int (json, "finishers", preview->n_finishers);
  conc_json_member_int (json, "times", preview->n_times);
  conc_json_member_int (json, "places", preview->n_places);
  conc_json_key (json, "changes");
  g_string_append_c (json, '[');
  for (guint i = 0; i < preview->changes->len; i++)
    append_change (json, g_ptr_array_index (preview->changes, i), rounding);
  g_string_append (json, "]}");
  conc_print_line (json);
}

static char *
dup_places (const ConcGunChange *change)
{
  if (change->place_before == change->place_after)
    return g_strdup ("");
  if (change->place_after == 0)
    return g_strdup_printf (_ ("place %u to none"), change->place_before);
  if (change->place_before == 0)
    return g_strdup_printf (_ ("none to place %u"), change->place_after);
  return g_strdup_printf (_ ("place %u to %u"), change->place_before, change->place_after);
}

static void
print_change (const ConcGunChange *change, ConcRounding rounding)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *bib = g_strdup_printf ("%u", change->bib);
  g_autofree char *places = dup_places (change);
  g_autofree char *before = dup_time (change, FALSE, rounding);
  g_autofree char *after = dup_time (change, TRUE, rounding);

  conc_append_column (line, bib, 8);
  conc_append_column (line, change->name, 30);
  conc_append_column (line, places, 18);
  g_string_append_printf (line, _ ("%s to %s"), before != NULL ? before : _ ("no time"),
                          after != NULL ? after : _ ("no time"));
  conc_print_line (line);
}

static void
print_preview (const ConcGunPreview *preview, GTimeZone *zone, ConcRounding rounding)
{
  g_autofree char *after = conc_time_format_clock (preview->after_usec, zone, 1);
  g_autofree char *sentence = conc_gun_describe_change (preview->n_times, preview->n_places);

  if (preview->before_usec != CONC_NO_TIME)
    {
      g_autofree char *before = conc_time_format_clock (preview->before_usec, zone, 1);

      printf (_ ("The gun would move from %s to %s. %s\n"), before, after, sentence);
    }
  else
    printf (_ ("The gun would be at %s. %s\n"), after, sentence);
  for (guint i = 0; i < preview->changes->len && i < ROWS_SHOWN; i++)
    print_change (g_ptr_array_index (preview->changes, i), rounding);
  if (preview->changes->len > ROWS_SHOWN)
    printf (_ ("And %u more.\n"), preview->changes->len - ROWS_SHOWN);
}

static ConcExit
show_change (const char *path, const Options *options)
{
  g_auto (ConcRaceView) view = { NULL };
  g_auto (ConcRules) rules = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcGunPreview) preview = NULL;
  ConcExit status;

  if (!conc_race_view_open (&view, path, &status))
    return status;
  preview = conc_reader_preview_gun (view.reader, options->wave, options->when, &error);
  if (preview == NULL)
    return conc_failed (error);
  conc_settings_get_rules (view.settings, &rules);
  if (options->as_json)
    print_json (preview, view.zone, rules.rounding);
  else
    print_preview (preview, view.zone, rules.rounding);
  return CONC_EXIT_DONE;
}

/* ------------------------------------------------------------- recording */

static void
say_fired (const ConcReceipt *receipt, const char *at, const char *fact)
{
  if (*receipt->wave != '\0')
    printf (_ ("The gun of wave %s was fired at %s (%s).\n"), receipt->wave, at, fact);
  else
    printf (_ ("The gun was fired at %s (%s).\n"), at, fact);
}

static void
say_seen (const ConcReceipt *receipt, const char *at, const char *fact)
{
  g_autofree char *difference =
      conc_gun_describe_difference (receipt->at_usec - receipt->previous_usec);

  printf (_ ("The gun was seen at %s (%s). Beside the one that counts: %s.\n"), at, fact,
          difference);
}

static ConcExit
record (ConcRaceFile *file, const Options *options)
{
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (conc_race_file_get_settings (file));
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  g_autofree char *at = NULL;
  g_autofree char *fact = NULL;
  ConcExit         status;

  if (!conc_race_check_time (file, options->when, &error))
    return conc_misused (error);
  receipt = conc_race_submit (file,
                              conc_command_new_gun (options->is_seen ? CONC_COMMAND_GUN_SEEN
                                                                     : CONC_COMMAND_GUN,
                                                    conc_race_file_get_clock (file), options->wave,
                                                    options->when),
                              &status);
  if (receipt == NULL)
    return status;
  at = conc_time_format_rfc3339 (receipt->at_usec, zone);
  fact = conc_fact_id_to_text (&receipt->fact);
  if (options->is_seen)
    say_seen (receipt, at, fact);
  else
    say_fired (receipt, at, fact);
  return CONC_EXIT_DONE;
}

static ConcExit
check (ConcCall *call, const Options *options)
{
  if (options->is_dry_run && options->when == NULL)
    return conc_call_misused (call, _ ("Say with --at to which time the gun would move."));
  if (options->is_dry_run && options->is_seen)
    return conc_call_misused (call, _ ("A gun that is only seen changes nothing: leave out "
                                       "--dry-run or --seen."));
  if (options->as_json && !options->is_dry_run)
    return conc_call_misused (call, _ ("--json goes with --dry-run."));
  return CONC_EXIT_DONE;
}

static ConcExit
run (ConcCall *call, const Options *options)
{
  ConcRaceFile *file;
  ConcExit      status = check (call, options);

  if (status != CONC_EXIT_DONE)
    return status;
  if (options->is_dry_run)
    return show_change (call->args[0], options);
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  status = record (file, options);
  conc_race_file_close (file);
  return status;
}

ConcExit
conc_verb_gun (ConcCall *call)
{
  Options            given = { NULL };
  const GOptionEntry options[] = {
    { "wave", 0, 0, CONC_OPTION_TEXT, &given.wave, N_ ("of this wave only"), "NAME" },
    { "at", 0, 0, CONC_OPTION_TEXT, &given.when,
      N_ ("when it was fired, or will be; now when not given"), "TIME" },
    { "seen", 0, 0, G_OPTION_ARG_NONE, &given.is_seen,
      N_ ("only for comparison with the gun that another station fired"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.is_dry_run,
      N_ ("says what --at would change, and changes nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given.as_json, N_ ("writes that as JSON"), NULL },
    { NULL },
  };
  ConcExit status;

  if (conc_call_parse (call, options, 1, 1, &status))
    status = run (call, &given);
  g_free (given.wave);
  g_free (given.when);
  return status;
}
