/* layout-private.h: What a layout is made of. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"
#include "print/layout.h"
#include "print/typesetter.h"

G_BEGIN_DECLS

/* More than a label has room for; and no file makes a label slow. */
#define CONC_LAYOUT_PARTS_MAX 32

/* What a label can have. Bits of a set, because which of them a label has decides its boxes. */
typedef enum
{
  CONC_LABEL_FIELD_BIB,
  CONC_LABEL_FIELD_NAME,
  CONC_LABEL_FIELD_LINE2,
  CONC_LABEL_FIELD_WAVE,
  CONC_LABEL_FIELD_SHIRT,
  CONC_LABEL_FIELD_RACE,
  CONC_LABEL_FIELD_TASK,
  CONC_LABEL_FIELD_EMERGENCY,
  CONC_LABEL_FIELD_MEDICAL,
  CONC_N_LABEL_FIELDS,
} ConcLabelField;

typedef enum
{
  CONC_PART_BOX,
  CONC_PART_QR,
  CONC_PART_BIB,
  CONC_PART_NAME,
  CONC_PART_TEXT,
  CONC_PART_WAVE,
  CONC_PART_RULE,
  CONC_PART_PANEL,
} ConcPartKind;

typedef enum
{
  CONC_ALIGN_START,
  CONC_ALIGN_CENTRE,
  CONC_ALIGN_END,
} ConcAlign;

/* A length in mm, or a share of something that is known when the label has a size. */
typedef struct
{
  double   value;
  gboolean is_share;
} ConcLength;

/**
 * ConcLayoutPart:
 * @id: what other parts call it; several may share one, the first that is shown counts
 * @kind: what is drawn
 * @side: 0 for the front, 1 for the back
 * @within: (nullable): the part whose box this box is measured in; %NULL for the label
 * @beside: whether the box starts right of the code and its quiet zone
 * @needs: fields without any of which the part is left out
 * @any: if not 0, fields of which it needs one
 * @without: fields with any of which it is left out
 * @text: (nullable): what is written, with fields in braces
 * @uses: the fields in @text
 * @title: (nullable): the small line at the top of a panel
 *
 * One part of a layout.
 */
typedef struct
{
  char        *id;
  ConcPartKind kind;
  guint        side;
  char        *within;
  gboolean     beside;
  ConcLength   x;
  ConcLength   y;
  ConcLength   width;
  ConcLength   height;
  guint        needs;
  guint        any;
  guint        without;
  char        *text;
  guint        uses;
  char        *title;
  ConcAlign    align;
  ConcAlign    valign;
  ConcFace     face;
  gboolean     numerals;
  gboolean     stretch;
  int          lines;
  ConcLength   size_max;
  ConcLength   size_min;
} ConcLayoutPart;

struct _ConcLayout
{
  char           *name;
  char           *title;
  gboolean        rotate;
  double          shape;
  double          width_min_mm;
  double          height_min_mm;
  guint           sides;
  gboolean        has_code;
  guint           n_parts;
  ConcLayoutPart *parts;
};

gboolean conc_layout_parse (ConcLayout *self, GBytes *bytes, GError **error);
G_GNUC_PRINTF (3, 4)
gboolean conc_layout_refuse (const ConcLayout *self, GError **error, const char *format, ...);

/* label-fields.c */
int         conc_label_field_from_name (const char *name, gsize length);
guint       conc_label_fields_in (const char *text, gboolean *ret_valid);
guint       conc_label_get_fields (const ConcLabel *label);
const char *conc_label_expand (const ConcLabel *label, const char *text, GString *buffer);

G_END_DECLS
