/* power-cut.h: a disk for SQLite that forgets what was not synced. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a cut leaves of the writes since the last sync of a file. */
typedef enum
{
  POWER_CUT_NOTHING,
  POWER_CUT_SECTORS, /* some of their sectors of 512 bytes, by chance */
  POWER_CUT_FIRST,   /* those up to one, which is torn */
  POWER_CUT_ALL,
  POWER_CUT_N_MODES
} PowerCutMode;

/* All files of the disk as they are after a cut. */
typedef GHashTable PowerCutImage;

/* Called on the thread that writes, in the middle of it. */
typedef void (*PowerCutFunc) (gpointer user_data);

void           power_cut_install (void);
void           power_cut_load (PowerCutImage *image);
PowerCutImage *power_cut_take (PowerCutMode mode, GRand *random);
guint          power_cut_get_n_operations (void);
void           power_cut_watch (PowerCutFunc func, gpointer user_data);

G_END_DECLS
