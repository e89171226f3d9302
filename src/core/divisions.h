/* divisions.h: age divisions within each sex. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/field.h"

G_BEGIN_DECLS

#define CONC_DIVISION_NONE (-1)

typedef struct _ConcDivisions ConcDivisions;

ConcDivisions *conc_divisions_parse (const char *text, GError **error);
ConcDivisions *conc_divisions_ref (ConcDivisions *divisions);
void           conc_divisions_unref (ConcDivisions *divisions);
const char    *conc_divisions_get_text (const ConcDivisions *divisions);
guint          conc_divisions_get_count (const ConcDivisions *divisions);
int            conc_divisions_find (const ConcDivisions *divisions, ConcSex sex, int age);
const char    *conc_divisions_get_name (const ConcDivisions *divisions, int division);
const char    *conc_divisions_lookup (const ConcDivisions *divisions, ConcSex sex, int age);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcDivisions, conc_divisions_unref)

G_END_DECLS
