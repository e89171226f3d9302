/* runner.h: a registered person, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/field.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CONC_BIB_MAX 999999u

#define CONC_TYPE_RUNNER (conc_runner_get_type ())

typedef struct _ConcRunner ConcRunner;

GType       conc_runner_get_type (void);
ConcRunner *conc_runner_new (const char *id);
ConcRunner *conc_runner_copy (const ConcRunner *runner);
void        conc_runner_free (ConcRunner *runner);

const char *conc_runner_get_id (const ConcRunner *runner);
void        conc_runner_set_id (ConcRunner *runner, const char *id);
const char *conc_runner_get (const ConcRunner *runner, ConcField field);
void        conc_runner_set (ConcRunner *runner, ConcField field, const char *text);
void        conc_runner_take (ConcRunner *runner, ConcField field, char *text);
gboolean    conc_runner_equal (const ConcRunner *a, const ConcRunner *b);

guint    conc_runner_get_bib (const ConcRunner *runner);
int      conc_runner_get_age (const ConcRunner *runner);
ConcSex  conc_runner_get_sex (const ConcRunner *runner);
gboolean conc_runner_get_public (const ConcRunner *runner);
gboolean conc_runner_get_waiver (const ConcRunner *runner);
gboolean conc_runner_get_virtual (const ConcRunner *runner);
gboolean conc_runner_get_checked_in (const ConcRunner *runner);
gboolean conc_runner_get_captain (const ConcRunner *runner);
gint64   conc_runner_get_balance_cents (const ConcRunner *runner);
char    *conc_runner_dup_full_name (const ConcRunner *runner);
char    *conc_wave_dup_title (const char *wave);
char    *conc_runner_dup_public_name (const ConcRunner *runner);
char *
conc_public_name (const char *given_name, const char *family_name, gboolean is_public, guint bib);
int conc_age_on (const char *birth_date, const char *race_date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcRunner, conc_runner_free)

G_END_DECLS
