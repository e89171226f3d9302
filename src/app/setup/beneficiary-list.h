/* beneficiary-list.h: who receives the proceeds, and in which shares. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_BENEFICIARY_LIST (conc_beneficiary_list_get_type ())
G_DECLARE_FINAL_TYPE (ConcBeneficiaryList, conc_beneficiary_list, CONC, BENEFICIARY_LIST, GtkWidget)

G_END_DECLS
