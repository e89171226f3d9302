/* canvas.h: text and measures for scenes that a crowd reads from far away. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* How tall a capital letter has to be. The rule of thumb of signs is one part of height for 250
 * parts of distance: at 25 m a letter of 25 m / 250 = 100 mm. A picture in a hall is 3 m high, so
 * that is 100 mm / 3000 mm = 1/30 of the height of the screen: 36 of 1080 px, 24 of 720 px.
 * Nothing on a scene is written smaller than this. A screen on its side has no room for it: there
 * the limit is 1/24 of the width, 45 of 1080 px; 3 m high it is read at 17 m. */
#define CONC_CANVAS_UNITS_HIGH 30
#define CONC_CANVAS_UNITS_WIDE 24

/* The part of the width and of the height that a projector may cut off, on each side. */
#define CONC_CANVAS_MARGIN (1.0 / 20)

typedef struct
{
  double red, green, blue, alpha;
} ConcInk;

extern const ConcInk conc_ink_ground;
extern const ConcInk conc_ink_text;
extern const ConcInk conc_ink_quiet;
extern const ConcInk conc_ink_accent;
extern const ConcInk conc_ink_rule;

typedef enum
{
  CONC_ALIGN_LEFT,
  CONC_ALIGN_CENTER,
  CONC_ALIGN_RIGHT
} ConcAlign;

typedef struct
{
  double x, y, width, height;
} ConcBox;

/* Told of every text that is drawn: its ink in pixels of the screen, and its cap height. */
typedef void (*ConcTextProbe) (const char    *text,
                               double         cap_px,
                               const ConcBox *ink,
                               gpointer       user_data);

/* @unit_px is the smallest cap height. @safe is what is inside the margins. @probe may be NULL. */
typedef struct
{
  cairo_t      *cr;
  int           width_px;
  int           height_px;
  double        unit_px;
  ConcBox       safe;
  const char   *font_family;
  double        cap_per_em;
  ConcTextProbe probe;
  gpointer      probe_data;
} ConcCanvas;

/* How one piece of text looks. @width_px is where the ellipsis begins, 0 for never. */
typedef struct
{
  double         cap_px;
  double         width_px;
  ConcAlign      align;
  PangoWeight    weight;
  const ConcInk *ink;
} ConcTextStyle;

void     conc_canvas_init (ConcCanvas *canvas,
                           cairo_t    *cr,
                           int         width_px,
                           int         height_px,
                           const char *font_family);
gboolean conc_canvas_is_portrait (const ConcCanvas *canvas);
void     conc_canvas_set_ink (ConcCanvas *canvas, const ConcInk *ink);
void     conc_canvas_fill (ConcCanvas *canvas, const ConcBox *box, const ConcInk *ink);
double   conc_canvas_measure (ConcCanvas *canvas, const char *text, const ConcTextStyle *style);
double   conc_canvas_draw (ConcCanvas          *canvas,
                           const char          *text,
                           double               x,
                           double               baseline,
                           const ConcTextStyle *style);
double
conc_canvas_fit (ConcCanvas *canvas, const char *text, const ConcTextStyle *style, double width_px);
double
conc_canvas_measure_paragraph (ConcCanvas *canvas, const char *text, const ConcTextStyle *style);
double conc_canvas_draw_paragraph (ConcCanvas          *canvas,
                                   const char          *text,
                                   double               x,
                                   double               top,
                                   const ConcTextStyle *style);

G_END_DECLS
