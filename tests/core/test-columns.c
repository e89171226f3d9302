/* test-columns.c: columns of exports are recognised and their rows read. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/columns.h"
#include "core/encoding.h"
#include "core/error.h"
#include "core/race-time.h"

#include <locale.h>
#include <string.h>

#define RACE_DATE "2017-12-09"
#define SAMPLE TEST_DATA_DIR "/../../data/sample/"

typedef struct
{
  ConcCsvReader *reader;
  ConcColumns   *columns;
  GPtrArray     *problems;
  GError        *error;
} Table;

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->reader, conc_csv_reader_free);
  g_clear_pointer (&table->columns, conc_columns_free);
  g_clear_pointer (&table->problems, g_ptr_array_unref);
  g_clear_error (&table->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
sniff_all (ConcColumns *columns, const char *text, gsize length)
{
  g_autoptr (ConcCsvReader) reader = conc_csv_reader_new (text, length, NULL);
  ConcCsvRow row;

  conc_csv_reader_next (reader, &row, NULL);
  while (conc_csv_reader_next (reader, &row, NULL) == CONC_CSV_STEP_ROW)
    conc_columns_sniff (columns, &row);
  conc_columns_end_sniff (columns);
}

/* Opens a table as a program does: columns, sniffing, then the reader stands on the first row. */
static Table
open_table (ConcColumnsKind kind, const char *text, gsize length, const char *const *maps)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");
  Table      table = { 0 };
  ConcCsvRow header;

  table.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_problem_free);
  table.reader = conc_csv_reader_new (text, length, &table.error);
  if (table.reader == NULL ||
      conc_csv_reader_next (table.reader, &header, &table.error) != CONC_CSV_STEP_ROW)
    return table;
  table.columns = conc_columns_new (kind, &header, maps, zone, RACE_DATE, &table.error);
  if (table.columns != NULL)
    sniff_all (table.columns, text, length);
  return table;
}

static ConcRunner *
next_runner (Table *table)
{
  ConcCsvRow row;

  g_assert_cmpint (conc_csv_reader_next (table->reader, &row, NULL), ==, CONC_CSV_STEP_ROW);
  return conc_columns_read_runner (table->columns, &row, table->problems);
}

static ConcGiftRow *
next_gift (Table *table)
{
  ConcCsvRow row;

  g_assert_cmpint (conc_csv_reader_next (table->reader, &row, NULL), ==, CONC_CSV_STEP_ROW);
  return conc_columns_read_gift (table->columns, &row, table->problems);
}

static const ConcProblem *
get_problem (Table *table, guint index)
{
  g_assert_cmpuint (index, <, table->problems->len);
  return g_ptr_array_index (table->problems, index);
}

/* All columns that have a meaning, as "Header=key|…". */
static char *
dump_meanings (Table *table)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < conc_columns_get_count (table->columns); i++)
    if (conc_columns_get_meaning (table->columns, i) != NULL)
      g_string_append_printf (out, "%s%s=%s", out->len > 0 ? "|" : "",
                              conc_columns_get_header (table->columns, i),
                              conc_columns_get_meaning (table->columns, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_headers_of_platforms (void)
{
  static const struct
  {
    const char     *file;
    ConcColumnsKind kind;
    const char     *meanings;
  } vectors[] = {
    { "runsignup-api.csv", CONC_COLUMNS_RUNNERS,
      "registration_id=registration_id|first_name=given_name|last_name=family_name|email=email|"
      "dob=birth_date|gender=sex|city=city|state=state|zipcode=zip|country_code=country|"
      "bib_num=bib|event_name=event|team_name=team|registration_date=registered_at" },
    { "eventbrite.csv", CONC_COLUMNS_RUNNERS,
      "Order Date=registered_at|First Name=given_name|Last Name=family_name|Email=email|"
      "Ticket Type=event|Attendee #=registration_id|Group=team|Attendee Status=status|"
      "Home City=city|Home State=state|Home Zip=zip|Home Country=country" },
    { "webscorer.csv", CONC_COLUMNS_RUNNERS,
      "Bib=bib|Last name=family_name|First name=given_name|Team name=team|Age=age|"
      "Distance=event|Gender=sex" },
    { "race-roster.csv", CONC_COLUMNS_RUNNERS,
      "Registration ID=registration_id|Bib=bib|First Name=given_name|Last Name=family_name|"
      "Email Address=email|Gender=sex|Date of Birth=birth_date|Age on Race Day=age|"
      "Sub-event=event|City=city|State / Province=state|Country=country|"
      "Zip / Postal Code=zip|Phone Number=phone|Team Name=team|T-Shirt Size=shirt|Corral=wave|"
      "Emergency Contact Name=emergency_name|Emergency Contact Phone=emergency_phone|"
      "Date Registered=registered_at|Hide my name from public results?=hidden" },
    { "active.csv", CONC_COLUMNS_RUNNERS,
      "Registration Number=registration_id|Participant First Name=given_name|"
      "Participant Last Name=family_name|Participant Gender=sex|"
      "Participant Date of Birth (mm/dd/yyyy)=birth_date|Age as of Race Day=age|"
      "Participant E-mail Address=email|Participant Mobile Phone=phone|"
      "Emergency Contact First Name=emergency_given_name|"
      "Emergency Contact Last Name=emergency_family_name|"
      "Emergency Contact Phone Number=emergency_phone|"
      "Parent/Guardian First Name=guardian_given_name|"
      "Parent/Guardian Last Name=guardian_family_name|Category Name=event|"
      "Registration Date/Time=registered_at|Total Donation=donation|Waiver Signed=waiver" },
    { "generic.csv", CONC_COLUMNS_RUNNERS,
      "Bib #=bib|Name=name|DOB=birth_date|Sex=sex|E-mail=email|Club=team|Start wave=wave|"
      "Display name in results=public|Comments=note" },
    { "stripe.csv", CONC_COLUMNS_GIFTS,
      "id=transaction_id|Created (UTC)=time|Amount=amount|Amount Refunded=refunded|"
      "Currency=currency|Mode=mode|Status=status|Captured=captured|Card Name=name" },
    { "classy.csv", CONC_COLUMNS_GIFTS,
      "Transaction ID=transaction_id|Transaction Date=time|Supporter Name=name|"
      "Gross Transaction Amount=amount|Donor is Anonymous=anonymous|Donor’s Comment=message|"
      "Payment Type=method|Transaction Status=status|Program Designation=beneficiary|"
      "Offline Payment Type=offline_method" },
    { "givebutter.csv", CONC_COLUMNS_GIFTS,
      "first_name=given_name|last_name=family_name|amount=amount|method=method|"
      "transacted_at=time|giving_space_message=message" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_build_filename (TEST_DATA_DIR, "headers", vectors[i].file, NULL);
      g_autofree char *text = NULL;
      g_autofree char *meanings = NULL;
      gsize            length = 0;
      g_auto (Table) table = { 0 };
      ConcCsvRow      header;
      ConcColumnsKind kind = CONC_COLUMNS_RUNNERS;
      g_autoptr (ConcCsvReader) reader = NULL;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      table = open_table (vectors[i].kind, text, length, NULL);
      g_assert_no_error (table.error);
      meanings = dump_meanings (&table);
      g_assert_cmpstr (meanings, ==, vectors[i].meanings);

      reader = conc_csv_reader_new (text, length, NULL);
      conc_csv_reader_next (reader, &header, NULL);
      g_assert_true (conc_columns_guess_kind (&header, &kind));
      g_assert_cmpint (kind, ==, vectors[i].kind);
    }
}

static void
test_single_headers (void)
{
  static const struct
  {
    const char *header;
    const char *meaning;
  } vectors[] = {
    { "FIRST NAME", "given_name" },
    { " first_name ", "given_name" },
    { "firstName", "given_name" },
    { "Given name", "given_name" },
    { "Surname", "family_name" },
    { "BIB#", "bib" },
    { "Bib No.", "bib" },
    { "Race Number", "bib" },
    { "M/F", "sex" },
    { "E-mail Address", "email" },
    { "eMail", "email" },
    { "T-Shirt Size", "shirt" },
    { "T Shirt Size [adult]", "shirt" },
    { "Date of Birth (MM/DD/YYYY)", "birth_date" },
    { "D.O.B.", "birth_date" },
    { "Cell Phone", "phone" },
    { "Runner's Phone", NULL },
    { "Anonymous", "hidden" },
    { "Parent/Guardian Name", "guardian" },
    { "Emergency Contact", "emergency_name" },
    { "Emergency Contact Email", NULL },
    { "Emergency Contact Relationship", NULL },
    { "Parent email", NULL },
    { "Parent Phone", NULL },
    { "Buyer First Name", NULL },
    { "Billing City", NULL },
    { "Team ID", NULL },
    { "Team Captain First Name", NULL },
    { "Shirt Size Swap", NULL },
    { "Age Group", NULL },
    { "Agent", NULL },
    { "Stage", NULL },
    { "Preferred Name", "known_as" },
    { "Previous race number", NULL },
    { "What is your first name?", NULL },
    { "#", NULL },
    { "", NULL },
    { "()", NULL },
    { "City (of birth) and State", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = g_strdup_printf ("Full name\t%s\n", vectors[i].header);
      g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);

      g_assert_no_error (table.error);
      g_test_message ("%s", vectors[i].header);
      g_assert_cmpstr (conc_columns_get_meaning (table.columns, 1), ==, vectors[i].meaning);
    }
}

static void
assert_map_error (const char *map, const char *part)
{
  const char *const maps[] = { map, NULL };
  static const char text[] = "Name,Phone\n";
  g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), maps);

  g_assert_null (table.columns);
  g_assert_error (table.error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
  g_assert_nonnull (strstr (table.error->message, part));
}

static void
test_maps (void)
{
  static const char        text[] = "Name,Phone,Nick=name,First Name,Home Phone\n";
  static const char *const maps[] = { "Phone=",           "Nick=name=team",
                                      "home phone=phone", "First Name=Family_Name",
                                      " name =ignore ",   NULL };
  static const char *const good[] = { "Phone=",           "Nick=name=team",
                                      "home_phone=phone", "First Name=FAMILY_NAME",
                                      "Name=ignore",      NULL };
  g_auto (Table) bad = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), maps);
  g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), good);
  g_autofree char *meanings = NULL;

  g_assert_null (bad.columns); /* “ignore ” with a space behind it */
  g_assert_no_error (table.error);
  meanings = dump_meanings (&table);
  g_assert_cmpstr (meanings, ==, "Nick=name=team|First Name=family_name|Home Phone=phone");

  assert_map_error ("Name", "does not say what a column means");
  assert_map_error ("Town=city", "no column “Town”");
  assert_map_error ("Phone=telephone", "names no field");
  assert_map_error ("Phone=telephone", "given_name");
  assert_map_error ("Name=ignore", "No column with names");
}

static void
test_needed_columns (void)
{
  g_auto (Table) runners = open_table (CONC_COLUMNS_RUNNERS, "a,b\n", 4, NULL);
  g_auto (Table) gifts = open_table (CONC_COLUMNS_GIFTS, "a,b\n", 4, NULL);
  g_autoptr (ConcCsvReader) reader = conc_csv_reader_new ("a,b\n", 4, NULL);
  ConcColumnsKind kind = CONC_COLUMNS_GIFTS;
  ConcCsvRow      row;

  g_assert_error (runners.error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
  g_assert_error (gifts.error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
  conc_csv_reader_next (reader, &row, NULL);
  g_assert_false (conc_columns_guess_kind (&row, &kind));
}

/* One cell beside a name: what it becomes, and what is said about it. */
static const struct
{
  const char *header;
  const char *cell;
  ConcField   field;
  const char *value;
  const char *problem;
} cell_vectors[] = {
  { "Sex", "x", CONC_FIELD_SEX, "X", NULL },
  { "Sex", "Female", CONC_FIELD_SEX, "F", NULL },
  { "Sex", " WOMAN ", CONC_FIELD_SEX, "F", NULL },
  { "Sex", "boy", CONC_FIELD_SEX, "M", NULL },
  { "Sex", "Non-Binary", CONC_FIELD_SEX, "X", NULL },
  { "Sex", "Prefer not to say", CONC_FIELD_SEX, NULL, NULL },
  { "Sex", "", CONC_FIELD_SEX, NULL, NULL },
  { "Sex", "5K", CONC_FIELD_SEX, NULL, "Line 2: “5K” cannot be read as Sex and was left out." },
  { "Bib", "0214", CONC_FIELD_BIB, "214", NULL },
  { "Bib", "#7", CONC_FIELD_BIB, "7", NULL },
  { "Bib", "999999", CONC_FIELD_BIB, "999999", NULL },
  { "Bib", "0", CONC_FIELD_BIB, NULL, NULL },
  { "Bib", "1000000", CONC_FIELD_BIB, NULL,
    "Line 2: “1000000” is not a bib from 1 to 999999 and was left out." },
  { "Bib", "A12", CONC_FIELD_BIB, NULL, "is not a bib" },
  { "Bib", "-5", CONC_FIELD_BIB, NULL, "is not a bib" },
  { "DOB", "8/18/1985", CONC_FIELD_BIRTH_DATE, "1985-08-18", NULL },
  { "DOB", "8/18/1985", CONC_FIELD_AGE, "32", NULL },
  { "DOB", "12/10/1985", CONC_FIELD_AGE, "31", NULL },
  { "DOB", "12/9/1985", CONC_FIELD_AGE, "32", NULL },
  { "DOB", "2/29/2016", CONC_FIELD_AGE, "1", NULL },
  { "DOB", "18.8.85", CONC_FIELD_BIRTH_DATE, "1985-08-18", NULL },
  { "DOB", "18/8/1985", CONC_FIELD_BIRTH_DATE, "1985-08-18", NULL },
  { "DOB", "Aug 18, 1985", CONC_FIELD_BIRTH_DATE, "1985-08-18", NULL },
  { "DOB", "12/9/2017", CONC_FIELD_AGE, "0", NULL },
  { "DOB", "12/10/2017", CONC_FIELD_BIRTH_DATE, NULL, "lies after the race" },
  { "DOB", "8/18/1899", CONC_FIELD_BIRTH_DATE, NULL, "lies before 1900" },
  { "DOB", "8/18/1899", CONC_FIELD_AGE, NULL, "lies before 1900" },
  { "Registration Date", "8/18/0217", CONC_FIELD_REGISTERED, NULL, "cannot be read" },
  { "DOB", "soon", CONC_FIELD_BIRTH_DATE, NULL, "cannot be read as Birth date" },
  { "Age", "41", CONC_FIELD_AGE, "41", NULL },
  { "Age", "0", CONC_FIELD_AGE, NULL, NULL },
  { "Age", "121", CONC_FIELD_AGE, NULL, "cannot be read as Age" },
  { "Age", "41.5", CONC_FIELD_AGE, NULL, "cannot be read as Age" },
  { "Email", "Emma.P@Example.ORG", CONC_FIELD_EMAIL, "emma.p@example.org", NULL },
  { "Email", "emma", CONC_FIELD_EMAIL, NULL, "cannot be read as E-mail" },
  { "Email", "a@b.org c@d.org", CONC_FIELD_EMAIL, NULL, "cannot be read as E-mail" },
  { "Registered", "11/24/2017 04:29 PM", CONC_FIELD_REGISTERED, "2017-11-24T22:29:00Z", NULL },
  { "Registered", "11/24/17 22:28", CONC_FIELD_REGISTERED, "2017-11-25T04:28:00Z", NULL },
  { "Registered", "?", CONC_FIELD_REGISTERED, NULL, "cannot be read as Registered" },
  { "Show name in public results", "Yes", CONC_FIELD_PUBLIC, "yes", NULL },
  { "Show name in public results", "n", CONC_FIELD_PUBLIC, "no", NULL },
  { "Show name in public results", "", CONC_FIELD_PUBLIC, NULL, NULL },
  { "Show name in public results", "maybe", CONC_FIELD_PUBLIC, "no", "will not be named" },
  { "Hide my name", "1", CONC_FIELD_PUBLIC, "no", NULL },
  { "Hide my name", "false", CONC_FIELD_PUBLIC, "yes", NULL },
  { "Hide my name", "", CONC_FIELD_PUBLIC, NULL, NULL },
  { "Anonymous", "maybe", CONC_FIELD_PUBLIC, "no", "will not be named" },
  { "Waiver", "TRUE", CONC_FIELD_WAIVER, "yes", NULL },
  { "Waiver", "0", CONC_FIELD_WAIVER, "no", NULL },
  { "Waiver", "11/24/2017", CONC_FIELD_WAIVER, "yes", NULL },
  { "Waiver", "24/11/2017 10:00", CONC_FIELD_WAIVER, "yes", NULL },
  { "Waiver", "later", CONC_FIELD_WAIVER, NULL, "cannot be read as Waiver" },
  { "Donation", "$1,000.00", CONC_FIELD_DONATION, "100000", NULL },
  { "Donation", "1,000", CONC_FIELD_DONATION, "100000", NULL },
  { "Donation", "0.00", CONC_FIELD_DONATION, NULL, NULL },
  { "Donation", "-5", CONC_FIELD_DONATION, NULL, "cannot be read as Donation" },
  { "donation_cents", "2500", CONC_FIELD_DONATION, "2500", NULL },
  { "donation_cents", "25.00", CONC_FIELD_DONATION, NULL, "cannot be read as Donation" },
  { "Team", "\t Grit  &\r\n Grace\xc2\xa0", CONC_FIELD_TEAM, "Grit & Grace", NULL },
  { "Team",
    "a\x01"
    "b\x7f"
    "c\xe2\x80\x8b"
    "d\xe2\x80\xae",
    CONC_FIELD_TEAM, "abcd", NULL },
  { "Team",
    "A\xcc\x8a"
    "berg",
    CONC_FIELD_TEAM,
    "\xc3\x85"
    "berg",
    NULL },
  { "Team", "'=SUM(1)", CONC_FIELD_TEAM, "=SUM(1)", NULL },
  { "Team", "'t Hooft", CONC_FIELD_TEAM, "'t Hooft", NULL },
  { "Zip", "'02134", CONC_FIELD_ZIP, "02134", NULL },
  { "Zip", "=\"\"02134\"\"", CONC_FIELD_ZIP, "02134", NULL },
  { "Phone", " 612-555-0100 ", CONC_FIELD_PHONE, "612-555-0100", NULL },
  { "Notes", "a\r\nb", CONC_FIELD_NOTE, "a b", NULL },
  { "Guardian", "Anna Berg", CONC_FIELD_GUARDIAN, "Anna Berg", NULL },
  { "Parent First Name", "Anna", CONC_FIELD_GUARDIAN, "Anna", NULL },
  { "Nickname", "Annie", CONC_FIELD_KNOWN_AS, "Annie", NULL },
  { "Preferred First Name", "", CONC_FIELD_KNOWN_AS, NULL, NULL },
  { "Team Captain", "Y", CONC_FIELD_CAPTAIN, "yes", NULL },
  { "Captain", "Captain", CONC_FIELD_CAPTAIN, "yes", NULL },
  { "Captain", "no", CONC_FIELD_CAPTAIN, "no", NULL },
  { "Captain", "Bo Berg", CONC_FIELD_CAPTAIN, NULL, "cannot be read as Team captain" },
  { "Balance Due", "$12.50", CONC_FIELD_BALANCE, "1250", NULL },
  { "Amount Due", "0.00", CONC_FIELD_BALANCE, NULL, NULL },
  { "balance_cents", "1250", CONC_FIELD_BALANCE, "1250", NULL },
  { "Balance", "some", CONC_FIELD_BALANCE, NULL, "cannot be read as Balance due" },
  { "Allergies", "bees", CONC_FIELD_MEDICAL, "bees", NULL },
  { "Medical Information", "asthma", CONC_FIELD_MEDICAL, "asthma", NULL },
  { "Adult Shirt Size", "M", CONC_FIELD_SHIRT, "M", NULL },
  { "Youth Shirt Size", "M", CONC_FIELD_SHIRT, "Youth M", NULL },
  { "Youth Shirt Size", "youth m", CONC_FIELD_SHIRT, "youth m", NULL },
  { "Kids T-Shirt Size", "YL", CONC_FIELD_SHIRT, "YL", NULL },
  { "Youth Shirt Size", "", CONC_FIELD_SHIRT, NULL, NULL },
  { "Shirt Given", "M", CONC_FIELD_SHIRT_GIVEN, NULL, NULL },
  { "Attendance", "no-show", CONC_FIELD_ATTENDANCE, NULL, NULL },
};

static void
test_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cell_vectors); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("Name,%s\nKim,\"%s\"\n", cell_vectors[i].header, cell_vectors[i].cell);
      g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);
      g_autoptr (ConcRunner) runner = next_runner (&table);

      g_test_message ("%s: %s", cell_vectors[i].header, cell_vectors[i].cell);
      g_assert_nonnull (runner);
      g_assert_cmpstr (conc_runner_get (runner, cell_vectors[i].field), ==, cell_vectors[i].value);
      g_assert_cmpuint (table.problems->len, ==, cell_vectors[i].problem != NULL ? 1 : 0);
      if (cell_vectors[i].problem != NULL)
        {
          const ConcProblem *problem = get_problem (&table, 0);

          g_assert_cmpint (problem->severity, ==, CONC_PROBLEM_NOTE);
          g_assert_cmpuint (problem->line, ==, 2);
          g_assert_nonnull (strstr (problem->sentence, cell_vectors[i].problem));
        }
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *given;
    const char *family;
  } vectors[] = {
    { "Kim", "Kim", NULL },
    { "Anna Berg", "Anna", "Berg" },
    { "Berg, Anna", "Anna", "Berg" },
    { "van der Berg , Anna Maria", "Anna Maria", "van der Berg" },
    { "Mary Ann Smith", "Mary Ann", "Smith" },
    { "Mateo de la Cruz", "Mateo", "de la Cruz" },
    { "Yer Thao St. James", "Yer Thao", "St. James" },
    { "John Smith Jr.", "John", "Smith Jr." },
    { "John Smith, Jr.", "John", "Smith Jr." },
    { "De Berg", "De", "Berg" },
    { "Berg,", NULL, "Berg" },
    { ", Anna", "Anna", NULL },
    { "Nguyễn Thị Ánh", "Nguyễn Thị", "Ánh" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = g_strdup_printf ("Name;Age\n\"%s\";1\n", vectors[i].name);
      g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);
      g_autoptr (ConcRunner) runner = next_runner (&table);

      g_test_message ("%s", vectors[i].name);
      g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_GIVEN_NAME), ==, vectors[i].given);
      g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_FAMILY_NAME), ==, vectors[i].family);
    }
}

static void
test_refused_rows (void)
{
  g_autofree char *long_name = g_strnfill (CONC_NAME_MAX_CHARS + 1, 'x');
  g_autofree char *long_note = g_strnfill (CONC_NOTE_MAX_CHARS + 1, 'x');
  const struct
  {
    char               *row;
    ConcProblemSeverity severity;
    const char         *sentence;
  } vectors[] = {
    { g_strdup (" ,,,5\n"), CONC_PROBLEM_REFUSED, "Line 2 has no name." },
    { g_strdup ("\x02,\t,,\n"), CONC_PROBLEM_REFUSED, "Line 2 has no name." },
    { g_strdup ("A,B,,,x\n"), CONC_PROBLEM_REFUSED,
      "Line 2 has 5 cells, but there are only 4 columns: put a cell with a comma in it into "
      "quotation marks." },
    { g_strdup (",, ,\n"), CONC_PROBLEM_NOTE, "Line 2 is empty." },
    { g_strdup ("First Name,Last Name,Notes,Status\n"), CONC_PROBLEM_NOTE,
      "Line 2 repeats the names of the columns." },
    { g_strdup_printf ("%s,B\n", long_name), CONC_PROBLEM_REFUSED,
      "Line 2 has a name of more than 200 characters." },
    { g_strdup_printf ("A,B,%s\n", long_note), CONC_PROBLEM_REFUSED,
      "Line 2 has a note of more than 2000 characters." },
    { g_strdup ("A,B,,Refunded\n"), CONC_PROBLEM_REFUSED,
      "Line 2 is not of a runner any more: its status is “Refunded”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *row = vectors[i].row;
      g_autofree char *text = g_strconcat ("First Name,Last Name,Notes,Status\n", row, NULL);
      g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);

      g_assert_null (next_runner (&table));
      g_assert_cmpuint (table.problems->len, ==, 1);
      g_assert_cmpstr (get_problem (&table, 0)->sentence, ==, vectors[i].sentence);
      g_assert_cmpint (get_problem (&table, 0)->severity, ==, vectors[i].severity);
    }
}

static void
test_rows_of_other_widths (void)
{
  static const char text[] = "First Name,Last Name,Age\nA\nA,B,,,\n";
  g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);
  g_autoptr (ConcRunner) narrow = next_runner (&table);
  g_autoptr (ConcRunner) wide = next_runner (&table);

  g_assert_cmpstr (conc_runner_get (narrow, CONC_FIELD_GIVEN_NAME), ==, "A");
  g_assert_null (conc_runner_get (narrow, CONC_FIELD_FAMILY_NAME));
  g_assert_cmpstr (conc_runner_get (wide, CONC_FIELD_FAMILY_NAME), ==, "B");
  g_assert_cmpuint (table.problems->len, ==, 0);
}

static void
test_emergency_contact_in_two_columns (void)
{
  static const char text[] = "Name,Emergency Contact First Name,Emergency Contact Last Name,"
                             "Emergency Contact Phone\nKim,Anna,Berg,612-555-0100\n";
  g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);
  g_autoptr (ConcRunner) runner = next_runner (&table);

  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_EMERGENCY_NAME), ==, "Anna Berg");
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_EMERGENCY_PHONE), ==, "612-555-0100");
  g_assert_null (conc_runner_get (runner, CONC_FIELD_PHONE));
}

static void
assert_births (const char *rows, const char *first, const char *registered)
{
  g_autofree char *text = g_strdup_printf ("Name,DOB,Registered\n%s", rows);
  g_auto (Table) table = open_table (CONC_COLUMNS_RUNNERS, text, strlen (text), NULL);
  g_autoptr (ConcRunner) runner = next_runner (&table);

  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_BIRTH_DATE), ==, first);
  g_assert_cmpstr (conc_runner_get (runner, CONC_FIELD_REGISTERED), ==, registered);
}

static void
test_day_order_of_a_whole_column (void)
{
  assert_births ("A,3/4/1985,\n", "1985-03-04", NULL);
  assert_births ("A,3/4/1985,\nB,24/4/1985,\n", "1985-04-03", NULL);
  assert_births ("A,3/4/1985,\nB,4/24/1985,\n", "1985-03-04", NULL);
  assert_births ("A,3/4/1985,\nB,24/4/1985,\nC,4/24/1985,\n", "1985-03-04", NULL);
  /* Another column tells when this one does not, and is not overruled by it. */
  assert_births ("A,3/4/1985,2/11/2017\nB,,24/11/2017\n", "1985-04-03", "2017-11-02T05:00:00Z");
  assert_births ("A,24/4/1985,11/24/2017\n", "1985-04-24", "2017-11-24T06:00:00Z");
}

static void
test_order_number_is_no_registration_number (void)
{
  static const char        shared[] = "Name,Order #\nA,1\nB,1\nC,2\n";
  static const char        unique[] = "Name,Order #\nA,1\nB,2\n";
  static const char *const maps[] = { "Order #=registration_id", NULL };
  g_auto (Table) shared_table = open_table (CONC_COLUMNS_RUNNERS, shared, strlen (shared), NULL);
  g_auto (Table) unique_table = open_table (CONC_COLUMNS_RUNNERS, unique, strlen (unique), NULL);
  g_auto (Table) mapped_table = open_table (CONC_COLUMNS_RUNNERS, shared, strlen (shared), maps);
  g_autoptr (ConcRunner) in_order = next_runner (&shared_table);
  g_autoptr (ConcRunner) alone = next_runner (&unique_table);
  g_autoptr (ConcRunner) mapped = next_runner (&mapped_table);

  g_assert_null (conc_runner_get (in_order, CONC_FIELD_REGISTRATION_ID));
  g_assert_cmpstr (conc_runner_get (alone, CONC_FIELD_REGISTRATION_ID), ==, "1");
  g_assert_cmpstr (conc_runner_get (mapped, CONC_FIELD_REGISTRATION_ID), ==, "1");
}

static void
test_gift_cells (void)
{
  static const struct
  {
    const char *header;
    const char *row;
    gint64      amount_cents; /* 0: refused */
    ConcMethod  method;
    const char *problem;
  } vectors[] = {
    { "Amount,Method", "25.00,cash", 2500, CONC_METHOD_CASH, NULL },
    { "Amount,Method", "\"$1,000\",Cheque", 100000, CONC_METHOD_CHECK, NULL },
    { "Amount,Method", "5,Credit Card", 500, CONC_METHOD_CARD, NULL },
    { "Amount,Method", "5,PayPal", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Method", "5,pledge", 500, CONC_METHOD_PLEDGE, NULL },
    { "Amount,Method", "5,Matching gift", 500, CONC_METHOD_MATCH, NULL },
    { "Amount", "5", 500, CONC_METHOD_ONLINE, NULL },
    { "amount_cents,Method", "2500,cash", 2500, CONC_METHOD_CASH, NULL },
    { "Amount,Payment Type,Offline Payment Type", "5,Offline,Check", 500, CONC_METHOD_CHECK, NULL },
    { "Amount,Payment Type,Offline Payment Type", "5,,Cash", 500, CONC_METHOD_CASH, NULL },
    { "Amount,Payment Type,Offline Payment Type", "5,Credit Card,", 500, CONC_METHOD_CARD, NULL },
    { "Amount,Payment Type,Offline Payment Type", "5,Offline,", 0, 0,
      "Line 2: “Offline” is not a way of giving; write cash, check, card, online, pledge or "
      "match." },
    { "Amount,Method", "5,", 0, 0, "Line 2 does not say how the gift was paid." },
    { "Amount,Method", "5,goat", 0, 0, "“goat” is not a way of giving" },
    { "Amount,Method", ",cash", 0, 0, "Line 2 has no amount." },
    { "Amount,Method", "0.00,cash", 0, 0, "Line 2 is a gift of nothing." },
    { "Amount,Method", "-5,cash", 0, 0, "Line 2: “-5” is less than nothing" },
    { "Amount,Method", "five,cash", 0, 0, "Line 2: “five” is not an amount of money" },
    { "Amount,Method", "200000000,cash", 0, 0, "is more than $100,000,000" },
    { "amount_cents,Method", "-5,cash", 0, 0, "is not an amount of a gift" },
    { "Amount,Status", "5,succeeded", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Status", "5,Paid", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Status", "5,Refunded", 0, 0,
      "Line 2 is not a gift that arrived: its status is “Refunded”." },
    { "Amount,Status", "5,requires_payment_method", 0, 0, "not a gift that arrived" },
    { "Amount,Captured", "5,false", 0, 0, "never captured" },
    { "Amount,Captured", "5,true", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Mode", "5,Test", 0, 0, "Line 2 is a test payment." },
    { "Amount,Mode", "5,Live", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Currency", "5,usd", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Currency", "5,eur", 0, 0, "another currency than US dollars: “eur”" },
    { "Amount,Amount Refunded", "5,5.00", 0, 0, "Line 2 was given back to the donor." },
    { "Amount,Amount Refunded", "5,0.00", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Amount Refunded", "5,2", 300, CONC_METHOD_ONLINE,
      "Line 2: a part was given back to the donor; $3.00 counts." },
    { "Amount,Refunded", "5,yes", 0, 0, "Line 2 was given back to the donor." },
    { "Amount,Refunded", "5,no", 500, CONC_METHOD_ONLINE, NULL },
    { "Amount,Date", "5,soon", 500, CONC_METHOD_ONLINE, "“soon” cannot be read as a date" },
    { "Amount,Date", "5,1,2", 0, 0, "Line 2 has 3 cells" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s\n%s\n", vectors[i].header, vectors[i].row);
      g_auto (Table) table = open_table (CONC_COLUMNS_GIFTS, text, strlen (text), NULL);
      g_autoptr (ConcGiftRow) gift = NULL;

      g_test_message ("%s: %s", vectors[i].header, vectors[i].row);
      g_assert_no_error (table.error);
      gift = next_gift (&table);
      g_assert_true ((gift != NULL) == (vectors[i].amount_cents > 0));
      if (gift != NULL)
        {
          g_assert_cmpint (gift->amount_cents, ==, vectors[i].amount_cents);
          g_assert_cmpint (gift->method, ==, vectors[i].method);
          g_assert_cmpuint (gift->line, ==, 2);
        }
      g_assert_cmpuint (table.problems->len, ==, vectors[i].problem != NULL ? 1 : 0);
      if (vectors[i].problem != NULL)
        {
          g_assert_nonnull (strstr (get_problem (&table, 0)->sentence, vectors[i].problem));
          g_assert_cmpint (get_problem (&table, 0)->severity, ==,
                           gift != NULL ? CONC_PROBLEM_NOTE : CONC_PROBLEM_REFUSED);
        }
    }
}

static void
test_gift_texts (void)
{
  static const char text[] =
      "First name,Last name,Amount,Method,Anonymous,Designation,Message,Transacted at\n"
      " Paj  Ntaub ,Vang,5,cash,yes,Source,\"Go\nJulia!\",2017-12-09 08:57:29\n"
      ",Vang,5,cash,perhaps,,,\n"
      ",,5,cash,no,,,\n";
  g_auto (Table) table = open_table (CONC_COLUMNS_GIFTS, text, strlen (text), NULL);
  g_autoptr (ConcGiftRow) first = next_gift (&table);
  g_autoptr (ConcGiftRow) second = next_gift (&table);
  g_autoptr (ConcGiftRow) third = next_gift (&table);

  g_assert_cmpstr (first->from, ==, "Paj Ntaub Vang");
  g_assert_true (first->is_anonymous);
  g_assert_cmpstr (first->beneficiary, ==, "Source");
  g_assert_cmpstr (first->message, ==, "Go Julia!");
  g_assert_cmpint (first->when_usec, ==, G_GINT64_CONSTANT (1512831449000000));
  g_assert_cmpstr (second->from, ==, "Vang");
  g_assert_true (second->is_anonymous);
  g_assert_cmpint (second->when_usec, ==, CONC_NO_TIME);
  g_assert_null (third->from);
  g_assert_false (third->is_anonymous);
  g_assert_null (third->message);
}

static void
test_utc_in_the_header (void)
{
  static const char text[] = "id,Created (UTC),Amount\nch_1,2017-12-09 08:57:29,5\n";
  g_auto (Table) table = open_table (CONC_COLUMNS_GIFTS, text, strlen (text), NULL);
  g_autoptr (ConcGiftRow) gift = next_gift (&table);

  g_assert_cmpint (gift->when_usec, ==, G_GINT64_CONSTANT (1512809849000000));
  g_assert_cmpstr (gift->transaction_id, ==, "ch_1");
  g_assert_cmpstr (gift->key, ==, "id:ch_1");
}

static char *
dup_keys (const char *text)
{
  g_auto (Table) table = open_table (CONC_COLUMNS_GIFTS, text, strlen (text), NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  ConcCsvRow row;

  while (conc_csv_reader_next (table.reader, &row, NULL) == CONC_CSV_STEP_ROW)
    {
      g_autoptr (ConcGiftRow) gift = conc_columns_read_gift (table.columns, &row, table.problems);

      g_ptr_array_add (keys, g_strdup (gift != NULL ? gift->key : "refused"));
    }
  g_ptr_array_add (keys, NULL);
  return g_strjoinv (" ", (char **) keys->pdata);
}

static void
test_keys_outlive_a_newer_export (void)
{
  g_autofree char *before = dup_keys ("Name,Amount,Method,Date\n"
                                      "Åsa Berg,5,cash,2017-12-09\n"
                                      "Åsa Berg,5,cash,2017-12-09\n");
  g_autofree char *after = dup_keys ("Date,Method,Name,Amount,Message\n"
                                     "2017-12-09,Cash,asa  BERG,5.00,Hello\n"
                                     "2017-12-09,cash,Åsa Berg,$5,\n"
                                     "2017-12-09,cash,Åsa Berg,5,\n");
  g_autofree char *other = dup_keys ("Name,Amount,Method,Date\n"
                                     "Åsa Berg,6,cash,2017-12-09\n");
  g_autofree char *twice = dup_keys ("id,Amount\na,5\nb,5\na,5\n");

  g_assert_true (g_str_has_prefix (after, before));
  g_assert_true (g_str_has_suffix (after, ":3"));
  g_assert_false (strncmp (before, other, 20) == 0);
  g_assert_cmpstr (twice, ==, "id:a id:b refused");
}

static void
load_sample (const char *name, char **ret_text, gsize *ret_length)
{
  g_autofree char *path = g_strconcat (SAMPLE, name, NULL);
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  *ret_text = conc_encoding_to_utf8 (bytes, length, ret_length, NULL, NULL);
}

static void
test_sample_registrations (void)
{
  g_autofree char *text = NULL;
  g_autofree char *meanings = NULL;
  gsize            length = 0;
  guint            counts[CONC_N_FIELDS] = { 0 }, n_rows = 0;
  g_auto (Table) table = { 0 };
  ConcCsvRow row;

  load_sample ("registrations.csv", &text, &length);
  table = open_table (CONC_COLUMNS_RUNNERS, text, length, NULL);
  g_assert_no_error (table.error);
  for (guint i = 0; i < conc_columns_get_count (table.columns); i++)
    g_assert_nonnull (conc_columns_get_meaning (table.columns, i));

  while (conc_csv_reader_next (table.reader, &row, NULL) == CONC_CSV_STEP_ROW)
    {
      g_autoptr (ConcRunner) runner =
          conc_columns_read_runner (table.columns, &row, table.problems);

      g_assert_nonnull (runner);
      n_rows++;
      for (ConcField field = 0; field < CONC_N_FIELDS; field++)
        if (conc_runner_get (runner, field) != NULL)
          counts[field]++;
    }
  g_assert_cmpuint (n_rows, ==, 1204);
  g_assert_cmpuint (table.problems->len, ==, 0);
  g_assert_cmpuint (counts[CONC_FIELD_GIVEN_NAME], ==, 1204);
  g_assert_cmpuint (counts[CONC_FIELD_REGISTRATION_ID], ==, 1204);
  g_assert_cmpuint (counts[CONC_FIELD_REGISTERED], ==, 1204);
  g_assert_cmpuint (counts[CONC_FIELD_BIRTH_DATE], ==, 1198);
  g_assert_cmpuint (counts[CONC_FIELD_AGE], ==, 1198);
  g_assert_cmpuint (counts[CONC_FIELD_BIB], ==, 0);
}

static void
test_sample_gifts (void)
{
  g_autofree char *text = NULL;
  gsize            length = 0;
  guint            n_rows = 0, n_anonymous = 0;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (Table) table = { 0 };
  ConcCsvRow row;

  load_sample ("gifts.csv", &text, &length);
  table = open_table (CONC_COLUMNS_GIFTS, text, length, NULL);
  g_assert_no_error (table.error);
  while (conc_csv_reader_next (table.reader, &row, NULL) == CONC_CSV_STEP_ROW)
    {
      g_autoptr (ConcGiftRow) gift = conc_columns_read_gift (table.columns, &row, table.problems);

      g_assert_nonnull (gift);
      g_assert_cmpint (gift->when_usec, !=, CONC_NO_TIME);
      g_assert_true (g_hash_table_add (keys, g_strdup (gift->key)));
      n_rows++;
      n_anonymous += gift->is_anonymous ? 1 : 0;
    }
  g_assert_cmpuint (n_rows, ==, 300);
  g_assert_cmpuint (n_anonymous, >, 0);
  g_assert_cmpuint (table.problems->len, ==, 0);
}

static void
check_runner (Table *table, const ConcCsvRow *row)
{
  guint before = table->problems->len;
  g_autoptr (ConcRunner) runner = conc_columns_read_runner (table->columns, row, table->problems);

  /* A row that is not taken is never without a sentence. */
  g_assert_true (runner != NULL || table->problems->len > before);
  for (ConcField field = 0; runner != NULL && field < CONC_N_FIELDS; field++)
    {
      const char *text = conc_runner_get (runner, field);

      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
    }
  for (guint i = before; i < table->problems->len; i++)
    g_assert_true (g_utf8_validate (get_problem (table, i)->sentence, -1, NULL));
}

static void
check_any_bytes (const char *bytes, gsize length)
{
  gsize            text_length = 0;
  g_autofree char *text = conc_encoding_to_utf8 (bytes, length, &text_length, NULL, NULL);
  g_auto (Table) runners = { 0 };
  g_auto (Table) gifts = { 0 };
  ConcCsvRow row;

  if (text == NULL)
    return;
  runners = open_table (CONC_COLUMNS_RUNNERS, text, text_length, NULL);
  while (runners.columns != NULL &&
         conc_csv_reader_next (runners.reader, &row, NULL) == CONC_CSV_STEP_ROW)
    check_runner (&runners, &row);
  gifts = open_table (CONC_COLUMNS_GIFTS, text, text_length, NULL);
  while (gifts.columns != NULL &&
         conc_csv_reader_next (gifts.reader, &row, NULL) == CONC_CSV_STEP_ROW)
    {
      g_autoptr (ConcGiftRow) gift = conc_columns_read_gift (gifts.columns, &row, gifts.problems);

      g_assert_true (gift != NULL || gifts.problems->len > 0);
      g_assert_true (gift == NULL || gift->amount_cents > 0);
    }
}

static void
test_mutations (void)
{
  static const char seed[] =
      "Registration ID,First Name,Last Name,Name,DOB,Gender,Bib,Amount,Method,Donation,"
      "Registration Date,Anonymous,Status,Date\r\n"
      "1,Emma,O'Brien,,08/18/1985,F,12,\"$1,250.00\",cash,25.00,11/24/2017 04:29 PM,no,Paid,"
      "2017-12-09T08:57:29Z\r\n"
      "2,,,\"Berg, S\303\270ren\",18 Aug 1985,X,0,.50,card,,11/24/17 22:28,yes,,24.12.2017\r\n";
  static const char bytes[] = "\",;\t\r\n/-.:0159 aApP\xff\xc3\x98='$";
  GRand            *random = g_rand_new_with_seed (1204);

  for (guint round = 0; round < 4000; round++)
    {
      g_autoptr (GString) text = g_string_new_len (seed, sizeof seed - 1);
      gint32 from = round % 4 == 0 ? 0 : 138; /* mostly leaves the header whole */

      for (int left = g_rand_int_range (random, 1, 8); left > 0; left--)
        {
          gssize at = g_rand_int_range (random, from, (gint32) text->len);
          char   byte = bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];

          if (g_rand_boolean (random))
            text->str[at] = byte;
          else if (g_rand_boolean (random))
            g_string_insert_c (text, at, byte);
          else
            g_string_erase (text, at, MIN (3, (gssize) text->len - at - 1));
        }
      check_any_bytes (text->str, text->len);
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/columns/needed columns", test_needed_columns);
  g_test_add_func ("/columns/maps", test_maps);
  g_test_add_func ("/columns/headers of platforms", test_headers_of_platforms);
  g_test_add_func ("/columns/single headers", test_single_headers);
  g_test_add_func ("/columns/refused rows", test_refused_rows);
  g_test_add_func ("/columns/rows of other widths", test_rows_of_other_widths);
  g_test_add_func ("/columns/cells", test_cells);
  g_test_add_func ("/columns/names", test_names);
  g_test_add_func ("/columns/emergency contact in two columns",
                   test_emergency_contact_in_two_columns);
  g_test_add_func ("/columns/day order of a whole column", test_day_order_of_a_whole_column);
  g_test_add_func ("/columns/order number is no registration number",
                   test_order_number_is_no_registration_number);
  g_test_add_func ("/columns/gift cells", test_gift_cells);
  g_test_add_func ("/columns/gift texts", test_gift_texts);
  g_test_add_func ("/columns/utc in the header", test_utc_in_the_header);
  g_test_add_func ("/columns/keys outlive a newer export", test_keys_outlive_a_newer_export);
  g_test_add_func ("/columns/sample registrations", test_sample_registrations);
  g_test_add_func ("/columns/sample gifts", test_sample_gifts);
  g_test_add_func ("/columns/mutations", test_mutations);

  return g_test_run ();
}
