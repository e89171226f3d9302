/* settings.c: the settings of a race, in one table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings.h"

#include "core/beneficiaries.h"
#include "core/error.h"
#include "core/money.h"
#include "core/race-time.h"
#include "core/rules.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_MAX_BYTES 200
#define WAVES_MAX 26
#define SHIRTS_MAX 40
#define SHIRT_NAME_MAX_BYTES 40
#define SHIRTS_OF_SIZE_MAX 100000
#define WAIVER_MAX_BYTES 8000
#define ADULT_AGE_MAX 99

typedef char *(*NormaliseFunc) (const char *key, const char *text, GError **error);

typedef struct
{
  const char   *key;
  const char   *fallback;
  NormaliseFunc normalise;
  const char   *help;
} SettingInfo;

struct _ConcSettings
{
  gatomicrefcount refs;
  char           *values[CONC_N_SETTINGS];
};

static char *
dup_stripped (const char *text)
{
  return g_strstrip (g_strdup (text));
}

static char *
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID, sentence);
  return NULL;
}

static char *
normalise_name (const char *key, const char *text, GError **error)
{
  g_autofree char *name = dup_stripped (text);

  if (*name == '\0')
    return refuse (error, _ ("A race needs a name."));
  if (strlen (name) > NAME_MAX_BYTES || !g_utf8_validate (name, -1, NULL))
    return refuse (error, _ ("The name of a race has at most 200 letters."));
  return g_steal_pointer (&name);
}

static char *
normalise_date (const char *key, const char *text, GError **error)
{
  g_autofree char *date = dup_stripped (text);
  int              year, month, day;

  if (!conc_race_date_parse (date, &year, &month, &day, error))
    return NULL;
  return g_steal_pointer (&date);
}

static char *
normalise_timezone (const char *key, const char *text, GError **error)
{
  g_autofree char *name = dup_stripped (text);
  g_autoptr (GTimeZone) zone = conc_time_zone_parse (name, error);

  return zone != NULL ? g_steal_pointer (&name) : NULL;
}

static char *
normalise_rule (const char *key, const char *text, GError **error)
{
  g_auto (ConcRules) rules = { 0 };

  conc_rules_init (&rules);
  if (!conc_rules_set (&rules, key, text, error))
    return NULL;
  return conc_rules_dup_text (&rules, key);
}

static char *
normalise_waves (const char *key, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GPtrArray) waves = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *wave = g_strstrip (parts[i]);

      if (*wave == '\0')
        continue;
      if (g_ptr_array_find_with_equal_func (waves, wave, g_str_equal, NULL))
        return refuse (error, _ ("Each wave needs a name of its own."));
      g_ptr_array_add (waves, parts[i]);
    }
  if (waves->len > WAVES_MAX)
    return refuse (error, _ ("A race has at most 26 waves."));
  g_ptr_array_add (waves, NULL);
  return g_strjoinv (",", (char **) waves->pdata);
}

static char *
normalise_goal (const char *key, const char *text, GError **error)
{
  gint64 cents;

  if (*text == '\0' || strcmp (text, "0") == 0)
    return g_strdup ("0");
  if (!conc_money_parse (text, &cents, error))
    return NULL;
  return conc_money_to_decimal (cents);
}

static char *
normalise_beneficiaries (const char *key, const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = conc_beneficiaries_parse (text, error);

  return list != NULL ? conc_beneficiaries_to_text (list) : NULL;
}

static void
shirt_stock_free (gpointer data)
{
  ConcShirtStock *stock = data;

  g_free (stock->size);
  g_free (stock);
}

static gboolean
knows_size (const GPtrArray *shirts, const char *size)
{
  for (guint i = 0; i < shirts->len; i++)
    if (g_ascii_strcasecmp (((ConcShirtStock *) g_ptr_array_index (shirts, i))->size, size) == 0)
      return TRUE;
  return FALSE;
}

/* "Youth M=40" */
static gboolean
parse_shirt (GPtrArray *shirts, const char *part)
{
  const char      *equals = strrchr (part, '=');
  g_autofree char *size = equals != NULL ? g_strndup (part, (gsize) (equals - part)) : NULL;
  g_autofree char *number = equals != NULL ? dup_stripped (equals + 1) : NULL;
  ConcShirtStock  *stock;
  guint64          count;

  if (equals == NULL || *g_strstrip (size) == '\0' || strlen (size) > SHIRT_NAME_MAX_BYTES ||
      knows_size (shirts, size) ||
      !g_ascii_string_to_unsigned (number, 10, 0, SHIRTS_OF_SIZE_MAX, &count, NULL))
    return FALSE;
  stock = g_new0 (ConcShirtStock, 1);
  stock->size = g_steal_pointer (&size);
  stock->count = (guint) count;
  g_ptr_array_add (shirts, stock);
  return TRUE;
}

static GPtrArray *
parse_shirts (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GPtrArray) shirts = g_ptr_array_new_with_free_func (shirt_stock_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && !parse_shirt (shirts, parts[i]))
      return NULL;
  return shirts->len <= SHIRTS_MAX ? g_steal_pointer (&shirts) : NULL;
}

static char *
normalise_shirts (const char *key, const char *text, GError **error)
{
  g_autoptr (GPtrArray) shirts = g_utf8_validate (text, -1, NULL) ? parse_shirts (text) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (shirts == NULL)
    return refuse (error, _ ("Write how many shirts of each size there are like “S=120, M=300”, "
                             "each size once and at most 40 sizes."));
  for (guint i = 0; i < shirts->len; i++)
    {
      const ConcShirtStock *stock = g_ptr_array_index (shirts, i);

      g_string_append_printf (out, "%s%s=%u", i > 0 ? ", " : "", stock->size, stock->count);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
normalise_waiver (const char *key, const char *text, GError **error)
{
  g_autofree char *waiver = dup_stripped (text);

  if (strlen (waiver) > WAIVER_MAX_BYTES || !g_utf8_validate (waiver, -1, NULL))
    return refuse (error, _ ("The text of a waiver has at most 8,000 letters."));
  return g_steal_pointer (&waiver);
}

static const char *const need_words[] = { "waiver", "guardian", "balance" };

static gboolean
parse_needs (const char *text, ConcNeeds *ret_needs)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  *ret_needs = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *word = g_strstrip (parts[i]);
      guint       n = 0;

      if (*word == '\0')
        continue;
      while (n < G_N_ELEMENTS (need_words) && g_ascii_strcasecmp (need_words[n], word) != 0)
        n++;
      if (n == G_N_ELEMENTS (need_words))
        return FALSE;
      *ret_needs |= 1u << n;
    }
  return TRUE;
}

static char *
normalise_needs (const char *key, const char *text, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  ConcNeeds needs;

  if (!parse_needs (text, &needs))
    return refuse (error, _ ("What check-in needs are the words waiver, guardian and balance, "
                             "separated by commas; or nothing."));
  for (guint i = 0; i < G_N_ELEMENTS (need_words); i++)
    if ((needs & (1u << i)) != 0)
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "", need_words[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
normalise_clock (const char *key, const char *text, GError **error)
{
  g_autofree char *clock = dup_stripped (text);
  const char      *cursor = clock;
  gint64           hours = 0, minutes = 0;

  if (*clock == '\0')
    return g_steal_pointer (&clock);
  if (!conc_scan_digits (&cursor, 1, 2, &hours) || !conc_scan_char (&cursor, ':') ||
      !conc_scan_digits (&cursor, 2, 2, &minutes) || *cursor != '\0' || hours > 23 || minutes > 59)
    return refuse (error, _ ("Write a time of day like 6:30 or 18:00, or nothing."));
  return g_strdup_printf ("%02d:%02d", (int) hours, (int) minutes);
}

static char *
normalise_adult_age (const char *key, const char *text, GError **error)
{
  g_autofree char *stripped = dup_stripped (text);
  guint64          age;

  if (!g_ascii_string_to_unsigned (stripped, 10, 0, ADULT_AGE_MAX, &age, NULL))
    return refuse (error, _ ("The age of an adult is a whole number from 0 to 99."));
  return g_strdup_printf ("%u", (guint) age);
}

/* A NULL fallback of a rule is what the rules begin with. */
static const SettingInfo settings_table[CONC_N_SETTINGS] = {
  [CONC_SETTING_NAME] = { "name", "", normalise_name, N_ ("The name of the race.") },
  [CONC_SETTING_DATE] = { "date", "", normalise_date, N_ ("The day of the race, YYYY-MM-DD.") },
  [CONC_SETTING_TIMEZONE] = { "timezone", "UTC", normalise_timezone,
                              N_ ("The time zone of the race, such as America/Chicago.") },
  [CONC_SETTING_DISTANCE] = { "distance", "5000", normalise_rule, N_ ("The distance in metres.") },
  [CONC_SETTING_LAPS] = { "laps", "1", normalise_rule,
                          N_ ("How often a runner crosses the line to finish, 1 to 100.") },
  [CONC_SETTING_EVENT_LAPS] = { "event_laps", "", normalise_rule,
                                N_ ("The laps of events that differ from that, such as "
                                    "5K=3, 1 mile=1; empty: laps is for all.") },
  [CONC_SETTING_MIN_LAP] = { "min_lap", NULL, normalise_rule,
                             N_ ("The shortest time of a lap in seconds; a crossing that comes "
                                 "sooner does not count. Only for more than one lap.") },
  [CONC_SETTING_RANK_BY] = { "rank_by", "gun", normalise_rule,
                             N_ ("Which time gives the place: gun or net.") },
  [CONC_SETTING_PLACES] = { "places", "distinct", normalise_rule,
                            N_ ("Equal times: distinct (by the hidden fraction, then by order at "
                                "the line) or shared (1, 2, 2, 4).") },
  [CONC_SETTING_ROUNDING] = { "rounding", NULL, normalise_rule,
                              N_ ("How times are shown: second (the rule for road races), tenth "
                                  "or hundredth, each rounded up, or exact.") },
  [CONC_SETTING_DIVISIONS] = { "divisions", NULL, normalise_rule,
                               N_ ("Age divisions within each sex: none, 5-year, 10-year, or a "
                                   "table such as 0-19,20-39,40+.") },
  [CONC_SETTING_WAVES] = { "waves", "", normalise_waves,
                           N_ ("The waves in the order of their start, separated by commas; "
                               "empty: the waves that runners have.") },
  [CONC_SETTING_GOAL] = { "goal", "0", normalise_goal,
                          N_ ("The fundraising goal in dollars; 0 for none.") },
  [CONC_SETTING_BENEFICIARIES] = { "beneficiaries", "Breaking Free:34,Source:33,The Link:33",
                                   normalise_beneficiaries,
                                   N_ ("Who receives the proceeds, with their shares in percent; "
                                       "the shares add up to 100.") },
  [CONC_SETTING_SHIRTS] = { "shirts", "", normalise_shirts,
                            N_ ("How many shirts of each size there are, such as "
                                "S=120, M=300; empty: they are not counted.") },
  [CONC_SETTING_FEE] = { "fee", "0", normalise_goal,
                         N_ ("What a walk-up pays to take part, in dollars; 0 for nothing.") },
  [CONC_SETTING_WAIVER] = { "waiver",
                            "I know that running and walking in this event can injure me. I take "
                            "part at my own risk, I am fit to do so, and I do not hold the "
                            "organizers, volunteers and sponsors liable. I may be given first aid.",
                            normalise_waiver,
                            N_ ("The text that a runner accepts before taking part.") },
  [CONC_SETTING_CHECK_IN_NEEDS] = { "check_in_needs", "waiver,guardian", normalise_needs,
                                    N_ ("What must be settled before the desk checks somebody "
                                        "in: waiver, guardian (of a minor) and balance, "
                                        "separated by commas; or nothing.") },
  [CONC_SETTING_CHECK_IN_OPENS] = { "check_in_opens", "", normalise_clock,
                                    N_ ("When check-in opens on race day, HH:MM; or nothing.") },
  [CONC_SETTING_CHECK_IN_CLOSES] = { "check_in_closes", "", normalise_clock,
                                     N_ ("When check-in closes on race day, HH:MM; or nothing.") },
  [CONC_SETTING_ADULT_AGE] = { "adult_age", "18", normalise_adult_age,
                               N_ ("From which age on race day on a runner needs no "
                                   "guardian.") },
};

/** conc_setting_get_key: Returns: the name of @setting on the command line and in facts. */
const char *
conc_setting_get_key (ConcSetting setting)
{
  g_return_val_if_fail (setting < CONC_N_SETTINGS, NULL);
  return settings_table[setting].key;
}

/** conc_setting_get_help: Returns: a translated sentence that explains @setting. */
const char *
conc_setting_get_help (ConcSetting setting)
{
  g_return_val_if_fail (setting < CONC_N_SETTINGS, NULL);
  return _ (settings_table[setting].help);
}

static const char *
get_rule_default (const char *key)
{
  static GHashTable *defaults = NULL;
  const char        *text;

  if (g_once_init_enter (&defaults))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
      g_auto (ConcRules) rules = { 0 };

      conc_rules_init (&rules);
      for (const char *const *each = conc_rules_get_keys (); *each != NULL; each++)
        g_hash_table_insert (table, (gpointer) *each, conc_rules_dup_text (&rules, *each));
      g_once_init_leave (&defaults, table);
    }
  text = g_hash_table_lookup (defaults, key);
  return text != NULL ? text : "";
}

/** conc_setting_get_default: Returns: what @setting is when nobody set it; may be empty. */
const char *
conc_setting_get_default (ConcSetting setting)
{
  g_return_val_if_fail (setting < CONC_N_SETTINGS, NULL);
  if (settings_table[setting].fallback == NULL)
    return get_rule_default (settings_table[setting].key);
  return settings_table[setting].fallback;
}

/** conc_setting_from_key: Returns: the setting, or %CONC_SETTING_NONE. */
ConcSetting
conc_setting_from_key (const char *key)
{
  for (ConcSetting setting = 0; setting < CONC_N_SETTINGS; setting++)
    if (g_strcmp0 (settings_table[setting].key, key) == 0)
      return setting;
  return CONC_SETTING_NONE;
}

/**
 * conc_setting_normalise:
 * @text: what a person typed
 *
 * Returns: (transfer full) (nullable): @text in the one form in which it is kept, or %NULL with
 * a sentence in @error. Any thread.
 */
char *
conc_setting_normalise (ConcSetting setting, const char *text, GError **error)
{
  g_return_val_if_fail (setting < CONC_N_SETTINGS, NULL);
  return settings_table[setting].normalise (settings_table[setting].key, text, error);
}

/** conc_settings_new: Returns: (transfer full): settings in which all have their default. */
ConcSettings *
conc_settings_new (void)
{
  ConcSettings *settings = g_new0 (ConcSettings, 1);

  g_atomic_ref_count_init (&settings->refs);
  return settings;
}

/** conc_settings_ref: Returns: (transfer full): @settings with one more reference. */
ConcSettings *
conc_settings_ref (ConcSettings *settings)
{
  g_atomic_ref_count_inc (&settings->refs);
  return settings;
}

/** conc_settings_unref: gives a reference back. */
void
conc_settings_unref (ConcSettings *settings)
{
  if (settings == NULL || !g_atomic_ref_count_dec (&settings->refs))
    return;
  for (ConcSetting setting = 0; setting < CONC_N_SETTINGS; setting++)
    g_free (settings->values[setting]);
  g_free (settings);
}

/**
 * conc_settings_set:
 * @text: (nullable): as conc_setting_normalise() gives it; %NULL for the default
 *
 * Only while the settings are being put together: once they are shared they do not change.
 */
void
conc_settings_set (ConcSettings *settings, ConcSetting setting, const char *text)
{
  g_return_if_fail (setting < CONC_N_SETTINGS);

  g_free (settings->values[setting]);
  settings->values[setting] = g_strdup (text);
}

/** conc_settings_get: Returns: the value of @setting, or its default; never %NULL. */
const char *
conc_settings_get (const ConcSettings *settings, ConcSetting setting)
{
  g_return_val_if_fail (setting < CONC_N_SETTINGS, NULL);
  if (settings->values[setting] != NULL)
    return settings->values[setting];
  return conc_setting_get_default (setting);
}

/** conc_settings_get_goal_cents: Returns: the goal in cents; 0 for none. */
gint64
conc_settings_get_goal_cents (const ConcSettings *settings)
{
  gint64 cents = 0;

  if (!conc_money_parse (conc_settings_get (settings, CONC_SETTING_GOAL), &cents, NULL))
    return 0;
  return cents;
}

/** conc_settings_get_fee_cents: Returns: what a walk-up pays, in cents; 0 for nothing. */
gint64
conc_settings_get_fee_cents (const ConcSettings *settings)
{
  gint64 cents = 0;

  if (!conc_money_parse (conc_settings_get (settings, CONC_SETTING_FEE), &cents, NULL))
    return 0;
  return cents;
}

/** conc_settings_get_adult_age: Returns: the age in years from which on one is no minor. */
int
conc_settings_get_adult_age (const ConcSettings *settings)
{
  return (int) g_ascii_strtoll (conc_settings_get (settings, CONC_SETTING_ADULT_AGE), NULL, 10);
}

/** conc_settings_get_needs: Returns: what must be settled before somebody is checked in. */
ConcNeeds
conc_settings_get_needs (const ConcSettings *settings)
{
  ConcNeeds needs = 0;

  if (!parse_needs (conc_settings_get (settings, CONC_SETTING_CHECK_IN_NEEDS), &needs))
    parse_needs (conc_setting_get_default (CONC_SETTING_CHECK_IN_NEEDS), &needs);
  return needs;
}

/**
 * conc_settings_dup_shirts:
 *
 * Returns: (transfer full) (element-type ConcShirtStock): in the order of the setting; empty when
 *   shirts are not counted.
 */
GPtrArray *
conc_settings_dup_shirts (const ConcSettings *settings)
{
  GPtrArray *shirts = parse_shirts (conc_settings_get (settings, CONC_SETTING_SHIRTS));

  return shirts != NULL ? shirts : g_ptr_array_new_with_free_func (shirt_stock_free);
}

/** conc_settings_dup_zone: Returns: (transfer full): the race's time zone; UTC if unknown here. */
GTimeZone *
conc_settings_dup_zone (const ConcSettings *settings)
{
  GTimeZone *zone =
      conc_time_zone_parse (conc_settings_get (settings, CONC_SETTING_TIMEZONE), NULL);

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/** conc_settings_dup_waves: Returns: (transfer full): the waves that were named; may be empty. */
char **
conc_settings_dup_waves (const ConcSettings *settings)
{
  const char *text = conc_settings_get (settings, CONC_SETTING_WAVES);

  return *text != '\0' ? g_strsplit (text, ",", -1) : g_new0 (char *, 1);
}

/** conc_settings_dup_beneficiaries: Returns: (transfer full) (element-type ConcBeneficiary). */
GPtrArray *
conc_settings_dup_beneficiaries (const ConcSettings *settings)
{
  GPtrArray *list =
      conc_beneficiaries_parse (conc_settings_get (settings, CONC_SETTING_BENEFICIARIES), NULL);

  if (list == NULL)
    list = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_beneficiary_free);
  return list;
}

/**
 * conc_settings_get_rules:
 * @ret_rules: (out caller-allocates): cleared by conc_rules_clear()
 *
 * The settings by which a race is scored. A value that this version cannot read is left at its
 * default.
 */
void
conc_settings_get_rules (const ConcSettings *settings, ConcRules *ret_rules)
{
  conc_rules_init (ret_rules);
  for (const char *const *key = conc_rules_get_keys (); *key != NULL; key++)
    {
      ConcSetting setting = conc_setting_from_key (*key);

      if (setting != CONC_SETTING_NONE)
        conc_rules_set (ret_rules, *key, conc_settings_get (settings, setting), NULL);
    }
}
