/* story-timing.c: sentences about the chute, streams, chips, rulings, repairs and clocks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/duration.h"
#include "core/story-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** conc_story_tell_chute: a bib was read at the end of the chute. */
char *
conc_story_tell_chute (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  gint64           bib = conc_body_get_int (fact->body, "bib", 0);
  g_autofree char *at = conc_story_dup_clock (moment, fact, "at");

  if (at == NULL)
    return NULL;
  if (bib == 0)
    return g_strdup_printf (_ ("A bib that could not be read came through the chute at %s."), at);
  return g_strdup_printf (_ ("Bib %d came through the chute at %s."), (int) bib, at);
}

/** conc_story_tell_chute_set: a chute bib was corrected, or linked with a tap. */
char *
conc_story_tell_chute_set (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const ConcFact *earlier = conc_story_find_before (moment, "bib");
  const char     *tap = conc_body_get_text (fact->body, "tap");
  gint64          bib = conc_body_get_int (fact->body, "bib", 0);
  gint64          before = earlier != NULL ? conc_body_get_int (earlier->body, "bib", 0) : 0;

  if (tap != NULL)
    return *tap != '\0' ? g_strdup_printf (_ ("Bib %d linked with one tap."), (int) before)
                        : g_strdup_printf (_ ("Bib %d linked with no tap any more."), (int) before);
  if (bib == 0)
    return g_strdup_printf (_ ("Bib %d at the chute: not known any more."), (int) before);
  if (before != 0 && before != bib)
    return g_strdup_printf (_ ("At the chute it was bib %d and not bib %d."), (int) bib,
                            (int) before);
  return g_strdup_printf (_ ("At the chute it was bib %d."), (int) bib);
}

/** conc_story_tell_stream: a source of times was made or set. */
char *
conc_story_tell_stream (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *changes = conc_story_dup_changes (moment, NULL);

  return g_strdup_printf (_ ("Stream “%s”: %s"), fact->subject + strlen ("stream:"),
                          changes != NULL ? changes : "");
}

/** conc_story_tell_read: lines came from a reader. */
char *
conc_story_tell_read (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const char     *stream = conc_body_get_text (fact->body, "stream");

  return g_strdup_printf (_ ("Lines came from the stream “%s”."), stream != NULL ? stream : "");
}

/** conc_story_tell_read_set: lines of a reader were left out, or taken in again. */
char *
conc_story_tell_read_set (const ConcStoryMoment *moment)
{
  return g_strdup (_ ("Which lines of a reader count was changed."));
}

/** conc_story_tell_chip: a chip was given to a bib. */
char *
conc_story_tell_chip (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  gint64          bib = conc_body_get_int (fact->body, "bib", 0);
  const char     *tag = fact->subject + strlen ("chip:");

  if (bib == 0)
    return g_strdup_printf (_ ("Chip %s is nobody's."), tag);
  return g_strdup_printf (_ ("Chip %s belongs to bib %d."), tag, (int) bib);
}

static char *
describe_ruling (const char *ruling)
{
  if (strcmp (ruling, "dns") == 0)
    return g_strdup (_ ("Did not start."));
  if (strcmp (ruling, "dnf") == 0)
    return g_strdup (_ ("Did not finish."));
  if (strcmp (ruling, "dq") == 0)
    return g_strdup (_ ("Disqualified."));
  return g_strdup (_ ("Counts again."));
}

static char *
describe_penalty (gint64 penalty_usec)
{
  g_autofree char *seconds = NULL;

  if (penalty_usec <= 0)
    return g_strdup (_ ("No time penalty any more."));
  seconds = conc_duration_format_seconds (penalty_usec);
  return g_strdup_printf (_ ("Time penalty of %s s."), seconds);
}

/** conc_story_tell_ruling: a runner was ruled on: DNS, DNF, DQ, or a time penalty. */
char *
conc_story_tell_ruling (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const char     *ruling = conc_body_get_text (fact->body, "ruling");

  return ruling != NULL ? describe_ruling (ruling)
                        : describe_penalty (conc_body_get_int (fact->body, "penalty_usec", 0));
}

/** conc_story_tell_ruling_reason: why. */
char *
conc_story_tell_ruling_reason (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const char     *reason = conc_body_get_text (fact->body, "ruling_reason");

  if (reason == NULL)
    reason = conc_body_get_text (fact->body, "penalty_reason");
  if (reason == NULL || *reason == '\0')
    return g_strdup (_ ("No reason is given any more."));
  return g_strdup_printf (_ ("The reason: “%s”."), reason);
}

/** conc_story_tell_repair: the ladder was repaired. */
char *
conc_story_tell_repair (const ConcStoryMoment *moment)
{
  const ConcFact *fact = conc_story_get_fact (moment);
  const char     *reason = conc_body_get_text (fact->body, "reason");

  if (reason == NULL || *reason == '\0')
    return g_strdup (_ ("The ladder was repaired."));
  return g_strdup_printf (_ ("The ladder was repaired: %s"), reason);
}

/** conc_story_tell_gun_seen: another station took the gun too. */
char *
conc_story_tell_gun_seen (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  g_autofree char *at = conc_story_dup_clock (moment, fact, "at");

  return at != NULL ? g_strdup_printf (_ ("Took the gun at %s, for comparison."), at) : NULL;
}

/** conc_story_tell_clock: something happened to the clock of a station. */
char *
conc_story_tell_clock (const ConcStoryMoment *moment)
{
  const ConcFact  *fact = conc_story_get_fact (moment);
  const char      *event = conc_body_get_text (fact->body, "event");
  gint64           by_usec = MAX (conc_body_get_int (fact->body, "by_usec", 0), -G_MAXINT64);
  g_autofree char *by = conc_duration_format_seconds (ABS (by_usec));

  if (g_strcmp0 (event, "step") == 0)
    return by_usec < 0
               ? g_strdup_printf (_ ("The clock of this laptop was set back by %s s."), by)
               : g_strdup_printf (_ ("The clock of this laptop was set forward by %s s."), by);
  if (g_strcmp0 (event, "suspend") == 0)
    return g_strdup_printf (_ ("This laptop slept for %s s."), by);
  return g_strdup (_ ("The clock of this laptop began."));
}
