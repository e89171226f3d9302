/* story-race.c: sentences about guns, starts, taps, gifts, settings and stations. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gift.h"
#include "core/runner.h"
#include "core/story-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How a time came to be known, as the end of a sentence. */
static const char *
describe_source (const ConcFact *fact)
{
  const char *source = conc_body_get_text (fact->body, "source");

  if (g_strcmp0 (source, "typed") == 0)
    return _ (" (typed)");
  return g_strcmp0 (source, "clock") == 0 ? _ (" (by the clock)") : "";
}

static char *
dup_time_before (const ConcStoryMoment *moment)
{
  const ConcFact *earlier = conc_story_find_before (moment, "at");

  return earlier != NULL ? conc_story_dup_clock (moment, earlier, "at") : NULL;
}

static char *
describe_gun (const ConcFact *fact)
{
  const char *wave = conc_body_get_text (fact->body, "wave");

  return wave != NULL && *wave != '\0' ? conc_wave_dup_title (wave) : g_strdup (_ ("The race"));
}

/** conc_story_tell_gun: the race or a wave was started, or its start corrected. */
char *
conc_story_tell_gun (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *who = describe_gun (fact);
  g_autofree char *now = conc_story_dup_clock (moment, fact, "at");
  g_autofree char *before = dup_time_before (moment);

  if (now == NULL)
    return NULL;
  if (before != NULL)
    return g_strdup_printf (_ ("%s: start corrected from %s to %s%s."), who, before, now,
                            describe_source (fact));
  return g_strdup_printf (_ ("%s started at %s%s."), who, now, describe_source (fact));
}

/** conc_story_tell_start: a runner's own start. */
char *
conc_story_tell_start (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  gint64           bib = conc_body_get_int (fact->body, "bib", 0);
  g_autofree char *now = conc_story_dup_clock (moment, fact, "at");
  g_autofree char *before = dup_time_before (moment);

  if (now == NULL)
    return NULL;
  if (before != NULL)
    return g_strdup_printf (_ ("Start of bib %d corrected from %s to %s%s."), (int) bib, before,
                            now, describe_source (fact));
  return g_strdup_printf (_ ("Bib %d started at %s%s."), (int) bib, now, describe_source (fact));
}

/** conc_story_tell_tap: a time at the line. */
char *
conc_story_tell_tap (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *at = conc_story_dup_clock (moment, fact, "at");

  if (at == NULL)
    return NULL;
  return g_strdup_printf (_ ("Somebody crossed the line at %s%s."), at, describe_source (fact));
}

/** conc_story_tell_crossing: a time at the line with its bib. */
char *
conc_story_tell_crossing (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  gint64           bib = conc_body_get_int (fact->body, "bib", 0);
  g_autofree char *at = conc_story_dup_clock (moment, fact, "at");

  if (at == NULL)
    return NULL;
  return g_strdup_printf (_ ("Bib %d crossed the line at %s%s."), (int) bib, at,
                          describe_source (fact));
}

/** conc_story_tell_tap_bib: a tap was given a bib, or another one, or none. */
char *
conc_story_tell_tap_bib (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  const ConcFact  *earlier = conc_story_find_before (moment, "bib");
  gint64           bib = conc_body_get_int (fact->body, "bib", 0);
  gint64           before = earlier != NULL ? conc_body_get_int (earlier->body, "bib", 0) : 0;
  g_autofree char *at = dup_time_before (moment);

  if (at == NULL)
    at = g_strdup (_ ("a time that is not known here"));
  if (bib == 0)
    return g_strdup_printf (_ ("Bib %d taken from the crossing at %s."), (int) before, at);
  if (before != 0 && before != bib)
    return g_strdup_printf (_ ("The crossing at %s is of bib %d and not of bib %d."), at, (int) bib,
                            (int) before);
  return g_strdup_printf (_ ("The crossing at %s is of bib %d."), at, (int) bib);
}

/** conc_story_tell_gift: money was given or promised. */
char *
conc_story_tell_gift (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *amount = conc_story_dup_value (moment, fact, "amount_cents");
  g_autofree char *method = conc_story_dup_value (moment, fact, "method");

  if (amount == NULL || method == NULL || conc_body_has (fact->body, CONC_KEY_SETTLES))
    return conc_story_dup_changes (moment, NULL);
  return g_strdup_printf (_ ("Gift of %s entered (%s)."), amount, method);
}

/** conc_story_tell_gift_private: who gave it is not told. */
char *
conc_story_tell_gift_private (const ConcStoryMoment *moment)
{
  return g_strdup (_ ("The donor was entered, who is not to be named."));
}

/** conc_story_tell_setting: a setting was made or changed. */
char *
conc_story_tell_setting (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  const char      *key = fact->subject + strlen ("setting:");
  const ConcFact  *earlier = conc_story_find_before (moment, "value");
  g_autofree char *now = conc_story_dup_value (moment, fact, "value");
  g_autofree char *before = NULL;

  if (earlier != NULL)
    before = conc_story_dup_value (moment, earlier, "value");
  if (before != NULL)
    return g_strdup_printf (_ ("The setting “%s” was changed from “%s” to “%s”."), key, before,
                            now != NULL ? now : "");
  return g_strdup_printf (_ ("The setting “%s” was made “%s”."), key, now != NULL ? now : "");
}

/** conc_story_tell_station: a laptop joined the race or was given another name. */
char *
conc_story_tell_station (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const char     *name = conc_body_get_text (fact->body, "name");
  ConcRole        role = conc_role_from_text (conc_body_get_text (fact->body, "role"));

  if (name == NULL || role == CONC_ROLE_NONE)
    return NULL;
  return g_strdup_printf (_ ("The station is called “%s”, for %s."), name,
                          conc_role_get_label (role));
}

/** conc_story_tell_login: a station was let in at the hub. */
char *
conc_story_tell_login (const ConcStoryMoment *moment)
{
  return g_strdup (_ ("The station was let in at the hub."));
}
