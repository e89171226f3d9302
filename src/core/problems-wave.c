/* problems-wave.c: starts that a whole wave speaks against. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/problems-private.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Fewer say nothing about a wave. */
#define MIN_FINISHERS 5
/* By how much the time in the middle of a wave and that of the others in the same event may differ,
 * the longer in percent of the shorter: waves are often made by pace. */
#define LIKE_PERCENT 150
/* From one in five on that it is the wave and not these runners. */
#define IMPOSSIBLE_SHARE 5
/* What two people with a button differ by. */
#define GUN_TOLERANCE_USEC (G_GINT64_CONSTANT (3) * G_USEC_PER_SEC / 2)

/* Finishers of one wave in one event. @times are from the gun. */
typedef struct
{
  const char *wave;
  const char *event;
  GArray     *times;
  gint64      own_usec;    /* in the middle */
  gint64      others_usec; /* in the middle of all others */
} Group;

typedef struct
{
  const char *wave;
  guint       n_crossed;
  guint       n_impossible;
  guint       n_finished;
  gboolean    has_gun;
} Wave;

static void
free_group_cb (gpointer data)
{
  Group *group = data;

  g_array_unref (group->times);
  g_free (group);
}

static const char *
get_wave_name (const ConcResult *result)
{
  return result->entrant->wave != NULL ? result->entrant->wave : "";
}

static char *
dup_title (const char *wave)
{
  return *wave != '\0' ? conc_wave_dup_title (wave) : g_strdup (_ ("The race"));
}

static Group *
take_group (GPtrArray *groups, const char *wave, const char *event)
{
  Group *group;

  for (guint i = 0; i < groups->len; i++)
    {
      group = g_ptr_array_index (groups, i);
      if (strcmp (group->wave, wave) == 0 && g_strcmp0 (group->event, event) == 0)
        return group;
    }
  group = g_new0 (Group, 1);
  group->wave = wave;
  group->event = event;
  group->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (groups, group);
  return group;
}

static Wave *
take_wave (GArray *waves, ConcScoreboard *board, const char *name)
{
  Wave wave = { .wave = name };

  for (guint i = 0; i < waves->len; i++)
    if (strcmp (g_array_index (waves, Wave, i).wave, name) == 0)
      return &g_array_index (waves, Wave, i);
  wave.has_gun = conc_scoreboard_get_start (board, name) != CONC_NO_TIME;
  g_array_append_val (waves, wave);
  return &g_array_index (waves, Wave, waves->len - 1);
}

static void
count_result (ConcRaceProblemSearch *search,
              const ConcResult      *result,
              GArray                *waves,
              GPtrArray             *groups)
{
  ConcScoreboard              *board = search->input->board;
  const ConcRaceProblemRunner *runner = conc_race_problem_get_runner (search, result);
  const char                  *name = get_wave_name (result);
  Wave                        *wave = take_wave (waves, board, name);
  gint64                       usec = result->gun_usec - result->entrant->penalty_usec;

  if (result->entrant->crossing_count == 0 || g_str_has_prefix (result->entrant->key, "bib:"))
    return;
  wave->n_crossed++;
  if (conc_race_problem_is_before_gun (board, result) ||
      conc_race_problem_is_too_fast (conc_scoreboard_get_rules (board), result))
    wave->n_impossible++;
  if (result->finish_usec == CONC_NO_TIME)
    return;
  wave->n_finished++;
  if (runner != NULL && result->gun_usec != CONC_NO_TIME)
    g_array_append_val (take_group (groups, name, runner->event)->times, usec);
}

static void
find_impossible (ConcRaceProblemSearch *search, const Wave *wave)
{
  g_autofree char *title = dup_title (wave->wave);
  g_autofree char *gun = NULL;

  if (!wave->has_gun || wave->n_crossed < MIN_FINISHERS ||
      wave->n_impossible * IMPOSSIBLE_SHARE < wave->n_crossed)
    return;
  gun = conc_race_problem_dup_clock (search,
                                     conc_scoreboard_get_start (search->input->board, wave->wave));
  g_hash_table_add (search->suspect_waves, (gpointer) wave->wave);
  conc_race_problem_add (
      search, CONC_RACE_PROBLEM_WAVE_START,
      g_strdup_printf (
          _ ("%s started at %s, and %u of %u who crossed the line did so before that or "
             "faster than anybody ever ran."),
          title, gun, wave->n_impossible, wave->n_crossed),
      g_strdup (_ ("The start is probably wrong: correct the gun of the wave.")));
}

static void
find_without_gun (ConcRaceProblemSearch *search, const Wave *wave)
{
  g_autofree char *title = dup_title (wave->wave);

  if (wave->has_gun || wave->n_finished == 0)
    return;
  conc_race_problem_add (
      search, CONC_RACE_PROBLEM_NO_GUN,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s has no gun, so %u finisher has no time.",
                                    "%s has no gun, so %u finishers have no time.",
                                    wave->n_finished),
                       title, wave->n_finished),
      g_strdup (_ ("Say when the gun was.")));
}

/* The times of the same event in all other waves that are not suspect. */
static GArray *
list_others (ConcRaceProblemSearch *search, GPtrArray *groups, const Group *group)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < groups->len; i++)
    {
      const Group *other = g_ptr_array_index (groups, i);

      if (other != group && g_strcmp0 (other->event, group->event) == 0 &&
          !g_hash_table_contains (search->suspect_waves, other->wave))
        g_array_append_vals (times, other->times->data, other->times->len);
    }
  return times;
}

static void
add_unlike (ConcRaceProblemSearch *search, const Group *group)
{
  g_autofree char *title = dup_title (group->wave);
  g_autofree char *gun =
      conc_race_problem_dup_clock (search,
                                   conc_scoreboard_get_start (search->input->board, group->wave));
  g_autofree char *own = conc_race_problem_dup_span (group->own_usec);
  g_autofree char *others = conc_race_problem_dup_span (group->others_usec);
  g_autofree char *by = conc_race_problem_dup_span (group->own_usec - group->others_usec);

  g_hash_table_add (search->suspect_waves, (gpointer) group->wave);
  conc_race_problem_add (
      search, CONC_RACE_PROBLEM_WAVE_START,
      g_strdup_printf (
          group->own_usec < group->others_usec
              ? _ ("%s started at %s. The middle one of its %u finishers took %s, of the "
                   "other waves %s: perhaps the gun is late by about %s.")
              : _ ("%s started at %s. The middle one of its %u finishers took %s, of the "
                   "other waves %s: perhaps the gun is early by about %s."),
          title, gun, group->times->len, own, others, by),
      g_strdup (_ ("Compare with the paper log and with other stations before the awards.")));
}

/* How unlike the others a wave is, in percent; 100 when that cannot be told. */
static gint64
measure (ConcRaceProblemSearch *search, GPtrArray *groups, Group *group)
{
  g_autoptr (GArray) others = NULL;

  if (group->times->len < MIN_FINISHERS ||
      g_hash_table_contains (search->suspect_waves, group->wave))
    return 100;
  others = list_others (search, groups, group);
  if (others->len < MIN_FINISHERS)
    return 100;
  group->own_usec = MAX (conc_race_problem_median (group->times), 1);
  group->others_usec = MAX (conc_race_problem_median (others), 1);
  return group->own_usec > group->others_usec ? group->own_usec * 100 / group->others_usec
                                              : group->others_usec * 100 / group->own_usec;
}

/* The one that is most unlike the others first: the rest is compared without it. Of two that are
 * equally so, the smaller. */
static gboolean
find_unlike (ConcRaceProblemSearch *search, GPtrArray *groups)
{
  Group *worst = NULL;
  gint64 worst_percent = LIKE_PERCENT;

  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);
      gint64 percent = measure (search, groups, group);

      if (percent > worst_percent ||
          (percent == worst_percent && worst != NULL && group->times->len < worst->times->len))
        {
          worst = group;
          worst_percent = percent;
        }
    }
  if (worst != NULL)
    add_unlike (search, worst);
  return worst != NULL;
}

static void
find_other_guns (ConcRaceProblemSearch *search)
{
  const GArray *guns = search->input->guns;

  for (guint i = 0; guns != NULL && i < guns->len; i++)
    {
      const ConcRaceProblemGun *seen = &g_array_index (guns, ConcRaceProblemGun, i);
      gint64           gun_usec = conc_scoreboard_get_start (search->input->board, seen->wave);
      g_autofree char *title = dup_title (seen->wave);
      g_autofree char *gun = NULL;
      g_autofree char *other = NULL;

      if (gun_usec == CONC_NO_TIME || ABS (seen->at_usec - gun_usec) <= GUN_TOLERANCE_USEC)
        continue;
      gun = conc_race_problem_dup_clock (search, gun_usec);
      other = conc_race_problem_dup_clock (search, seen->at_usec);
      conc_race_problem_add (search, CONC_RACE_PROBLEM_GUN_DIFFERS,
                             g_strdup_printf (_ ("%s started at %s, but %s took the gun at %s."),
                                              title, gun, seen->place, other),
                             g_strdup (
                                 _ ("Find out which is right, and correct the gun if need be.")));
    }
}

/**
 * conc_race_problems_find_waves:
 *
 * Adds the starts that are believed to be wrong: so many runners of a wave have impossible times,
 * or the middle one of its finishers is far from the middle one of all others in the same event.
 * Five finishers are needed on each side. When only two waves can be compared, it is told of the
 * smaller.
 */
void
conc_race_problems_find_waves (ConcRaceProblemSearch *search)
{
  g_autoptr (GArray) waves = g_array_new (FALSE, FALSE, sizeof (Wave));
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group_cb);
  ConcResult result;

  for (guint n = 0; conc_scoreboard_get_nth (search->input->board, n, &result); n++)
    count_result (search, &result, waves, groups);
  for (guint i = 0; i < waves->len; i++)
    {
      find_impossible (search, &g_array_index (waves, Wave, i));
      find_without_gun (search, &g_array_index (waves, Wave, i));
    }
  while (find_unlike (search, groups))
    ;
  find_other_guns (search);
}
