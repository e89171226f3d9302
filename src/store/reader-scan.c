/* reader-scan.c: whose code was scanned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-scan.h"

#include "core/code-text.h"
#include "core/scan.h"
#include "core/token.h"
#include "store/queries.h"
#include "store/reader-private.h"

#include <glib/gi18n-lib.h>

/* More with one number are a mistake of the file, and a list to choose from. */
#define RUNNERS_MAX 50

/** conc_scanned_free: frees @scanned, which may be %NULL. */
void
conc_scanned_free (ConcScanned *scanned)
{
  if (scanned == NULL)
    return;
  g_free (scanned->text);
  g_ptr_array_unref (scanned->runners);
  g_free (scanned->sentence);
  g_free (scanned);
}

static void
refuse (ConcScanned *scanned, char *sentence)
{
  scanned->as = CONC_SCANNED_REFUSED;
  g_free (scanned->sentence);
  scanned->sentence = sentence;
}

static void
add_runner (ConcScanned *scanned, ConcRunner *runner)
{
  scanned->as = CONC_SCANNED_RUNNER;
  g_ptr_array_add (scanned->runners, runner);
}

static gboolean
has_runner (const ConcScanned *scanned, const char *id)
{
  for (guint i = 0; i < scanned->runners->len; i++)
    if (g_str_equal (conc_runner_get_id (g_ptr_array_index (scanned->runners, i)), id))
      return TRUE;
  return FALSE;
}

static gboolean
find_holder (ConcReader *reader, ConcScanned *scanned, GError **error)
{
  g_autoptr (GError) failure = NULL;
  ConcRunner *runner = conc_reader_get_runner_by_bib (reader, scanned->bib, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (runner != NULL)
    add_runner (scanned, runner);
  else
    {
      scanned->as = CONC_SCANNED_FREE_BIB;
      scanned->sentence =
          g_strdup_printf (_ ("Nobody has bib %u yet. Search for the name and give it."),
                           scanned->bib);
    }
  return TRUE;
}

/* Those of @found who have the registration @number. */
static void
take_registered (GPtrArray *found, const char *number, ConcScanned *scanned)
{
  for (guint i = 0; i < found->len; i++)
    {
      ConcRunner *runner = g_ptr_array_index (found, i);
      const char *own = conc_runner_get (runner, CONC_FIELD_REGISTRATION_ID);

      if (own != NULL && g_ascii_strcasecmp (own, number) == 0 &&
          !has_runner (scanned, conc_runner_get_id (runner)))
        add_runner (scanned, conc_runner_copy (runner));
    }
}

G_STATIC_ASSERT (CONC_CODE_REGISTRATIONS_MAX == 12);

/* All who have one of the numbers, in one pass over the runners. Registration numbers are not shown
 * to every station; where they are not, nobody is found. */
static GPtrArray *
list_registered (ConcDb *db, GPtrArray *numbers, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT " CONC_RUNNER_COLUMNS " FROM runner WHERE registration_id COLLATE "
                       "NOCASE IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ORDER BY id LIMIT ?",
                       error);
  const char *each[CONC_CODE_REGISTRATIONS_MAX] = { NULL };
  ConcStep    step;

  for (guint i = 0; i < numbers->len; i++)
    each[i] = g_ptr_array_index (numbers, i);
  if (statement == NULL ||
      !conc_db_bind (db, statement, error, "tttttttttttti", each[0], each[1], each[2], each[3],
                     each[4], each[5], each[6], each[7], each[8], each[9], each[10], each[11],
                     (gint64) RUNNERS_MAX))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (found, conc_query_read_runner (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&found) : NULL;
}

/* The first number that somebody has. */
static gboolean
find_registrations (ConcReader *reader, const ConcCode *code, ConcScanned *scanned, GError **error)
{
  const guint n_before = scanned->runners->len;
  g_autoptr (GPtrArray) found = NULL;

  if (code->registrations->len == 0)
    return TRUE;
  found = list_registered (conc_reader_get_db (reader), code->registrations, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < code->registrations->len && scanned->runners->len == n_before; i++)
    take_registered (found, g_ptr_array_index (code->registrations, i), scanned);
  return TRUE;
}

/* The first token that was made for this race; else what is wrong with the first one. */
static gboolean
read_tokens (const char *race_id, GBytes *key, const ConcCode *code, ConcScanned *scanned)
{
  for (guint i = 0; i < code->tokens->len; i++)
    {
      g_autoptr (GError) error = NULL;

      scanned->is_token = conc_token_parse (g_ptr_array_index (code->tokens, i), race_id,
                                            g_bytes_get_data (key, NULL), &scanned->bib, &error);
      if (scanned->is_token)
        return TRUE;
      if (i == 0)
        refuse (scanned, g_strdup (error->message));
    }
  return FALSE;
}

static gboolean
find_token (ConcReader     *reader,
            const char     *race_id,
            GBytes         *key,
            const ConcCode *code,
            ConcScanned    *scanned,
            GError        **error)
{
  if (!read_tokens (race_id, key, code, scanned))
    return find_registrations (reader, code, scanned, error);
  g_clear_pointer (&scanned->sentence, g_free);
  return find_holder (reader, scanned, error);
}

/* A plain number is a bib before it is a registration, which another runner may have. */
static gboolean
find_number (ConcReader *reader, const ConcCode *code, ConcScanned *scanned, GError **error)
{
  scanned->bib = code->bib;
  if (scanned->bib > 0 && !find_holder (reader, scanned, error))
    return FALSE;
  if (!find_registrations (reader, code, scanned, error))
    return FALSE;
  if (scanned->runners->len > 0 && conc_runner_get_bib (scanned->runners->pdata[0]) != code->bib)
    scanned->bib = 0;
  return TRUE;
}

static gboolean
find (ConcReader     *reader,
      const char     *race_id,
      GBytes         *key,
      const ConcCode *code,
      ConcScanned    *scanned,
      GError        **error)
{
  switch (code->kind)
    {
    case CONC_CODE_TOKEN:
      return find_token (reader, race_id, key, code, scanned, error);
    case CONC_CODE_NUMBER:
      return find_number (reader, code, scanned, error);
    case CONC_CODE_PART:
      refuse (scanned, g_strdup (_ ("Only a part of the code was read. Scan it again.")));
      return find_registrations (reader, code, scanned, error);
    case CONC_CODE_NOTHING:
    case CONC_CODE_OTHER:
    default:
      return find_registrations (reader, code, scanned, error);
    }
}

/**
 * conc_reader_find_scanned:
 * @race_id: the race's id
 * @key: the race's key, which its tokens are made with
 * @text: what a scanner or a camera read; anything
 *
 * Finds whose code it is: the token of a label, the number of a bib as a bar code, or a
 * registration number that stands alone, in an address or in a text. A station that is not told
 * registration numbers finds nobody by them.
 *
 * Returns: (transfer full) (nullable): what was found, or a sentence that says why nothing was;
 * %NULL only when the file could not be read. Cost: that of one look-up for a token; else a pass
 * over all runners.
 */
ConcScanned *
conc_reader_find_scanned (ConcReader *reader,
                          const char *race_id,
                          GBytes     *key,
                          const char *text,
                          GError    **error)
{
  g_autoptr (ConcCode) code = conc_code_read (text);
  g_autoptr (ConcScanned) scanned = g_new0 (ConcScanned, 1);
  g_autofree char *quoted = conc_dup_quotable (code->text);

  scanned->runners = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  scanned->text = g_strdup (code->text);
  refuse (scanned,
          g_strdup_printf (_ ("“%s” is no bib and no registration of this race. Search for the "
                              "name."),
                           quoted));
  if (code->kind == CONC_CODE_TOKEN || code->bib > 0)
    g_clear_pointer (&scanned->sentence, g_free);
  if (!find (reader, race_id, key, code, scanned, error))
    return NULL;
  if (scanned->as == CONC_SCANNED_RUNNER)
    g_clear_pointer (&scanned->sentence, g_free);
  return g_steal_pointer (&scanned);
}
