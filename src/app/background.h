/* background.h: work that takes longer than a frame, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* On the worker: returns a sentence that says what was done, or NULL with an error. */
typedef char *(*ConcWork) (gpointer data, GError **error);
/* On the main loop: exactly one of @sentence and @error is set. */
typedef void (*ConcWorkDone) (GObject *owner, const char *sentence, const GError *error);

void conc_background_run (GObject       *owner,
                          ConcWork       work,
                          gpointer       data,
                          GDestroyNotify free_data,
                          ConcWorkDone   done);

G_END_DECLS
