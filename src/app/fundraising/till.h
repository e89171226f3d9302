/* till.h: where a gift is entered. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_TILL (conc_till_get_type ())
G_DECLARE_FINAL_TYPE (ConcTill, conc_till, CONC, TILL, GtkWidget)

gboolean conc_till_is_naming (ConcTill *self, GtkWidget *focus);
gboolean conc_till_handle_key (ConcTill              *self,
                               GtkEventControllerKey *keys,
                               guint                  keyval,
                               GdkModifierType        state);

G_END_DECLS
