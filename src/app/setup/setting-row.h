/* setting-row.h: one setting of a race with what it means and whether it can be so. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_SETTING_ROW (conc_setting_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcSettingRow, conc_setting_row, CONC, SETTING_ROW, AdwPreferencesRow)

/* Properties: "key" and, for settings with a few values, "values" (separated by commas) with
 * "choices" (GtkStringList, their titles). With a "session" the row shows and saves the setting
 * of its race; without one it is an entry of a form, and "is-valid" says whether it may be used. */

ConcSetting conc_setting_row_get_setting (ConcSettingRow *self);
char       *conc_setting_row_dup_value (ConcSettingRow *self);
void        conc_setting_row_set_text (ConcSettingRow *self, const char *text);

G_END_DECLS
