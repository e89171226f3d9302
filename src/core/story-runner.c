/* story-runner.c: sentences about runners. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/field.h"
#include "core/race-time.h"
#include "core/runner-facts.h"
#include "core/story-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A check-in that was entered later than that says when it was. */
#define LATE_USEC (60 * G_USEC_PER_SEC)

/* A desk also names all that it corrects where several facts said it; that is no decision between
 * stations. */
static gboolean
is_decision (const ConcFact *fact)
{
  return conc_body_has (fact->body, CONC_KEY_SETTLES) && fact->kind != CONC_KIND_CHECK_IN &&
         fact->kind != CONC_KIND_RUNNER_SET;
}

/* "Decided: Town corrected from Edina to Eden Prairie." */
static char *
decide (const ConcFact *fact, char *take_sentence)
{
  g_autofree char *sentence = take_sentence;

  if (!is_decision (fact) || sentence == NULL)
    return g_steal_pointer (&sentence);
  return g_strdup_printf (_ ("Decided: %s"), sentence);
}

static void
append_item (GString *list, const char *item)
{
  if (item != NULL && *item != '\0')
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", item);
}

static void
append_value (const ConcStoryMoment *moment, GString *list, ConcField field)
{
  g_autofree char *value =
      conc_story_dup_value (moment, conc_story_get_fact (moment), conc_field_get_key (field));

  append_item (list, value);
}

static char *
dup_name_of (const ConcBody *body)
{
  const char *given = conc_body_get_text (body, conc_field_get_key (CONC_FIELD_GIVEN_NAME));
  const char *family = conc_body_get_text (body, conc_field_get_key (CONC_FIELD_FAMILY_NAME));

  return g_strstrip (
      g_strconcat (given != NULL ? given : "", " ", family != NULL ? family : "", NULL));
}

/* "Ann Olson, 5K, Wave A, shirt M" */
static char *
describe_entry (const ConcStoryMoment *moment)
{
  const ConcBody  *body = conc_story_get_fact (moment)->body;
  const char      *wave = conc_body_get_text (body, conc_field_get_key (CONC_FIELD_WAVE));
  const char      *shirt = conc_body_get_text (body, conc_field_get_key (CONC_FIELD_SHIRT));
  g_autofree char *name = dup_name_of (body);
  g_autofree char *wave_title = wave != NULL && *wave != '\0' ? conc_wave_dup_title (wave) : NULL;
  g_autofree char *shirt_text =
      shirt != NULL && *shirt != '\0' ? g_strdup_printf (_ ("shirt %s"), shirt) : NULL;
  GString *list = g_string_new (NULL);

  append_item (list, name);
  append_value (moment, list, CONC_FIELD_EVENT);
  append_item (list, wave_title);
  append_value (moment, list, CONC_FIELD_TEAM);
  append_item (list, shirt_text);
  return g_string_free (list, FALSE);
}

/* The kinds of an import are those with which it also follows a newer file, see import-apply.c. */
static char *
tell_followed (const ConcStoryMoment *moment)
{
  g_autofree char *changes = conc_story_dup_changes (moment, NULL);

  return changes != NULL ? g_strdup_printf (_ ("From the registration file: %s"), changes) : NULL;
}

static gboolean
is_walk_up (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const ConcFact *entry = conc_body_has (fact->body, CONC_KEY_WALK_UP)
                              ? fact
                              : conc_story_find_before (moment, CONC_KEY_WALK_UP);

  return entry != NULL && conc_body_get_bool (entry->body, CONC_KEY_WALK_UP, FALSE);
}

/** conc_story_tell_runner: somebody registered, or a newer file says something else. */
char *
conc_story_tell_runner (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  const char      *from = conc_body_get_text (fact->body, "transferred_from");
  g_autofree char *entry = NULL;
  g_autofree char *other = NULL;

  if (is_decision (fact))
    return decide (fact, conc_story_dup_changes (moment, NULL));
  if (conc_fact_id_is_set (&fact->replaces))
    return tell_followed (moment);
  entry = describe_entry (moment);
  if (from != NULL && *from != '\0')
    {
      other = conc_story_dup_name (moment, from);
      return g_strdup_printf (_ ("Entered at the desk in place of %s: %s."), other, entry);
    }
  if (is_walk_up (moment))
    return g_strdup_printf (_ ("Registered at the desk: %s."), entry);
  return g_strdup_printf (_ ("Registered, from the registration file: %s."), entry);
}

/** conc_story_tell_private: what few may know of somebody who registered, by name and not by value.
 */
char *
conc_story_tell_private (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  g_autoptr (GString) list = g_string_new (NULL);

  if (is_decision (fact))
    return decide (fact, conc_story_dup_changes (moment, NULL));
  if (conc_fact_id_is_set (&fact->replaces))
    return tell_followed (moment);
  for (guint i = 0; i < conc_body_get_n (fact->body); i++)
    append_item (list, conc_story_get_title (conc_body_get_key (fact->body, i)));
  if (list->len == 0)
    return NULL;
  if (is_walk_up (moment))
    return g_strdup_printf (_ ("Private details, taken at the desk: %s."), list->str);
  return g_strdup_printf (_ ("Private details, from the registration file: %s."), list->str);
}

/** conc_story_tell_set: fields that were corrected, and bibs. */
char *
conc_story_tell_set (const ConcStoryMoment *moment)
{
  return decide (conc_story_get_fact (moment), conc_story_dup_changes (moment, NULL));
}

static char *
tell_arrival (const char *bib, const char *shirt)
{
  if (bib != NULL && shirt != NULL)
    return g_strdup_printf (_ ("Checked in and given bib %s and a shirt, size %s."), bib, shirt);
  if (bib != NULL)
    return g_strdup_printf (_ ("Checked in and given bib %s."), bib);
  if (shirt != NULL)
    return g_strdup_printf (_ ("Checked in and given a shirt, size %s."), shirt);
  return g_strdup (_ ("Checked in."));
}

/* A bib was held before, and not this one. */
static char *
tell_former_bib (const ConcStoryMoment *moment, const char *bib)
{
  const ConcFact  *earlier = bib != NULL ? conc_story_find_before (moment, "bib") : NULL;
  g_autofree char *before = earlier != NULL ? conc_story_dup_value (moment, earlier, "bib") : NULL;

  if (before == NULL || strcmp (before, bib) == 0)
    return NULL;
  return g_strdup_printf (_ ("It was bib %s before."), before);
}

static char *
tell_late (const ConcStoryMoment *moment, const char *key)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *clock = conc_story_dup_clock (moment, fact, key);
  gint64           usec;

  if (clock == NULL ||
      !conc_time_parse_rfc3339 (conc_body_get_text (fact->body, key), &usec, NULL) ||
      ABS (conc_hlc_get_usec (fact->hlc) - usec) < LATE_USEC)
    return NULL;
  return g_strdup_printf (_ ("That was at %s."), clock);
}

static void
append_sentence (GString *text, char *take_sentence)
{
  if (take_sentence != NULL)
    g_string_append_printf (text, " %s", take_sentence);
  g_free (take_sentence);
}

/** conc_story_tell_check_in: the runner is here, perhaps with what was handed over. */
char *
conc_story_tell_check_in (const ConcStoryMoment *moment)
{
  static const char *const told[] = { "bib", "checked_in_at", "shirt_given", NULL };
  const char              *key = conc_field_get_key (CONC_FIELD_CHECKED_IN);
  const ConcFact          *fact = conc_story_get_fact (moment);
  g_autofree char         *bib = conc_story_dup_value (moment, fact, "bib");
  g_autofree char         *shirt = conc_story_dup_value (moment, fact, "shirt_given");
  g_autofree char         *arrival = NULL;
  GString                 *text;

  if (is_decision (fact) || conc_body_get_text (fact->body, key) == NULL)
    return decide (fact, conc_story_dup_changes (moment, NULL));
  arrival = tell_arrival (bib, shirt);
  text = g_string_new (arrival);
  append_sentence (text, tell_former_bib (moment, bib));
  append_sentence (text, tell_late (moment, key));
  append_sentence (text, conc_story_dup_changes (moment, told));
  return g_string_free (text, FALSE);
}

/** conc_story_tell_removed: somebody was taken out of the race, or stays in it. */
char *
conc_story_tell_removed (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const char     *reason = conc_body_get_text (fact->body, "reason");

  if (!conc_body_get_bool (fact->body, CONC_KEY_REMOVED, FALSE))
    return g_strdup (_ ("Kept in the race."));
  if (reason == NULL || *reason == '\0')
    return g_strdup (_ ("Taken out of the race."));
  return g_strdup_printf (_ ("Taken out of the race: “%s”."), reason);
}

/** conc_story_tell_apart: somebody said whether two entries are two people. */
char *
conc_story_tell_apart (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  const char      *key = conc_body_get_n (fact->body) > 0 ? conc_body_get_key (fact->body, 0) : "";
  g_autofree char *other = NULL;

  if (!g_str_has_prefix (key, CONC_KEY_APART_PREFIX))
    return NULL;
  other = conc_story_dup_name (moment, key + strlen (CONC_KEY_APART_PREFIX));
  if (conc_body_get_bool (fact->body, key, FALSE))
    return g_strdup_printf (_ ("Said to be another person than the other entry “%s”."), other);
  return g_strdup_printf (_ ("Said to be the same person as the other entry “%s”."), other);
}

/** conc_story_tell_settle: somebody decided between what stations had entered apart. */
char *
conc_story_tell_settle (const ConcStoryMoment *moment)
{
  return decide (conc_story_get_fact (moment), conc_story_dup_changes (moment, NULL));
}
