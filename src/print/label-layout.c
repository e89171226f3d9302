/* label-layout.c: Computes where the parts of a layout go on a label of any size. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-layout.h"

#include "print/error.h"
#include "print/qr.h"

#include <glib/gi18n-lib.h>

/* The codes of a page lie on a grid of modules, so each may be half a module beside its place. */
#define CLEAR_MODULES (CONC_QR_QUIET_MODULES + 0.5)
#define BOX_MIN_MM 0.5
#define TOLERANCE_MM 0.01

/* What the computation of one side has in common. */
typedef struct
{
  const ConcLayout *layout;
  const ConcStock  *stock;
  ConcArea          label;
  ConcArea          frame;
  guint             side;
  int               modules;
} Frame;

static gboolean
refuse (const Frame *frame, GError **error)
{
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOO_SMALL,
               _ ("A label of %.1f × %.1f mm is too small for “%s”. Choose a larger label."),
               frame->label.width_mm, frame->label.height_mm, frame->layout->title);
  return FALSE;
}

static double
resolve (ConcLength length, double whole_mm)
{
  return length.is_share ? length.value * whole_mm : length.value;
}

static gboolean
is_shown (const ConcLayoutPart *part, guint side, guint fields)
{
  return part->side == side && (fields & part->needs) == part->needs &&
         (part->any == 0 || (fields & part->any) != 0) && (fields & part->without) == 0;
}

static ConcArea
box_in (const ConcLayoutPart *part, ConcArea outer)
{
  ConcArea box;

  box.x_mm = outer.x_mm + resolve (part->x, outer.width_mm);
  box.y_mm = outer.y_mm + resolve (part->y, outer.height_mm);
  box.width_mm = resolve (part->width, outer.width_mm);
  box.height_mm = resolve (part->height, outer.height_mm);
  return box;
}

/* The white edge of the label counts for the quiet zone where the box touches it. */
static double
margin_mm (const Frame *frame, double module_mm, double from_edge_mm)
{
  double quiet_mm = CLEAR_MODULES * module_mm;

  if (from_edge_mm > TOLERANCE_MM)
    return quiet_mm;
  return MAX (0, quiet_mm - frame->stock->inset_mm);
}

static gboolean
place_code (const Frame *frame, ConcLabelLayout *self, const ConcLayoutPart *part, ConcArea box)
{
  static const double SHARES[] = { 0, 0.5, 1 };
  const ConcArea     *outer = &frame->frame;
  int                 dpi = frame->stock->dpi;
  double              left_gap_mm = box.x_mm - outer->x_mm, top_gap_mm = box.y_mm - outer->y_mm;
  double              right_gap_mm = outer->width_mm - left_gap_mm - box.width_mm;
  double              bottom_gap_mm = outer->height_mm - top_gap_mm - box.height_mm;
  double module_mm = conc_qr_snap_module (MIN (box.width_mm, box.height_mm) / frame->modules, dpi);

  for (; module_mm > 0; module_mm = conc_qr_snap_module (module_mm - 12.7 / dpi, dpi))
    {
      double code_mm = frame->modules * module_mm;
      double left_mm = margin_mm (frame, module_mm, left_gap_mm);
      double top_mm = margin_mm (frame, module_mm, top_gap_mm);
      double spare_x_mm =
          box.width_mm - left_mm - code_mm - margin_mm (frame, module_mm, right_gap_mm);
      double spare_y_mm =
          box.height_mm - top_mm - code_mm - margin_mm (frame, module_mm, bottom_gap_mm);

      if (spare_x_mm < 0 || spare_y_mm < 0)
        continue;
      self->module_mm = module_mm;
      self->code.x_mm = box.x_mm + left_mm + SHARES[part->align] * spare_x_mm;
      self->code.y_mm = box.y_mm + top_mm + SHARES[part->valign] * spare_y_mm;
      self->code.width_mm = self->code.height_mm = code_mm;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_inside (const ConcArea *box, const ConcArea *outer)
{
  return box->width_mm >= BOX_MIN_MM && box->height_mm >= BOX_MIN_MM &&
         box->x_mm >= outer->x_mm - TOLERANCE_MM && box->y_mm >= outer->y_mm - TOLERANCE_MM &&
         box->x_mm + box->width_mm <= outer->x_mm + outer->width_mm + TOLERANCE_MM &&
         box->y_mm + box->height_mm <= outer->y_mm + outer->height_mm + TOLERANCE_MM;
}

/* The quiet zone can hold the code off the white edge; everything else is level with it then. */
static void
narrow_frame (Frame *frame, const ConcLabelLayout *self, const ConcArea *box)
{
  double gap_mm = self->code.x_mm - frame->frame.x_mm;

  if (box->x_mm - frame->frame.x_mm > TOLERANCE_MM || gap_mm > CLEAR_MODULES * self->module_mm)
    return;
  frame->frame.x_mm += gap_mm;
  frame->frame.width_mm -= 2 * gap_mm;
}

static gboolean
place_codes (Frame *frame, ConcLabelLayout *self, guint fields)
{
  for (guint i = 0; i < frame->layout->n_parts; i++)
    {
      const ConcLayoutPart *part = &frame->layout->parts[i];

      if (part->kind != CONC_PART_QR || !is_shown (part, frame->side, fields))
        continue;
      self->areas[i] = box_in (part, frame->frame);
      self->shown[i] = TRUE;
      if (!is_inside (&self->areas[i], &frame->frame) ||
          !place_code (frame, self, part, self->areas[i]))
        return FALSE;
      narrow_frame (frame, self, &self->areas[i]);
      return TRUE;
    }
  return TRUE;
}

static ConcArea
find_outer (const Frame *frame, const ConcLabelLayout *self, guint i)
{
  const ConcLayoutPart *parts = frame->layout->parts;
  ConcArea              outer = frame->frame;

  for (guint other = 0; parts[i].within != NULL && other < i; other++)
    if (self->shown[other] && strcmp (parts[other].id, parts[i].within) == 0)
      {
        outer = self->areas[other];
        break;
      }
  if (parts[i].beside && self->module_mm > 0)
    {
      double right_mm = outer.x_mm + outer.width_mm;

      outer.x_mm = self->code.x_mm + self->code.width_mm + CLEAR_MODULES * self->module_mm;
      outer.width_mm = right_mm - outer.x_mm;
    }
  return outer;
}

static gboolean
place_parts (const Frame *frame, ConcLabelLayout *self, guint fields)
{
  for (guint i = 0; i < frame->layout->n_parts; i++)
    {
      const ConcLayoutPart *part = &frame->layout->parts[i];

      if (part->kind == CONC_PART_QR || !is_shown (part, frame->side, fields))
        continue;
      self->areas[i] = box_in (part, find_outer (frame, self, i));
      self->shown[i] = TRUE;
      if (!is_inside (&self->areas[i], &frame->frame))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_layout_is_turned:
 * @layout: a layout
 * @stock: a stock
 *
 * Returns: whether the layout is printed a quarter turn clockwise, as it is made for labels that
 *   are wider than high and this one is not.
 *
 * Thread: any.
 */
gboolean
conc_layout_is_turned (const ConcLayout *layout, const ConcStock *stock)
{
  return layout->rotate && stock->label_height_mm > stock->label_width_mm;
}

/**
 * conc_layout_fit_stock:
 * @layout: a layout
 * @stock: a stock
 *
 * Decides how long a label of a roll is that is cut anywhere. Other stocks are as they are.
 *
 * Returns: (transfer full): the stock with labels of the size that is printed.
 *
 * Thread: any.
 */
ConcStock *
conc_layout_fit_stock (const ConcLayout *layout, const ConcStock *stock)
{
  ConcStock *fit = conc_stock_copy (stock);

  if (stock->continuous)
    {
      fit->label_height_mm = MAX (layout->shape * stock->label_width_mm, layout->height_min_mm);
      fit->page_height_mm = fit->row_pitch_mm = fit->label_height_mm;
      fit->top_mm = 0;
    }
  return fit;
}

/**
 * conc_label_layout_init:
 * @self: (out caller-allocates): where the parts are
 * @layout: the layout
 * @stock: the stock, as conc_layout_fit_stock() made it
 * @side: 0, or 1 for the back
 * @fields: what the label has: conc_label_get_fields()
 * @modules: modules of the code in one direction; not used on a side without code
 * @error: where to put why it does not fit
 *
 * Lays a label out: the code as large as its box and its quiet zone let it be, in whole printer
 * dots, then the boxes of everything else.
 *
 * Returns: whether it fits; if not, CONC_PRINT_ERROR_TOO_SMALL and @self means nothing.
 *
 * Thread: any.
 */
gboolean
conc_label_layout_init (ConcLabelLayout  *self,
                        const ConcLayout *layout,
                        const ConcStock  *stock,
                        guint             side,
                        guint             fields,
                        int               modules,
                        GError          **error)
{
  gboolean turned = conc_layout_is_turned (layout, stock);
  double   width_mm = turned ? stock->label_height_mm : stock->label_width_mm;
  double   height_mm = turned ? stock->label_width_mm : stock->label_height_mm;
  double   inset_mm = stock->inset_mm;
  Frame    frame = {
       .layout = layout,
       .stock = stock,
       .label = { 0, 0, width_mm, height_mm },
       .frame = { inset_mm, inset_mm, width_mm - 2 * inset_mm, height_mm - 2 * inset_mm },
       .side = side,
       .modules = modules,
  };

  memset (self, 0, sizeof *self);
  if (width_mm < layout->width_min_mm - TOLERANCE_MM ||
      height_mm < layout->height_min_mm - TOLERANCE_MM || !place_codes (&frame, self, fields) ||
      !place_parts (&frame, self, fields))
    return refuse (&frame, error);
  return TRUE;
}

/**
 * conc_layout_fits:
 * @self: a layout
 * @stock: a stock
 *
 * Tells whether a label with everything on it can be printed, so that what cannot be is not
 * offered.
 *
 * Returns: whether it can.
 *
 * Thread: any.
 */
gboolean
conc_layout_fits (const ConcLayout *self, const ConcStock *stock)
{
  g_autoptr (ConcStock) fit = conc_layout_fit_stock (self, stock);
  ConcLabelLayout placed;

  for (guint side = 0; side < self->sides; side++)
    if (!conc_label_layout_init (&placed, self, fit, side, (1u << CONC_N_LABEL_FIELDS) - 1,
                                 CONC_QR_TOKEN_MODULES, NULL))
      return FALSE;
  return TRUE;
}
