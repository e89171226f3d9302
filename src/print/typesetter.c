/* typesetter.c: Fits text into the room it has: shrinks it, then breaks it, then shortens it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/typesetter.h"

#include <math.h>
#include <pango/pangocairo.h>

#define FONT_FAMILIES "Cantarell, Noto Sans, DejaVu Sans"
#define MM_PER_POINT (25.4 / 72.0)
/* Sizes in steps, so that the fonts of thousands of labels are a few dozen. */
#define SIZE_STEP_PT 0.5
#define LONG_WORD_SHARE 0.8
/* A text becomes this much smaller before it is broken. */
#define ONE_LINE_SHARE 0.6
#define LINE_PITCH 1.2
/* Of a line that would be exactly filled: words are not of one length. */
#define EVEN_SHARE 1.1
/* No name is longer, and layout time grows with length. */
#define TEXT_MAX_CHARS 200
/* More than a race has waves, shirt sizes and events; teams beyond that start over. */
#define KEPT_TEXTS_MAX 256

typedef struct
{
  char           *text;
  ConcTextFit     fit;
  PangoLayout    *layout;
  ConcTextExtents extents;
} KeptText;

struct _ConcTypesetter
{
  PangoContext         *context;
  PangoLayout          *layout;
  PangoFontDescription *fonts[CONC_N_FACES];
  GHashTable           *kept; /* set of KeptText */
  /* What the layout has now: setting the same again would throw its lines away. */
  ConcFace face;
  double   size_pt;
  /* The text that was set last: the layout, or one of those that are kept. */
  PangoLayout *current;
};

static const PangoWeight WEIGHTS[CONC_N_FACES] = {
  [CONC_FACE_REGULAR] = PANGO_WEIGHT_NORMAL,
  [CONC_FACE_BOLD] = PANGO_WEIGHT_BOLD,
  [CONC_FACE_BLACK] = PANGO_WEIGHT_ULTRABOLD,
};

static double
step_down (double size_pt)
{
  return MAX (SIZE_STEP_PT, floor (size_pt / SIZE_STEP_PT + 1e-6) * SIZE_STEP_PT);
}

static double
mm_from_units (int units)
{
  return (double) units / PANGO_SCALE * MM_PER_POINT;
}

static gboolean
is_plain (const char *text)
{
  for (gsize i = 0; text[i] != '\0'; i++)
    if (i >= TEXT_MAX_CHARS || text[i] < 0x20 || text[i] > 0x7e)
      return FALSE;
  return TRUE;
}

/* Names come from exports of any origin: not valid, with tabs and line breaks, without end. */
static char *
clean_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  const char *p = valid;

  for (int count = 0; *p != '\0' && count < TEXT_MAX_CHARS; p = g_utf8_next_char (p), count++)
    {
      gunichar     letter = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (letter);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        letter = ' ';
      g_string_append_unichar (clean, letter);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

static void
set_text (ConcTypesetter *self, const char *text)
{
  g_autofree char *clean = NULL;

  if (!is_plain (text))
    text = clean = clean_text (text);
  pango_layout_set_text (self->layout, text, -1);
}

static void
set_font (ConcTypesetter *self, ConcFace face, double size_pt)
{
  if (self->face == face && self->size_pt == size_pt)
    return;
  pango_font_description_set_absolute_size (self->fonts[face], size_pt * PANGO_SCALE);
  pango_layout_set_font_description (self->layout, self->fonts[face]);
  self->face = face;
  self->size_pt = size_pt;
}

static double
measure_width_mm (ConcTypesetter *self)
{
  int width;

  pango_layout_get_size (self->layout, &width, NULL);
  return mm_from_units (width);
}

static void
set_width (ConcTypesetter *self, double width_mm, PangoWrapMode wrap)
{
  pango_layout_set_wrap (self->layout, wrap);
  pango_layout_set_width (self->layout, (int) floor (width_mm / MM_PER_POINT * PANGO_SCALE));
}

/* Lines of about the same length look better than a full one and a single word. */
static gboolean
break_evenly (ConcTypesetter *self, double natural_mm, double width_mm, int lines)
{
  static const double SHARES[] = { EVEN_SHARE, 1.35, 1.7 };

  for (gsize i = 0; i < G_N_ELEMENTS (SHARES); i++)
    {
      double narrow_mm = SHARES[i] * natural_mm / lines;

      if (narrow_mm > width_mm)
        return FALSE;
      set_width (self, narrow_mm, PANGO_WRAP_WORD);
      if (!pango_layout_is_ellipsized (self->layout) && measure_width_mm (self) <= width_mm)
        return TRUE;
    }
  return FALSE;
}

/* Names are set at the left edge, beside the code, whichever way their letters run. */
static void
allow_lines (ConcTypesetter *self, gboolean centred, int lines)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (self->layout, 0);
  gboolean         to_left = line->resolved_dir == PANGO_DIRECTION_RTL;

  if (centred)
    pango_layout_set_alignment (self->layout, PANGO_ALIGN_CENTER);
  else
    pango_layout_set_alignment (self->layout, to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_height (self->layout, -lines);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
}

static void
get_extents (ConcTypesetter *self, ConcTextExtents *ret_extents)
{
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);
  PangoRectangle   ink, logical;
  int              first, last;

  pango_layout_get_extents (self->layout, &ink, &logical);
  first = last = pango_layout_iter_get_baseline (iter);
  while (pango_layout_iter_next_line (iter))
    last = pango_layout_iter_get_baseline (iter);
  pango_layout_iter_free (iter);

  ret_extents->size_mm = self->size_pt * MM_PER_POINT;
  ret_extents->width_mm = mm_from_units (logical.width);
  ret_extents->ink_left_mm = mm_from_units (ink.x - logical.x);
  ret_extents->ink_top_mm = mm_from_units (ink.y - first);
  ret_extents->ink_width_mm = mm_from_units (ink.width);
  ret_extents->ink_height_mm = mm_from_units (ink.height);
  ret_extents->last_baseline_mm = mm_from_units (last - first);
}

static guint
kept_text_hash_cb (gconstpointer data)
{
  const KeptText *kept = data;

  return g_str_hash (kept->text) ^ (guint) (kept->fit.size_mm * 1000);
}

static gboolean
kept_text_equal_cb (gconstpointer a, gconstpointer b)
{
  const KeptText *first = a, *second = b;

  return first->fit.face == second->fit.face && first->fit.width_mm == second->fit.width_mm &&
         first->fit.size_mm == second->fit.size_mm &&
         first->fit.size_min_mm == second->fit.size_min_mm &&
         first->fit.lines == second->fit.lines && first->fit.height_mm == second->fit.height_mm &&
         first->fit.centred == second->fit.centred && strcmp (first->text, second->text) == 0;
}

static void
kept_text_free_cb (gpointer data)
{
  KeptText *kept = data;

  g_object_unref (kept->layout);
  g_free (kept->text);
  g_free (kept);
}

static void
keep (ConcTypesetter        *self,
      const char            *text,
      const ConcTextFit     *fit,
      const ConcTextExtents *extents)
{
  KeptText *kept = g_new0 (KeptText, 1);

  if (g_hash_table_size (self->kept) >= KEPT_TEXTS_MAX)
    g_hash_table_remove_all (self->kept);
  kept->text = g_strdup (text);
  kept->fit = *fit;
  kept->layout = pango_layout_copy (self->layout);
  kept->extents = *extents;
  g_hash_table_add (self->kept, kept);
}

/* Without hinting the width of a text is proportional to its size, so one step tells which. */
static gboolean
set_in_one_line (ConcTypesetter *self, const ConcTextFit *fit, double size_pt)
{
  set_font (self, fit->face, size_pt);
  return measure_width_mm (self) <= fit->width_mm;
}

/* The largest letters with which the text fits into this many lines and is not cut.
 * @unit_mm: the width of the text in one line of letters of 1 point. */
static gboolean
set_in_lines (ConcTypesetter    *self,
              const ConcTextFit *fit,
              int                lines,
              double             unit_mm,
              double             from_pt,
              double             min_pt)
{
  static const double SHARES[] = { 1, 0.9, 0.8, 0.7 };
  double              most_pt = from_pt;

  if (fit->height_mm > 0)
    most_pt = MIN (most_pt, fit->height_mm / (LINE_PITCH * lines) / MM_PER_POINT);
  most_pt = MIN (most_pt, fit->width_mm * lines / (EVEN_SHARE * unit_mm));
  for (gsize i = 0; i < G_N_ELEMENTS (SHARES); i++)
    {
      double size_pt = step_down (SHARES[i] * most_pt);

      if (size_pt < min_pt)
        return FALSE;
      pango_layout_set_width (self->layout, -1);
      set_font (self, fit->face, size_pt);
      allow_lines (self, fit->centred, lines);
      if (break_evenly (self, unit_mm * size_pt, fit->width_mm, lines))
        return TRUE;
    }
  return FALSE;
}

static void
shrink_or_break (ConcTypesetter *self, const ConcTextFit *fit, double width_mm)
{
  double full_pt = self->size_pt, unit_mm = width_mm / full_pt;
  double min_pt = MIN (full_pt, step_down (fit->size_min_mm / MM_PER_POINT));
  double one_line_pt = step_down (full_pt * fit->width_mm / width_mm);

  if (one_line_pt >= min_pt && (fit->lines <= 1 || one_line_pt >= ONE_LINE_SHARE * full_pt) &&
      set_in_one_line (self, fit, one_line_pt))
    return;
  for (int lines = 2; lines <= fit->lines; lines++)
    if (set_in_lines (self, fit, lines, unit_mm, full_pt, MAX (min_pt, one_line_pt)))
      return;
  pango_layout_set_width (self->layout, -1);
  /* One long word is better a little smaller than broken before its last letters. */
  if (strchr (pango_layout_get_text (self->layout), ' ') == NULL)
    min_pt *= LONG_WORD_SHARE;
  if (one_line_pt >= min_pt && set_in_one_line (self, fit, one_line_pt))
    return;
  set_font (self, fit->face, min_pt);
  allow_lines (self, fit->centred, MAX (1, fit->lines));
  set_width (self, fit->width_mm, PANGO_WRAP_WORD_CHAR);
}

/**
 * conc_typesetter_new:
 *
 * Makes a typesetter. It holds one layout that is used again for every text, because making
 * layouts and fonts is most of what text costs.
 *
 * Returns: (transfer full): the typesetter, for the thread that made it.
 *
 * Thread: any; the typesetter stays in its thread.
 */
ConcTypesetter *
conc_typesetter_new (void)
{
  ConcTypesetter       *self = g_new0 (ConcTypesetter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoAttrList        *attributes = pango_attr_list_new ();

  /* Paper has enough dots: letters keep their own widths, and every target gets the same lines. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);

  self->kept =
      g_hash_table_new_full (kept_text_hash_cb, kept_text_equal_cb, kept_text_free_cb, NULL);
  self->layout = self->current = pango_layout_new (self->context);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  /* A hyphen that is not part of a name does not belong into it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);

  for (int face = 0; face < CONC_N_FACES; face++)
    {
      self->fonts[face] = pango_font_description_from_string (FONT_FAMILIES);
      pango_font_description_set_weight (self->fonts[face], WEIGHTS[face]);
    }
  return self;
}

/**
 * conc_typesetter_free:
 * @self: (nullable): a typesetter
 *
 * Frees a typesetter.
 *
 * Thread: the one that made it.
 */
void
conc_typesetter_free (ConcTypesetter *self)
{
  if (self == NULL)
    return;
  for (int face = 0; face < CONC_N_FACES; face++)
    pango_font_description_free (self->fonts[face]);
  g_hash_table_unref (self->kept);
  g_object_unref (self->layout);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * conc_typesetter_fit:
 * @self: a typesetter
 * @text: any text of any script; what is not UTF-8 is shown as such, line breaks are spaces
 * @fit: the room and the sizes
 * @ret_extents: (out): what the text fills now
 *
 * Sets a text so that it is never wider than its room: in its full size, or in one line with
 * smaller letters, or in several lines of the smallest letters, or cut with an ellipsis.
 *
 * The text stays set until the next one, for conc_typesetter_draw().
 *
 * Thread: the one that made @self.
 */
void
conc_typesetter_fit (ConcTypesetter    *self,
                     const char        *text,
                     const ConcTextFit *fit,
                     ConcTextExtents   *ret_extents)
{
  KeptText  wanted = { .text = (char *) text, .fit = *fit };
  KeptText *kept = fit->recurring ? g_hash_table_lookup (self->kept, &wanted) : NULL;
  double    width_mm;

  if (kept != NULL)
    {
      self->current = kept->layout;
      *ret_extents = kept->extents;
      return;
    }
  self->current = self->layout;
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  set_text (self, text);
  set_font (self, fit->face, step_down (fit->size_mm / MM_PER_POINT));
  width_mm = measure_width_mm (self);
  if (width_mm > fit->width_mm)
    shrink_or_break (self, fit, width_mm);
  get_extents (self, ret_extents);
  if (fit->recurring)
    keep (self, text, fit, ret_extents);
}

/**
 * conc_typesetter_draw:
 * @self: a typesetter with a text set by conc_typesetter_fit()
 * @cr: where to draw; its unit is 1 mm and its source the colour of the text
 * @x_mm: left edge of the text
 * @y_mm: the first baseline
 *
 * Draws the text that was set last.
 *
 * Thread: the one that made @self.
 */
void
conc_typesetter_draw (ConcTypesetter *self, cairo_t *cr, double x_mm, double y_mm)
{
  int            baseline = pango_layout_get_baseline (self->current);
  PangoRectangle logical;

  /* Lines that are centred start right of the edge of the layout. */
  pango_layout_get_extents (self->current, NULL, &logical);

  cairo_save (cr);
  cairo_translate (cr, x_mm - mm_from_units (logical.x), y_mm - mm_from_units (baseline));
  cairo_scale (cr, MM_PER_POINT, MM_PER_POINT);
  pango_cairo_show_layout (cr, self->current);
  cairo_restore (cr);
}
