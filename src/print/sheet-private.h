/* sheet-private.h: What the table and its drawing share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/sheet.h"

G_BEGIN_DECLS

/* The heights that decide where a page ends. */
#define SHEET_MARGIN_MM 15.0
#define SHEET_TITLE_MM 9.0
#define SHEET_LINE_MM 5.0
#define SHEET_AFTER_TITLE_MM 4.0
#define SHEET_RUNNING_TITLE_MM 8.0
#define SHEET_COLUMNS_MM 6.5
#define SHEET_SECTION_MM 10.0
#define SHEET_ROW_MM 5.3
#define SHEET_FOOTER_MM 9.0

typedef struct
{
  char          *title;
  ConcColumnSide side;
  double         weight;
} SheetColumn;

/* A row has cells, a section has a heading. */
typedef struct
{
  char  *heading;
  char **cells;
} SheetItem;

/* The items of one page; continued is the section that began on an earlier one, or NULL. */
typedef struct
{
  guint            first;
  guint            end;
  const SheetItem *continued;
} SheetPage;

struct _ConcSheet
{
  ConcPaper paper;
  char     *title;
  char     *subtitle;
  char     *as_of;
  char     *footer;
  char     *empty_text;
  GArray   *columns; /* of SheetColumn */
  GArray   *items;   /* of SheetItem */
};

double  conc_sheet_get_width_mm (const ConcSheet *self);
double  conc_sheet_get_height_mm (const ConcSheet *self);
double  conc_sheet_get_table_top_mm (const ConcSheet *self, guint page);
GArray *conc_sheet_paginate (const ConcSheet *self);

G_END_DECLS
