/* roles.h: what a role is in words, and which pages it sees. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"

G_BEGIN_DECLS

const char *conc_role_get_duties (ConcRole role);
gboolean    conc_role_has_page (ConcRole role, const char *page);
/* @wanted, or the page that the role begins with when it does not have that one. */
const char *conc_role_choose_page (ConcRole role, const char *wanted);

G_END_DECLS
