/* impact-cards.h: the figures about trafficking that the projector shows, each with its source. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *figure;
  char *text;
  char *source;
} ConcImpactCard;

void       conc_impact_card_free (ConcImpactCard *card);
GPtrArray *conc_impact_cards_parse (GBytes *bytes, GError **error);

G_END_DECLS
