/* runner-list.h: the runners of a race as a list that follows every change, and searches in it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Signals: "changed" when anything did, the model included, and "runner-changed" (string id). */
#define CONC_TYPE_RUNNER_LIST (conc_runner_list_get_type ())
G_DECLARE_FINAL_TYPE (ConcRunnerList, conc_runner_list, CONC, RUNNER_LIST, GObject)

ConcRunnerList   *conc_runner_list_new (ConcSession *session);
GListModel       *conc_runner_list_get_model (ConcRunnerList *self);
const char       *conc_runner_list_get_search (ConcRunnerList *self);
void              conc_runner_list_set_search (ConcRunnerList *self, const char *text);
gboolean          conc_runner_list_is_loading (ConcRunnerList *self);
gboolean          conc_runner_list_is_cut (ConcRunnerList *self);
guint             conc_runner_list_get_n_runners (ConcRunnerList *self);
guint             conc_runner_list_get_next_bib (ConcRunnerList *self);
const ConcRunner *conc_runner_list_find (ConcRunnerList *self, const char *id);

G_END_DECLS
