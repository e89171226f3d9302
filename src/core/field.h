/* field.h: the fields of a runner, in one table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Order is the order of columns in exports. Fields from CONC_FIELD_FIRST_PRIVATE on are private. */
typedef enum
{
  CONC_FIELD_BIB,
  CONC_FIELD_GIVEN_NAME,
  CONC_FIELD_FAMILY_NAME,
  CONC_FIELD_SEX,
  CONC_FIELD_AGE,
  CONC_FIELD_EVENT,
  CONC_FIELD_WAVE,
  CONC_FIELD_TEAM,
  CONC_FIELD_SHIRT,
  CONC_FIELD_CITY,
  CONC_FIELD_STATE,
  CONC_FIELD_PUBLIC,
  CONC_FIELD_WAIVER,
  CONC_FIELD_REGISTERED,
  CONC_FIELD_CHECKED_IN,
  CONC_FIELD_KNOWN_AS,
  CONC_FIELD_CAPTAIN,
  CONC_FIELD_SHIRT_GIVEN,
  CONC_FIELD_ATTENDANCE,
  CONC_FIELD_RULING,
  CONC_FIELD_RULING_REASON,
  CONC_FIELD_PENALTY,
  CONC_FIELD_PENALTY_REASON,
  CONC_FIELD_BIRTH_DATE,
  CONC_FIELD_EMAIL,
  CONC_FIELD_PHONE,
  CONC_FIELD_ZIP,
  CONC_FIELD_COUNTRY,
  CONC_FIELD_EMERGENCY_NAME,
  CONC_FIELD_EMERGENCY_PHONE,
  CONC_FIELD_GUARDIAN,
  CONC_FIELD_NOTE,
  CONC_FIELD_DONATION,
  CONC_FIELD_REGISTRATION_ID,
  CONC_FIELD_BALANCE,
  CONC_FIELD_MEDICAL,
  CONC_N_FIELDS
} ConcField;

#define CONC_FIELD_NONE CONC_N_FIELDS
#define CONC_FIELD_FIRST_PRIVATE CONC_FIELD_BIRTH_DATE

typedef enum
{
  CONC_SEX_UNKNOWN,
  CONC_SEX_FEMALE,
  CONC_SEX_MALE,
  CONC_SEX_NONBINARY
} ConcSex;

/* What CONC_FIELD_ATTENDANCE says; nothing: the runner is expected. */
#define CONC_ATTENDANCE_NO_SHOW "no-show"
#define CONC_ATTENDANCE_DEFERRED "deferred"
#define CONC_ATTENDANCE_TRANSFERRED "transferred"

/* What CONC_FIELD_RULING says; nothing: the runner counts. */
#define CONC_RULING_DNS "dns"
#define CONC_RULING_DNF "dnf"
#define CONC_RULING_DQ "dq"

const char *conc_field_get_key (ConcField field);
const char *conc_field_get_title (ConcField field);
ConcField   conc_field_from_key (const char *key);
gboolean    conc_field_is_private (ConcField field);
gboolean    conc_field_is_name (ConcField field);
gboolean    conc_field_is_number (ConcField field);
ConcSex     conc_sex_from_text (const char *text);
const char *conc_sex_to_text (ConcSex sex);

G_END_DECLS
