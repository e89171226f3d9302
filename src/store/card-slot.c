/* card-slot.c: cards of two facts that say different things about one key of one subject. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/money.h"
#include "store/card-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static ConcCardKind
choose_kind (ConcFamily family, const char *key)
{
  switch (family)
    {
    case CONC_FAMILY_GUN:
      return CONC_CARD_GUN;
    case CONC_FAMILY_START:
      return CONC_CARD_START;
    case CONC_FAMILY_TAP:
      return CONC_CARD_TAP;
    case CONC_FAMILY_CHUTE:
      return CONC_CARD_CHUTE;
    case CONC_FAMILY_STREAM:
      return CONC_CARD_STREAM;
    case CONC_FAMILY_CHIP:
      return CONC_CARD_CHIP;
    case CONC_FAMILY_GIFT:
      return CONC_CARD_GIFT;
    case CONC_FAMILY_FEE:
      return CONC_CARD_FEE;
    case CONC_FAMILY_SETTING:
      return CONC_CARD_SETTING;
    case CONC_FAMILY_STATION:
      return CONC_CARD_STATION;
    default:
      break;
    }
  if (strcmp (key, CONC_KEY_REMOVED) == 0)
    return CONC_CARD_REMOVED;
  if (strcmp (key, CONC_KEY_TRANSFERRED_TO) == 0)
    return CONC_CARD_TRANSFER;
  switch (conc_field_from_key (key))
    {
    case CONC_FIELD_BIB:
      return CONC_CARD_TWO_BIBS;
    case CONC_FIELD_CHECKED_IN:
      return CONC_CARD_CHECK_IN;
    case CONC_FIELD_ATTENDANCE:
      return CONC_CARD_ATTENDANCE;
    default:
      return CONC_CARD_FIELD;
    }
}

static gboolean
is_race_time (const ConcFact *fact)
{
  ConcFamily family = conc_subject_get_family (fact->subject);

  return family == CONC_FAMILY_GUN || family == CONC_FAMILY_START || family == CONC_FAMILY_TAP ||
         family == CONC_FAMILY_CHUTE;
}

/* Whether the runner is here, or why not. */
static char *
describe_presence (const ConcFact *fact)
{
  const char *at = conc_body_get_text (fact->body, conc_field_get_key (CONC_FIELD_CHECKED_IN));
  const char *attendance =
      conc_body_get_text (fact->body, conc_field_get_key (CONC_FIELD_ATTENDANCE));

  if (at != NULL && *at != '\0')
    return g_strdup (_ ("checked in"));
  if (g_strcmp0 (attendance, CONC_ATTENDANCE_DEFERRED) == 0)
    return g_strdup (_ ("deferred"));
  if (g_strcmp0 (attendance, CONC_ATTENDANCE_TRANSFERRED) == 0)
    return g_strdup (_ ("the place went to somebody else"));
  if (g_strcmp0 (attendance, CONC_ATTENDANCE_NO_SHOW) == 0)
    return g_strdup (_ ("no-show"));
  return g_strdup (_ ("expected"));
}

/* The tap that a bib of the chute was linked with. */
static char *
describe_tap (const ConcCardMaker *maker, const char *subject)
{
  g_autoptr (ConcTap) tap = conc_reader_get_tap (maker->reader, subject, NULL);
  g_autofree char *at = tap != NULL ? conc_time_format_clock (tap->at_usec, maker->zone, 2) : NULL;

  return at != NULL ? g_strdup_printf (_ ("the tap at %s"), at)
                    : g_strdup (_ ("a tap that was taken back"));
}

/* What the fact says for @key as a person reads it: times of day in the zone of the race, money
 * as money, and quotation marks around words. */
static char *
describe_value (const ConcCardMaker *maker, const ConcFact *fact, const char *key)
{
  g_autofree char *text = conc_body_dup_entry (fact->body, key);
  gint64           usec;

  if (strcmp (key, conc_field_get_key (CONC_FIELD_ATTENDANCE)) == 0)
    return describe_presence (fact);
  if (text == NULL || *text == '\0')
    return g_strdup (_ ("(nothing)"));
  if (fact->kind == CONC_KIND_CHUTE_SET && strcmp (key, "tap") == 0)
    return describe_tap (maker, text);
  if (g_str_has_suffix (key, "_usec"))
    return g_strdup_printf (_ ("%d ms"), (int) (conc_body_get_int (fact->body, key, 0) / 1000));
  if (strcmp (key, CONC_KEY_TRANSFERRED_TO) == 0)
    return conc_card_dup_runner_name (maker, text);
  if (conc_time_parse_rfc3339 (text, &usec, NULL))
    return conc_time_format_clock (usec, maker->zone, is_race_time (fact) ? 2 : 0);
  if (strcmp (key, "amount_cents") == 0)
    return conc_money_format (conc_body_get_int (fact->body, key, 0));
  if (strcmp (key, conc_field_get_key (CONC_FIELD_PUBLIC)) == 0)
    return g_strdup (conc_body_get_bool (fact->body, key, FALSE) || strcmp (text, "yes") == 0
                         ? _ ("may be named in public")
                         : _ ("not to be named in public"));
  if (strcmp (key, "bib") == 0)
    return g_strdup_printf (_ ("bib %s"), text);
  return g_strdup_printf (_ ("“%s”"), text);
}

static char *
describe_wave (const char *subject)
{
  const char *wave = subject + strlen ("gun:");

  if (*wave == '\0')
    return g_strdup (_ ("The gun was fired twice"));
  return g_strdup_printf (_ ("The gun of wave %s was fired twice"), wave);
}

static char *
describe_field_title (const ConcCardMaker *maker, const char *subject, const char *key)
{
  g_autofree char *name = conc_card_dup_runner_name (maker, subject);
  ConcField        field = conc_field_from_key (key);

  return g_strdup_printf (_ ("%s: two entries for “%s”"), name,
                          field != CONC_FIELD_NONE ? conc_field_get_title (field) : key);
}

static char *
describe_title (const ConcCardMaker *maker, ConcCardKind kind, const char *subject, const char *key)
{
  g_autofree char *name = NULL;

  switch (kind)
    {
    case CONC_CARD_GUN:
      return describe_wave (subject);
    case CONC_CARD_START:
      return g_strdup_printf (_ ("Bib %s has two starts"), subject + strlen ("start:"));
    case CONC_CARD_TAP:
      return g_strdup (_ ("One tap was given two bibs"));
    case CONC_CARD_CHUTE:
      return g_strdup (strcmp (key, "tap") == 0 ? _ ("A bib of the chute was linked with two taps")
                                                : _ ("A bib of the chute was read as two bibs"));
    case CONC_CARD_STREAM:
      return g_strdup_printf (_ ("The stream “%s” was set up twice: %s"),
                              subject + strlen ("stream:"), key);
    case CONC_CARD_CHIP:
      return g_strdup_printf (_ ("Chip %s was given to two bibs"), subject + strlen ("chip:"));
    case CONC_CARD_GIFT:
      return g_strdup (_ ("A gift was corrected twice"));
    case CONC_CARD_SETTING:
      return g_strdup_printf (_ ("The setting “%s” was changed twice"),
                              subject + strlen ("setting:"));
    case CONC_CARD_STATION:
      return g_strdup (_ ("A station has two names"));
    case CONC_CARD_TWO_BIBS:
      name = conc_card_dup_runner_name (maker, subject);
      return g_strdup_printf (_ ("%s was given two bibs"), name);
    case CONC_CARD_CHECK_IN:
      name = conc_card_dup_runner_name (maker, subject);
      return g_strdup_printf (_ ("%s was checked in at two desks"), name);
    case CONC_CARD_ATTENDANCE:
      name = conc_card_dup_runner_name (maker, subject);
      return g_strdup_printf (_ ("Desks disagree on whether %s is here"), name);
    case CONC_CARD_TRANSFER:
      name = conc_card_dup_runner_name (maker, subject);
      return g_strdup_printf (_ ("The place of %s was given to two people"), name);
    case CONC_CARD_FEE:
      return g_strdup (_ ("A payment was corrected twice"));
    case CONC_CARD_REMOVED:
      name = conc_card_dup_runner_name (maker, subject);
      return g_strdup_printf (_ ("%s was removed at one desk and edited at another"), name);
    default:
      return describe_field_title (maker, subject, key);
    }
}

/* Two desks may well have done the same thing in the same second. */
static char *
describe_choice (const ConcCardMaker *maker,
                 ConcCardKind         kind,
                 const ConcFact      *fact,
                 const char          *value)
{
  g_autofree char *station = NULL;

  if (kind != CONC_CARD_CHECK_IN && kind != CONC_CARD_GUN && kind != CONC_CARD_START)
    return g_strdup_printf (_ ("Keep %s"), value);
  station = conc_reader_dup_station_name (maker->reader, fact->id.station);
  return g_strdup_printf (_ ("Keep %s of %s"), value, station);
}

static void
add_value (const ConcCardMaker *maker,
           ConcCard            *card,
           const ConcFact      *fact,
           const char          *key,
           gboolean             is_shown)
{
  g_autofree char *value = describe_value (maker, fact, key);
  g_autofree char *name = conc_fact_id_to_text (&fact->id);

  conc_card_add_fact (maker, card, fact, value, is_shown);
  conc_card_add_choice (card, name, describe_choice (maker, card->kind, fact, value), is_shown);
}

/* What somebody did with a runner whom somebody else removed. */
static char *
describe_deed (const ConcFact *fact)
{
  gint64    bib = conc_body_get_int (fact->body, "bib", 0);
  ConcField field = CONC_FIELD_NONE;

  switch (fact->kind)
    {
    case CONC_KIND_CHECK_IN:
      return g_strdup (_ ("Checked in"));
    case CONC_KIND_WAIVER:
      return g_strdup (_ ("Waiver accepted"));
    case CONC_KIND_UNDO:
      return g_strdup (_ ("Brought back"));
    case CONC_KIND_RUNNER_APART:
      return g_strdup (
          conc_body_get_n (fact->body) > 0 &&
                  conc_body_get_bool (fact->body, conc_body_get_key (fact->body, 0), FALSE)
              ? _ ("Said to be another person")
              : _ ("Kept as the one entry of this person"));
    default:
      break;
    }
  if (bib > 0)
    return g_strdup_printf (_ ("Given bib %d"), (int) bib);
  if (conc_body_get_n (fact->body) == 1)
    field = conc_field_from_key (conc_body_get_key (fact->body, 0));
  if (field != CONC_FIELD_NONE)
    return g_strdup_printf (_ ("“%s” edited"), conc_field_get_title (field));
  return g_strdup (_ ("Edited"));
}

static void
add_removal (const ConcCardMaker *maker, ConcCard *card, const ConcFact *removal, GPtrArray *edits)
{
  conc_card_add_fact (maker, card, removal, _ ("Removed"), TRUE);
  for (guint i = 0; i < edits->len; i++)
    {
      const ConcFact  *edit = g_ptr_array_index (edits, i);
      g_autofree char *deed = describe_deed (edit);

      conc_card_add_fact (maker, card, edit, deed, FALSE);
    }
  conc_card_add_choice (card, CONC_CHOICE_KEEP_REMOVED, g_strdup (_ ("Leave removed")), TRUE);
  conc_card_add_choice (card, CONC_CHOICE_BRING_BACK, g_strdup (_ ("Bring back")), FALSE);
}

/** conc_card_of_slot: Returns: (transfer full): the card; its id is "SUBJECT/KEY". */
ConcCard *
conc_card_of_slot (const ConcCardMaker *maker,
                   const char          *subject,
                   const char          *key,
                   const ConcFact      *winner,
                   GPtrArray           *rivals)
{
  g_autofree char *id = g_strconcat (subject, "/", key, NULL);
  ConcCardKind     kind = choose_kind (conc_subject_get_family (subject), key);
  ConcCard        *card = conc_card_new (kind, id);

  card->title = describe_title (maker, kind, subject, key);
  if (kind == CONC_CARD_REMOVED)
    {
      add_removal (maker, card, winner, rivals);
      return card;
    }
  add_value (maker, card, winner, key, TRUE);
  for (guint i = 0; i < rivals->len; i++)
    add_value (maker, card, g_ptr_array_index (rivals, i), key, FALSE);
  return card;
}
