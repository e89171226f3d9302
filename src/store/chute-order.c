/* chute-order.c: the order in which chute bibs stand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/chute-order.h"

#include <string.h>

typedef enum
{
  VISIT_NEW,
  VISIT_OPEN,
  VISIT_DONE
} Visit;

typedef struct _Node Node;

struct _Node
{
  const ConcChuteStanding *standing;
  Node                    *anchor;      /* in front of which it stands */
  Node                    *first_child; /* those that stand in front of it, in their order */
  Node                    *next_child;
  Visit                    visit;
};

/**
 * conc_chute_compare: Returns: like strcmp(): by time, then in the order in which they were
 * recorded, then by name, so that the order is the same everywhere.
 */
int
conc_chute_compare (gint64      a_usec,
                    ConcHlc     a_hlc,
                    const char *a_subject,
                    gint64      b_usec,
                    ConcHlc     b_hlc,
                    const char *b_subject)
{
  if (a_usec != b_usec)
    return a_usec < b_usec ? -1 : 1;
  if (a_hlc != b_hlc)
    return a_hlc < b_hlc ? -1 : 1;
  return strcmp (a_subject, b_subject);
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  const ConcChuteStanding *left = ((const Node *) a)->standing;
  const ConcChuteStanding *right = ((const Node *) b)->standing;

  return conc_chute_compare (left->at_usec, left->hlc, left->subject, right->at_usec, right->hlc,
                             right->subject);
}

/* Of several in front of one, the last that was put there is next to it. */
static int
compare_latest_first_cb (gconstpointer a, gconstpointer b)
{
  const ConcChuteStanding *left = (*(Node *const *) a)->standing;
  const ConcChuteStanding *right = (*(Node *const *) b)->standing;

  return conc_chute_compare (0, right->hlc, right->subject, 0, left->hlc, left->subject);
}

static Node *
make_node (const ConcChuteStanding *standing)
{
  Node *node = g_new0 (Node, 1);

  node->standing = standing;
  return node;
}

/* Nodes for those that stand in front of another, and for those others: they are few. @of_standing
 * has room for the node of each. Returns: the former. */
static GPtrArray *
find_anchors (GArray *standing, Node **of_standing)
{
  g_autoptr (GHashTable) anchors = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *placed = g_ptr_array_new ();

  for (guint i = 0; i < standing->len; i++)
    {
      const ConcChuteStanding *each = &g_array_index (standing, ConcChuteStanding, i);

      if (each->before == NULL)
        continue;
      of_standing[i] = make_node (each);
      g_ptr_array_add (placed, of_standing[i]);
      g_hash_table_insert (anchors, (gpointer) each->before, NULL);
    }
  for (guint i = 0; placed->len > 0 && i < standing->len; i++)
    {
      const ConcChuteStanding *each = &g_array_index (standing, ConcChuteStanding, i);

      if (!g_hash_table_contains (anchors, each->subject))
        continue;
      if (of_standing[i] == NULL)
        of_standing[i] = make_node (each);
      g_hash_table_insert (anchors, (gpointer) each->subject, of_standing[i]);
    }
  for (guint i = 0; i < placed->len; i++)
    {
      Node *node = g_ptr_array_index (placed, i);

      node->anchor = g_hash_table_lookup (anchors, node->standing->before);
    }
  return placed;
}

/* The first of a circle stands where its own time puts it. */
static void
break_circle (Node *start)
{
  Node *first = start;

  for (Node *node = start->anchor; node != start; node = node->anchor)
    if (compare_nodes (node, first) < 0)
      first = node;
  first->anchor = NULL;
}

static void
break_circles (GPtrArray *placed)
{
  for (guint i = 0; i < placed->len; i++)
    {
      Node *start = g_ptr_array_index (placed, i);
      Node *node = start;
      Node *circle;

      for (; node != NULL && node->visit == VISIT_NEW; node = node->anchor)
        node->visit = VISIT_OPEN;
      circle = node != NULL && node->visit == VISIT_OPEN ? node : NULL;
      for (node = start; node != NULL && node->visit == VISIT_OPEN; node = node->anchor)
        node->visit = VISIT_DONE;
      if (circle != NULL)
        break_circle (circle);
    }
}

static void
hang (GPtrArray *placed)
{
  g_ptr_array_sort (placed, compare_latest_first_cb);
  for (guint i = 0; i < placed->len; i++)
    {
      Node *node = g_ptr_array_index (placed, i);

      if (node->anchor == NULL)
        continue;
      node->next_child = node->anchor->first_child;
      node->anchor->first_child = node;
    }
}

/* A tree in its order: what stands in front of a node comes before it. Chains may be long, so this
 * does not call itself. */
static void
emit (GPtrArray *order, Node *root)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();

  g_ptr_array_add (stack, root);
  while (stack->len > 0)
    {
      Node *node = g_ptr_array_index (stack, stack->len - 1);
      Node *child = node->first_child;

      if (child != NULL)
        {
          node->first_child = child->next_child;
          g_ptr_array_add (stack, child);
          continue;
        }
      g_ptr_array_set_size (stack, (int) stack->len - 1);
      g_ptr_array_add (order, node->standing->data);
    }
}

/**
 * conc_chute_order:
 * @standing: (element-type ConcChuteStanding): in the order of conc_chute_compare()
 *
 * Each stands by its time; one that is to stand in front of another stands directly in front of it,
 * behind others that were put there before. Where the other is not there, its own time counts, as
 * it does for the first of a circle.
 *
 * Returns: (transfer full): the data of each in the order of arrival. Any thread. Cost: a few
 *   nanoseconds each, and a look for each when there is one that was put in front of another.
 */
GPtrArray *
conc_chute_order (GArray *standing)
{
  GPtrArray        *order = g_ptr_array_sized_new (standing->len);
  g_autofree Node **of_standing = g_new0 (Node *, standing->len + 1);
  g_autoptr (GPtrArray) placed = find_anchors (standing, of_standing);

  break_circles (placed);
  hang (placed);
  for (guint i = 0; i < standing->len; i++)
    if (of_standing[i] == NULL)
      g_ptr_array_add (order, g_array_index (standing, ConcChuteStanding, i).data);
    else if (of_standing[i]->anchor == NULL)
      emit (order, of_standing[i]);
  for (guint i = 0; i < standing->len; i++)
    g_free (of_standing[i]);
  return order;
}
