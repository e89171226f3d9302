/* results-pdf.c: results on paper. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-lines.h"

#include "print/pdf.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#define POINTS_PER_MM (72.0 / 25.4)

/* US Letter, in points: what the printers of this race have. */
#define PAGE_WIDTH 612.0
#define PAGE_HEIGHT 792.0
#define MARGIN 48.0
#define TOP_HEIGHT 76.0 /* title, day and state, rules */
#define HEADING_HEIGHT 34.0
#define HEAD_HEIGHT 18.0
#define ROW_HEIGHT 15.0
#define FOOT_HEIGHT 24.0
#define MIN_ROWS 3 /* a heading with fewer under it goes to the next page */

#define TITLE_SIZE 18.0
#define HEADING_SIZE 13.0
#define TEXT_SIZE 9.5

/* Left edge and width of each column, in points from the margin. */
static const struct
{
  const char    *title;
  double         x;
  double         width;
  PangoAlignment align;
} columns[] = {
  { N_ ("Place"), 0, 34, PANGO_ALIGN_RIGHT }, { N_ ("Bib"), 42, 40, PANGO_ALIGN_RIGHT },
  { N_ ("Name"), 94, 190, PANGO_ALIGN_LEFT }, { N_ ("Sex"), 292, 26, PANGO_ALIGN_LEFT },
  { N_ ("Age"), 318, 26, PANGO_ALIGN_RIGHT }, { N_ ("Division"), 356, 54, PANGO_ALIGN_LEFT },
  { N_ ("Gun"), 410, 50, PANGO_ALIGN_RIGHT }, { N_ ("Net"), 466, 50, PANGO_ALIGN_RIGHT },
};

typedef struct
{
  const ConcResultsSheet *sheet;
  ConcPdf                *pdf;
  cairo_t                *cr;
  PangoLayout            *layout;
  double                  y;
  guint                   page;
} Paper;

static void
set_font (Paper *paper, double size, gboolean is_bold)
{
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, DejaVu Sans, Sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (paper->layout, font);
  pango_font_description_free (font);
}

static void
draw_text (Paper *paper, const char *text, double x, double width, PangoAlignment align)
{
  if (text == NULL)
    return;
  pango_layout_set_width (paper->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_alignment (paper->layout, align);
  pango_layout_set_text (paper->layout, text, -1);
  cairo_move_to (paper->cr, MARGIN + x, paper->y);
  pango_cairo_show_layout (paper->cr, paper->layout);
}

static void
draw_rule (Paper *paper, double y)
{
  cairo_set_line_width (paper->cr, 0.5);
  cairo_move_to (paper->cr, MARGIN, y);
  cairo_line_to (paper->cr, PAGE_WIDTH - MARGIN, y);
  cairo_stroke (paper->cr);
}

static void
draw_top (Paper *paper)
{
  const char      *name = conc_settings_get (paper->sheet->settings, CONC_SETTING_NAME);
  g_autofree char *day = conc_results_sheet_dup_day (paper->sheet);
  g_autofree char *state = conc_results_sheet_dup_state (paper->sheet);
  g_autofree char *rules = conc_results_dup_rules_text (paper->sheet->rules);
  g_autofree char *line = g_strdup_printf ("%s · %s", day, state);
  double           width = PAGE_WIDTH - 2 * MARGIN;

  paper->y = MARGIN;
  set_font (paper, TITLE_SIZE, TRUE);
  draw_text (paper, name, 0, width, PANGO_ALIGN_LEFT);
  paper->y += 27;
  set_font (paper, TEXT_SIZE, FALSE);
  draw_text (paper, line, 0, width, PANGO_ALIGN_LEFT);
  paper->y += 14;
  draw_text (paper, rules, 0, width, PANGO_ALIGN_LEFT);
  paper->y = MARGIN + TOP_HEIGHT;
}

static void
draw_foot (Paper *paper)
{
  g_autofree char *number = g_strdup_printf (_ ("Page %u"), paper->page);

  paper->y = PAGE_HEIGHT - MARGIN + 6;
  set_font (paper, TEXT_SIZE, FALSE);
  draw_text (paper, number, 0, PAGE_WIDTH - 2 * MARGIN, PANGO_ALIGN_RIGHT);
}

static gboolean
end_page (Paper *paper, GError **error)
{
  if (paper->cr == NULL)
    return TRUE;
  g_clear_object (&paper->layout);
  paper->cr = NULL;
  return conc_pdf_end_page (paper->pdf, error);
}

static gboolean
begin_page (Paper *paper, GError **error)
{
  if (!end_page (paper, error))
    return FALSE;
  paper->cr =
      conc_pdf_begin_page (paper->pdf, PAGE_WIDTH / POINTS_PER_MM, PAGE_HEIGHT / POINTS_PER_MM);
  cairo_scale (paper->cr, 1 / POINTS_PER_MM, 1 / POINTS_PER_MM);
  paper->layout = pango_cairo_create_layout (paper->cr);
  pango_layout_set_ellipsize (paper->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (paper->layout, TRUE);
  paper->page++;
  draw_foot (paper);
  draw_top (paper);
  return TRUE;
}

static gboolean
has_room (const Paper *paper, double height)
{
  return paper->y + height <= PAGE_HEIGHT - MARGIN - FOOT_HEIGHT / 2;
}

static void
draw_head (Paper *paper, const char *title)
{
  set_font (paper, HEADING_SIZE, TRUE);
  draw_text (paper, title, 0, PAGE_WIDTH - 2 * MARGIN, PANGO_ALIGN_LEFT);
  paper->y += HEADING_HEIGHT - 10;
  set_font (paper, TEXT_SIZE, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    draw_text (paper, _ (columns[i].title), columns[i].x, columns[i].width, columns[i].align);
  draw_rule (paper, paper->y + HEAD_HEIGHT - 3);
  paper->y += HEAD_HEIGHT;
  set_font (paper, TEXT_SIZE, FALSE);
}

static void
draw_line (Paper *paper, const ConcResultsSection *section, const ConcResultsLine *line)
{
  guint            place = conc_results_section_get_place (section, line);
  g_autofree char *place_text = place > 0 ? g_strdup_printf ("%u", place) : NULL;
  g_autofree char *bib = line->bib > 0 ? g_strdup_printf ("%u", line->bib) : NULL;
  g_autofree char *age = line->age >= 0 ? g_strdup_printf ("%d", line->age) : NULL;
  const char *cells[] = { place_text,     bib,           line->name, line->sex, age, line->division,
                          line->gun_time, line->net_time };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    draw_text (paper, cells[i], columns[i].x, columns[i].width, columns[i].align);
  paper->y += ROW_HEIGHT;
}

static gboolean
draw_section (Paper *paper, const ConcResultsSection *section, GError **error)
{
  guint count = section->lines->len;

  if (!has_room (paper, HEADING_HEIGHT + HEAD_HEIGHT + MIN (count, MIN_ROWS) * ROW_HEIGHT) &&
      !begin_page (paper, error))
    return FALSE;
  draw_head (paper, section->title);
  for (guint i = 0; i < count; i++)
    {
      if (!has_room (paper, ROW_HEIGHT))
        {
          if (!begin_page (paper, error))
            return FALSE;
          draw_head (paper, section->title);
        }
      draw_line (paper, section, g_ptr_array_index (section->lines, i));
    }
  paper->y += HEADING_HEIGHT / 2;
  return TRUE;
}

static gboolean
draw_sheet (Paper *paper, GError **error)
{
  guint n_lines = 0;

  if (!begin_page (paper, error))
    return FALSE;
  for (guint s = 0; s < paper->sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (paper->sheet->sections, s);

      n_lines += section->lines->len;
      if (section->lines->len > 0 && !draw_section (paper, section, error))
        return FALSE;
    }
  if (n_lines == 0)
    {
      set_font (paper, TEXT_SIZE, FALSE);
      draw_text (paper, _ ("Nobody has finished yet."), 0, PAGE_WIDTH - 2 * MARGIN,
                 PANGO_ALIGN_LEFT);
    }
  return end_page (paper, error);
}

/**
 * conc_results_sheet_to_pdf:
 * @stream: where it is written; left open
 * @error: what the stream says, or CONC_PRINT_ERROR_FAILED
 *
 * Every page says which race it is, of when the results are and by which rules; a list that goes
 * on has its heading again.
 *
 * Returns: whether all of it was written. Any thread.
 */
gboolean
conc_results_sheet_to_pdf (const ConcResultsSheet *sheet, GOutputStream *stream, GError **error)
{
  const char *name = conc_settings_get (sheet->settings, CONC_SETTING_NAME);
  g_autoptr (ConcPdf) pdf = conc_pdf_new (stream, name, NULL);
  Paper    paper = { .sheet = sheet, .pdf = pdf };
  gboolean is_drawn = draw_sheet (&paper, error);

  g_clear_object (&paper.layout);
  return is_drawn && conc_pdf_finish (pdf, error);
}
