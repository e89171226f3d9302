/* tube.h: the tube of the thermometer, for the projector and for a page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/display/scene.h"

G_BEGIN_DECLS

/* What the parts of the tube are drawn with. The patterns are always the same: received is full,
 * matched is hatched, pledged is lined, new is full. */
typedef struct
{
  ConcInk glass;
  ConcInk received;
  ConcInk matched;
  ConcInk pledged;
  ConcInk fresh;
} ConcTubeInks;

typedef enum
{
  CONC_TUBE_RECEIVED,
  CONC_TUBE_MATCHED,
  CONC_TUBE_PLEDGED,
  CONC_TUBE_FRESH,
  CONC_TUBE_N_PARTS
} ConcTubePart;

extern const ConcTubeInks conc_tube_inks_dark;

gint64 conc_tube_get_top_cents (const ConcSceneMoney *money);
guint  conc_tube_get_ticks (const ConcSceneMoney *money, gint64 *ret_cents, guint max_ticks);
double conc_tube_get_y (const ConcSceneMoney *money, const ConcBox *tube, gint64 cents);
int    conc_tube_get_percent (const ConcSceneMoney *money);
void   conc_tube_draw (cairo_t              *cr,
                       const ConcBox        *tube,
                       const ConcSceneMoney *money,
                       const ConcTubeInks   *inks);
void   conc_tube_draw_swatch (cairo_t            *cr,
                              const ConcBox      *box,
                              ConcTubePart        part,
                              const ConcTubeInks *inks);

G_END_DECLS
