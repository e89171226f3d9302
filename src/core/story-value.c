/* story-value.c: what facts say, as people read it: values, and how they changed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/field.h"
#include "core/gift.h"
#include "core/money.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "core/story-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LETTERS 200

/* Keys that are no fields of a runner. */
static const struct
{
  const char *key;
  const char *title;
} titles[] = {
  { "amount_cents", N_ ("Amount") },
  { "anonymous", N_ ("Anonymous") },
  { "at", N_ ("Time") },
  { "beneficiary", N_ ("Beneficiary") },
  { "from", N_ ("From") },
  { "message", N_ ("Message") },
  { "method", N_ ("Method") },
  { "name", N_ ("Name") },
  { "role", N_ ("Role") },
  { "source", N_ ("Source") },
  { "transferred_to", N_ ("Given to") },
  { "transferred_from", N_ ("Taken over from") },
  { "value", N_ ("Value") },
  { "wave", N_ ("Wave") },
};

/** conc_story_get_title: Returns: what people call the entry @key of a body. */
const char *
conc_story_get_title (const char *key)
{
  ConcField field = conc_field_from_key (key);

  if (field != CONC_FIELD_NONE)
    return conc_field_get_title (field);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].key, key) == 0)
      return _ (titles[i].title);
  return key;
}

/** conc_story_dup_clock: Returns: (transfer full) (nullable): the time of day under @key. */
char *
conc_story_dup_clock (const ConcStoryMoment *moment, const ConcFact *fact, const char *key)
{
  const char *text = conc_body_get_text (fact->body, key);
  ConcFamily  family = conc_subject_get_family (fact->subject);
  gboolean    is_race_time = family == CONC_FAMILY_GUN || family == CONC_FAMILY_GUN_SEEN ||
                          family == CONC_FAMILY_START || family == CONC_FAMILY_TAP ||
                          family == CONC_FAMILY_CHUTE;
  gint64 usec;

  if (text == NULL || !conc_time_parse_rfc3339 (text, &usec, NULL))
    return NULL;
  return conc_time_format_clock (usec, moment->teller->zone, is_race_time ? 2 : 0);
}

static gboolean
is_yes (const char *text)
{
  return strcmp (text, "yes") == 0 || strcmp (text, "true") == 0;
}

static gboolean
is_yes_or_no (const char *text)
{
  return is_yes (text) || strcmp (text, "no") == 0 || strcmp (text, "false") == 0;
}

static char *
shorten (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_LETTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_LETTERS);
  return g_strconcat (start, "…", NULL);
}

/**
 * conc_story_dup_value:
 *
 * Returns: (transfer full) (nullable): what @fact says under @key as a person reads it: times of
 * day in the zone of the race, money as money; %NULL when it says nothing.
 */
char *
conc_story_dup_value (const ConcStoryMoment *moment, const ConcFact *fact, const char *key)
{
  g_autofree char *text = conc_body_dup_entry (fact->body, key);
  char            *clock;

  if (text == NULL || *text == '\0')
    return NULL;
  clock = conc_story_dup_clock (moment, fact, key);
  if (clock != NULL)
    return clock;
  if (g_str_has_suffix (key, "_cents"))
    return conc_money_format (conc_body_get_int (fact->body, key, 0));
  if (strcmp (key, "method") == 0 && conc_method_from_text (text) != CONC_N_METHODS)
    return g_strdup (conc_method_get_title (conc_method_from_text (text)));
  if (strcmp (key, "bib") == 0)
    return strcmp (text, "0") == 0 ? NULL : g_steal_pointer (&text);
  if (g_str_has_prefix (key, "transferred_"))
    return conc_story_dup_name (moment, text);
  if (is_yes_or_no (text))
    return g_strdup (is_yes (text) ? _ ("yes") : _ ("no"));
  return shorten (text);
}

/* ------------------------------------------------------------- keys with a sentence */

static char *
tell_bib (const char *before, const char *now)
{
  if (now == NULL)
    return before != NULL ? g_strdup_printf (_ ("Bib %s taken away."), before)
                          : g_strdup (_ ("No bib."));
  if (before == NULL || strcmp (before, now) == 0)
    return g_strdup_printf (_ ("Given bib %s."), now);
  return g_strdup_printf (_ ("Bib changed from %s to %s."), before, now);
}

static char *
tell_shirt (const char *before, const char *now)
{
  if (now == NULL)
    return g_strdup (_ ("No shirt was given."));
  if (before == NULL || strcmp (before, now) == 0)
    return g_strdup_printf (_ ("Given a shirt, size %s."), now);
  return g_strdup_printf (_ ("Shirt of size %s swapped for %s."), before, now);
}

static char *
tell_attendance (const char *before, const char *now)
{
  if (now == NULL)
    return g_strdup (_ ("Expected at the race again."));
  if (strcmp (now, "no-show") == 0)
    return g_strdup (_ ("Marked as a no-show."));
  if (strcmp (now, "deferred") == 0)
    return g_strdup (_ ("Deferred: will not run today."));
  if (strcmp (now, "transferred") == 0)
    return g_strdup (_ ("The place was given to somebody else."));
  return NULL;
}

static char *
tell_waiver (const char *before, const char *now)
{
  return g_strdup (g_strcmp0 (now, _ ("yes")) == 0 ? _ ("Waiver accepted.")
                                                   : _ ("Waiver not accepted."));
}

static char *
tell_public (const char *before, const char *now)
{
  return g_strdup (g_strcmp0 (now, _ ("no")) == 0 ? _ ("Not to be named in public.")
                                                  : _ ("May be named in public."));
}

static char *
tell_transferred_to (const char *before, const char *now)
{
  return now != NULL ? g_strdup_printf (_ ("%s runs instead."), now) : NULL;
}

static char *
tell_transferred_from (const char *before, const char *now)
{
  return now != NULL ? g_strdup_printf (_ ("Runs in place of %s."), now) : NULL;
}

static char *
tell_checked_in (const char *before, const char *now)
{
  return now != NULL ? g_strdup_printf (_ ("Checked in at %s."), now)
                     : g_strdup (_ ("Not checked in."));
}

/* @before and @now are values as people read them; NULL: none. */
static const struct
{
  const char *key;
  char *(*tell) (const char *before, const char *now);
} sayings[] = {
  { "attendance", tell_attendance },
  { "bib", tell_bib },
  { "checked_in_at", tell_checked_in },
  { "public", tell_public },
  { "shirt_given", tell_shirt },
  { "transferred_from", tell_transferred_from },
  { "transferred_to", tell_transferred_to },
  { "waiver", tell_waiver },
};

static char *
tell_own (const char *key, const char *before, const char *now)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (strcmp (sayings[i].key, key) == 0)
      return sayings[i].tell (before, now);
  return NULL;
}

static char *
tell_any (const char *key, const char *before, const char *now)
{
  const char *title = conc_story_get_title (key);

  if (now == NULL)
    return before != NULL ? g_strdup_printf (_ ("%s taken away; it was %s."), title, before)
                          : g_strdup_printf (_ ("%s left empty."), title);
  if (before == NULL)
    return g_strdup_printf (_ ("%s entered: %s."), title, now);
  if (strcmp (before, now) == 0)
    return g_strdup_printf (_ ("%s entered again: %s."), title, now);
  return g_strdup_printf (_ ("%s corrected from %s to %s."), title, before, now);
}

/**
 * conc_story_dup_change:
 * @key: a key that the fact that is told has
 *
 * Returns: (transfer full): a sentence about what the fact says and what was there before.
 */
char *
conc_story_dup_change (const ConcStoryMoment *moment, const char *key)
{
  const ConcFact  *earlier = conc_story_find_before (moment, key);
  g_autofree char *before = earlier != NULL ? conc_story_dup_value (moment, earlier, key) : NULL;
  g_autofree char *now = conc_story_dup_value (moment, conc_story_get_fact (moment), key);
  char            *sentence = tell_own (key, before, now);

  return sentence != NULL ? sentence : tell_any (key, before, now);
}

/* A check-in says what it may take back, such as another event, also when nothing changes. */
static gboolean
is_said_again (const ConcStoryMoment *moment, const char *key)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const ConcFact *earlier =
      fact->kind == CONC_KIND_CHECK_IN ? conc_story_find_before (moment, key) : NULL;

  return earlier != NULL && conc_body_entry_equal (earlier->body, fact->body, key);
}

/* What a fact knew of is no news to a person. */
static gboolean
is_told (const ConcStoryMoment *moment, const char *key, const char *const *except)
{
  return strcmp (key, CONC_KEY_SETTLES) != 0 && strcmp (key, CONC_KEY_SAW) != 0 &&
         (except == NULL || !g_strv_contains (except, key)) && !is_said_again (moment, key);
}

/**
 * conc_story_dup_changes:
 * @except: (nullable): keys that are told otherwise
 *
 * Returns: (transfer full) (nullable): conc_story_dup_change() of all other keys, one after the
 * other; %NULL when there is none.
 */
char *
conc_story_dup_changes (const ConcStoryMoment *moment, const char *const *except)
{
  const ConcBody *body = conc_story_get_fact (moment)->body;
  GString        *text = g_string_new (NULL);

  for (guint i = 0; i < conc_body_get_n (body); i++)
    {
      const char      *key = conc_body_get_key (body, i);
      g_autofree char *sentence =
          is_told (moment, key, except) ? conc_story_dup_change (moment, key) : NULL;

      if (sentence != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
    }
  return g_string_free (text, text->len == 0);
}
