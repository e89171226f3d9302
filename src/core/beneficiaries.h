/* beneficiaries.h: who receives the proceeds, and in which shares. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_BENEFICIARIES_MAX 40

/* A beneficiary and its share of the proceeds in percent; the shares sum to 100. */
typedef struct
{
  char *name;
  guint percent;
} ConcBeneficiary;

void       conc_beneficiary_free (ConcBeneficiary *beneficiary);
GPtrArray *conc_beneficiaries_parse (const char *text, GError **error);
char      *conc_beneficiaries_to_text (GPtrArray *beneficiaries);

G_END_DECLS
