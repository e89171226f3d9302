/* command.h: what a person or a script asks for, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"
#include "core/gift.h"
#include "core/print-job.h"
#include "core/repair-order.h"
#include "core/runner.h"
#include "core/settings.h"
#include "core/streams.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_COMMAND_TAP,           /* @when, @stream          a time without a bib */
  CONC_COMMAND_BIB,           /* @bib                    for the oldest tap without one */
  CONC_COMMAND_CROSS,         /* @bib, @when, @stream    a time with its bib */
  CONC_COMMAND_LINK,          /* @bib, @target or @entry gives or corrects the bib of one tap */
  CONC_COMMAND_START,         /* @bib, @when             a runner's own start */
  CONC_COMMAND_GUN,           /* @wave, @when */
  CONC_COMMAND_GUN_SEEN,      /* @wave, @when            for comparison with the one that counts */
  CONC_COMMAND_UNDO,          /* @target */
  CONC_COMMAND_CHECK_IN,      /* @bib or @runner_id, @when; with both, the bib is given too */
  CONC_COMMAND_CHECK_OUT,     /* @bib or @runner_id      takes the check-in back */
  CONC_COMMAND_REGISTER,      /* @runner                 a walk-up */
  CONC_COMMAND_EDIT,          /* @seen, @runner          changes the fields in which they differ */
  CONC_COMMAND_ASSIGN_BIBS,   /* @bib (first number), @order */
  CONC_COMMAND_GIFT,          /* @gift */
  CONC_COMMAND_SETTING,       /* @setting, @text */
  CONC_COMMAND_REMOVE_RUNNER, /* @bib or @runner_id, @text (a reason, or none) */
  CONC_COMMAND_SETTLE,        /* @card, @choice          decides between what stations did apart */
  CONC_COMMAND_WAIVER,        /* @runner_id, @text ("screen" or "paper"), @signer, @signature */
  CONC_COMMAND_FEE,           /* @runner_id, @gift       (its amount, method and time) */
  CONC_COMMAND_TRANSFER,      /* @runner_id, @runner     another person runs instead */
  CONC_COMMAND_ATTENDANCE,    /* @runner_id, @text ("no-show", "deferred" or "", for expected) */
  CONC_COMMAND_NO_SHOWS,      /* everybody who is expected and not here does not come */
  CONC_COMMAND_RULING,        /* @bib or @runner_id, @text ("dns", "dnf", "dq" or "", for none),
                                 @reason */
  CONC_COMMAND_PENALTY,       /* @bib or @runner_id, @penalty_usec (0 for none), @reason */
  CONC_COMMAND_PRINT,         /* @prints                 puts labels into the queue */
  CONC_COMMAND_PRINT_STATE,   /* @prints                 their id, state, detail and printer */
  CONC_COMMAND_CHUTE,         /* @bib (0: not read), @when, @entry (before which, or none) */
  CONC_COMMAND_CHUTE_SET,     /* @bib (0: not known), @entry (or none, for this station's last) */
  CONC_COMMAND_REPAIR,        /* @repair                 of the ladder, all of it or nothing */
  CONC_COMMAND_STREAM,        /* @stream_order           sets up or changes a source of times */
  CONC_COMMAND_READS,         /* @batch                  lines of a source, as they came */
  CONC_COMMAND_IGNORE_READ,   /* @entry (FACT#LINE), @ignore: whether a line counts */
  CONC_COMMAND_CHIPS,         /* @chips                  which chip is whose */
} ConcCommandKind;

typedef enum
{
  CONC_BIB_ORDER_NAME,
  CONC_BIB_ORDER_REGISTRATION,
  CONC_BIB_ORDER_EVENT
} ConcBibOrder;

/* @at_usec is the moment the person acted, @when overrides it: RFC 3339, or a time of day on
 * race day, which only the race file can resolve. @source says where @at_usec comes from:
 * "key" (key event), "clock" (read when the command was made) or "typed". */
typedef struct
{
  ConcCommandKind  kind;
  gint64           at_usec;
  gint64           monotonic_usec;
  const char      *source;
  char            *when;
  guint            bib;
  char            *runner_id;
  char            *wave;
  ConcFactId       target;
  ConcRunner      *seen;
  ConcRunner      *runner;
  ConcGift        *gift;
  ConcBibOrder     order;
  ConcSetting      setting;
  char            *text;
  char            *card;
  char            *choice;
  char            *operator_name;
  char            *shirt;       /* with a check-in: the size that is handed out */
  gboolean         replace_bib; /* with a check-in: the runner may have another bib */
  gboolean         take_bib;    /* with a check-in: somebody who is not here may have this bib */
  char            *reason;
  gint64           penalty_usec;
  char            *signer;
  char            *signature; /* see core/signature.h */
  GPtrArray       *prints;    /* element-type ConcPrint */
  char            *stream;    /* of a time; NULL for the timing table */
  char            *entry;     /* a chute bib, or a tap of a reader, by its subject */
  ConcRepairOrder *repair;
  ConcStreamOrder *stream_order;
  ConcReadBatch   *batch;
  gboolean         ignore;
  GPtrArray       *chips; /* element-type ConcChip; bib 0 takes a chip from everybody */
} ConcCommand;

ConcCommand *conc_command_new (ConcCommandKind kind, ConcClock *clock);
ConcCommand *conc_command_new_bib (ConcCommandKind kind, ConcClock *clock, guint bib);
ConcCommand *conc_command_new_undo (ConcClock *clock, const ConcFactId *target);
ConcCommand *conc_command_new_setting (ConcClock *clock, ConcSetting setting, const char *text);
ConcCommand *conc_command_new_remove (ConcClock *clock, const char *runner_id, const char *reason);
ConcCommand *
conc_command_new_edit (ConcClock *clock, const ConcRunner *seen, const ConcRunner *wanted);
ConcCommand *conc_command_new_settle (ConcClock *clock, const char *card, const char *choice);
ConcCommand *conc_command_new_check_in (ConcClock *clock, const char *runner_id, guint bib);
ConcCommand *conc_command_new_waiver (ConcClock  *clock,
                                      const char *runner_id,
                                      const char *how,
                                      const char *signer,
                                      const char *signature);
ConcCommand *conc_command_new_fee (ConcClock  *clock,
                                   const char *runner_id,
                                   gint64      amount_cents,
                                   ConcMethod  method);
ConcCommand *
conc_command_new_transfer (ConcClock *clock, const char *runner_id, const ConcRunner *person);
ConcCommand *
conc_command_new_attendance (ConcClock *clock, const char *runner_id, const char *attendance);
ConcCommand *conc_command_new_ruling (ConcClock  *clock,
                                      const char *runner_id,
                                      const char *ruling,
                                      const char *reason);
ConcCommand *conc_command_new_penalty (ConcClock  *clock,
                                       const char *runner_id,
                                       gint64      penalty_usec,
                                       const char *reason);
ConcCommand *
conc_command_new_prints (ConcCommandKind kind, ConcClock *clock, const GPtrArray *prints);
ConcCommand *conc_command_new_chute (ConcClock *clock, guint bib, const char *before);
ConcCommand *conc_command_new_chute_set (ConcClock *clock, const char *entry, guint bib);
ConcCommand *conc_command_new_stream (ConcClock *clock, const ConcStreamOrder *order);
ConcCommand *conc_command_new_reads (ConcClock *clock, ConcReadBatch *take_batch);
ConcCommand *conc_command_new_ignore_read (ConcClock *clock, const char *read, gboolean ignore);
ConcCommand *conc_command_new_chips (ConcClock *clock, GPtrArray *chips);
ConcCommand *conc_command_new_repair (ConcClock *clock, const ConcRepairOrder *order);
ConcCommand *
conc_command_new_gun (ConcCommandKind kind, ConcClock *clock, const char *wave, const char *when);
void conc_command_set_key_time (ConcCommand *command, gint64 at_usec, gint64 monotonic_usec);
void conc_command_free (ConcCommand *command);
ConcCommand *conc_command_parse_line (const char *line, ConcClock *clock, GError **error);

/* What became of a command. @fact is the first fact written; unset when nothing had to be.
 * @runner_id is whom it was about; of a transfer, the new person. */
typedef struct
{
  ConcFactId fact;
  guint      n_facts;
  gint64     at_usec;
  guint      bib;
  guint      first_bib;
  guint      last_bib;
  char      *runner_id;
  char      *wave;
  gboolean   was_already;
  gint64     previous_usec;
  guint      n_new;     /* of CONC_COMMAND_READS and CONC_COMMAND_CHIPS */
  guint      n_known;   /* likewise: what was recorded before */
  GPtrArray *print_ids; /* of CONC_COMMAND_PRINT, in its order; else NULL */
} ConcReceipt;

ConcReceipt *conc_receipt_new (void);
void         conc_receipt_free (ConcReceipt *receipt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCommand, conc_command_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReceipt, conc_receipt_free)

G_END_DECLS
