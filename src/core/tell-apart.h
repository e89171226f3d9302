/* tell-apart.h: what tells people of one name apart. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"

G_BEGIN_DECLS

GPtrArray *conc_tell_apart (GPtrArray *runners);

G_END_DECLS
