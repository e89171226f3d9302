/* import-window.h: shows what importing a file would do, and does it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_IMPORT_WINDOW (conc_import_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcImportWindow, conc_import_window, CONC, IMPORT_WINDOW, AdwWindow)

void conc_import_window_present (ConcSession *session, GFile *file, GtkWindow *parent);

G_END_DECLS
