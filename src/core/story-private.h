/* story-private.h: what the tellers of facts share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/story.h"

G_BEGIN_DECLS

/* The fact that is told, and what was known when it was written: @facts are in their order, and
 * @stands says of each before @index whether it had been taken back by then. */
typedef struct
{
  const ConcStoryTeller *teller;
  GPtrArray             *facts;
  guint                  index;
  const gboolean        *stands;
} ConcStoryMoment;

typedef char *(*ConcStoryTell) (const ConcStoryMoment *moment);

/* story.c */
const ConcFact *conc_story_get_fact (const ConcStoryMoment *moment);
const ConcFact *conc_story_find_before (const ConcStoryMoment *moment, const char *key);
char           *conc_story_dup_name (const ConcStoryMoment *moment, const char *subject);

/* story-value.c */
const char *conc_story_get_title (const char *key);
char *conc_story_dup_value (const ConcStoryMoment *moment, const ConcFact *fact, const char *key);
char *conc_story_dup_clock (const ConcStoryMoment *moment, const ConcFact *fact, const char *key);
char *conc_story_dup_change (const ConcStoryMoment *moment, const char *key);
char *conc_story_dup_changes (const ConcStoryMoment *moment, const char *const *except);

/* story-runner.c */
char *conc_story_tell_runner (const ConcStoryMoment *moment);
char *conc_story_tell_private (const ConcStoryMoment *moment);
char *conc_story_tell_set (const ConcStoryMoment *moment);
char *conc_story_tell_check_in (const ConcStoryMoment *moment);
char *conc_story_tell_removed (const ConcStoryMoment *moment);
char *conc_story_tell_apart (const ConcStoryMoment *moment);
char *conc_story_tell_settle (const ConcStoryMoment *moment);

/* story-desk.c */
char *conc_story_tell_waiver (const ConcStoryMoment *moment);
char *conc_story_tell_fee (const ConcStoryMoment *moment);
char *conc_story_tell_print (const ConcStoryMoment *moment);
char *conc_story_tell_print_state (const ConcStoryMoment *moment);

/* story-timing.c */
char *conc_story_tell_chute (const ConcStoryMoment *moment);
char *conc_story_tell_chute_set (const ConcStoryMoment *moment);
char *conc_story_tell_stream (const ConcStoryMoment *moment);
char *conc_story_tell_read (const ConcStoryMoment *moment);
char *conc_story_tell_read_set (const ConcStoryMoment *moment);
char *conc_story_tell_chip (const ConcStoryMoment *moment);
char *conc_story_tell_ruling (const ConcStoryMoment *moment);
char *conc_story_tell_ruling_reason (const ConcStoryMoment *moment);
char *conc_story_tell_repair (const ConcStoryMoment *moment);
char *conc_story_tell_gun_seen (const ConcStoryMoment *moment);
char *conc_story_tell_clock (const ConcStoryMoment *moment);

/* story-race.c */
char *conc_story_tell_gun (const ConcStoryMoment *moment);
char *conc_story_tell_start (const ConcStoryMoment *moment);
char *conc_story_tell_tap (const ConcStoryMoment *moment);
char *conc_story_tell_crossing (const ConcStoryMoment *moment);
char *conc_story_tell_tap_bib (const ConcStoryMoment *moment);
char *conc_story_tell_gift (const ConcStoryMoment *moment);
char *conc_story_tell_gift_private (const ConcStoryMoment *moment);
char *conc_story_tell_setting (const ConcStoryMoment *moment);
char *conc_story_tell_station (const ConcStoryMoment *moment);
char *conc_story_tell_login (const ConcStoryMoment *moment);

G_END_DECLS
