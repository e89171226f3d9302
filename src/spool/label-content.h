/* label-content.h: A keyed hash of what is on a label, by which a change is noticed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"

G_BEGIN_DECLS

char *conc_label_content (const ConcLabel *label, const char *layout, GBytes *key);

G_END_DECLS
