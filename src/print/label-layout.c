/* label-layout.c: Computes where the parts of a label go, for labels of any size. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label-layout.h"

#include "print/error.h"
#include "print/qr.h"

#include <glib/gi18n-lib.h>

/* A code that is larger than this is not read from farther away, and takes room from the bib. */
#define CODE_WIDTH_SHARE 0.40
#define TEXT_MIN_MM 10.0
#define FOOT_SHARE 0.155
#define FOOT_MIN_MM 3.2
#define FOOT_MAX_MM 8.0

/* How the column beside the code is divided, from the top: the rest is white. */
typedef struct
{
  ConcLabelParts parts;
  double         bib_share;
  double         name_share;
  double         line2_share;
} Division;

static const Division DIVISIONS[] = {
  { CONC_LABEL_PARTS_NONE, 0.80, 0.0, 0.0 },
  { CONC_LABEL_PARTS_NAME, 0.54, 0.36, 0.0 },
  { CONC_LABEL_PARTS_LINE2, 0.70, 0.0, 0.22 },
  { CONC_LABEL_PARTS_NAME | CONC_LABEL_PARTS_LINE2, 0.50, 0.32, 0.17 },
};

static double
foot_height_mm (double height_mm, double inset_mm, ConcLabelParts parts)
{
  if (!(parts & CONC_LABEL_PARTS_FOOT))
    return 0;
  return CLAMP (FOOT_SHARE * (height_mm - 2 * inset_mm), FOOT_MIN_MM, FOOT_MAX_MM);
}

/* The quiet zone reaches into the inset on the left and above, and lies between the code and the
 * black of the foot below. */
static gboolean
module_fits (double module_mm,
             int    modules,
             double width_mm,
             double height_mm,
             double inset_mm,
             double foot_mm)
{
  double quiet_mm = CONC_QR_QUIET_MODULES * module_mm;
  double margin_mm = MAX (inset_mm, quiet_mm);
  double code_mm = modules * module_mm;
  double below_mm = foot_mm > 0 ? quiet_mm + foot_mm + inset_mm : margin_mm;

  return code_mm <= CODE_WIDTH_SHARE * width_mm && margin_mm + code_mm + below_mm <= height_mm &&
         margin_mm + code_mm + quiet_mm + TEXT_MIN_MM + inset_mm <= width_mm;
}

static double
largest_module_mm (int    dpi,
                   int    modules,
                   double width_mm,
                   double height_mm,
                   double inset_mm,
                   double foot_mm)
{
  double dot_mm = 25.4 / dpi;
  double module_mm = conc_qr_snap_module (height_mm / modules, dpi);

  while (module_mm > 0 && !module_fits (module_mm, modules, width_mm, height_mm, inset_mm, foot_mm))
    module_mm = conc_qr_snap_module (module_mm - 0.5 * dot_mm, dpi);
  return module_mm;
}

static void
divide_text (ConcLabelLayout *self, ConcArea column, ConcLabelParts parts)
{
  const Division *division = NULL;
  double          bottom_mm = column.y_mm + column.height_mm;

  parts &= CONC_LABEL_PARTS_NAME | CONC_LABEL_PARTS_LINE2;
  for (gsize i = 0; i < G_N_ELEMENTS (DIVISIONS); i++)
    if (DIVISIONS[i].parts == parts)
      division = &DIVISIONS[i];
  g_assert (division != NULL);

  self->bib = self->name = self->line2 = column;
  self->bib.height_mm = division->bib_share * column.height_mm;
  self->name.height_mm = division->name_share * column.height_mm;
  self->line2.height_mm = division->line2_share * column.height_mm;
  /* The last baseline is level with the lower edge of the code. */
  self->line2.y_mm = bottom_mm - self->line2.height_mm;
  self->name.y_mm = self->line2.y_mm - self->name.height_mm;
}

/**
 * conc_label_layout_init:
 * @self: (out caller-allocates): the layout
 * @width_mm: width of the label
 * @height_mm: height of the label
 * @inset_mm: edge that stays white
 * @dpi: dots per inch of the printer
 * @modules: modules of the code in one direction
 * @parts: what the label has besides code and bib
 * @error: where to put why it does not fit
 *
 * Lays a label out: the code on the left, as large as its quiet zone lets it be; bib, name and
 * second line beside it, from its upper to its lower edge; wave and shirt across the foot. The
 * top left corner of the code is not snapped to dots here, as the place on the page decides that.
 *
 * Returns: whether it fits; if not, CONC_PRINT_ERROR_TOO_SMALL and @self is not changed.
 *
 * Thread: any.
 */
gboolean
conc_label_layout_init (ConcLabelLayout *self,
                        double           width_mm,
                        double           height_mm,
                        double           inset_mm,
                        int              dpi,
                        int              modules,
                        ConcLabelParts   parts,
                        GError         **error)
{
  double   foot_mm = foot_height_mm (height_mm, inset_mm, parts);
  double   module_mm, quiet_mm, margin_mm;
  ConcArea column;

  module_mm = largest_module_mm (dpi, modules, width_mm, height_mm, inset_mm, foot_mm);
  if (module_mm <= 0)
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOO_SMALL,
                   _ ("A label of %.1f × %.1f mm has no room for a code that a scanner can read. "
                      "Choose a larger label."),
                   width_mm, height_mm);
      return FALSE;
    }
  quiet_mm = CONC_QR_QUIET_MODULES * module_mm;
  margin_mm = MAX (inset_mm, quiet_mm);
  self->module_mm = module_mm;
  self->code = (ConcArea){ margin_mm, margin_mm, modules * module_mm, modules * module_mm };
  column.x_mm = margin_mm + self->code.width_mm + quiet_mm;
  column.y_mm = margin_mm;
  column.width_mm = width_mm - margin_mm - column.x_mm;
  column.height_mm = self->code.height_mm;
  divide_text (self, column, parts);
  self->foot =
      (ConcArea){ margin_mm, height_mm - inset_mm - foot_mm, width_mm - 2 * margin_mm, foot_mm };
  return TRUE;
}
