/* name-tags.h: Labels of people who are in no race: volunteers and guests. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"

G_BEGIN_DECLS

GPtrArray *
conc_name_tags_new_from_csv (const char *text, gsize length, const char *race, GError **error);

G_END_DECLS
