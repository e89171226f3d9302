/* columns-table.c: the names that exports give to columns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/columns-private.h"

#include "core/text-fold.h"

#include <string.h>

typedef struct
{
  int         meaning;
  const char *key;   /* on the command line; NULL for the key of the field */
  const char *names; /* normalized, best first, between bars */
} Meaning;

/* Names after RunSignup (reports and API), Race Roster, Active, Eventbrite, Webscorer, and what
 * directors write themselves. A header must be one of them as a whole, so that “Emergency Contact
 * Phone” is not taken for “Phone”. */
static const Meaning runner_meanings[] = {
  { CONC_FIELD_BIB, NULL,
    "bib|bib number|bib num|bib no|bibnumber|assigned bib|bib assigned|race number|race no|"
    "start number|runner number|athlete number" },
  { CONC_FIELD_GIVEN_NAME, NULL,
    "first name|given name|firstname|first|forename|fname|given names|first names|legal first "
    "name" },
  { CONC_FIELD_FAMILY_NAME, NULL,
    "last name|family name|lastname|surname|last|lname|family names|last names|legal last name" },
  { CONC_FIELD_SEX, NULL,
    "sex|gender|gender identity|m f|f m|mf|sex gender|gender sex|competition gender" },
  { CONC_FIELD_AGE, NULL,
    "age|age on race day|age as of race day|age on raceday|race day age|race age|age on event "
    "day|age on race date|"
    "age at race|age on event date|age race day" },
  { CONC_FIELD_EVENT, NULL,
    "event|event name|sub event|subevent|sub event name|race event|race name|distance|"
    "ticket type|ticket name|ticket|registration category|registration type|entry type|"
    "category name|race" },
  { CONC_FIELD_WAVE, NULL,
    "wave|start wave|wave name|starting wave|assigned wave|corral|start corral|starting corral|"
    "corral name|assigned corral|start group|starting group|wave corral" },
  { CONC_FIELD_TEAM, NULL,
    "team|team name|teamname|club|club name|running club|team club|club team|team or club|"
    "group name|group team name|group" },
  { CONC_FIELD_SHIRT, NULL,
    "shirt size|t shirt size|tshirt size|shirt|t shirt|tshirt|tee size|race shirt size|"
    "race shirt|shirt option|giveaway|adult t shirt size|adult shirt size|adult shirt|t shirt "
    "sizes" },
  { CONC_FIELD_CITY, NULL,
    "city|town|home city|hometown|home town|city town|address city|town city|mailing city" },
  { CONC_FIELD_STATE, NULL,
    "state|state province|province|state prov|home state|home state province|region|"
    "province state|address state|mailing state|state or province" },
  { CONC_FIELD_PUBLIC, NULL,
    "show name in public results|public|show name in results|display name in results|"
    "display name in public results|show in results|show my name in results|name in results|"
    "show name publicly|public name|public results|publish name|publish name in results|"
    "list in results|display in results|named in public|show in public results" },
  { CONC_FIELD_WAIVER, NULL,
    "waiver accepted|waiver|waiver signed|signed waiver|waiver agreed|accepted waiver|"
    "accept waiver|agreed to waiver|agree to waiver|waiver agreement|waiver status" },
  { CONC_FIELD_REGISTERED, NULL,
    "registration date|registered at|registered|registered on|date registered|"
    "registration time|registration timestamp|date of registration|registration date time|"
    "registered date|signup date|sign up date|entry date|order date|purchase date|created at|"
    "created|date created" },
  { CONC_FIELD_BIRTH_DATE, NULL,
    "date of birth|birth date|dob|birthdate|birthday|birth day|d o b|born|dob date of birth|"
    "date of birth dob" },
  { CONC_FIELD_EMAIL, NULL,
    "email|email address|emailaddress|contact email|primary email|email addr|contact email "
    "address" },
  { CONC_FIELD_PHONE, NULL,
    "phone|phone number|mobile phone|mobile|cell phone|cell|mobile number|cell number|"
    "cell phone number|mobile phone number|cellphone|telephone|telephone number|phone no|"
    "contact number|contact phone|primary phone|home phone|day phone" },
  { CONC_FIELD_ZIP, NULL,
    "zip|zip code|zipcode|postal code|postcode|post code|zip postal code|postal zip code|"
    "zip postal|home zip|home zip postal code|postalcode|zip code postal code|mailing zip" },
  { CONC_FIELD_COUNTRY, NULL,
    "country|country code|home country|address country|mailing country|country of residence" },
  { CONC_FIELD_EMERGENCY_NAME, NULL,
    "emergency contact name|emergency contact|emergency name|emergency contact full name|"
    "emergency contact person|ice name|ice contact|in case of emergency contact|"
    "in case of emergency" },
  { CONC_FIELD_EMERGENCY_PHONE, NULL,
    "emergency contact phone|emergency phone|emergency contact phone number|"
    "emergency phone number|emergency contact number|emergency number|"
    "emergency contact mobile|emergency contact cell phone|emergency contact cell|"
    "emergency contact telephone|emergency telephone|ice phone|ice number" },
  { CONC_FIELD_GUARDIAN, NULL,
    "guardian|guardian name|parent guardian name|parent guardian|parent or guardian|"
    "parent or guardian name|parent name|parent|legal guardian|parent legal guardian|"
    "parent legal guardian name|legal guardian name|parent guardian full name" },
  { CONC_FIELD_NOTE, NULL,
    "note|notes|comment|comments|registration notes|special needs|special requests|"
    "remarks|additional information|additional notes|internal notes" },
  { CONC_FIELD_KNOWN_AS, NULL,
    "known as|nickname|nick name|preferred name|preferred first name|goes by|chosen name|"
    "also known as|aka|name on bib|bib name" },
  { CONC_FIELD_CAPTAIN, NULL,
    "captain|team captain|is captain|is team captain|team leader|group captain|team admin" },
  { CONC_FIELD_MEDICAL, NULL,
    "medical|medical notes|medical note|medical information|medical info|medical conditions|"
    "medical condition|allergies|medical alert|medical issues|health conditions" },
  { CONC_FIELD_BALANCE, "balance",
    "balance due|balance|amount due|balance owed|amount owed|outstanding balance|owed|due|"
    "amount outstanding|unpaid|unpaid amount" },
  { COLUMN_BALANCE_CENTS, "balance_cents", "balance cents" },
  { COLUMN_YOUTH_SHIRT, "youth_shirt",
    "youth t shirt size|youth shirt size|youth shirt|youth t shirt|child shirt size|"
    "child t shirt size|children s shirt size|kids shirt size|kids t shirt size|kids shirt|"
    "minor shirt size|youth tee size" },
  { CONC_FIELD_DONATION, "donation",
    "donation|donation amount|additional donation|donation at registration|charity donation|"
    "donations|total donation" },
  { COLUMN_DONATION_CENTS, "donation_cents", "donation cents" },
  { CONC_FIELD_REGISTRATION_ID, NULL,
    "registration id|registration number|registrant id|entry id|entry number|attendee number|"
    "attendee id|registration no|registrationid|user id|confirmation number|"
    "confirmation code|confirmation id|order number|order id|transaction id|id" },
  { COLUMN_FULL_NAME, "name",
    "full name|name|athlete name|runner name|participant name|fullname|attendee name|"
    "participant|runner|athlete|competitor|racer|attendee|name first last|last name first name|"
    "last first" },
  { COLUMN_HIDDEN, "hidden",
    "hide my name|hide name|hide my name from public results|anonymous|hide my name in "
    "results|hide name in results|"
    "hide from results|hide in results|hidden|hidden from results|private|do not show name|"
    "do not show name in results|do not publish|do not publish name|anonymous in results|"
    "opt out of results|remove from results|private registration|hide name from public|"
    "keep anonymous|is anonymous" },
  { COLUMN_STATUS, "status",
    "status|attendee status|registration status|entry status|participant status" },
  { COLUMN_EMERGENCY_GIVEN, "emergency_given_name",
    "emergency contact first name|emergency first name|emergency contact given name" },
  { COLUMN_EMERGENCY_FAMILY, "emergency_family_name",
    "emergency contact last name|emergency last name|emergency contact family name|"
    "emergency contact surname" },
  { COLUMN_GUARDIAN_GIVEN, "guardian_given_name",
    "parent first name|guardian first name|parent guardian first name|"
    "parent or guardian first name" },
  { COLUMN_GUARDIAN_FAMILY, "guardian_family_name",
    "parent last name|guardian last name|parent guardian last name|"
    "parent or guardian last name" },
};

/* Names after Stripe, Classy, Givebutter and what people write on their own lists. */
static const Meaning gift_meanings[] = {
  { GIFT_AMOUNT, "amount",
    "amount|gift amount|donation amount|gross transaction amount|gross amount|donation|gift|"
    "total amount|amount paid|amount usd|total|amount in dollars|dollars" },
  { GIFT_AMOUNT_CENTS, "amount_cents", "amount cents" },
  { GIFT_REFUNDED, "refunded", "amount refunded|refunded amount|refund amount|refunded" },
  { GIFT_METHOD, "method",
    "method|payment method|payment type|gift method|payment|paid by|"
    "payment method type|how paid|type" },
  { GIFT_OFFLINE_METHOD, "offline_method", "offline payment type|offline method" },
  { GIFT_ANONYMOUS, "anonymous",
    "anonymous|donor is anonymous|is anonymous|anonymous donation|anonymous gift|"
    "keep anonymous|hide name|hide my name|donate anonymously|give anonymously" },
  { GIFT_GIVEN_NAME, "given_name",
    "first name|given name|firstname|donor first name|supporter first name|first|forename" },
  { GIFT_FAMILY_NAME, "family_name",
    "last name|family name|lastname|donor last name|supporter last name|last|surname" },
  { GIFT_FULL_NAME, "name",
    "donor name|supporter name|from|donor|name|full name|giver|given by|supporter|"
    "customer name|card name|customer description" },
  { GIFT_BENEFICIARY, "beneficiary",
    "beneficiary|designation|program designation|fund|charity|cause|designated to|"
    "organization supported|program" },
  { GIFT_MESSAGE, "message",
    "message|donors comment|donor comment|comment|giving space message|public message|"
    "donor message|donation message|comments|note|notes|dedication" },
  { GIFT_TIME, "time",
    "transacted at|transaction date|donation date|gift date|date|payment date|received at|"
    "received|date received|donated at|created at|created|created utc|timestamp|time|"
    "date time|date and time|when|at" },
  { GIFT_TRANSACTION_ID, "transaction_id",
    "transaction id|transaction number|donation id|gift id|payment id|charge id|id|"
    "reference|reference number|receipt number|confirmation number" },
  { GIFT_STATUS, "status", "status|transaction status|payment status|donation status" },
  { GIFT_CAPTURED, "captured", "captured" },
  { GIFT_CURRENCY, "currency", "currency|currency code" },
  { GIFT_MODE, "mode", "mode" },
};

/* Registration numbers that may belong to several people who registered together. */
static const char weak_ids[] = "|user id|confirmation number|confirmation code|confirmation id|"
                               "order number|order id|transaction id|id|";

/* Words before a name that say whose it is, when it is the registered person's. */
static const char *const runner_owners[] = { "participant", "runner",  "athlete", "attendee",
                                             "registrant",  "entrant", "racer",   "competitor",
                                             "your",        "the",     "walker" };

static const Meaning *
get_meanings (ConcColumnsKind kind, guint *ret_count)
{
  *ret_count =
      kind == CONC_COLUMNS_RUNNERS ? G_N_ELEMENTS (runner_meanings) : G_N_ELEMENTS (gift_meanings);
  return kind == CONC_COLUMNS_RUNNERS ? runner_meanings : gift_meanings;
}

static const char *
get_key (ConcColumnsKind kind, const Meaning *meaning)
{
  return meaning->key != NULL ? meaning->key : conc_field_get_key ((ConcField) meaning->meaning);
}

/* Rank of @name in a list of names between bars, from 1; 0 when it is not there. */
static guint
find_name (const char *names, const char *name)
{
  gsize length = strlen (name);
  guint rank = 1;

  for (const char *p = names;; rank++)
    {
      gsize n = strcspn (p, "|");

      if (n == length && strncmp (p, name, n) == 0)
        return rank;
      if (p[n] == '\0')
        return 0;
      p += n + 1;
    }
}

static int
find_exact (ConcColumnsKind kind, const char *name, guint *ret_rank)
{
  guint          n_meanings = 0;
  const Meaning *meanings = get_meanings (kind, &n_meanings);

  for (guint i = 0; *name != '\0' && i < n_meanings; i++)
    {
      guint rank = find_name (meanings[i].names, name);

      if (rank != 0)
        {
          *ret_rank = rank;
          return meanings[i].meaning;
        }
    }
  return MEANING_NONE;
}

static const char *
skip_owner (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (runner_owners); i++)
    {
      gsize length = strlen (runner_owners[i]);

      if (g_str_has_prefix (name, runner_owners[i]) && name[length] == ' ')
        return name + length + 1;
    }
  return name;
}

/* “Date of Birth (mm/dd/yyyy)” and “Phone *” mean what they mean without the addition. */
static char *
dup_without_brackets (const char *header)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint depth = 0;

  for (const char *p = header; *p != '\0'; p++)
    {
      if (*p == '(' || *p == '[')
        depth++;
      else if ((*p == ')' || *p == ']') && depth > 0)
        depth--;
      else if (depth == 0)
        g_string_append_c (out, *p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
replace_word (GString *words, const char *old_word, const char *new_word)
{
  g_string_prepend_c (words, ' ');
  g_string_append_c (words, ' ');
  g_string_replace (words, old_word, new_word, 0);
  g_string_erase (words, 0, 1);
  g_string_truncate (words, words->len - (words->len > 0 ? 1 : 0));
}

/**
 * conc_columns_normalize_header:
 * @header: a column name as the file has it
 *
 * Returns: (transfer full): its words in lower case with one space between them; “Bib #” is “bib
 *   number”, “bib_num” is “bib num”, “firstName” is “first name”, “E-mail” is “email”. Any thread.
 */
char *
conc_columns_normalize_header (const char *header)
{
  g_autoptr (GString) split = g_string_new (NULL);
  g_autoptr (GString) words = NULL;
  g_autofree char *folded = NULL;

  for (const char *p = header; *p != '\0'; p++)
    {
      if (*p == '#')
        g_string_append (split, " number ");
      else
        {
          if (p > header && g_ascii_isupper (*p) && g_ascii_islower (p[-1]))
            g_string_append_c (split, ' ');
          g_string_append_c (split, *p);
        }
    }
  folded = conc_text_fold (split->str);
  words = g_string_new (folded);
  replace_word (words, " e mail ", " email ");
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * conc_columns_find_meaning:
 * @kind: what the file lists
 * @header: a column name as the file has it
 * @ret_rank: (out): how sure the name is; 1 is surest, set only when there is a meaning
 *
 * Returns: the meaning of the column, %MEANING_NONE for none. Any thread.
 */
int
conc_columns_find_meaning (ConcColumnsKind kind, const char *header, guint *ret_rank)
{
  g_autofree char *name = conc_columns_normalize_header (header);
  g_autofree char *shorter = NULL;
  g_autofree char *shorter_name = NULL;
  int              meaning = find_exact (kind, name, ret_rank);

  if (meaning == MEANING_NONE && kind == CONC_COLUMNS_RUNNERS)
    meaning = find_exact (kind, skip_owner (name), ret_rank);
  if (meaning != MEANING_NONE)
    return meaning;

  shorter = dup_without_brackets (header);
  shorter_name = conc_columns_normalize_header (shorter);
  meaning = find_exact (kind, shorter_name, ret_rank);
  if (meaning == MEANING_NONE && kind == CONC_COLUMNS_RUNNERS)
    meaning = find_exact (kind, skip_owner (shorter_name), ret_rank);
  return meaning;
}

/**
 * conc_columns_is_weak_id:
 * @header: the name of a column of registration numbers
 *
 * Returns: whether such a number may be shared by people who registered together. Any thread.
 */
gboolean
conc_columns_is_weak_id (const char *header)
{
  g_autofree char *name = conc_columns_normalize_header (header);
  g_autofree char *wanted = g_strdup_printf ("|%s|", name);

  return strstr (weak_ids, wanted) != NULL;
}

/**
 * conc_columns_meaning_from_key:
 * @kind: what the file lists
 * @key: a key as the user gives it
 *
 * Returns: the meaning, or %MEANING_NONE. Any thread.
 */
int
conc_columns_meaning_from_key (ConcColumnsKind kind, const char *key)
{
  guint          n_meanings = 0;
  const Meaning *meanings = get_meanings (kind, &n_meanings);

  for (guint i = 0; i < n_meanings; i++)
    if (g_ascii_strcasecmp (get_key (kind, &meanings[i]), key) == 0)
      return meanings[i].meaning;
  return MEANING_NONE;
}

/**
 * conc_columns_meaning_to_key:
 * @kind: what the file lists
 * @meaning: a meaning
 *
 * Returns: (nullable): its key; %NULL for none. Any thread.
 */
const char *
conc_columns_meaning_to_key (ConcColumnsKind kind, int meaning)
{
  guint          n_meanings = 0;
  const Meaning *meanings = get_meanings (kind, &n_meanings);

  for (guint i = 0; i < n_meanings; i++)
    if (meanings[i].meaning == meaning)
      return get_key (kind, &meanings[i]);
  return NULL;
}

/**
 * conc_columns_dup_keys:
 * @kind: what the file lists
 *
 * Returns: (transfer full): all keys, for the sentence after a wrong one. Any thread.
 */
char *
conc_columns_dup_keys (ConcColumnsKind kind)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  guint          n_meanings = 0;
  const Meaning *meanings = get_meanings (kind, &n_meanings);

  for (guint i = 0; i < n_meanings; i++)
    g_string_append_printf (keys, "%s, ", get_key (kind, &meanings[i]));
  g_string_append (keys, "ignore");
  return g_string_free (g_steal_pointer (&keys), FALSE);
}
