/* beside-layout.c: puts the second child beside the first, or below it where there is no room. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/beside-layout.h"

#define SPACING_PX 12
/* Words that are given less than this break into too many lines. */
#define WORDS_MIN_PX 260

struct _ConcBesideLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (ConcBesideLayout, conc_beside_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
get_widths (GtkWidget *child, int *ret_min, int *ret_natural)
{
  *ret_min = 0;
  *ret_natural = 0;
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, ret_min, ret_natural, NULL, NULL);
}

static int
get_height (GtkWidget *child, int width)
{
  int height = 0;

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

/* The width that is left for the words beside the controls; 0: they go below. */
static int
get_words_width (GtkWidget *words, GtkWidget *controls, int width)
{
  int words_min, words_natural, controls_min, controls_natural, left;

  get_widths (words, &words_min, &words_natural);
  get_widths (controls, &controls_min, &controls_natural);
  if (controls_natural == 0)
    return width;
  left = width - controls_natural - SPACING_PX;
  return left >= MAX (words_min, MIN (words_natural, WORDS_MIN_PX)) ? left : 0;
}

static GtkSizeRequestMode
conc_beside_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
conc_beside_layout_measure (GtkLayoutManager *layout,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  GtkWidget *words = gtk_widget_get_first_child (widget);
  GtkWidget *controls = words != NULL ? gtk_widget_get_next_sibling (words) : NULL;
  int        words_min, words_natural, controls_min, controls_natural, words_width, below;

  get_widths (words, &words_min, &words_natural);
  get_widths (controls, &controls_min, &controls_natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (words_min, controls_min);
      *natural = words_natural + (controls_natural > 0 ? SPACING_PX + controls_natural : 0);
      return;
    }
  if (for_size < 0)
    for_size = words_natural + (controls_natural > 0 ? SPACING_PX + controls_natural : 0);
  words_width = get_words_width (words, controls, for_size);
  if (words_width > 0)
    *minimum = MAX (get_height (words, words_width), get_height (controls, controls_natural));
  else
    {
      below = get_height (controls, for_size);
      *minimum = get_height (words, for_size) + (below > 0 ? SPACING_PX / 2 + below : 0);
    }
  *natural = *minimum;
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height, int whole)
{
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (child,
                            &(GtkAllocation){ is_rtl ? whole - x - width : x, y, width, height },
                            -1);
}

static void
conc_beside_layout_allocate (GtkLayoutManager *layout,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  GtkWidget *words = gtk_widget_get_first_child (widget);
  GtkWidget *controls = words != NULL ? gtk_widget_get_next_sibling (words) : NULL;
  int        words_width, controls_min, controls_natural, words_height, controls_height;

  if (words == NULL)
    return;
  get_widths (controls, &controls_min, &controls_natural);
  words_width = get_words_width (words, controls, width);
  if (words_width > 0)
    {
      place (widget, words, 0, 0, words_width, height, width);
      controls_height = get_height (controls, controls_natural);
      if (controls != NULL && gtk_widget_should_layout (controls))
        place (widget, controls, width - controls_natural, (height - controls_height) / 2,
               controls_natural, controls_height, width);
      return;
    }
  words_height = get_height (words, width);
  place (widget, words, 0, 0, width, words_height, width);
  place (widget, controls, 0, words_height + SPACING_PX / 2,
         CLAMP (controls_natural, controls_min, MAX (width, controls_min)),
         height - words_height - SPACING_PX / 2, width);
}

static void
conc_beside_layout_class_init (ConcBesideLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = conc_beside_layout_get_request_mode;
  layout_class->measure = conc_beside_layout_measure;
  layout_class->allocate = conc_beside_layout_allocate;
}

static void
conc_beside_layout_init (ConcBesideLayout *self)
{
}
