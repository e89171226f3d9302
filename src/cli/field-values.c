/* field-values.c: the fields of a runner as words of a call. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/field-values.h"

#include "core/columns.h"
#include "store/error.h"
#include "store/reader-desk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error,
                     g_error_new_valist (CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED, format, args));
  va_end (args);
  return FALSE;
}

/* A table of one row that an import would read. */
typedef struct
{
  GPtrArray *keys;
  GPtrArray *values;
  GPtrArray *maps;
  gboolean   is_given[CONC_N_FIELDS];
} Table;

static void
table_init (Table *table)
{
  table->keys = g_ptr_array_new ();
  table->values = g_ptr_array_new ();
  table->maps = g_ptr_array_new_with_free_func (g_free);
  memset (table->is_given, 0, sizeof table->is_given);
}

static void
table_clear (Table *table)
{
  g_ptr_array_unref (table->keys);
  g_ptr_array_unref (table->values);
  g_ptr_array_unref (table->maps);
}

static void
table_add (Table *table, ConcField field, const char *value)
{
  const char *key = conc_field_get_key (field);

  g_ptr_array_add (table->keys, (gpointer) key);
  g_ptr_array_add (table->values, (gpointer) value);
  g_ptr_array_add (table->maps, g_strdup_printf ("%s=%s", key, key));
}

/* What a service or a station says of a runner is not for a person to say. */
static gboolean
can_be_said (ConcField field)
{
  switch (field)
    {
    case CONC_FIELD_NONE:
    case CONC_FIELD_REGISTERED:
    case CONC_FIELD_CHECKED_IN:
    case CONC_FIELD_SHIRT_GIVEN:
    case CONC_FIELD_ATTENDANCE:
    case CONC_FIELD_RULING:
    case CONC_FIELD_RULING_REASON:
    case CONC_FIELD_PENALTY:
    case CONC_FIELD_PENALTY_REASON:
    case CONC_FIELD_DONATION:
    case CONC_FIELD_REGISTRATION_ID:
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
take_word (ConcCall *call, Table *table, const char *word, ConcExit *ret_exit)
{
  const char      *equals = strchr (word, '=');
  g_autofree char *key = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  ConcField        field = key != NULL ? conc_field_from_key (key) : CONC_FIELD_NONE;

  if (equals == NULL)
    *ret_exit = conc_call_misused (call, _ ("“%s” is not of the form FIELD=VALUE."), word);
  else if (!can_be_said (field))
    *ret_exit = conc_call_misused (call, _ ("“%s” is not a field that can be given."), key);
  else if (table->is_given[field])
    *ret_exit = conc_call_misused (call, _ ("The field “%s” is given twice."), key);
  else
    {
      table->is_given[field] = TRUE;
      table_add (table, field, equals + 1);
      return TRUE;
    }
  return FALSE;
}

/* A row without a name is not read. */
static void
complete_name (Table *table, const ConcRunner *base)
{
  static const ConcField names[] = { CONC_FIELD_GIVEN_NAME, CONC_FIELD_FAMILY_NAME };

  for (guint i = 0; base != NULL && i < G_N_ELEMENTS (names); i++)
    {
      const char *name = conc_runner_get (base, names[i]);

      if (!table->is_given[names[i]] && name != NULL)
        table_add (table, names[i], name);
    }
}

static gboolean
has_name (const Table *table)
{
  for (guint i = 0; i < table->keys->len; i++)
    {
      ConcField   field = conc_field_from_key (g_ptr_array_index (table->keys, i));
      const char *value = g_ptr_array_index (table->values, i);

      if ((field == CONC_FIELD_GIVEN_NAME || field == CONC_FIELD_FAMILY_NAME) &&
          value[strspn (value, " ")] != '\0')
        return TRUE;
    }
  return FALSE;
}

static ConcRunner *
read_table (const Table *table, ConcSettings *settings, GPtrArray *problems, GError **error)
{
  g_autoptr (GTimeZone) zone = conc_settings_dup_zone (settings);
  const ConcCsvRow header = { (const char *const *) table->keys->pdata, table->keys->len, 1 };
  const ConcCsvRow row = { (const char *const *) table->values->pdata, table->values->len, 1 };
  g_autoptr (ConcColumns) columns = NULL;
  ConcRunner *runner;

  if (!has_name (table))
    {
      refuse (error, _ ("A runner needs a name."));
      return NULL;
    }
  g_ptr_array_add (table->maps, NULL);
  columns =
      conc_columns_new (CONC_COLUMNS_RUNNERS, &header, (const char *const *) table->maps->pdata,
                        zone, conc_settings_get (settings, CONC_SETTING_DATE), error);
  if (columns == NULL)
    return NULL;
  conc_columns_sniff (columns, &row);
  conc_columns_end_sniff (columns);
  runner = conc_columns_read_runner (columns, &row, problems);
  if (runner == NULL && problems->len > 0)
    refuse (error, "%s", ((ConcProblem *) problems->pdata[0])->sentence);
  return runner;
}

/* Where a file would be taken without a value that cannot be read, a call is refused. */
static gboolean
copy_given (const Table *table, const ConcRunner *read, ConcRunner *runner, GError **error)
{
  for (guint i = 0; i < table->keys->len; i++)
    {
      const char *key = g_ptr_array_index (table->keys, i);
      const char *said = g_ptr_array_index (table->values, i);
      ConcField   field = conc_field_from_key (key);
      const char *value = conc_runner_get (read, field);

      if (!table->is_given[field])
        continue;
      if (*said != '\0' && value == NULL)
        return refuse (error, _ ("“%s” cannot be read as %s."), said, key);
      conc_runner_set (runner, field, value);
    }
  return TRUE;
}

/* Such as an answer that is neither yes nor no, and was taken for a no. */
static gboolean
check_notes (GPtrArray *problems, GError **error)
{
  return problems->len == 0 || refuse (error, "%s", ((ConcProblem *) problems->pdata[0])->sentence);
}

/**
 * conc_field_values_read:
 * @words: words of the form FIELD=VALUE; an empty value clears the field
 * @base: (nullable): the runner that is changed
 * @ret_exit: (out): how the call ends when %NULL is returned; it has been said why
 *
 * Values are read as an import reads them, and what an import would leave out is refused.
 *
 * Returns: (transfer full) (nullable): @base, or a new runner, with the fields that are given.
 */
ConcRunner *
conc_field_values_read (ConcCall         *call,
                        char            **words,
                        guint             n_words,
                        ConcSettings     *settings,
                        const ConcRunner *base,
                        ConcExit         *ret_exit)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_problem_free);
  g_autoptr (ConcRunner) runner = base != NULL ? conc_runner_copy (base) : conc_runner_new (NULL);
  g_autoptr (ConcRunner) read = NULL;
  g_autoptr (GError) error = NULL;
  Table    table;
  gboolean is_sound = TRUE;

  table_init (&table);
  for (guint i = 0; is_sound && i < n_words; i++)
    is_sound = take_word (call, &table, words[i], ret_exit);
  if (is_sound)
    {
      complete_name (&table, base);
      read = read_table (&table, settings, problems, &error);
      is_sound = read != NULL && copy_given (&table, read, runner, &error) &&
                 check_notes (problems, &error);
      if (!is_sound)
        *ret_exit = conc_failed (error);
    }
  table_clear (&table);
  return is_sound ? g_steal_pointer (&runner) : NULL;
}

/**
 * conc_find_runner:
 * @text: a bib, or the id that the list of runners gives
 * @ret_exit: (out): how the call ends when there is nobody; it has been said
 *
 * Returns: (transfer full) (nullable): the runner.
 */
ConcRunner *
conc_find_runner (ConcRaceFile *file, const char *text, ConcExit *ret_exit)
{
  ConcReader *reader = conc_race_file_get_reader (file);
  g_autoptr (GError) error = NULL;
  ConcRunner *runner;
  guint64     bib;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &bib, NULL))
    {
      runner = conc_reader_get_runner_by_bib (reader, (guint) bib, &error);
      if (runner == NULL && error == NULL)
        refuse (&error, _ ("Nobody has bib %u."), (guint) bib);
    }
  else
    {
      runner = conc_reader_get_runner (reader, text, &error);
      if (runner == NULL && error == NULL)
        refuse (&error, _ ("There is no runner “%s” in this race."), text);
    }
  if (runner == NULL)
    *ret_exit = conc_failed (error);
  return runner;
}

/**
 * conc_find_registered:
 * @text: the id that the list of runners gives, or a registration number
 * @ret_exit: (out): how the call ends when there is nobody; it has been said
 *
 * For somebody who may have no bib yet: a number is never a bib.
 *
 * Returns: (transfer full) (nullable): the runner.
 */
ConcRunner *
conc_find_registered (ConcRaceFile *file, const char *text, ConcExit *ret_exit)
{
  ConcReader *reader = conc_race_file_get_reader (file);
  g_autoptr (GError) error = NULL;
  ConcRunner *runner = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    refuse (&error, _ ("The id of a runner is text in UTF-8."));
  else
    runner = conc_reader_get_runner (reader, text, &error);
  if (runner == NULL && error == NULL)
    runner = conc_reader_get_runner_by_registration (reader, text, &error);
  if (runner == NULL && error == NULL)
    refuse (&error, _ ("There is no runner “%s” in this race."), text);
  if (runner == NULL)
    *ret_exit = conc_failed (error);
  return runner;
}
