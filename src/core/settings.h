/* settings.h: the settings of a race, in one table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/beneficiaries.h"
#include "core/rules.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_SETTING_NAME,
  CONC_SETTING_DATE,
  CONC_SETTING_TIMEZONE,
  CONC_SETTING_DISTANCE,
  CONC_SETTING_LAPS,
  CONC_SETTING_EVENT_LAPS,
  CONC_SETTING_MIN_LAP,
  CONC_SETTING_RANK_BY,
  CONC_SETTING_PLACES,
  CONC_SETTING_ROUNDING,
  CONC_SETTING_DIVISIONS,
  CONC_SETTING_WAVES,
  CONC_SETTING_GOAL,
  CONC_SETTING_BENEFICIARIES,
  CONC_SETTING_SHIRTS,
  CONC_SETTING_FEE,
  CONC_SETTING_WAIVER,
  CONC_SETTING_CHECK_IN_NEEDS,
  CONC_SETTING_CHECK_IN_OPENS,
  CONC_SETTING_CHECK_IN_CLOSES,
  CONC_SETTING_ADULT_AGE,
  CONC_N_SETTINGS
} ConcSetting;

#define CONC_SETTING_NONE CONC_N_SETTINGS

/* What must be settled before the desk checks somebody in. */
typedef enum
{
  CONC_NEEDS_WAIVER = 1 << 0,
  CONC_NEEDS_GUARDIAN = 1 << 1,
  CONC_NEEDS_BALANCE = 1 << 2
} ConcNeeds;

/* How many shirts of a size there are. */
typedef struct
{
  char *size;
  guint count;
} ConcShirtStock;

typedef struct _ConcSettings ConcSettings;

const char *conc_setting_get_key (ConcSetting setting);
const char *conc_setting_get_help (ConcSetting setting);
const char *conc_setting_get_default (ConcSetting setting);
ConcSetting conc_setting_from_key (const char *key);
char       *conc_setting_normalise (ConcSetting setting, const char *text, GError **error);

ConcSettings *conc_settings_new (void);
ConcSettings *conc_settings_ref (ConcSettings *settings);
void          conc_settings_unref (ConcSettings *settings);
void          conc_settings_set (ConcSettings *settings, ConcSetting setting, const char *text);
const char   *conc_settings_get (const ConcSettings *settings, ConcSetting setting);
gint64        conc_settings_get_goal_cents (const ConcSettings *settings);
GTimeZone    *conc_settings_dup_zone (const ConcSettings *settings);
char        **conc_settings_dup_waves (const ConcSettings *settings);

gint64    conc_settings_get_fee_cents (const ConcSettings *settings);
int       conc_settings_get_adult_age (const ConcSettings *settings);
ConcNeeds conc_settings_get_needs (const ConcSettings *settings);

/* (element-type ConcShirtStock) */
GPtrArray *conc_settings_dup_shirts (const ConcSettings *settings);

/* (element-type ConcBeneficiary) */
GPtrArray *conc_settings_dup_beneficiaries (const ConcSettings *settings);
void       conc_settings_get_rules (const ConcSettings *settings, ConcRules *ret_rules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSettings, conc_settings_unref)

G_END_DECLS
