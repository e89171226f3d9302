/* execute.h: turns commands into facts, on the writer thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/command.h"
#include "core/merge.h"
#include "store/writer.h"

G_BEGIN_DECLS

/* Each looks first and appends last, so that a refused command has appended nothing. */
typedef gboolean (*ConcExecuteFunc) (ConcWriter        *writer,
                                     const ConcCommand *command,
                                     ConcReceipt       *receipt,
                                     GError           **error);

gboolean
conc_execute (ConcWriter *writer, const ConcCommand *command, ConcReceipt *receipt, GError **error);

/* execute-runner.c: for a race whose date changes */
#define CONC_EXECUTE_DATE_SUBJECT "setting:date"
gboolean conc_execute_correct_ages (ConcWriter        *writer,
                                    const ConcCommand *command,
                                    ConcReceipt       *receipt,
                                    GError           **error);

/* execute.c: shared */
gboolean conc_execute_resolve_time (ConcWriter        *writer,
                                    const ConcCommand *command,
                                    const char        *except_wave,
                                    gint64            *ret_usec,
                                    GError           **error);
gboolean conc_execute_append (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcKind           kind,
                              const char        *subject,
                              const ConcFactId  *replaces,
                              ConcBody          *body,
                              ConcReceipt       *receipt,
                              GError           **error);
void     conc_execute_copy_entry (ConcBodyBuilder *builder, const ConcBody *from, const char *key);
gboolean conc_execute_append_over (ConcWriter        *writer,
                                   const ConcCommand *command,
                                   ConcKind           kind,
                                   const char        *subject,
                                   const ConcMerged  *merged,
                                   ConcBodyBuilder   *builder,
                                   ConcReceipt       *receipt,
                                   GError           **error);
gboolean conc_execute_check_bib (guint bib, GError **error);
gboolean conc_execute_read_merged (ConcWriter  *writer,
                                   const char  *subject,
                                   ConcMerged **ret_merged,
                                   GError     **error);

/* execute-timing.c */
gboolean conc_execute_tap (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error);
gboolean conc_execute_bib (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error);
gboolean conc_execute_cross (ConcWriter        *writer,
                             const ConcCommand *command,
                             ConcReceipt       *receipt,
                             GError           **error);
gboolean conc_execute_link (ConcWriter        *writer,
                            const ConcCommand *command,
                            ConcReceipt       *receipt,
                            GError           **error);
gboolean conc_execute_start (ConcWriter        *writer,
                             const ConcCommand *command,
                             ConcReceipt       *receipt,
                             GError           **error);
gboolean conc_execute_append_single_time (ConcWriter        *writer,
                                          const ConcCommand *command,
                                          ConcKind           kind,
                                          const char        *subject,
                                          const ConcMerged  *merged,
                                          ConcBodyBuilder   *builder,
                                          ConcReceipt       *receipt,
                                          GError           **error);

ConcBodyBuilder *
conc_execute_begin_timed_body (ConcWriter *writer, const ConcCommand *command, gint64 at_usec);

/* execute-gun.c */
gboolean conc_execute_gun (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error);
gboolean conc_execute_gun_seen (ConcWriter        *writer,
                                const ConcCommand *command,
                                ConcReceipt       *receipt,
                                GError           **error);

/* execute-chute.c */
gboolean conc_execute_chute (ConcWriter        *writer,
                             const ConcCommand *command,
                             ConcReceipt       *receipt,
                             GError           **error);
gboolean conc_execute_chute_set (ConcWriter        *writer,
                                 const ConcCommand *command,
                                 ConcReceipt       *receipt,
                                 GError           **error);
gboolean conc_execute_check_stream (ConcWriter *writer, const ConcCommand *command, GError **error);
gboolean conc_execute_check_entry (ConcWriter *writer, const char *entry, GError **error);
gboolean conc_execute_set_entry (ConcWriter        *writer,
                                 const ConcCommand *command,
                                 const char        *entry,
                                 ConcBodyBuilder   *builder,
                                 ConcReceipt       *receipt,
                                 GError           **error);

/* execute-repair.c */
gboolean conc_execute_repair (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcReceipt       *receipt,
                              GError           **error);
gboolean conc_execute_follow_repair (ConcWriter        *writer,
                                     const ConcCommand *command,
                                     const char        *subject,
                                     ConcReceipt       *receipt,
                                     GError           **error);

/* execute-check-in.c */
gboolean conc_execute_check_in (ConcWriter        *writer,
                                const ConcCommand *command,
                                ConcReceipt       *receipt,
                                GError           **error);
gboolean conc_execute_check_out (ConcWriter        *writer,
                                 const ConcCommand *command,
                                 ConcReceipt       *receipt,
                                 GError           **error);
gboolean conc_execute_append_undos (ConcWriter        *writer,
                                    const ConcCommand *command,
                                    const char        *subject,
                                    const ConcMerged  *merged,
                                    const char        *key,
                                    ConcReceipt       *receipt,
                                    GError           **error);
char    *conc_execute_dup_event_before (const ConcMerged *merged);

/* execute-runner.c */
gboolean conc_execute_append_registration (ConcWriter        *writer,
                                           const ConcCommand *command,
                                           const ConcRunner  *runner,
                                           const char        *transferred_from,
                                           ConcReceipt       *receipt,
                                           GError           **error);
gboolean conc_execute_complete_runner (ConcWriter        *writer,
                                       const ConcCommand *command,
                                       ConcRunner        *runner,
                                       GError           **error);
gboolean conc_execute_register (ConcWriter        *writer,
                                const ConcCommand *command,
                                ConcReceipt       *receipt,
                                GError           **error);
gboolean conc_execute_edit (ConcWriter        *writer,
                            const ConcCommand *command,
                            ConcReceipt       *receipt,
                            GError           **error);

ConcRunner      *
conc_execute_find_runner (ConcWriter *writer, const ConcCommand *command, GError **error);
void conc_execute_fill_receipt (ConcReceipt *receipt, const ConcRunner *runner);

/* execute-remove.c */
gboolean conc_execute_remove_runner (ConcWriter        *writer,
                                     const ConcCommand *command,
                                     ConcReceipt       *receipt,
                                     GError           **error);

gboolean conc_execute_append_removal (ConcWriter        *writer,
                                      const ConcCommand *command,
                                      const char        *subject,
                                      const ConcFactId  *replaces,
                                      const ConcMerged  *merged,
                                      const char        *reason,
                                      ConcReceipt       *receipt,
                                      GError           **error);

/* execute-desk.c */
gboolean conc_execute_waiver (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcReceipt       *receipt,
                              GError           **error);
gboolean conc_execute_fee (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error);

/* execute-transfer.c */
gboolean conc_execute_transfer (ConcWriter        *writer,
                                const ConcCommand *command,
                                ConcReceipt       *receipt,
                                GError           **error);

/* execute-attendance.c */
gboolean conc_execute_attendance (ConcWriter        *writer,
                                  const ConcCommand *command,
                                  ConcReceipt       *receipt,
                                  GError           **error);
gboolean conc_execute_check_not_here (ConcWriter *writer, const ConcRunner *runner, GError **error);
gboolean conc_execute_no_shows (ConcWriter        *writer,
                                const ConcCommand *command,
                                ConcReceipt       *receipt,
                                GError           **error);

/* execute-ruling.c */
gboolean conc_execute_ruling (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcReceipt       *receipt,
                              GError           **error);
gboolean conc_execute_penalty (ConcWriter        *writer,
                               const ConcCommand *command,
                               ConcReceipt       *receipt,
                               GError           **error);

/* execute-print.c */
gboolean conc_execute_print (ConcWriter        *writer,
                             const ConcCommand *command,
                             ConcReceipt       *receipt,
                             GError           **error);
gboolean conc_execute_print_state (ConcWriter        *writer,
                                   const ConcCommand *command,
                                   ConcReceipt       *receipt,
                                   GError           **error);

/* execute-read.c */
gboolean conc_execute_stream (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcReceipt       *receipt,
                              GError           **error);
gboolean conc_execute_reads (ConcWriter        *writer,
                             const ConcCommand *command,
                             ConcReceipt       *receipt,
                             GError           **error);
gboolean conc_execute_ignore_read (ConcWriter        *writer,
                                   const ConcCommand *command,
                                   ConcReceipt       *receipt,
                                   GError           **error);
gboolean conc_execute_chips (ConcWriter        *writer,
                             const ConcCommand *command,
                             ConcReceipt       *receipt,
                             GError           **error);

/* execute-settle.c */
gboolean conc_execute_settle (ConcWriter        *writer,
                              const ConcCommand *command,
                              ConcReceipt       *receipt,
                              GError           **error);

/* execute-bibs.c */
gboolean conc_execute_assign_bibs (ConcWriter        *writer,
                                   const ConcCommand *command,
                                   ConcReceipt       *receipt,
                                   GError           **error);

/* execute-other.c */
gboolean conc_execute_undo (ConcWriter        *writer,
                            const ConcCommand *command,
                            ConcReceipt       *receipt,
                            GError           **error);
gboolean conc_execute_gift (ConcWriter        *writer,
                            const ConcCommand *command,
                            ConcReceipt       *receipt,
                            GError           **error);
gboolean conc_execute_append_gift (ConcWriter        *writer,
                                   const ConcCommand *command,
                                   const char        *subject,
                                   const char        *beneficiary,
                                   ConcReceipt       *receipt,
                                   GError           **error);
gboolean conc_execute_setting (ConcWriter        *writer,
                               const ConcCommand *command,
                               ConcReceipt       *receipt,
                               GError           **error);

G_END_DECLS
