/* command.c: what a person or a script asks for, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/command.h"

/**
 * conc_command_new:
 * @kind: what is asked for
 * @clock: the clock that tells when
 *
 * The moment of the command is now, by the clock; all else is unset.
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new (ConcCommandKind kind, ConcClock *clock)
{
  ConcCommand *command = g_new0 (ConcCommand, 1);

  command->kind = kind;
  command->at_usec = conc_clock_get_wall_usec (clock);
  command->monotonic_usec = conc_clock_get_monotonic_usec (clock);
  command->source = "clock";
  return command;
}

/**
 * conc_command_new_bib:
 * @kind: a kind that takes a bib
 * @clock: the clock that tells when
 * @bib: 1 to %CONC_BIB_MAX; whether somebody holds it is for the race file to say
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_bib (ConcCommandKind kind, ConcClock *clock, guint bib)
{
  ConcCommand *command = conc_command_new (kind, clock);

  command->bib = bib;
  return command;
}

/** conc_command_new_undo: Returns: (transfer full): the wish to take @target back. Any thread. */
ConcCommand *
conc_command_new_undo (ConcClock *clock, const ConcFactId *target)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_UNDO, clock);

  command->target = *target;
  return command;
}

/**
 * conc_command_new_setting:
 * @clock: the clock that tells when
 * @setting: the setting to change
 * @text: its new value, as conc_setting_normalise() gives it
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_setting (ConcClock *clock, ConcSetting setting, const char *text)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_SETTING, clock);

  command->setting = setting;
  command->text = g_strdup (text);
  return command;
}

/**
 * conc_command_new_edit:
 * @clock: the clock that tells when
 * @seen: the runner as the editor was shown
 * @wanted: the runner as it shall be
 *
 * Only the fields in which the two differ are written, so that two people who edit different
 * fields of one runner do not undo each other.
 *
 * Returns: (transfer full): the command, with copies of both. Any thread.
 */
ConcCommand *
conc_command_new_edit (ConcClock *clock, const ConcRunner *seen, const ConcRunner *wanted)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_EDIT, clock);

  command->runner_id = g_strdup (conc_runner_get_id (seen));
  command->seen = conc_runner_copy (seen);
  command->runner = conc_runner_copy (wanted);
  return command;
}

/**
 * conc_command_new_remove:
 * @clock: the clock that tells when
 * @runner_id: the runner who is to be taken out of the race
 * @reason: (nullable): in the words of the person at the desk
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_remove (ConcClock *clock, const char *runner_id, const char *reason)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REMOVE_RUNNER, clock);

  command->runner_id = g_strdup (runner_id);
  command->text = g_strdup (reason);
  return command;
}

/**
 * conc_command_new_settle:
 * @clock: the clock that tells when
 * @card: the conflict, by the name that the list of conflicts gives it
 * @choice: one of its choices, likewise
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_settle (ConcClock *clock, const char *card, const char *choice)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_SETTLE, clock);

  command->card = g_strdup (card);
  command->choice = g_strdup (choice);
  return command;
}

/**
 * conc_command_new_gun:
 * @kind: %CONC_COMMAND_GUN or %CONC_COMMAND_GUN_SEEN
 * @clock: the clock that tells when
 * @wave: (nullable): the wave; %NULL or "" for the gun of the race
 * @when: (nullable): when it was or shall be, as a person writes it; %NULL for now
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_gun (ConcCommandKind kind, ConcClock *clock, const char *wave, const char *when)
{
  ConcCommand *command = conc_command_new (kind, clock);

  command->wave = g_strdup (wave);
  if (when == NULL)
    return command;
  command->when = g_strstrip (g_strdup (when));
  command->source = "typed";
  return command;
}

static ConcCommand *
new_about (ConcCommandKind kind, ConcClock *clock, const char *runner_id)
{
  ConcCommand *command = conc_command_new (kind, clock);

  command->runner_id = g_strdup (runner_id);
  return command;
}

/**
 * conc_command_new_check_in:
 * @clock: the clock that tells when
 * @runner_id: who is here
 * @bib: the bib that is given to the runner with it; 0 for none
 *
 * Returns: (transfer full): the command; the shirt and what may be done about the bib can be set.
 *   Any thread.
 */
ConcCommand *
conc_command_new_check_in (ConcClock *clock, const char *runner_id, guint bib)
{
  ConcCommand *command = new_about (CONC_COMMAND_CHECK_IN, clock, runner_id);

  command->bib = bib;
  return command;
}

/**
 * conc_command_new_waiver:
 * @clock: the clock that tells when
 * @runner_id: for whom
 * @how: "screen" or "paper"
 * @signer: (nullable): who signed, when that is somebody else, such as a guardian
 * @signature: (nullable): as conc_signature_to_text() gives it
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_waiver (ConcClock  *clock,
                         const char *runner_id,
                         const char *how,
                         const char *signer,
                         const char *signature)
{
  ConcCommand *command = new_about (CONC_COMMAND_WAIVER, clock, runner_id);

  command->text = g_strdup (how);
  command->signer = g_strdup (signer);
  command->signature = g_strdup (signature);
  return command;
}

/**
 * conc_command_new_fee:
 * @clock: the clock that tells when
 * @runner_id: for whom it is paid
 * @amount_cents: more than 0
 * @method: how it is paid
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_fee (ConcClock  *clock,
                      const char *runner_id,
                      gint64      amount_cents,
                      ConcMethod  method)
{
  ConcCommand *command = new_about (CONC_COMMAND_FEE, clock, runner_id);

  command->gift = conc_gift_new ();
  command->gift->amount_cents = amount_cents;
  command->gift->method = method;
  command->gift->at_usec = command->at_usec;
  return command;
}

/**
 * conc_command_new_transfer:
 * @clock: the clock that tells when
 * @runner_id: who was registered
 * @person: who runs instead; event, wave, shirt, team and bib come from the registration
 *
 * Returns: (transfer full): the command, with a copy of @person. Any thread.
 */
ConcCommand *
conc_command_new_transfer (ConcClock *clock, const char *runner_id, const ConcRunner *person)
{
  ConcCommand *command = new_about (CONC_COMMAND_TRANSFER, clock, runner_id);

  command->runner = conc_runner_copy (person);
  return command;
}

/**
 * conc_command_new_attendance:
 * @clock: the clock that tells when
 * @runner_id: about whom
 * @attendance: %CONC_ATTENDANCE_NO_SHOW, %CONC_ATTENDANCE_DEFERRED, or "" for expected again
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_attendance (ConcClock *clock, const char *runner_id, const char *attendance)
{
  ConcCommand *command = new_about (CONC_COMMAND_ATTENDANCE, clock, runner_id);

  command->text = g_strdup (attendance);
  return command;
}

/**
 * conc_command_new_ruling:
 * @clock: the clock that tells when
 * @runner_id: about whom
 * @ruling: %CONC_RULING_DNS, %CONC_RULING_DNF, %CONC_RULING_DQ, or "" for one who counts again
 * @reason: (nullable): why, for the crew; it is not published
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_ruling (ConcClock  *clock,
                         const char *runner_id,
                         const char *ruling,
                         const char *reason)
{
  ConcCommand *command = new_about (CONC_COMMAND_RULING, clock, runner_id);

  command->text = g_strdup (ruling);
  command->reason = g_strdup (reason);
  return command;
}

/**
 * conc_command_new_penalty:
 * @clock: the clock that tells when
 * @runner_id: about whom
 * @penalty_usec: what is added to the times, from 0, for none, to a day
 * @reason: (nullable): why, for the crew; it is not published
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_penalty (ConcClock  *clock,
                          const char *runner_id,
                          gint64      penalty_usec,
                          const char *reason)
{
  ConcCommand *command = new_about (CONC_COMMAND_PENALTY, clock, runner_id);

  command->penalty_usec = penalty_usec;
  command->reason = g_strdup (reason);
  return command;
}

/**
 * conc_command_new_prints:
 * @kind: %CONC_COMMAND_PRINT or %CONC_COMMAND_PRINT_STATE
 * @clock: the clock that tells when
 * @prints: (element-type ConcPrint): what is printed, or what became of it
 *
 * Returns: (transfer full): the command, with copies of @prints. Any thread.
 */
ConcCommand *
conc_command_new_prints (ConcCommandKind kind, ConcClock *clock, const GPtrArray *prints)
{
  ConcCommand *command = conc_command_new (kind, clock);

  command->prints = g_ptr_array_new_full (prints->len, (GDestroyNotify) conc_print_free);
  for (guint i = 0; i < prints->len; i++)
    g_ptr_array_add (command->prints, conc_print_copy (g_ptr_array_index (prints, i)));
  return command;
}

/**
 * conc_command_new_chute:
 * @clock: the clock that tells when
 * @bib: the bib that was read at the end of the chute; 0 for one that could not be read
 * @before: (nullable): the chute bib in front of which it stands, or %NULL for the order of time
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_chute (ConcClock *clock, guint bib, const char *before)
{
  ConcCommand *command = conc_command_new_bib (CONC_COMMAND_CHUTE, clock, bib);

  command->entry = g_strdup (before);
  return command;
}

/**
 * conc_command_new_chute_set:
 * @clock: the clock that tells when
 * @entry: (nullable): the chute bib that is corrected; %NULL for the last one of this station
 * @bib: which bib it was; 0 when that is not known
 *
 * Returns: (transfer full): the command. Any thread.
 */
ConcCommand *
conc_command_new_chute_set (ConcClock *clock, const char *entry, guint bib)
{
  ConcCommand *command = conc_command_new_bib (CONC_COMMAND_CHUTE_SET, clock, bib);

  command->entry = g_strdup (entry);
  return command;
}

/** conc_command_new_stream: (transfer full): sets up a stream, or what is there of one. */
ConcCommand *
conc_command_new_stream (ConcClock *clock, const ConcStreamOrder *order)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_STREAM, clock);

  command->stream_order = conc_stream_order_copy (order);
  return command;
}

/** conc_command_new_reads: (transfer full): records lines; @take_batch belongs to the command. */
ConcCommand *
conc_command_new_reads (ConcClock *clock, ConcReadBatch *take_batch)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_READS, clock);

  command->batch = take_batch;
  return command;
}

/** conc_command_new_ignore_read: (transfer full): whether the line named @read, "FACT#LINE", is
 * left out. */
ConcCommand *
conc_command_new_ignore_read (ConcClock *clock, const char *read, gboolean ignore)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_IGNORE_READ, clock);

  command->entry = g_strdup (read);
  command->ignore = ignore;
  return command;
}

/** conc_command_new_chips: (transfer full): gives chips to bibs; @chips is shared and not changed.
 */
ConcCommand *
conc_command_new_chips (ConcClock *clock, GPtrArray *chips)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_CHIPS, clock);

  command->chips = g_ptr_array_ref (chips);
  return command;
}

/** conc_command_new_repair: Returns: (transfer full): the wish for @order, of which it has a copy.
 * Any thread. */
ConcCommand *
conc_command_new_repair (ConcClock *clock, const ConcRepairOrder *order)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REPAIR, clock);

  command->repair = conc_repair_order_copy (order);
  return command;
}

/**
 * conc_command_set_key_time:
 * @at_usec: when the key was pressed, microseconds since 1970 UTC
 * @monotonic_usec: the same moment by the monotonic clock
 *
 * The time of a tap is the time of the key press, not of the code that got round to it.
 */
void
conc_command_set_key_time (ConcCommand *command, gint64 at_usec, gint64 monotonic_usec)
{
  command->at_usec = at_usec;
  command->monotonic_usec = monotonic_usec;
  command->source = "key";
}

/** conc_command_free: frees @command, which may be %NULL. */
void
conc_command_free (ConcCommand *command)
{
  if (command == NULL)
    return;
  g_free (command->when);
  g_free (command->runner_id);
  g_free (command->wave);
  conc_runner_free (command->seen);
  conc_runner_free (command->runner);
  conc_gift_free (command->gift);
  g_free (command->text);
  g_free (command->card);
  g_free (command->choice);
  g_free (command->operator_name);
  g_free (command->shirt);
  g_free (command->reason);
  g_free (command->signer);
  g_free (command->signature);
  g_clear_pointer (&command->prints, g_ptr_array_unref);
  g_free (command->stream);
  g_free (command->entry);
  conc_repair_order_free (command->repair);
  conc_stream_order_free (command->stream_order);
  conc_read_batch_free (command->batch);
  g_clear_pointer (&command->chips, g_ptr_array_unref);
  g_free (command);
}

/** conc_receipt_new: Returns: (transfer full): the receipt of a command that wrote nothing. */
ConcReceipt *
conc_receipt_new (void)
{
  return g_new0 (ConcReceipt, 1);
}

/** conc_receipt_free: frees @receipt, which may be %NULL. */
void
conc_receipt_free (ConcReceipt *receipt)
{
  if (receipt == NULL)
    return;
  g_free (receipt->runner_id);
  g_free (receipt->wave);
  g_clear_pointer (&receipt->print_ids, g_ptr_array_unref);
  g_free (receipt);
}
