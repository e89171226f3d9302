/* runner-facts.h: a runner as facts, and facts as a runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/merge.h"
#include "core/runner.h"

G_BEGIN_DECLS

/* Keys of the bodies of runners that are no fields. */
#define CONC_KEY_WALK_UP "walk_up" /* in the first fact of somebody who registered at the desk */
#define CONC_KEY_REMOVED "removed"
#define CONC_KEY_TRANSFERRED_TO "transferred_to"     /* the id of who runs instead */
#define CONC_KEY_TRANSFERRED_FROM "transferred_from" /* the id of who was registered */
#define CONC_KEY_WAIVER_BY "waiver_by"               /* "screen" or "paper" */
#define CONC_KEY_WAIVER_SIGNER "waiver_signer"
#define CONC_KEY_WAIVER_SIGNATURE "waiver_signature"
#define CONC_KEY_WAIVER_AT "waiver_at"
#define CONC_WAIVER_ON_SCREEN "screen"
#define CONC_WAIVER_ON_PAPER "paper"
#define CONC_KEY_APART_PREFIX "apart_" /* and the id of another */

ConcBody *conc_runner_to_public_body (const ConcRunner *runner);
ConcBody *conc_runner_to_walk_up_body (const ConcRunner *runner, const char *transferred_from);
ConcBody *conc_runner_to_private_body (const ConcRunner *runner);
gboolean  conc_runner_append_json (const ConcRunner *runner, gboolean want_private, GString *json);
ConcRunner *conc_runner_from_merged (const char *id, const ConcMerged *merged);
ConcBody   *conc_field_to_body (ConcField field, const char *text);
ConcKind    conc_field_get_set_kind (ConcField field, gboolean is_public);

G_END_DECLS
