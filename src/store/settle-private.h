/* settle-private.h: what the files that settle cards share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/execute.h"

G_BEGIN_DECLS

gboolean conc_settle_refuse_settled (GError **error);
gboolean conc_settle_refuse_choice (GError **error, const char *choice);
gboolean
conc_settle_is_noted (ConcWriter *writer, const char *card, gboolean *ret_noted, GError **error);
char *conc_settle_list_names (const ConcSlot *slot);

GPtrArray *conc_settle_list_fees (ConcWriter *writer, const char *runner_id, GError **error);
gboolean   conc_settle_append_fee (ConcWriter        *writer,
                                   const ConcCommand *command,
                                   const char        *fee,
                                   const char        *key,
                                   ConcBodyBuilder   *builder,
                                   ConcReceipt       *receipt,
                                   GError           **error);

gboolean conc_settle_bib (ConcWriter        *writer,
                          const ConcCommand *command,
                          ConcReceipt       *receipt,
                          GError           **error);
gboolean conc_settle_fees (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error);
gboolean conc_settle_presence (ConcWriter        *writer,
                               const ConcCommand *command,
                               const ConcMerged  *merged,
                               const char        *subject,
                               ConcReceipt       *receipt,
                               GError           **error);
gboolean conc_settle_hand_over (ConcWriter        *writer,
                                const ConcCommand *command,
                                const ConcRunner  *stays,
                                const ConcRunner  *goes,
                                ConcReceipt       *receipt,
                                GError           **error);
gboolean conc_settle_append_bib (ConcWriter        *writer,
                                 const ConcCommand *command,
                                 const char        *id,
                                 guint              bib,
                                 ConcReceipt       *receipt,
                                 GError           **error);
gboolean conc_settle_same (ConcWriter        *writer,
                           const ConcCommand *command,
                           ConcReceipt       *receipt,
                           GError           **error);

G_END_DECLS
