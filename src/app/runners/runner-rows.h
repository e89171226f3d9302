/* runner-rows.h: the rows of the editor of a runner, one kind of widget for each kind of field. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A row is an AdwEntryRow, an AdwComboRow, a GtkSwitch or, when it only shows, a GtkLabel. */
gboolean conc_runner_row_has_sentence (ConcField field);
gboolean conc_runner_row_is_editable (GtkWidget *row);
guint    conc_runner_row_get_n_choices (GtkWidget *row);
void conc_runner_row_set_choices (GtkWidget *row, const char *const *choices, const char *current);
void
conc_runner_row_write (GtkWidget *row, ConcField field, const ConcRunner *runner, GTimeZone *zone);
void conc_runner_row_read (GtkWidget  *row,
                           ConcField   field,
                           ConcRunner *runner,
                           const char *race_date,
                           char      **ret_sentence);
void conc_runner_row_connect (GtkWidget *row,
                              GCallback  changed,
                              GCallback  activated,
                              gpointer   swapped_data);

G_END_DECLS
