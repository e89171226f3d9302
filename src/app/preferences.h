/* preferences.h: what Concourse remembers from one day to the next. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_RACE_MIME_TYPE "application/x-concourse-race"

void  conc_preferences_bind_window (GtkWindow *window);
void  conc_preferences_remember_race (const char *path);
void  conc_preferences_remember_page (const char *name);
char *conc_preferences_dup_page (void);
char *conc_preferences_dup_monitor (void);
void  conc_preferences_remember_monitor (const char *connector);
char *conc_preferences_dup_operator (void);
void  conc_preferences_remember_operator (const char *name);
void  conc_preferences_bind_camera (GObject *view);

G_END_DECLS
