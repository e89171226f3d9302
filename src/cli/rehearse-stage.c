/* rehearse-stage.c: plays the steps of a rehearsal on a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/rehearse-stage.h"

#include "core/money.h"

#include <glib/gi18n-lib.h>

/* How far beyond the bibs that were given out a slip of the finger lands. */
#define WRONG_BIB_OFFSET 500

/* Who plays: those who are in the file already, or those whom the plan registers. @bibs has the
 * bib of each, by the index that the plan uses. */
struct _ConcStage
{
  ConcRaceFile *file;
  ConcClock    *clock;
  gboolean      has_own_cast;
  GPtrArray    *ids;
  GArray       *bibs;
  GArray       *taps;
  char        **waves;
  guint         last_bib;
};

/**
 * conc_stage_new:
 * @file: the race to play on, open for writing
 *
 * Runners who are registered already play themselves, in the order of the file.
 *
 * Returns: (transfer full): the stage, or %NULL with an error of the store.
 */
ConcStage *
conc_stage_new (ConcRaceFile *file, GError **error)
{
  ConcReader *reader = conc_race_file_get_reader (file);
  g_autoptr (ConcStage) stage = g_new0 (ConcStage, 1);
  g_autoptr (GPtrArray) runners = conc_reader_list_runners (reader, error);

  stage->file = g_object_ref (file);
  stage->clock = conc_race_file_get_clock (file);
  stage->ids = g_ptr_array_new_with_free_func (g_free);
  stage->bibs = g_array_new (FALSE, TRUE, sizeof (guint));
  stage->taps = g_array_new (FALSE, TRUE, sizeof (ConcFactId));
  stage->waves = runners != NULL ? conc_reader_list_waves (reader, error) : NULL;
  if (stage->waves == NULL)
    return NULL;
  for (guint i = 0; i < runners->len; i++)
    if (!conc_runner_get_virtual (g_ptr_array_index (runners, i)))
      g_ptr_array_add (stage->ids, g_strdup (conc_runner_get_id (g_ptr_array_index (runners, i))));
  stage->has_own_cast = stage->ids->len > 0;
  return g_steal_pointer (&stage);
}

/** conc_stage_free: frees @stage, which may be %NULL. */
void
conc_stage_free (ConcStage *stage)
{
  if (stage == NULL)
    return;
  g_clear_object (&stage->file);
  g_ptr_array_unref (stage->ids);
  g_array_unref (stage->bibs);
  g_array_unref (stage->taps);
  g_strfreev (stage->waves);
  g_free (stage);
}

/** conc_stage_count_cast: Returns: how many are registered already; 0 when the plan does that. */
guint
conc_stage_count_cast (ConcStage *stage)
{
  return stage->ids->len;
}

static ConcReceipt *
submit (ConcStage *stage, ConcCommand *command, GError **error)
{
  g_autoptr (ConcCommand) owned = command;

  return conc_race_file_submit (stage->file, owned, error);
}

static ConcReceipt *
submit_bib (ConcStage *stage, ConcCommandKind kind, guint bib, GError **error)
{
  return submit (stage, conc_command_new_bib (kind, stage->clock, bib), error);
}

static guint
get_bib (ConcStage *stage, const ConcRehearsalStep *step)
{
  return g_array_index (stage->bibs, guint, step->index);
}

static gboolean
play_register (ConcStage *stage, const ConcRehearsalStep *step, GError **error)
{
  ConcCommand *command;
  g_autoptr (ConcReceipt) receipt = NULL;

  if (stage->has_own_cast)
    return TRUE;
  command = conc_command_new (CONC_COMMAND_REGISTER, stage->clock);
  command->runner = conc_runner_copy (step->runner);
  receipt = submit (stage, command, error);
  if (receipt == NULL)
    return FALSE;
  g_ptr_array_add (stage->ids, g_strdup (receipt->runner_id));
  return TRUE;
}

static gboolean
play_assign (ConcStage *stage, char **ret_line, GError **error)
{
  ConcReader *reader = conc_race_file_get_reader (stage->file);
  g_autoptr (ConcReceipt) receipt = submit_bib (stage, CONC_COMMAND_ASSIGN_BIBS, 1, error);

  if (receipt == NULL)
    return FALSE;
  for (guint i = 0; i < stage->ids->len; i++)
    {
      g_autoptr (ConcRunner) runner =
          conc_reader_get_runner (reader, g_ptr_array_index (stage->ids, i), error);
      guint bib;

      if (runner == NULL)
        return FALSE;
      bib = conc_runner_get_bib (runner);
      g_array_append_val (stage->bibs, bib);
      stage->last_bib = MAX (stage->last_bib, bib);
    }
  *ret_line = g_strdup_printf (_ ("%u runners are registered and have bibs"), stage->ids->len);
  return TRUE;
}

static gboolean
play_gun (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error)
{
  gboolean     is_known = g_strv_contains ((const char *const *) stage->waves, step->wave);
  ConcCommand *command;
  g_autoptr (ConcReceipt) receipt = NULL;

  /* A race with other waves, or none, starts all at once. */
  if (!is_known && g_strcmp0 (step->wave, "A") != 0)
    return TRUE;
  command = conc_command_new (CONC_COMMAND_GUN, stage->clock);
  command->wave = is_known ? g_strdup (step->wave) : NULL;
  receipt = submit (stage, command, error);
  if (receipt == NULL)
    return FALSE;
  *ret_line = is_known ? g_strdup_printf (_ ("gun of wave %s"), step->wave) : g_strdup (_ ("gun"));
  return TRUE;
}

static gboolean
play_tap (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error)
{
  g_autoptr (ConcReceipt) receipt =
      submit (stage, conc_command_new (CONC_COMMAND_TAP, stage->clock), error);

  if (receipt == NULL)
    return FALSE;
  if (stage->taps->len <= step->tap)
    g_array_set_size (stage->taps, step->tap + 1);
  g_array_index (stage->taps, ConcFactId, step->tap) = receipt->fact;
  *ret_line = g_strdup (_ ("tap"));
  return TRUE;
}

static gboolean
play_undo (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error)
{
  const ConcFactId *tap = &g_array_index (stage->taps, ConcFactId, step->tap);
  g_autoptr (ConcReceipt) receipt =
      submit (stage, conc_command_new_undo (stage->clock, tap), error);

  *ret_line = g_strdup (_ ("undo: the key was pressed twice"));
  return receipt != NULL;
}

static gboolean
play_mend (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error)
{
  guint        bib = get_bib (stage, step);
  ConcCommand *command = conc_command_new_bib (CONC_COMMAND_LINK, stage->clock, bib);
  g_autoptr (ConcReceipt) receipt = NULL;

  command->target = g_array_index (stage->taps, ConcFactId, step->tap);
  receipt = submit (stage, command, error);
  *ret_line = g_strdup_printf (_ ("bib %u, corrected"), bib);
  return receipt != NULL;
}

static gboolean
play_gift (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error)
{
  ConcCommand     *command = conc_command_new (CONC_COMMAND_GIFT, stage->clock);
  g_autofree char *amount = conc_money_format (step->gift->amount_cents);
  g_autoptr (ConcReceipt) receipt = NULL;

  command->gift = conc_gift_copy (step->gift);
  command->gift->at_usec = command->at_usec;
  receipt = submit (stage, command, error);
  *ret_line =
      g_strdup_printf (_ ("gift of %s, %s"), amount, conc_method_get_title (step->gift->method));
  return receipt != NULL;
}

static gboolean
play_bib (ConcStage      *stage,
          ConcCommandKind kind,
          guint           bib,
          const char     *format,
          char          **ret_line,
          GError        **error)
{
  g_autoptr (ConcReceipt) receipt = submit_bib (stage, kind, bib, error);

  *ret_line = g_strdup_printf ("%s %u", format, bib);
  return receipt != NULL;
}

/**
 * conc_stage_play:
 * @step: the next step of the plan; the clock of the file stands at its time
 * @ret_line: (out) (transfer full): what happened, in a few words; %NULL for nothing to tell
 *
 * Returns: whether the step is durable in the file; errors are those of the store.
 */
gboolean
conc_stage_play (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error)
{
  *ret_line = NULL;
  switch (step->kind)
    {
    case CONC_REHEARSAL_REGISTER:
      return play_register (stage, step, error);
    case CONC_REHEARSAL_ASSIGN:
      return play_assign (stage, ret_line, error);
    case CONC_REHEARSAL_CHECK_IN:
      return play_bib (stage, CONC_COMMAND_CHECK_IN, get_bib (stage, step), _ ("check-in"),
                       ret_line, error);
    case CONC_REHEARSAL_GUN:
      return play_gun (stage, step, ret_line, error);
    case CONC_REHEARSAL_START:
      return play_bib (stage, CONC_COMMAND_START, get_bib (stage, step), _ ("late start"), ret_line,
                       error);
    case CONC_REHEARSAL_TAP:
      return play_tap (stage, step, ret_line, error);
    case CONC_REHEARSAL_UNDO_TAP:
      return play_undo (stage, step, ret_line, error);
    case CONC_REHEARSAL_BIB:
      return play_bib (stage, CONC_COMMAND_BIB, get_bib (stage, step), _ ("bib"), ret_line, error);
    case CONC_REHEARSAL_WRONG_BIB:
      return play_bib (stage, CONC_COMMAND_BIB, stage->last_bib + WRONG_BIB_OFFSET, _ ("bib"),
                       ret_line, error);
    case CONC_REHEARSAL_MEND_BIB:
      return play_mend (stage, step, ret_line, error);
    case CONC_REHEARSAL_GIFT:
    default:
      return play_gift (stage, step, ret_line, error);
    }
}
