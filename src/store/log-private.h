/* log-private.h: what the two halves of the log share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/log.h"

G_BEGIN_DECLS

struct _ConcLog
{
  ConcDb     *db;
  GHashTable *numbers; /* station's name -> its number in this file */
};

G_END_DECLS
