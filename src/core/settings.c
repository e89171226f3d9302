/* settings.c: the settings of a race, in one table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/settings.h"

#include "core/beneficiaries.h"
#include "core/error.h"
#include "core/money.h"
#include "core/race-time.h"
#include "core/rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_MAX_BYTES 200
#define WAVES_MAX 26

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

/* A NULL fallback of a rule is what the rules begin with. */
static const SettingInfo settings_table[CONC_N_SETTINGS] = {
  [CONC_SETTING_NAME] = { "name", "", normalise_name, N_ ("The name of the race.") },
  [CONC_SETTING_DATE] = { "date", "", normalise_date, N_ ("The day of the race, YYYY-MM-DD.") },
  [CONC_SETTING_TIMEZONE] = { "timezone", "UTC", normalise_timezone,
                              N_ ("The time zone of the race, such as America/Chicago.") },
  [CONC_SETTING_DISTANCE] = { "distance", "5000", normalise_rule, N_ ("The distance in metres.") },
  [CONC_SETTING_LAPS] = { "laps", "1", normalise_rule,
                          N_ ("How often a runner crosses the line to finish, 1 to 100.") },
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
