/* role.h: what a station is for, and what it may read and write. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_ROLE_ORGANIZER,
  CONC_ROLE_CHECK_IN,
  CONC_ROLE_TIMING,
  CONC_ROLE_DISPLAY,
  CONC_N_ROLES
} ConcRole;

#define CONC_ROLE_NONE CONC_N_ROLES

const char *conc_role_to_text (ConcRole role);
ConcRole    conc_role_from_text (const char *text);
const char *conc_role_get_label (ConcRole role);
gboolean    conc_role_may_read (ConcRole role, ConcKind kind);
gboolean    conc_role_may_write (ConcRole role, ConcKind kind);
gboolean    conc_role_reads_all (ConcRole role);
gboolean    conc_role_has_race_key (ConcRole role);
gboolean    conc_role_has_private_key (ConcRole role);
char       *conc_role_table_to_markdown (void);

G_END_DECLS
