/* rules.c: by which rules a race is scored. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rules.h"

#include "core/error.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_MIN_LAP_USEC (20 * CONC_USEC_PER_SECOND)
#define MAX_MIN_LAP_USEC (24 * 3600 * CONC_USEC_PER_SECOND)
#define MAX_DISTANCE_MM G_GINT64_CONSTANT (1000000000)
#define DEFAULT_DIVISIONS "10-year"

#define MM_PER_METRE 1000

typedef struct
{
  const char *key;
  gboolean (*set) (ConcRules *rules, const char *text, GError **error);
  char *(*dup_text) (const ConcRules *rules);
} Rule;

static const char *const rank_by_texts[] = { "gun", "net", NULL };
static const char *const places_texts[] = { "distinct", "shared", NULL };
static const char *const rounding_texts[] = { "second", "tenth", "hundredth", "exact", NULL };

static gboolean
set_choice (const char *const *choices, const char *text, int *ret_choice, GError **error)
{
  g_autofree char *all = NULL;
  g_autofree char *shown = NULL;

  for (int i = 0; choices[i] != NULL; i++)
    if (g_ascii_strcasecmp (choices[i], text) == 0)
      {
        *ret_choice = i;
        return TRUE;
      }
  all = g_strjoinv (", ", (char **) choices);
  shown = conc_dup_quotable (text);
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is not one of the choices: %s."), shown, all);
  return FALSE;
}

static gboolean
set_rank_by (ConcRules *rules, const char *text, GError **error)
{
  int choice;

  if (!set_choice (rank_by_texts, text, &choice, error))
    return FALSE;
  rules->rank_by = (ConcRankBy) choice;
  return TRUE;
}

static gboolean
set_places (ConcRules *rules, const char *text, GError **error)
{
  int choice;

  if (!set_choice (places_texts, text, &choice, error))
    return FALSE;
  rules->places = (ConcPlaces) choice;
  return TRUE;
}

static gboolean
set_rounding (ConcRules *rules, const char *text, GError **error)
{
  int choice;

  if (!set_choice (rounding_texts, text, &choice, error))
    return FALSE;
  rules->rounding = (ConcRounding) choice;
  return TRUE;
}

static gboolean
set_laps (ConcRules *rules, const char *text, GError **error)
{
  const char *cursor = text;
  gint64      laps;

  if (!conc_scan_digits (&cursor, 1, 3, &laps) || *cursor != '\0' || laps < 1 ||
      laps > CONC_LAPS_MAX)
    {
      g_autofree char *shown = conc_dup_quotable (text);

      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("“%s” is not a number of laps: write a whole number from 1 to %d."), shown,
                   CONC_LAPS_MAX);
      return FALSE;
    }
  rules->laps = (int) laps;
  return TRUE;
}

static gboolean
set_event_laps (ConcRules *rules, const char *text, GError **error)
{
  ConcEventLaps *laps = conc_event_laps_parse (text, error);

  if (laps == NULL)
    return FALSE;
  conc_event_laps_unref (rules->event_laps);
  rules->event_laps = laps;
  return TRUE;
}

/* Reads "20", "20.5", "20 s" as seconds, and "1:30" as minutes and seconds. */
static gboolean
scan_min_lap (const char *text, gint64 *ret_usec)
{
  const char *cursor = text;
  gint64      seconds, fraction;

  if (strchr (text, ':') != NULL)
    return conc_duration_parse (text, ret_usec, NULL);
  if (!conc_scan_digits (&cursor, 1, 5, &seconds) || !conc_scan_fraction (&cursor, &fraction))
    return FALSE;
  while (conc_scan_char (&cursor, ' '))
    ;
  conc_scan_char (&cursor, 's');
  *ret_usec = seconds * CONC_USEC_PER_SECOND + fraction;
  return *cursor == '\0';
}

static gboolean
set_min_lap (ConcRules *rules, const char *text, GError **error)
{
  gint64 usec;

  if (!scan_min_lap (text, &usec) || usec > MAX_MIN_LAP_USEC)
    {
      g_autofree char *shown = conc_dup_quotable (text);

      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("“%s” is not a shortest lap: write seconds like 20, or 1:30, up to a day."),
                   shown);
      return FALSE;
    }
  rules->min_lap_usec = usec;
  return TRUE;
}

/* Metres; "5 km", "5K" and "13.1 mi" too. Less than a millimetre is cut off. The fraction comes in
 * millionths, as that of a second does. */
static gboolean
scan_distance (const char *text, gint64 *ret_mm)
{
  static const struct
  {
    const char *unit;
    gint64      mm;
  } units[] = {
    { "", 1000 }, { "m", 1000 }, { "km", 1000000 }, { "k", 1000000 }, { "mi", 1609344 }
  };
  const char *cursor = text;
  gint64      whole, millionths;

  if (!conc_scan_digits (&cursor, 1, 7, &whole) || !conc_scan_fraction (&cursor, &millionths))
    return FALSE;
  while (conc_scan_char (&cursor, ' '))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (cursor, units[i].unit) == 0)
      {
        *ret_mm = whole * units[i].mm + millionths * units[i].mm / CONC_USEC_PER_SECOND;
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_distance (ConcRules *rules, const char *text, GError **error)
{
  gint64 mm;

  if (text[0] == '\0')
    mm = 0;
  else if (!scan_distance (text, &mm) || mm > MAX_DISTANCE_MM)
    {
      g_autofree char *shown = conc_dup_quotable (text);

      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("“%s” is not a distance: write metres like 5000, up to 1000000."), shown);
      return FALSE;
    }
  rules->distance_mm = mm;
  return TRUE;
}

static gboolean
set_divisions (ConcRules *rules, const char *text, GError **error)
{
  ConcDivisions *divisions = conc_divisions_parse (text, error);

  if (divisions == NULL)
    return FALSE;
  conc_divisions_unref (rules->divisions);
  rules->divisions = divisions;
  return TRUE;
}

static char *
dup_rank_by (const ConcRules *rules)
{
  return g_strdup (rank_by_texts[rules->rank_by]);
}

static char *
dup_places (const ConcRules *rules)
{
  return g_strdup (places_texts[rules->places]);
}

static char *
dup_rounding (const ConcRules *rules)
{
  return g_strdup (rounding_texts[rules->rounding]);
}

static char *
dup_laps (const ConcRules *rules)
{
  return g_strdup_printf ("%d", rules->laps);
}

static char *
dup_event_laps (const ConcRules *rules)
{
  return g_strdup (conc_event_laps_get_text (rules->event_laps));
}

static char *
dup_min_lap (const ConcRules *rules)
{
  return conc_duration_format_seconds (rules->min_lap_usec);
}

static char *
dup_distance (const ConcRules *rules)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%" G_GINT64_FORMAT, rules->distance_mm / MM_PER_METRE);
  conc_append_fraction (out,
                        rules->distance_mm % MM_PER_METRE * (CONC_USEC_PER_SECOND / MM_PER_METRE),
                        -1);
  return g_string_free (out, FALSE);
}

static char *
dup_divisions (const ConcRules *rules)
{
  return g_strdup (conc_divisions_get_text (rules->divisions));
}

static const Rule all_rules[] = {
  { "distance", set_distance, dup_distance },       { "laps", set_laps, dup_laps },
  { "event_laps", set_event_laps, dup_event_laps }, { "min_lap", set_min_lap, dup_min_lap },
  { "rank_by", set_rank_by, dup_rank_by },          { "places", set_places, dup_places },
  { "rounding", set_rounding, dup_rounding },       { "divisions", set_divisions, dup_divisions },
};

static const Rule *
find_rule (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_rules); i++)
    if (strcmp (all_rules[i].key, key) == 0)
      return &all_rules[i];
  return NULL;
}

/**
 * conc_rules_init:
 * @rules: (out caller-allocates): filled with the rules of a plain road race: one lap, ranked by
 *   gun time, distinct places, times to the next longer second, ten-year divisions, 20 s for the
 *   shortest lap, no distance; to be freed with conc_rules_clear()
 *
 * Thread: any.
 */
void
conc_rules_init (ConcRules *rules)
{
  *rules = (ConcRules){
    .laps = 1,
    .event_laps = conc_event_laps_parse ("", NULL),
    .min_lap_usec = DEFAULT_MIN_LAP_USEC,
    .rank_by = CONC_RANK_BY_GUN,
    .places = CONC_PLACES_DISTINCT,
    .rounding = CONC_ROUND_UP_SECOND,
    .divisions = conc_divisions_parse (DEFAULT_DIVISIONS, NULL),
  };
}

/**
 * conc_rules_copy:
 * @ret_copy: (out caller-allocates): the same rules, to be freed with conc_rules_clear()
 *
 * Thread: any.
 */
void
conc_rules_copy (const ConcRules *rules, ConcRules *ret_copy)
{
  *ret_copy = *rules;
  ret_copy->divisions = conc_divisions_ref (rules->divisions);
  ret_copy->event_laps = conc_event_laps_ref (rules->event_laps);
}

/**
 * conc_rules_clear:
 *
 * Frees what @rules holds, not @rules itself. Thread: any.
 */
void
conc_rules_clear (ConcRules *rules)
{
  g_clear_pointer (&rules->divisions, conc_divisions_unref);
  g_clear_pointer (&rules->event_laps, conc_event_laps_unref);
}

/**
 * conc_rules_set:
 * @key: one of conc_rules_get_keys()
 * @text: the value as a person writes it: "2", "5K=3, 1 mile=1", "1:30", "5000", "net", "shared",
 * "tenth", "5-year"
 * @error: CONC_CORE_ERROR with a sentence that says what may be written
 *
 * Returns: whether it was set; @rules is unchanged when not. Any thread.
 */
gboolean
conc_rules_set (ConcRules *rules, const char *key, const char *text, GError **error)
{
  const Rule      *rule = find_rule (key);
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autofree char *shown = NULL;

  if (rule != NULL)
    return rule->set (rules, plain, error);
  shown = conc_dup_quotable (key);
  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” is not a rule of scoring."), shown);
  return FALSE;
}

/**
 * conc_rules_dup_text:
 * @key: one of conc_rules_get_keys()
 *
 * Returns: (transfer full) (nullable): the value as text that conc_rules_set() reads back to the
 *   same value; NULL when there is no such key. Any thread.
 */
char *
conc_rules_dup_text (const ConcRules *rules, const char *key)
{
  const Rule *rule = find_rule (key);

  return rule != NULL ? rule->dup_text (rules) : NULL;
}

/**
 * conc_rules_get_keys:
 *
 * Returns: (transfer none): the keys of all rules, ended by NULL. Any thread.
 */
const char *const *
conc_rules_get_keys (void)
{
  static const char *const keys[] = { "distance", "laps",     "event_laps", "min_lap", "rank_by",
                                      "places",   "rounding", "divisions",  NULL };

  return keys;
}

/**
 * conc_rules_get_laps:
 * @event: (nullable): the event of a runner
 *
 * Returns: how often that runner crosses the line to finish, 1 or more. Any thread. Cost: linear in
 *   the events that have laps of their own.
 */
guint
conc_rules_get_laps (const ConcRules *rules, const char *event)
{
  guint laps = conc_event_laps_find (rules->event_laps, event);

  return laps > 0 ? laps : (guint) rules->laps;
}

/**
 * conc_rules_get_most_laps:
 *
 * Returns: the most laps that anybody may have to run; 1 where nobody crosses the line twice. Any
 *   thread.
 */
guint
conc_rules_get_most_laps (const ConcRules *rules)
{
  return MAX ((guint) rules->laps, conc_event_laps_get_most (rules->event_laps));
}
