/* auto-label.h: prints the label of whoever is checked in, where the printer is told to. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

void conc_auto_label_attach (ConcSession *session);
void conc_auto_label_print (ConcSession *session, const char *runner_id, const char *again);

G_END_DECLS
