/* session.h: an open race, as the stations on the screen share it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/sync/share.h"
#include "core/scoreboard.h"
#include "spool/spooler.h"
#include "store/race-file.h"

G_BEGIN_DECLS

#define CONC_TYPE_SESSION (conc_session_get_type ())
G_DECLARE_FINAL_TYPE (ConcSession, conc_session, CONC, SESSION, GObject)

/* Properties: "registered", "expected" (registered and not virtual), "checked-in", "missing",
 * "finished", "on-course", "unmatched", "conflicts" (guint, notify when they change), "race-name"
 * and "state-text" (strings), "saving" (guint: commands not yet on disk), "can-undo" (whether there
 * is something of this station to take back), "share" (how the exchange with others goes). Signals,
 * on the main loop, after counts and scoreboard are current: "changed" (ConcChanged what, GStrv
 * subjects or NULL for everything) "failed" (string sentence): a command was refused or could not
 * be saved; the window says so. "said" (string sentence, string undo_fact or NULL): something to
 * say, with Undo; the page that is shown may say it where the eye is and return TRUE, else the
 * window says it in a toast. "checked-in" (string id of the runner): this station checked
 * somebody in, who was not yet. */

typedef void (*ConcSessionDone) (ConcSession  *session,
                                 ConcReceipt  *receipt, /* NULL when it failed */
                                 const GError *error,
                                 gpointer      user_data);

void conc_session_open_async (const char *path, GAsyncReadyCallback callback, gpointer user_data);
ConcSession *conc_session_open_finish (GAsyncResult *result, GError **error);
ConcSession *conc_session_new (ConcRaceFile *file);

ConcRaceFile     *conc_session_get_file (ConcSession *session);
ConcShare        *conc_session_get_share (ConcSession *session);
ConcSpooler      *conc_session_get_spooler (ConcSession *session);
ConcReader       *conc_session_get_reader (ConcSession *session);
ConcSettings     *conc_session_get_settings (ConcSession *session);
ConcScoreboard   *conc_session_get_scoreboard (ConcSession *session);
ConcClock        *conc_session_get_clock (ConcSession *session);
ConcClock        *conc_session_get_race_clock (ConcSession *session);
GTimeZone        *conc_session_get_zone (ConcSession *session);
const ConcCounts *conc_session_get_counts (ConcSession *session);

/* Takes @command. Without @done a refusal is said by "failed"; with it, saying so is the caller's.
 * That something could not be saved is always said by "failed". @owner, if not NULL, is a GObject
 * kept alive until @done ran, which gets it as its user data. */
void conc_session_submit (ConcSession    *session,
                          ConcCommand    *command,
                          ConcSessionDone done,
                          gpointer        owner);
void conc_session_undo (ConcSession *session, const char *fact);
void conc_session_undo_all (ConcSession *session, GPtrArray *facts);
void conc_session_join (ConcSession *session, GPtrArray *facts);
void conc_session_undo_last (ConcSession *session);
void conc_session_close (ConcSession *session);
void conc_session_say (ConcSession *session, const char *sentence, const char *undo_fact);
void conc_session_fail (ConcSession *session, const char *sentence);

G_END_DECLS
