/* queue-button.h: tells in words that labels wait for somebody, and leads to them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_QUEUE_BUTTON (conc_queue_button_get_type ())
G_DECLARE_FINAL_TYPE (ConcQueueButton, conc_queue_button, CONC, QUEUE_BUTTON, AdwBin)

/* Property "session". Shown while labels of this laptop wait for somebody: to decide, or to
 * see to a printer. */

G_END_DECLS
