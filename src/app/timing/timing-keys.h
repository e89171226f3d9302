/* timing-keys.h: the keys of the timing table, wherever the focus is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_TIMING_KEYS (conc_timing_keys_get_type ())
G_DECLARE_FINAL_TYPE (ConcTimingKeys, conc_timing_keys, CONC, TIMING_KEYS, GObject)

/* Signals: "tap" (guint event_msec), "gun" (guint event_msec), "typed" (string character),
 * "erase", "enter", "clear", "remove", "move" (int direction): what the key means. A held key taps
 * once. "enter" and "clear" say with TRUE that the key was used. */
ConcTimingKeys *conc_timing_keys_new (GtkWidget *page, GtkEditable *entry);
void            conc_timing_keys_attach (ConcTimingKeys *self);
void            conc_timing_keys_detach (ConcTimingKeys *self);

G_END_DECLS
