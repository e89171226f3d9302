/* queries.h: questions that reader and writer both ask. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"
#include "core/settings.h"
#include "store/database.h"

G_BEGIN_DECLS

/* The columns of a runner in the order of conc_query_read_runner(). */
#define CONC_RUNNER_COLUMNS                                                                        \
  "id, bib, given_name, family_name, sex, age, event, wave, team, shirt, city, state, public, "    \
  "waiver, registered_at, checked_in_at, known_as, captain, shirt_given, attendance, "             \
  "ruling, ruling_reason, penalty_usec, penalty_reason, "                                          \
  "birth_date, email, phone, zip, country, emergency_name, emergency_phone, guardian, note, "      \
  "donation_cents, registration_id, balance_cents, medical"

ConcRunner *conc_query_read_runner (sqlite3_stmt *statement);
ConcRunner *conc_query_runner (ConcDb *db, const char *id, GError **error);
ConcRunner *conc_query_bib_holder (ConcDb *db, guint bib, GError **error);
gboolean conc_query_is_known (ConcDb *db, const char *subject, gboolean *ret_known, GError **error);
gboolean
conc_query_paid_cents (ConcDb *db, const char *runner_id, gint64 *ret_cents, GError **error);
gboolean      conc_query_has_run (ConcDb *db, guint bib, gboolean *ret_has_run, GError **error);
ConcSettings *conc_query_settings (ConcDb *db, GError **error);
gboolean
conc_query_first_gun (ConcDb *db, const char *except_wave, gint64 *ret_usec, GError **error);
GPtrArray *conc_query_waves (ConcDb *db, ConcSettings *settings, GError **error);
gboolean   conc_query_resolve_wave (ConcDb       *db,
                                    ConcSettings *settings,
                                    const char   *wanted,
                                    char        **ret_wave,
                                    GError      **error);

GPtrArray *conc_query_bib_claimants (ConcDb *db, guint bib, GError **error);

G_END_DECLS
