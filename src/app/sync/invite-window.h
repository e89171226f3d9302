/* invite-window.h: an invitation for one more laptop: a role, a QR code and a code to type. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_INVITE_WINDOW (conc_invite_window_get_type ())
G_DECLARE_FINAL_TYPE (ConcInviteWindow, conc_invite_window, CONC, INVITE_WINDOW, AdwWindow)

GtkWidget *conc_invite_window_new (GtkWindow *parent, ConcSession *session);

G_END_DECLS
