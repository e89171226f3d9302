/* gun-preview.h: what another time of a gun would change, as text beside it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

char *conc_gun_preview_describe (ConcSession *session, const char *wave, const char *when);

G_END_DECLS
