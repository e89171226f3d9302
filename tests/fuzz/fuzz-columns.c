/* fuzz-columns.c: any table is read as runners and as gifts, row by row, or refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns.h"
#include "core/money.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "fuzz.h"

/* The first line is what the user says about columns, parted by "|". */
const guint       fuzz_rounds = 10000;
const char *const fuzz_seeds[] = {
  "\nRegistration ID,First Name,Last Name,Email,Date of Birth,Gender,Event,Wave,Team,Bib,Age,"
  "Show Name in Public Results,Donation,Registration Date\n"
  "1,Ada,Ødegård,ada@example.org,1990-05-01,F,5K Run,A,Reds,11,27,Yes,$25.00,2017-10-01 09:30\n"
  "2,,Vang,,31/12/1985,Male,Virtual 5K,,,0,,No,\"1,000.50\",10/31/2017 5:09 PM\n",
  "A=name|B=sex|C=birth_date|D=ignore\nA,B,C,D\n\"Vang, Mia\",w,\"May 1, 1990\",x\nBo "
  "Li,M,1.5.90,\n",
  "\nAmount,Method,Name,Anonymous,Beneficiary,Message,Date,Transaction ID,Status,Currency\n"
  "25.00,Visa,Mia Vang,No,Source,Go!,2017-11-02T10:00:00Z,t1,Completed,USD\n"
  "\"$1,250.50\",check,,Yes,,,12/01/2017,t2,Refunded,USD\n-5,cash,X,,,,,,,\n",
  "Geld=amount|Wer=from\nGeld;Wer\n12,50;Ada\n1.000;\n",
  "\nFirst Name,Last Name,Age,Bib Number\nAda,Lind,200,1000000\nFirst Name,Last Name,Age,Bib "
  "Number\n"
  ",,,\nTotal,,,2\n",
  NULL,
};

static void
check_problems (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ConcProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpuint (problem->line, >, 0);
      g_assert_true (g_utf8_validate (problem->sentence, -1, NULL));
      g_assert_true (g_str_has_suffix (problem->sentence, "."));
      g_assert_null (strchr (problem->sentence, '\n'));
    }
}

static void
check_body (ConcBody *body)
{
  g_autoptr (ConcBody) owned = body;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcBody) again = conc_body_parse (conc_body_get_json (body), -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (conc_body_get_json (again), ==, conc_body_get_json (body));
}

/* What an import takes has to be as the desk would write it. */
static void
check_runner (const ConcRunner *runner)
{
  const char *birth_date = conc_runner_get (runner, CONC_FIELD_BIRTH_DATE);
  const char *registered = conc_runner_get (runner, CONC_FIELD_REGISTERED);
  gint64      usec;

  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (conc_runner_get (runner, field) != NULL)
      {
        g_assert_true (g_utf8_validate (conc_runner_get (runner, field), -1, NULL));
        g_assert_cmpstr (conc_runner_get (runner, field), !=, "");
      }
  g_assert_true (conc_runner_get (runner, CONC_FIELD_GIVEN_NAME) != NULL ||
                 conc_runner_get (runner, CONC_FIELD_FAMILY_NAME) != NULL);
  g_assert_cmpuint (conc_runner_get_bib (runner), <=, CONC_BIB_MAX);
  g_assert_true (birth_date == NULL || conc_race_date_parse (birth_date, NULL, NULL, NULL, NULL));
  g_assert_true (registered == NULL || conc_time_parse_rfc3339 (registered, &usec, NULL));
  check_body (conc_runner_to_public_body (runner));
  check_body (conc_runner_to_private_body (runner));
}

static void
check_gift (const ConcGiftRow *gift)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  if (gift->when_usec != CONC_NO_TIME)
    {
      g_autofree char *when = conc_time_format_rfc3339 (gift->when_usec, utc);
      gint64           usec;

      g_assert_true (conc_time_parse_rfc3339 (when, &usec, NULL));
    }
  g_assert_cmpint (gift->amount_cents, >, 0);
  g_assert_cmpint (gift->amount_cents, <=, CONC_MONEY_MAX_CENTS);
  g_assert_cmpuint (gift->method, <, CONC_N_METHODS);
  g_assert_nonnull (gift->key);
  g_assert_true (gift->from == NULL || g_utf8_validate (gift->from, -1, NULL));
  g_assert_true (gift->message == NULL || g_utf8_validate (gift->message, -1, NULL));
  g_assert_true (gift->beneficiary == NULL || g_utf8_validate (gift->beneficiary, -1, NULL));
}

static gboolean
has_refusal (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((ConcProblem *) g_ptr_array_index (problems, i))->severity == CONC_PROBLEM_REFUSED)
      return TRUE;
  return FALSE;
}

static void
read_row (ConcColumns *columns, ConcColumnsKind kind, const ConcCsvRow *row)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_problem_free);
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcGiftRow) gift = NULL;

  if (kind == CONC_COLUMNS_RUNNERS)
    runner = conc_columns_read_runner (columns, row, problems);
  else
    gift = conc_columns_read_gift (columns, row, problems);
  if (runner != NULL)
    check_runner (runner);
  if (gift != NULL)
    check_gift (gift);
  check_problems (problems);
  if (runner != NULL || gift != NULL)
    {
      g_assert_false (has_refusal (problems));
      fuzz_n_read++;
    }
  else
    g_assert_cmpuint (problems->len, >, 0);
}

static void
read_table (ConcColumnsKind kind, const char *const *map, const char *text)
{
  static GTimeZone *zone;
  g_autoptr (ConcColumns) columns = NULL;
  g_autoptr (GError) error = NULL;

  if (zone == NULL)
    zone = g_time_zone_new_identifier ("America/Chicago");
  /* Once to see what the dates of a column are like, once to read. */
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr (ConcCsvReader) reader = conc_csv_reader_new (text, strlen (text), NULL);
      ConcCsvRow row;

      if (reader == NULL || conc_csv_reader_next (reader, &row, NULL) != CONC_CSV_STEP_ROW)
        return;
      if (pass == 0)
        columns = conc_columns_new (kind, &row, map, zone, "2017-12-09", &error);
      if (columns == NULL)
        {
          fuzz_check_error (error);
          return;
        }
      while (conc_csv_reader_next (reader, &row, NULL) == CONC_CSV_STEP_ROW)
        if (pass == 0)
          conc_columns_sniff (columns, &row);
        else
          read_row (columns, kind, &row);
      if (pass == 0)
        conc_columns_end_sniff (columns);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  char            *table = strchr (text, '\n');
  g_auto (GStrv) map = NULL;

  if (table == NULL)
    return 0;
  *table++ = '\0';
  map = g_strsplit (text, "|", 20);
  for (ConcColumnsKind kind = CONC_COLUMNS_RUNNERS; kind <= CONC_COLUMNS_GIFTS; kind++)
    read_table (kind, *text != '\0' ? (const char *const *) map : NULL, table);
  return 0;
}
