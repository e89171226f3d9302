/* name-forms-table.h: given names that are forms of each other. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of folded names; a name can be in several. Ended by NULL. */
extern const char *const conc_name_forms_table[];

G_END_DECLS
