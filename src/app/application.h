/* application.h: Concourse as one program with a window for each race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_APPLICATION (conc_application_get_type ())
G_DECLARE_FINAL_TYPE (ConcApplication, conc_application, CONC, APPLICATION, AdwApplication)

ConcApplication *conc_application_new (void);

G_END_DECLS
