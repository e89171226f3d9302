/* output.h: JSON and columns on standard output. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void conc_json_next (GString *json);
void conc_json_key (GString *json, const char *key);
void conc_json_member_text (GString *json, const char *key, const char *text);
void conc_json_member_int (GString *json, const char *key, gint64 value);
void conc_json_member_bool (GString *json, const char *key, gboolean value);
void conc_json_member_null (GString *json, const char *key);
void conc_json_member_time (GString *json, const char *key, gint64 usec, GTimeZone *zone);

void conc_append_column (GString *line, const char *text, guint width);
void conc_print (const char *text, gsize length);
void conc_print_line (const GString *line);

G_END_DECLS
