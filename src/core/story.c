/* story.c: what happened, one fact after the other, in plain sentences. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/story.h"

#include "core/merge.h"
#include "core/race-time.h"
#include "core/story-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_INDEX G_MAXUINT

/* @is_deed: something that a person did and may take back from the story. The entry of somebody who
 * registered is not: whoever is to be out of the race is removed. */
typedef struct
{
  ConcStoryTell tell;
  gboolean      is_deed;
} KindInfo;

static const KindInfo kinds[CONC_N_KINDS] = {
  [CONC_KIND_RUNNER] = { conc_story_tell_runner, FALSE },
  [CONC_KIND_RUNNER_PRIVATE] = { conc_story_tell_private, FALSE },
  [CONC_KIND_RUNNER_SET] = { conc_story_tell_set, TRUE },
  [CONC_KIND_RUNNER_SET_PRIVATE] = { conc_story_tell_set, TRUE },
  [CONC_KIND_BIB] = { conc_story_tell_set, TRUE },
  [CONC_KIND_CHECK_IN] = { conc_story_tell_check_in, TRUE },
  [CONC_KIND_RUNNER_REMOVED] = { conc_story_tell_removed, TRUE },
  [CONC_KIND_RUNNER_APART] = { conc_story_tell_apart, TRUE },
  [CONC_KIND_GUN] = { conc_story_tell_gun, TRUE },
  [CONC_KIND_START] = { conc_story_tell_start, TRUE },
  [CONC_KIND_TAP] = { conc_story_tell_tap, TRUE },
  [CONC_KIND_CROSSING] = { conc_story_tell_crossing, TRUE },
  [CONC_KIND_TAP_BIB] = { conc_story_tell_tap_bib, TRUE },
  [CONC_KIND_CHUTE] = { conc_story_tell_chute, TRUE },
  [CONC_KIND_CHUTE_SET] = { conc_story_tell_chute_set, TRUE },
  [CONC_KIND_STREAM] = { conc_story_tell_stream, TRUE },
  [CONC_KIND_READ] = { conc_story_tell_read, FALSE },
  [CONC_KIND_READ_SET] = { conc_story_tell_read_set, TRUE },
  [CONC_KIND_CHIP] = { conc_story_tell_chip, TRUE },
  [CONC_KIND_RULING] = { conc_story_tell_ruling, TRUE },
  [CONC_KIND_RULING_REASON] = { conc_story_tell_ruling_reason, FALSE },
  [CONC_KIND_REPAIR] = { conc_story_tell_repair, TRUE },
  [CONC_KIND_GUN_SEEN] = { conc_story_tell_gun_seen, TRUE },
  [CONC_KIND_CLOCK] = { conc_story_tell_clock, FALSE },
  [CONC_KIND_GIFT] = { conc_story_tell_gift, TRUE },
  [CONC_KIND_GIFT_PRIVATE] = { conc_story_tell_gift_private, FALSE },
  [CONC_KIND_SETTING] = { conc_story_tell_setting, FALSE },
  [CONC_KIND_STATION] = { conc_story_tell_station, FALSE },
  [CONC_KIND_STATION_LOGIN] = { conc_story_tell_login, FALSE },
  [CONC_KIND_WAIVER] = { conc_story_tell_waiver, FALSE },
  [CONC_KIND_FEE] = { conc_story_tell_fee, TRUE },
  [CONC_KIND_PRINT] = { conc_story_tell_print, FALSE },
  [CONC_KIND_PRINT_STATE] = { conc_story_tell_print_state, FALSE },
  [CONC_KIND_SETTLE] = { conc_story_tell_settle, TRUE },
};

/* All that is told at once. @undone_by: of each fact the standing undo that takes it back, or
 * NO_INDEX; @target: what an undo takes back, or NO_INDEX; @n_undos: how many standing undos take a
 * fact back; @wins: whether a fact decides anything that is shown. */
typedef struct
{
  const ConcStoryTeller *teller;
  GPtrArray             *facts;
  GPtrArray             *lines;
  GHashTable            *places;
  gboolean              *stands;
  gboolean              *wins;
  guint                 *n_undos;
  guint                 *target;
  guint                 *undone_by;
} Story;

/** conc_story_line_free: frees @line, which may be %NULL. */
void
conc_story_line_free (ConcStoryLine *line)
{
  if (line == NULL)
    return;
  g_free (line->fact);
  g_free (line->kind);
  g_free (line->subject);
  g_free (line->station);
  g_free (line->place);
  g_free (line->operator_name);
  g_free (line->sentence);
  g_free (line->undone);
  g_free (line);
}

/** conc_story_line_dup_where: Returns: (transfer full): "Check-in 2 (Maria)". Any thread. */
char *
conc_story_line_dup_where (const ConcStoryLine *line)
{
  if (line->operator_name == NULL || *line->operator_name == '\0')
    return g_strdup (line->place);
  return g_strdup_printf (_ ("%s (%s)"), line->place, line->operator_name);
}

/**
 * conc_story_format_time:
 * @race_date: the day of the race, "YYYY-MM-DD"
 *
 * Returns: (transfer full): the time of day of @usec in @zone, "08:41"; with the day before it when
 * that is not the day of the race. Any thread.
 */
char *
conc_story_format_time (gint64 usec, GTimeZone *zone, const char *race_date)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *date = NULL;

  if (local == NULL)
    return g_strdup ("");
  date = g_date_time_format (local, "%Y-%m-%d");
  return g_date_time_format (local, strcmp (date, race_date) == 0 ? "%H:%M" : "%Y-%m-%d %H:%M");
}

/* ------------------------------------------------------- what the tellers ask for */

/* A kind that is not known here was not kept from this station either. */
static gboolean
may_read (ConcRole role, ConcKind kind)
{
  return kind >= CONC_N_KINDS || conc_role_may_read (role, kind);
}

/** conc_story_get_fact: Returns: (transfer none): the fact that is told. */
const ConcFact *
conc_story_get_fact (const ConcStoryMoment *moment)
{
  return g_ptr_array_index (moment->facts, moment->index);
}

/**
 * conc_story_find_before:
 *
 * What was said about @key before the fact that is told: by the fact that it replaces, else by the
 * latest one about the same subject that had not been taken back then.
 *
 * Returns: (transfer none) (nullable): a fact that has @key. Cost: linear in the facts before.
 */
const ConcFact *
conc_story_find_before (const ConcStoryMoment *moment, const char *key)
{
  const ConcFact *told = conc_story_get_fact (moment);
  const ConcFact *found = NULL;

  for (guint i = moment->index; i-- > 0;)
    {
      const ConcFact *fact = g_ptr_array_index (moment->facts, i);

      if (fact->kind == CONC_KIND_UNDO || !conc_body_has (fact->body, key) ||
          strcmp (fact->subject, told->subject) != 0 ||
          !may_read (moment->teller->role, fact->kind))
        continue;
      if (conc_fact_id_equal (&fact->id, &told->replaces))
        return fact;
      if (found == NULL && moment->stands[i])
        found = fact;
      if (found != NULL && !conc_fact_id_is_set (&told->replaces))
        break;
    }
  return found;
}

/** conc_story_dup_name: Returns: (transfer full): what people call @subject, else itself. */
char *
conc_story_dup_name (const ConcStoryMoment *moment, const char *subject)
{
  char *name = moment->teller->name != NULL
                   ? moment->teller->name (subject, moment->teller->user_data)
                   : NULL;

  return name != NULL ? name : g_strdup (subject);
}

/* ----------------------------------------------------------------- what stands */

static guint
hash_id_cb (gconstpointer data)
{
  const ConcFactId *id = data;

  return g_str_hash (id->station) ^ g_int64_hash (&id->seq);
}

static gboolean
equal_ids_cb (gconstpointer a, gconstpointer b)
{
  return conc_fact_id_equal (a, b);
}

static const ConcFact *
fact_at (const Story *story, guint index)
{
  return g_ptr_array_index (story->facts, index);
}

static guint
find_place (const Story *story, const ConcFactId *id)
{
  gpointer value;

  return g_hash_table_lookup_extended (story->places, id, NULL, &value) ? GPOINTER_TO_UINT (value)
                                                                        : NO_INDEX;
}

/* The undo at @index comes into the story. What it takes back falls; if that is an undo too, what
 * that one took back stands again unless something else takes it back, and so on. */
static void
apply_undo (Story *story, guint index)
{
  gboolean falls = TRUE;

  for (guint undo = index; story->target[undo] != NO_INDEX; undo = story->target[undo])
    {
      guint    target = story->target[undo];
      gboolean stood = story->stands[target];

      if (falls)
        story->n_undos[target]++;
      else
        story->n_undos[target]--;
      story->stands[target] = story->n_undos[target] == 0;
      if (story->stands[target] == stood || fact_at (story, target)->kind != CONC_KIND_UNDO)
        return;
      falls = story->stands[target];
    }
}

/* The fact at @index is added to those that are known. */
static void
add_fact (Story *story, guint index)
{
  const ConcFact *fact = fact_at (story, index);
  guint           target;

  story->stands[index] = TRUE;
  story->target[index] = NO_INDEX;
  if (fact->kind == CONC_KIND_UNDO)
    {
      target = find_place (story, &fact->replaces);
      if (target != NO_INDEX && strcmp (fact_at (story, target)->subject, fact->subject) == 0)
        story->target[index] = target;
      apply_undo (story, index);
    }
  g_hash_table_insert (story->places, (gpointer) &fact->id, GUINT_TO_POINTER (index));
}

/* -------------------------------------------------------------------- sentences */

static char *
tell_unknown (const ConcFact *fact)
{
  if (fact->kind < CONC_N_KINDS)
    return g_strdup_printf (_ ("An entry of the kind “%s”, which this version cannot tell."),
                            conc_kind_to_text (fact->kind));
  return g_strdup (_ ("An entry that only a newer version of Concourse can tell."));
}

/* An undo says what it takes back; an undo of that, what is brought back. */
static char *
tell_undo (const Story *story, guint index)
{
  gboolean             is_back = TRUE;
  guint                deed = index;
  const ConcStoryLine *line;

  while (fact_at (story, deed)->kind == CONC_KIND_UNDO && story->target[deed] != NO_INDEX)
    {
      deed = story->target[deed];
      is_back = !is_back;
    }
  if (fact_at (story, deed)->kind == CONC_KIND_UNDO)
    return g_strdup (_ ("Something was taken back that is not known here."));
  line = g_ptr_array_index (story->lines, deed);
  if (line == NULL)
    return g_strdup (_ ("Something was taken back that this station does not read."));
  return is_back ? g_strdup_printf (_ ("Brought back: %s"), line->sentence)
                 : g_strdup_printf (_ ("Taken back: %s"), line->sentence);
}

static char *
tell_fact (const Story *story, guint index)
{
  const ConcStoryMoment moment = { story->teller, story->facts, index, story->stands };
  const ConcFact       *fact = fact_at (story, index);
  char                 *sentence = NULL;

  if (fact->kind == CONC_KIND_UNDO)
    return tell_undo (story, index);
  if (fact->kind < CONC_N_KINDS && kinds[fact->kind].tell != NULL)
    sentence = kinds[fact->kind].tell (&moment);
  return sentence != NULL ? sentence : tell_unknown (fact);
}

static char *
dup_place (const Story *story, const ConcFact *fact)
{
  const ConcStoryMoment moment = { .teller = story->teller };
  g_autofree char      *subject = g_strconcat ("station:", fact->id.station, NULL);
  g_autofree char      *name = conc_story_dup_name (&moment, subject);

  return strcmp (name, subject) == 0 ? g_strdup (fact->id.station) : g_steal_pointer (&name);
}

static ConcStoryLine *
make_line (const Story *story, guint index)
{
  const ConcFact *fact = fact_at (story, index);
  ConcStoryLine  *line = g_new0 (ConcStoryLine, 1);

  line->fact = conc_fact_id_to_text (&fact->id);
  line->kind = g_strdup (fact->kind < CONC_N_KINDS ? conc_kind_to_text (fact->kind) : "unknown");
  line->subject = g_strdup (fact->subject);
  line->at_usec = conc_hlc_get_usec (fact->hlc);
  line->station = g_strdup (fact->id.station);
  line->place = dup_place (story, fact);
  line->operator_name = g_strdup (fact->operator_name);
  line->sentence = tell_fact (story, index);
  return line;
}

/* What was taken back is not told to those who may not read it, nor that it was. */
static gboolean
may_hear (const Story *story, guint index)
{
  const ConcFact *fact = fact_at (story, index);
  guint           target = story->target[index];

  if (fact->kind == CONC_KIND_UNDO && target != NO_INDEX)
    return g_ptr_array_index (story->lines, target) != NULL;
  return may_read (story->teller->role, fact->kind);
}

static void
tell_all (Story *story)
{
  for (guint i = 0; i < story->facts->len; i++)
    {
      add_fact (story, i);
      g_ptr_array_add (story->lines, may_hear (story, i) ? make_line (story, i) : NULL);
    }
}

/* ------------------------------------------------------------------------- undo */

static void
mark_winners_of (Story *story, GPtrArray *of_subject)
{
  g_autoptr (ConcMerged) merged = conc_merge (of_subject);

  for (guint i = 0; i < conc_merged_get_n_slots (merged); i++)
    {
      const ConcSlot *slot = conc_merged_get_slot (merged, i);
      guint           place = find_place (story, &slot->winner->id);

      story->wins[place] = TRUE;
    }
}

static GHashTable *
group_by_subject (const Story *story)
{
  GHashTable *groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < story->facts->len; i++)
    {
      ConcFact  *fact = g_ptr_array_index (story->facts, i);
      GPtrArray *group = g_hash_table_lookup (groups, fact->subject);

      if (fact->kind >= CONC_N_KINDS)
        continue;
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, fact->subject, group);
        }
      g_ptr_array_add (group, fact);
    }
  return groups;
}

static void
mark_winners (Story *story)
{
  g_autoptr (GHashTable) groups = group_by_subject (story);
  GHashTableIter iter;
  gpointer       group;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    mark_winners_of (story, group);
}

/* Whether nothing that was said since has a key in common with what the undo took back: else
 * bringing it back would set it beside what holds now. */
static gboolean
is_last_word (const Story *story, guint undo)
{
  const ConcFact *target = fact_at (story, story->target[undo]);

  for (guint i = story->target[undo] + 1; i < story->facts->len; i++)
    {
      const ConcFact *fact = fact_at (story, i);

      if (!story->stands[i] || fact->kind == CONC_KIND_UNDO ||
          strcmp (fact->subject, target->subject) != 0)
        continue;
      for (guint k = 0; k < conc_body_get_n (target->body); k++)
        if (conc_body_has (fact->body, conc_body_get_key (target->body, k)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
may_take_back (const Story *story, const ConcFact *fact)
{
  ConcRole role = story->teller->role;

  return fact->kind < CONC_N_KINDS && kinds[fact->kind].is_deed &&
         conc_role_may_write (role, CONC_KIND_UNDO) && conc_role_may_write (role, fact->kind);
}

static gboolean
can_undo (const Story *story, guint index)
{
  const ConcFact *fact = fact_at (story, index);

  if (!story->stands[index])
    return FALSE;
  if (fact->kind != CONC_KIND_UNDO)
    return story->wins[index] && may_take_back (story, fact);
  return story->target[index] != NO_INDEX &&
         may_take_back (story, fact_at (story, story->target[index])) &&
         is_last_word (story, index);
}

static char *
describe_undone (const Story *story, const ConcStoryLine *undo)
{
  g_autofree char *clock = NULL;
  g_autofree char *where = conc_story_line_dup_where (undo);

  clock = conc_time_format_clock (undo->at_usec, story->teller->zone, 0);
  *strrchr (clock, ':') = '\0';
  return g_strdup_printf (_ ("Undone at %s, %s."), clock, where);
}

static void
find_undone (Story *story)
{
  for (guint i = 0; i < story->facts->len; i++)
    story->undone_by[i] = NO_INDEX;
  for (guint i = story->facts->len; i-- > 0;)
    if (story->stands[i] && story->target[i] != NO_INDEX)
      story->undone_by[story->target[i]] = i;
}

static void
mark_undone (Story *story)
{
  find_undone (story);
  for (guint i = 0; i < story->facts->len; i++)
    {
      ConcStoryLine *line = g_ptr_array_index (story->lines, i);

      if (line == NULL)
        continue;
      line->can_undo = can_undo (story, i);
      line->is_undone = !story->stands[i];
      if (line->is_undone && story->undone_by[i] != NO_INDEX)
        line->undone =
            describe_undone (story, g_ptr_array_index (story->lines, story->undone_by[i]));
    }
}

static int
compare_facts_cb (gconstpointer a, gconstpointer b)
{
  return conc_fact_compare (*(ConcFact *const *) a, *(ConcFact *const *) b);
}

static void
free_line (gpointer line)
{
  conc_story_line_free (line);
}

static void
drop_unheard (GPtrArray *lines)
{
  for (guint i = lines->len; i-- > 0;)
    if (g_ptr_array_index (lines, i) == NULL)
      g_ptr_array_remove_index (lines, i);
}

/**
 * conc_story_tell:
 * @facts: (element-type ConcFact): all facts about the subjects that the story is about, such as a
 * runner and the taps with the runner's bib, in any order, none twice
 * @teller: in whose zone and for which role it is told
 *
 * A pure function of the facts. Each is one sentence, in the order of facts. One that was taken
 * back is told and says so; the undo is told too. A value that was corrected is told with what was
 * there before, as it was known at that moment.
 *
 * Returns: (transfer full) (element-type ConcStoryLine): the lines, empty without facts. Any thread
 * that @teller may be asked on. Cost: the square of the facts about one subject at worst.
 */
GPtrArray *
conc_story_tell (GPtrArray *facts, const ConcStoryTeller *teller)
{
  Story story = { .teller = teller };
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (facts->len);
  g_autoptr (GHashTable) places = g_hash_table_new (hash_id_cb, equal_ids_cb);
  g_autofree gboolean *stands = g_new0 (gboolean, facts->len + 1);
  g_autofree gboolean *wins = g_new0 (gboolean, facts->len + 1);
  g_autofree guint    *n_undos = g_new0 (guint, facts->len + 1);
  g_autofree guint    *target = g_new0 (guint, facts->len + 1);
  g_autofree guint    *undone_by = g_new0 (guint, facts->len + 1);

  g_ptr_array_extend (sorted, facts, NULL, NULL);
  g_ptr_array_sort (sorted, compare_facts_cb);
  story.facts = sorted;
  story.places = places;
  story.lines = g_ptr_array_new_with_free_func (free_line);
  story.stands = stands;
  story.wins = wins;
  story.n_undos = n_undos;
  story.target = target;
  story.undone_by = undone_by;
  tell_all (&story);
  mark_winners (&story);
  mark_undone (&story);
  drop_unheard (story.lines);
  return story.lines;
}
