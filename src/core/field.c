/* field.c: the fields of a runner, in one table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/field.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *key;
  const char *title;
} FieldInfo;

/* A key is what facts, exports and the command line say; it never changes. */
static const FieldInfo fields[CONC_N_FIELDS] = {
  [CONC_FIELD_BIB] = { "bib", N_ ("Bib") },
  [CONC_FIELD_GIVEN_NAME] = { "given_name", N_ ("Given name") },
  [CONC_FIELD_FAMILY_NAME] = { "family_name", N_ ("Family name") },
  [CONC_FIELD_SEX] = { "sex", N_ ("Sex") },
  [CONC_FIELD_AGE] = { "age", N_ ("Age") },
  [CONC_FIELD_EVENT] = { "event", N_ ("Event") },
  [CONC_FIELD_WAVE] = { "wave", N_ ("Wave") },
  [CONC_FIELD_TEAM] = { "team", N_ ("Team") },
  [CONC_FIELD_SHIRT] = { "shirt", N_ ("Shirt") },
  [CONC_FIELD_CITY] = { "city", N_ ("Town") },
  [CONC_FIELD_STATE] = { "state", N_ ("State") },
  [CONC_FIELD_PUBLIC] = { "public", N_ ("Named in public") },
  [CONC_FIELD_WAIVER] = { "waiver", N_ ("Waiver accepted") },
  [CONC_FIELD_REGISTERED] = { "registered_at", N_ ("Registered") },
  [CONC_FIELD_CHECKED_IN] = { "checked_in_at", N_ ("Checked in") },
  [CONC_FIELD_KNOWN_AS] = { "known_as", N_ ("Known as") },
  [CONC_FIELD_CAPTAIN] = { "captain", N_ ("Team captain") },
  [CONC_FIELD_SHIRT_GIVEN] = { "shirt_given", N_ ("Shirt given") },
  [CONC_FIELD_ATTENDANCE] = { "attendance", N_ ("Attendance") },
  [CONC_FIELD_RULING] = { "ruling", N_ ("Ruling") },
  [CONC_FIELD_RULING_REASON] = { "ruling_reason", N_ ("Reason of the ruling") },
  [CONC_FIELD_PENALTY] = { "penalty_usec", N_ ("Time penalty") },
  [CONC_FIELD_PENALTY_REASON] = { "penalty_reason", N_ ("Reason of the penalty") },
  [CONC_FIELD_BIRTH_DATE] = { "birth_date", N_ ("Birth date") },
  [CONC_FIELD_EMAIL] = { "email", N_ ("E-mail") },
  [CONC_FIELD_PHONE] = { "phone", N_ ("Phone") },
  [CONC_FIELD_ZIP] = { "zip", N_ ("Postal code") },
  [CONC_FIELD_COUNTRY] = { "country", N_ ("Country") },
  [CONC_FIELD_EMERGENCY_NAME] = { "emergency_name", N_ ("Emergency contact") },
  [CONC_FIELD_EMERGENCY_PHONE] = { "emergency_phone", N_ ("Emergency phone") },
  [CONC_FIELD_GUARDIAN] = { "guardian", N_ ("Guardian") },
  [CONC_FIELD_NOTE] = { "note", N_ ("Note") },
  [CONC_FIELD_DONATION] = { "donation_cents", N_ ("Donation at registration") },
  [CONC_FIELD_REGISTRATION_ID] = { "registration_id", N_ ("Registration number") },
  [CONC_FIELD_BALANCE] = { "balance_cents", N_ ("Balance due") },
  [CONC_FIELD_MEDICAL] = { "medical", N_ ("Medical note") },
};

/**
 * conc_field_get_key:
 *
 * Returns: the name of @field in facts, exports and on the command line. Any thread.
 */
const char *
conc_field_get_key (ConcField field)
{
  g_return_val_if_fail (field < CONC_N_FIELDS, NULL);
  return fields[field].key;
}

/**
 * conc_field_get_title:
 *
 * Returns: the translated name of @field for people. Any thread.
 */
const char *
conc_field_get_title (ConcField field)
{
  g_return_val_if_fail (field < CONC_N_FIELDS, NULL);
  return _ (fields[field].title);
}

/**
 * conc_field_from_key:
 *
 * Returns: the field that @key names, or %CONC_FIELD_NONE. Any thread. Linear in the number of
 * fields.
 */
ConcField
conc_field_from_key (const char *key)
{
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (g_strcmp0 (fields[field].key, key) == 0)
      return field;
  return CONC_FIELD_NONE;
}

/**
 * conc_field_is_private:
 *
 * Private fields travel in facts of kinds of their own, which only the organizer and check-in
 * may read.
 */
gboolean
conc_field_is_private (ConcField field)
{
  return field >= CONC_FIELD_FIRST_PRIVATE && field < CONC_N_FIELDS;
}

/**
 * conc_field_is_name:
 *
 * Returns: whether @field is a name, which is private when the runner is not to be named.
 */
gboolean
conc_field_is_name (ConcField field)
{
  return field == CONC_FIELD_GIVEN_NAME || field == CONC_FIELD_FAMILY_NAME ||
         field == CONC_FIELD_KNOWN_AS;
}

/** conc_field_is_number: Returns: whether facts and tables hold @field as a whole number. */
gboolean
conc_field_is_number (ConcField field)
{
  return field == CONC_FIELD_BIB || field == CONC_FIELD_AGE || field == CONC_FIELD_DONATION ||
         field == CONC_FIELD_BALANCE || field == CONC_FIELD_PENALTY;
}

/**
 * conc_sex_from_text:
 * @text: (nullable): "F", "M" or "X", as facts have it
 *
 * Returns: the sex, or %CONC_SEX_UNKNOWN for anything else. Any thread.
 */
ConcSex
conc_sex_from_text (const char *text)
{
  if (g_strcmp0 (text, "F") == 0)
    return CONC_SEX_FEMALE;
  if (g_strcmp0 (text, "M") == 0)
    return CONC_SEX_MALE;
  if (g_strcmp0 (text, "X") == 0)
    return CONC_SEX_NONBINARY;
  return CONC_SEX_UNKNOWN;
}

/**
 * conc_sex_to_text:
 *
 * Returns: (nullable): "F", "M" or "X"; %NULL when unknown. Any thread.
 */
const char *
conc_sex_to_text (ConcSex sex)
{
  static const char *texts[] = { NULL, "F", "M", "X" };
  return sex <= CONC_SEX_NONBINARY ? texts[sex] : NULL;
}
