/* gift.h: money given or promised, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_METHOD_CASH,
  CONC_METHOD_CHECK,
  CONC_METHOD_CARD,
  CONC_METHOD_ONLINE,
  CONC_METHOD_PLEDGE,
  CONC_METHOD_MATCH,
  CONC_N_METHODS
} ConcMethod;

#define CONC_TYPE_GIFT (conc_gift_get_type ())

/* @from is the donor, also of an anonymous gift: then it is for the treasurer only.
 * @fact names the fact that entered it. */
typedef struct
{
  char      *id;
  char      *fact;
  gint64     amount_cents;
  ConcMethod method;
  char      *from;
  gboolean   is_anonymous;
  char      *beneficiary;
  char      *message;
  gint64     at_usec;
} ConcGift;

GType       conc_gift_get_type (void);
ConcGift   *conc_gift_new (void);
ConcGift   *conc_gift_copy (const ConcGift *gift);
void        conc_gift_free (ConcGift *gift);
char       *conc_gift_dup_public_name (const ConcGift *gift);
const char *conc_method_to_text (ConcMethod method);
const char *conc_method_get_title (ConcMethod method);
ConcMethod  conc_method_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcGift, conc_gift_free)

G_END_DECLS
