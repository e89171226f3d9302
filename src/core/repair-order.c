/* repair-order.c: a repair of the ladder as somebody asks for it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/repair-order.h"

/** conc_repair_order_new: Returns: (transfer full): an order that says no more than @kind. */
ConcRepairOrder *
conc_repair_order_new (ConcLadderRepairKind kind)
{
  ConcRepairOrder *order = g_new0 (ConcRepairOrder, 1);

  order->kind = kind;
  return order;
}

/** conc_repair_order_copy: Returns: (transfer full): a deep copy. Any thread. */
ConcRepairOrder *
conc_repair_order_copy (const ConcRepairOrder *order)
{
  ConcRepairOrder *copy = g_memdup2 (order, sizeof *order);

  copy->tap = g_strdup (order->tap);
  copy->entry = g_strdup (order->entry);
  copy->last_entry = g_strdup (order->last_entry);
  copy->stream = g_strdup (order->stream);
  copy->suspicion = g_strdup (order->suspicion);
  copy->reason = g_strdup (order->reason);
  copy->before = g_strdup (order->before);
  copy->after = g_strdup (order->after);
  return copy;
}

/** conc_repair_order_free: frees @order, which may be %NULL. */
void
conc_repair_order_free (ConcRepairOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->tap);
  g_free (order->entry);
  g_free (order->last_entry);
  g_free (order->stream);
  g_free (order->suspicion);
  g_free (order->reason);
  g_free (order->before);
  g_free (order->after);
  g_free (order);
}
