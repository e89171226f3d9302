/* rename.c: gives this station another name, and the facts that need it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/identity.h"

#include "store/fingerprint.h"
#include "store/projector.h"
#include "store/race-file-private.h"
#include "store/random.h"
#include "store/schema.h"
#include "store/timebase.h"

#include <string.h>

typedef struct
{
  const ConcFactId *first; /* NULL: no fact is renamed */
  const char       *old;
  const char *new;
  GHashTable *numbers;  /* number under the old name -> number under the new one, as gint64 */
  GHashTable *subjects; /* what has to be projected, old names and new */
} Rename;

/* Whether @id is one of those that are renamed; then it is. */
static gboolean
rename_id (const Rename *rename, ConcFactId *id)
{
  const gint64 *seq;

  if (strcmp (id->station, rename->old) != 0)
    return FALSE;
  seq = g_hash_table_lookup (rename->numbers, &id->seq);
  if (seq == NULL)
    return FALSE;
  g_strlcpy (id->station, rename->new, sizeof id->station);
  id->seq = *seq;
  return TRUE;
}

/* A fact, or a subject that is named like its fact: with a letter in front of it, or with the line
 * of a reader behind it. */
static char *
rename_word (const Rename *rename, const char *word)
{
  gsize            length = strcspn (word, "#");
  g_autofree char *whole = g_strndup (word, length);
  gsize            letters = 0;
  ConcFactId       id;
  g_autofree char *renamed = NULL;

  if (!conc_fact_id_parse (whole, &id) && *whole != '\0' && conc_fact_id_parse (whole + 1, &id))
    letters = 1;
  else if (!conc_fact_id_parse (whole, &id))
    return g_strdup (word);
  if (!rename_id (rename, &id))
    return g_strdup (word);
  renamed = conc_fact_id_to_text (&id);
  return g_strdup_printf ("%.*s%s%s", (int) letters, word, renamed, word + length);
}

static char *
rename_words (const Rename *rename, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *renamed = rename_word (rename, words[i]);

      g_free (words[i]);
      words[i] = renamed;
    }
  return g_strjoinv (" ", words);
}

/* A station speaks of itself. */
static char *
rename_subject (const Rename *rename, const char *subject)
{
  g_autofree char *self = g_strconcat ("station:", rename->old, NULL);

  return strcmp (subject, self) == 0 ? g_strconcat ("station:", rename->new, NULL)
                                     : rename_word (rename, subject);
}

/* Keys of bodies that name facts, or a tap or a bib of the chute. */
static const char *const naming_keys[] = { CONC_KEY_SETTLES, CONC_KEY_SAW, "facts", "tap",
                                           "before",         NULL };

static gboolean
names_facts (const ConcBody *body)
{
  for (guint i = 0; naming_keys[i] != NULL; i++)
    if (conc_body_has (body, naming_keys[i]))
      return TRUE;
  return FALSE;
}

static ConcBody *
rename_body (const Rename *rename, ConcBody *body)
{
  ConcBodyBuilder *builder;

  if (!names_facts (body))
    return conc_body_ref (body);
  builder = conc_body_builder_new ();
  for (guint i = 0; i < conc_body_get_n (body); i++)
    {
      const char      *key = conc_body_get_key (body, i);
      const char      *text = conc_body_get_text (body, key);
      g_autofree char *renamed = text != NULL && g_strv_contains (naming_keys, key)
                                     ? rename_words (rename, text)
                                     : g_strdup (text);

      if (conc_body_get_entry_type (body, i) == CONC_BODY_INT)
        conc_body_builder_add_int (builder, key, conc_body_get_int (body, key, 0));
      else if (conc_body_get_entry_type (body, i) == CONC_BODY_BOOL)
        conc_body_builder_add_bool (builder, key, conc_body_get_bool (body, key, FALSE));
      else
        conc_body_builder_add_text (builder, key, renamed);
    }
  return conc_body_builder_end (builder);
}

static ConcFact *
rename_fact (Rename *rename, const ConcFact *fact)
{
  g_autoptr (ConcBody) body = rename_body (rename, fact->body);
  char      *subject = rename_subject (rename, fact->subject);
  ConcFactId id = fact->id;
  ConcFactId replaces = fact->replaces;

  rename_id (rename, &id);
  rename_id (rename, &replaces);
  g_hash_table_add (rename->subjects, g_strdup (fact->subject));
  g_hash_table_add (rename->subjects, subject);
  return conc_fact_new (&id, fact->hlc, fact->kind, subject, &replaces, fact->operator_name, body);
}

/* Numbers begin anew, without a gap. */
static void
number_facts (Rename *rename, GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      gint64 old = ((ConcFact *) g_ptr_array_index (facts, i))->id.seq;
      gint64 new = (gint64) i + 1;

      g_hash_table_insert (rename->numbers, g_memdup2 (&old, sizeof old),
                           g_memdup2 (&new, sizeof new));
    }
}

/* Written anew before the old ones go, so that no place in the log is used twice: whoever reads on
 * from a place finds them. */
static gboolean
write_facts (ConcWriter *writer, Rename *rename, GPtrArray *facts, GError **error)
{
  for (guint i = 0; i < facts->len; i++)
    {
      g_autoptr (ConcFact) renamed = rename_fact (rename, g_ptr_array_index (facts, i));

      if (!conc_log_append (conc_writer_get_log (writer), renamed, error))
        return FALSE;
    }
  return facts->len == 0 || conc_schema_delete_facts (conc_writer_get_db (writer), rename->old,
                                                      rename->first->seq, error);
}

static gboolean
project_all (ConcWriter *writer, Rename *rename, GError **error)
{
  GHashTableIter iter;
  gpointer       subject;

  g_hash_table_iter_init (&iter, rename->subjects);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    {
      g_autoptr (GPtrArray) facts =
          conc_log_read_subject (conc_writer_get_log (writer), subject, error);

      if (facts == NULL)
        return FALSE;
      if (facts->len == 0 ? !conc_project_nothing (conc_writer_get_db (writer), subject, error)
                          : !conc_writer_project (writer, subject, facts, error))
        return FALSE;
    }
  return TRUE;
}

/* What the old name's clocks were measured by may have got the new name: what is left tells anew.
 */
static gboolean
list_timed (ConcWriter *writer, Rename *rename, GError **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement = conc_db_prepare (
      db,
      "SELECT DISTINCT subject FROM fact WHERE station = (SELECT n FROM station WHERE id = ?) "
      "AND kind IN ('tap', 'crossing', 'gun', 'start', 'chute', 'gun.seen', 'clock')",
      error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", rename->old))
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_hash_table_add (rename->subjects, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE && conc_timebase_forget (db, rename->old, error);
}

static gboolean
rename_facts (ConcWriter *writer, Rename *rename, gint64 *ret_n_facts, GError **error)
{
  g_autoptr (GPtrArray) facts = NULL;

  *ret_n_facts = 0;
  if (rename->first == NULL)
    return TRUE;
  facts = conc_log_list_of (conc_writer_get_log (writer), rename->old, rename->first->seq - 1,
                            G_MAXUINT, error);
  if (facts == NULL)
    return FALSE;
  number_facts (rename, facts);
  *ret_n_facts = facts->len;
  return write_facts (writer, rename, facts, error) && list_timed (writer, rename, error) &&
         project_all (writer, rename, error);
}

static gboolean
rename_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  g_autofree char *old = g_strdup (conc_writer_get_station (writer));
  g_autofree char *new = conc_random_id (CONC_STATION_ID_LENGTH, error);
  Rename   rename = { .first = data, .old = old, .new = new };
  gint64   n_facts;
  gboolean renamed;

  if (new == NULL)
    return FALSE;
  rename.numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  rename.subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  renamed = rename_facts (writer, &rename, &n_facts, error) &&
            conc_fingerprint_set_station (conc_writer_get_db (writer), new, error);
  g_hash_table_unref (rename.numbers);
  g_hash_table_unref (rename.subjects);
  if (!renamed)
    return FALSE;
  conc_writer_set_station (writer, new, n_facts);
  *ret_result = g_steal_pointer (&new);
  return TRUE;
}

/**
 * conc_race_file_rename_station:
 * @first: (nullable): the first of this station's own facts that get the new name too; its number
 *   counts
 *
 * For two files that wrote under one name: this one takes another. Its own facts from @first on are
 * written anew under that, numbered from 1, with the taps, gifts and the station that they are
 * about, and with the facts that they replace or settle; then those under the old name go. Facts of
 * others that name the old ones mean those of the other file and stay. Waits until it is durable;
 * after an error nothing has changed. Any thread but the main loop of the app.
 */
gboolean
conc_race_file_rename_station (ConcRaceFile *file, const ConcFactId *first, GError **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);
  gboolean    is_set = first != NULL && conc_fact_id_is_set (first);
  gpointer    station = NULL;

  if (writer == NULL ||
      !conc_writer_call (writer, rename_cb, is_set ? (gpointer) first : NULL, &station, error))
    return FALSE;
  conc_race_file_set_station (file, station);
  g_free (station);
  return TRUE;
}
