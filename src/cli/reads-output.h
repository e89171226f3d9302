/* reads-output.h: shows what became of the lines of readers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader-reads.h"

G_BEGIN_DECLS

void conc_reads_append_json (GString *json, const ConcReadRow *row, GTimeZone *zone);
void conc_reads_print (const ConcReadRow *row, GTimeZone *zone);

G_END_DECLS
