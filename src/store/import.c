/* import.c: compares a file of registrations or gifts with the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import-private.h"

#include "core/ids.h"
#include "core/merge.h"
#include "core/race-time.h"
#include "store/queries.h"
#include "store/reader-private.h"

#include <glib/gi18n-lib.h>

/* What is looked at while the rows are compared with the race. */
typedef struct
{
  ConcReader     *reader;
  ConcImportPlan *plan;
  gboolean        has_runners;
  GHashTable     *people;  /* name and birth date or e-mail -> line, or 0 for the race */
  GHashTable     *bibs;    /* bib -> name of its holder */
  GHashTable     *repeats; /* natural key -> how often so far */
  GHashTable     *named;   /* beneficiaries, folded -> as the settings have them */
} Comparison;

static void
row_clear (gpointer data)
{
  ConcImportRow *row = data;

  g_free (row->subject);
  conc_runner_free (row->runner);
  g_free (row->search);
  conc_gift_free (row->gift);
  g_clear_pointer (&row->changes, g_array_unref);
}

static void
item_free (gpointer data)
{
  ConcImportItem *item = data;

  g_free (item->name);
  g_free (item->sentence);
  g_free (item);
}

static void
column_free (gpointer data)
{
  ConcImportColumn *column = data;

  g_free (column->column);
  g_free (column->field);
  g_free (column);
}

/** conc_import_plan_free: frees @plan, which may be %NULL. */
void
conc_import_plan_free (ConcImportPlan *plan)
{
  if (plan == NULL)
    return;
  g_clear_pointer (&plan->columns, conc_columns_free);
  g_array_unref (plan->rows);
  g_ptr_array_unref (plan->items);
  g_ptr_array_unref (plan->donors);
  g_free (plan->race_id);
  g_free (plan);
}

static void
add_item (ConcImportPlan *plan, const ConcImportRow *row, char *sentence)
{
  ConcImportItem *item = g_new0 (ConcImportItem, 1);

  item->line = row->line;
  item->outcome = row->outcome;
  if (row->runner != NULL)
    item->name = conc_runner_dup_full_name (row->runner);
  else if (row->gift != NULL)
    item->name = g_strdup (row->gift->from);
  item->sentence = sentence;
  g_ptr_array_add (plan->items, item);
}

static void
add_problems (ConcImportPlan *plan, const ConcImportRow *row, GPtrArray *problems)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    add_item (plan, row, g_strdup (((ConcProblem *) g_ptr_array_index (problems, i))->sentence));
}

static char *
make_person_key (const ConcRunner *runner, const char *folded)
{
  const char *birth = conc_runner_get (runner, CONC_FIELD_BIRTH_DATE);
  const char *email = conc_runner_get (runner, CONC_FIELD_EMAIL);

  if (birth == NULL && email == NULL)
    return NULL;
  return g_strconcat (folded, "\n", birth != NULL ? birth : email, NULL);
}

/* A registration without a number is told by who it is, and by how many such came before. */
static char *
take_subject (Comparison *comparison, ConcImportReading *reading)
{
  guint n_before = GPOINTER_TO_UINT (g_hash_table_lookup (comparison->repeats, reading->key));
  g_autofree char *counted = NULL;
  char            *subject = g_steal_pointer (&reading->subject);

  if (n_before > 0)
    {
      counted = g_strdup_printf ("%s\n%u", reading->key, n_before);
      g_free (subject);
      subject = conc_subject_of_registration (comparison->plan->race_id, counted);
    }
  g_hash_table_insert (comparison->repeats, g_steal_pointer (&reading->key),
                       GUINT_TO_POINTER (n_before + 1));
  return subject;
}

static gboolean
has_column (ConcColumns *columns, ConcField field)
{
  const char *key = conc_field_get_key (field);

  for (guint i = 0; i < conc_columns_get_count (columns); i++)
    {
      const char *meaning = conc_columns_get_meaning (columns, i);

      if (g_strcmp0 (meaning, key) == 0)
        return TRUE;
      if (g_strcmp0 (meaning, "name") == 0 &&
          (field == CONC_FIELD_GIVEN_NAME || field == CONC_FIELD_FAMILY_NAME))
        return TRUE;
      if (field == CONC_FIELD_AGE && g_strcmp0 (meaning, "birth_date") == 0)
        return TRUE;
      if (field == CONC_FIELD_BALANCE && g_strcmp0 (meaning, "balance") == 0)
        return TRUE;
      if (field == CONC_FIELD_SHIRT && g_strcmp0 (meaning, "youth_shirt") == 0)
        return TRUE;
    }
  return FALSE;
}

/* What the latest import said, against which a newer file is held: what was changed at a station
 * since is not the file's to change back. */
static char *
find_imported (GPtrArray *facts, const char *key)
{
  const ConcFact *latest = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact *fact = g_ptr_array_index (facts, i);

      if ((fact->kind == CONC_KIND_RUNNER || fact->kind == CONC_KIND_RUNNER_PRIVATE) &&
          conc_body_has (fact->body, key) &&
          (latest == NULL || conc_fact_compare (fact, latest) > 0))
        latest = fact;
    }
  return latest != NULL ? conc_body_dup_entry (latest->body, key) : NULL;
}

static gboolean
same_text (const char *a, const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static void
compare_field (const ConcRunner *current,
               ConcImportRow    *row,
               ConcField         field,
               GPtrArray        *facts,
               GString          *changed,
               GString          *kept)
{
  g_autofree char *imported = find_imported (facts, conc_field_get_key (field));
  const char      *wanted = conc_runner_get (row->runner, field);
  const char      *here = conc_runner_get (current, field);

  if (same_text (wanted, imported) || same_text (wanted, here))
    return;
  if (same_text (here, imported))
    {
      guint number = field;

      g_array_append_val (row->changes, number);
      g_string_append_printf (changed, "%s%s", changed->len > 0 ? ", " : "",
                              conc_field_get_title (field));
    }
  else
    g_string_append_printf (kept, "%s%s", kept->len > 0 ? ", " : "", conc_field_get_title (field));
}

/* Numbers on paper are not changed by a file. */
static void
note_bib (Comparison *comparison, const ConcImportRow *row, guint here, const char *holder)
{
  guint wanted = conc_runner_get_bib (row->runner);
  char *sentence = NULL;

  if (wanted == 0 || wanted == here || row->bib_is_free)
    return;
  if (here > 0)
    sentence = g_strdup_printf (_ ("Bib %u is kept; the file says %u."), here, wanted);
  else
    sentence = g_strdup_printf (_ ("Bib %u belongs to %s; taken without a bib."), wanted, holder);
  add_item (comparison->plan, row, sentence);
}

static gboolean
compare_known (Comparison       *comparison,
               ConcImportRow    *row,
               const ConcRunner *current,
               const char       *holder,
               GError          **error)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_reader_get_log (comparison->reader), row->subject, error);
  g_autoptr (GString) changed = g_string_new (NULL);
  g_autoptr (GString) kept = g_string_new (NULL);

  if (facts == NULL)
    return FALSE;
  row->changes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (field != CONC_FIELD_CHECKED_IN && field != CONC_FIELD_BIB &&
        has_column (comparison->plan->columns, field))
      compare_field (current, row, field, facts, changed, kept);
  if (row->bib_is_free)
    g_string_append_printf (changed, "%s%s", changed->len > 0 ? ", " : "",
                            conc_field_get_title (CONC_FIELD_BIB));
  row->outcome =
      row->changes->len > 0 || row->bib_is_free ? CONC_IMPORT_CHANGED : CONC_IMPORT_UNCHANGED;
  if (changed->len > 0)
    add_item (comparison->plan, row, g_strdup_printf (_ ("Changed: %s."), changed->str));
  if (kept->len > 0)
    add_item (comparison->plan, row, g_strdup_printf (_ ("Kept as changed here: %s."), kept->str));
  note_bib (comparison, row, conc_runner_get_bib (current), holder);
  return TRUE;
}

static char *
describe_twin (guint line)
{
  if (line == 0)
    return g_strdup (_ ("Perhaps registered already: somebody in the race has the same name and "
                        "the same birth date or e-mail."));
  return g_strdup_printf (_ ("Perhaps registered twice: the same name and the same birth date or "
                             "e-mail as in line %u."),
                          line);
}

/* The first of several who seem to be one person is the one that the others are held against. */
static void
compare_new (Comparison *comparison, ConcImportRow *row)
{
  char    *person = make_person_key (row->runner, row->search);
  gpointer line;

  row->outcome = CONC_IMPORT_NEW;
  if (person == NULL)
    return;
  if (!g_hash_table_lookup_extended (comparison->people, person, NULL, &line))
    {
      g_hash_table_insert (comparison->people, person, GUINT_TO_POINTER (row->line));
      return;
    }
  g_free (person);
  row->outcome = CONC_IMPORT_DOUBTFUL;
  add_item (comparison->plan, row, describe_twin (GPOINTER_TO_UINT (line)));
}

/* Takes the bib of the file for the runner, when nobody has it. */
static void
claim_bib (Comparison *comparison, ConcImportRow *row)
{
  guint bib = conc_runner_get_bib (row->runner);

  row->bib_is_free = bib > 0 && !g_hash_table_contains (comparison->bibs, GUINT_TO_POINTER (bib));
  if (row->bib_is_free)
    g_hash_table_insert (comparison->bibs, GUINT_TO_POINTER (bib),
                         conc_runner_dup_full_name (row->runner));
}

static void
add_new_runner (Comparison *comparison, ConcImportRow *row, const char *holder)
{
  claim_bib (comparison, row);
  compare_new (comparison, row);
  if (conc_runner_get_bib (row->runner) > 0 && !row->bib_is_free)
    row->outcome = CONC_IMPORT_DOUBTFUL;
  note_bib (comparison, row, 0, holder);
}

/* What is known about a runner who is not in the race was taken back here. */
static gboolean
was_taken_out (Comparison *comparison, ConcImportRow *row, gboolean *ret_taken_out, GError **error)
{
  *ret_taken_out = FALSE;
  if (comparison->has_runners && !conc_query_is_known (conc_reader_get_db (comparison->reader),
                                                       row->subject, ret_taken_out, error))
    return FALSE;
  if (*ret_taken_out)
    {
      row->outcome = CONC_IMPORT_UNCHANGED;
      add_item (comparison->plan, row, g_strdup (_ ("Was taken out of the race here.")));
    }
  return TRUE;
}

static gboolean
compare_runner (Comparison *comparison, ConcImportRow *row, GError **error)
{
  g_autoptr (ConcRunner) current = NULL;
  GError     *local_error = NULL;
  guint       bib = conc_runner_get_bib (row->runner);
  const char *holder = g_hash_table_lookup (comparison->bibs, GUINT_TO_POINTER (bib));
  gboolean    taken_out;

  conc_runner_set_id (row->runner, row->subject);
  if (comparison->has_runners)
    current =
        conc_query_runner (conc_reader_get_db (comparison->reader), row->subject, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (current != NULL)
    {
      if (conc_runner_get (current, CONC_FIELD_BIB) == NULL)
        claim_bib (comparison, row);
      return compare_known (comparison, row, current, holder, error);
    }
  if (!was_taken_out (comparison, row, &taken_out, error))
    return FALSE;
  if (!taken_out)
    add_new_runner (comparison, row, holder);
  return TRUE;
}

/* As much as the gift needs. */
static ConcRunner *
copy_donor (const ConcRunner *runner)
{
  static const ConcField fields[] = { CONC_FIELD_GIVEN_NAME, CONC_FIELD_FAMILY_NAME,
                                      CONC_FIELD_PUBLIC, CONC_FIELD_REGISTERED,
                                      CONC_FIELD_DONATION };
  ConcRunner            *donor = conc_runner_new (conc_runner_get_id (runner));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    conc_runner_set (donor, fields[i], conc_runner_get (runner, fields[i]));
  return donor;
}

static void
count_donation (ConcImportPlan *plan, const ConcRunner *runner)
{
  const char *text = conc_runner_get (runner, CONC_FIELD_DONATION);
  gint64      cents = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  if (cents <= 0)
    return;
  plan->n_donations++;
  plan->donations_cents += cents;
  g_ptr_array_add (plan->donors, copy_donor (runner));
}

static ConcGift *
gift_from_row (const ConcGiftRow *read)
{
  ConcGift *gift = conc_gift_new ();

  gift->amount_cents = read->amount_cents;
  gift->method = read->method;
  gift->from = g_strdup (read->from);
  gift->is_anonymous = read->is_anonymous;
  gift->beneficiary = g_strdup (read->beneficiary);
  gift->message = g_strdup (read->message);
  gift->at_usec = read->when_usec;
  return gift;
}

static gboolean
compare_gift (Comparison *comparison, ConcImportRow *row, const char *key, GError **error)
{
  gboolean         known;
  g_autofree char *folded = NULL;
  const char      *name;

  row->subject = conc_subject_of_gift (comparison->plan->race_id, key);
  if (!conc_query_is_known (conc_reader_get_db (comparison->reader), row->subject, &known, error))
    return FALSE;
  row->outcome = known ? CONC_IMPORT_UNCHANGED : CONC_IMPORT_NEW;
  if (row->gift->beneficiary == NULL || row->outcome == CONC_IMPORT_UNCHANGED)
    return TRUE;
  folded = g_utf8_casefold (row->gift->beneficiary, -1);
  name = g_hash_table_lookup (comparison->named, folded);
  if (name != NULL)
    {
      g_free (row->gift->beneficiary);
      row->gift->beneficiary = g_strdup (name);
      return TRUE;
    }
  row->outcome = CONC_IMPORT_DOUBTFUL;
  add_item (comparison->plan, row,
            g_strdup_printf (_ ("“%s” is not a beneficiary of this race; the wish of the donor "
                                "is kept."),
                             row->gift->beneficiary));
  return TRUE;
}

/* A row that is left out for a good reason, such as a header that is repeated, is not counted. */
static gboolean
is_refused (GPtrArray *problems)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    if (((ConcProblem *) g_ptr_array_index (problems, i))->severity == CONC_PROBLEM_REFUSED)
      return TRUE;
  return FALSE;
}

/* What the row says is handed over to the plan. */
static gboolean
compare_row (Comparison *comparison, ConcImportReading *reading, GError **error)
{
  ConcImportPlan *plan = comparison->plan;
  ConcImportRow   row = { .line = reading->line, .outcome = CONC_IMPORT_REFUSED };
  gboolean        compared = TRUE;

  if (reading->gift != NULL)
    {
      row.gift = gift_from_row (reading->gift);
      compared = compare_gift (comparison, &row, reading->gift->key, error);
    }
  else if (reading->runner != NULL)
    {
      row.runner = g_steal_pointer (&reading->runner);
      row.search = g_steal_pointer (&reading->search);
      row.subject = take_subject (comparison, reading);
      compared = compare_runner (comparison, &row, error);
      count_donation (plan, row.runner);
    }
  if (row.runner != NULL || row.gift != NULL || is_refused (reading->problems))
    plan->counts[row.outcome]++;
  else
    row.outcome = CONC_IMPORT_UNCHANGED;
  add_problems (plan, &row, reading->problems);
  if (row.outcome == CONC_IMPORT_REFUSED || row.outcome == CONC_IMPORT_UNCHANGED)
    row_clear (&row);
  else
    g_array_append_val (plan->rows, row);
  return compared;
}

static gboolean
load_people (Comparison *comparison, GError **error)
{
  g_autoptr (GPtrArray) runners = conc_reader_list_runners (comparison->reader, error);

  if (runners == NULL)
    return FALSE;
  comparison->has_runners = runners->len > 0;
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      guint             bib = conc_runner_get_bib (runner);
      g_autofree char  *folded = conc_import_fold_name (runner);
      char             *person = make_person_key (runner, folded);

      if (person != NULL)
        g_hash_table_insert (comparison->people, person, GUINT_TO_POINTER (0));
      if (bib > 0)
        g_hash_table_insert (comparison->bibs, GUINT_TO_POINTER (bib),
                             conc_runner_dup_full_name (runner));
    }
  return TRUE;
}

static void
load_beneficiaries (Comparison *comparison, ConcSettings *settings)
{
  g_autoptr (GPtrArray) list = conc_settings_dup_beneficiaries (settings);

  for (guint i = 0; i < list->len; i++)
    {
      const ConcBeneficiary *each = g_ptr_array_index (list, i);

      g_hash_table_insert (comparison->named, g_utf8_casefold (each->name, -1),
                           g_strdup (each->name));
    }
}

static void
comparison_clear (Comparison *comparison)
{
  g_hash_table_unref (comparison->people);
  g_hash_table_unref (comparison->bibs);
  g_hash_table_unref (comparison->repeats);
  g_hash_table_unref (comparison->named);
}

static gboolean
compare_all (Comparison *comparison, ConcSettings *settings, GArray *readings, GError **error)
{
  load_beneficiaries (comparison, settings);
  if (comparison->plan->kind != CONC_IMPORT_GIFTS && !load_people (comparison, error))
    return FALSE;
  for (guint i = 0; i < readings->len; i++)
    if (!compare_row (comparison, &g_array_index (readings, ConcImportReading, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
make_plan (ConcReader        *reader,
           ConcImportPlan    *plan,
           GBytes            *bytes,
           const char *const *map,
           GError           **error)
{
  Comparison comparison = { .reader = reader, .plan = plan };
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (GArray) readings = NULL;
  gboolean compared;

  if (settings == NULL)
    return FALSE;
  readings = conc_import_read (plan, settings, bytes, map, error);
  if (readings == NULL)
    return FALSE;
  comparison.people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  comparison.bibs = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  comparison.repeats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  comparison.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  compared = compare_all (&comparison, settings, readings, error);
  comparison_clear (&comparison);
  return compared;
}

/* The position is read before everything else, so that what changes meanwhile is seen as later. */
static gboolean
read_identity (ConcReader *reader, ConcImportPlan *plan, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db,
                       "SELECT race, (SELECT ifnull (max (position), 0) FROM fact) FROM identity",
                       error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  plan->race_id = conc_column_dup (statement, 0);
  plan->position = sqlite3_column_int64 (statement, 1);
  sqlite3_reset (statement);
  return TRUE;
}

/**
 * conc_import_plan_new:
 * @bytes: the file
 * @map: (nullable): what the user says about columns, each "Column=field"
 *
 * Reads the whole file and compares it with the race; changes nothing. A row that cannot be taken
 * is an item of the plan, not an error; a file that is no table is an error.
 *
 * Returns: (transfer full) (nullable): the plan. Any thread; the reader's.
 */
ConcImportPlan *
conc_import_plan_new (ConcReader        *reader,
                      GBytes            *bytes,
                      ConcImportKind     kind,
                      const char *const *map,
                      GError           **error)
{
  g_autoptr (ConcImportPlan) plan = g_new0 (ConcImportPlan, 1);

  plan->kind = kind;
  plan->rows = g_array_new (FALSE, FALSE, sizeof (ConcImportRow));
  g_array_set_clear_func (plan->rows, row_clear);
  plan->items = g_ptr_array_new_with_free_func (item_free);
  plan->donors = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  if (!read_identity (reader, plan, error) || !make_plan (reader, plan, bytes, map, error))
    return NULL;
  return g_steal_pointer (&plan);
}

/** conc_import_plan_get_kind: Returns: what the file lists. */
ConcImportKind
conc_import_plan_get_kind (const ConcImportPlan *plan)
{
  return plan->kind;
}

/** conc_import_plan_count: Returns: how many rows have @outcome. */
guint
conc_import_plan_count (const ConcImportPlan *plan, ConcImportOutcome outcome)
{
  g_return_val_if_fail (outcome < CONC_N_IMPORT_OUTCOMES, 0);
  return plan->counts[outcome];
}

/** conc_import_plan_get_items: Returns: (transfer full) (element-type ConcImportItem). */
GPtrArray *
conc_import_plan_get_items (ConcImportPlan *plan)
{
  return g_ptr_array_ref (plan->items);
}

/** conc_import_plan_get_columns: Returns: (transfer full) (element-type ConcImportColumn). */
GPtrArray *
conc_import_plan_get_columns (ConcImportPlan *plan)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  for (guint i = 0; i < conc_columns_get_count (plan->columns); i++)
    {
      ConcImportColumn *column = g_new0 (ConcImportColumn, 1);

      column->column = g_strdup (conc_columns_get_header (plan->columns, i));
      column->field = g_strdup (conc_columns_get_meaning (plan->columns, i));
      g_ptr_array_add (columns, column);
    }
  return columns;
}

/** conc_import_plan_get_donations: what the registrations of the file gave, known ones included. */
void
conc_import_plan_get_donations (ConcImportPlan *plan, guint *ret_count, gint64 *ret_cents)
{
  *ret_count = plan->n_donations;
  *ret_cents = plan->donations_cents;
}

/** conc_import_plan_set_enter_donations: whether applying enters them as gifts. */
void
conc_import_plan_set_enter_donations (ConcImportPlan *plan, gboolean enter)
{
  plan->enter_donations = enter;
}

/** conc_import_outcome_to_text: Returns: the name of @outcome in JSON. */
const char *
conc_import_outcome_to_text (ConcImportOutcome outcome)
{
  static const char *const texts[] = { "new", "changed", "unchanged", "doubtful", "refused" };

  g_return_val_if_fail (outcome < CONC_N_IMPORT_OUTCOMES, NULL);
  return texts[outcome];
}
