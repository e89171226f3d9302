/* results-html.c: results as one page for a browser, on paper, phone and screen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-lines.h"

#include <glib/gi18n-lib.h>

/* No script and nothing from elsewhere: the page works from a file, a stick or a phone without
 * a network. Every pair of colours has a contrast of 7:1 or more. */
static const char style[] =
    ":root{color-scheme:light dark;--ground:#fff;--text:#16202e;--soft:#454f5e;--line:#d5dae1;"
    "--band:#f2f4f8;--accent:#17406d}\n"
    "@media (prefers-color-scheme:dark){:root{--ground:#10192b;--text:#f1efe8;--soft:#b9c2d0;"
    "--line:#334058;--band:#18243a;--accent:#a8cdf5}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 3rem;background:var(--ground);"
    "color:var(--text);font:1rem/1.45 system-ui,sans-serif}\n"
    "h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}\n"
    "h2{font-size:1.25rem;margin:2.25rem 0 .5rem}\n"
    "p{margin:.25rem 0}\n"
    ".state{font-weight:600}.rules{color:var(--soft)}\n"
    "nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0 0;padding:0;"
    "list-style:none}\n"
    "nav a{display:inline-block;padding:.4rem 0;color:var(--accent)}\n"
    "a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}\n"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.45rem .6rem;text-align:start;vertical-align:baseline;"
    "border-bottom:1px solid var(--line)}\n"
    "thead th{position:sticky;top:0;background:var(--ground);color:var(--soft);font-weight:600;"
    "white-space:nowrap}\n"
    "tbody th{font-weight:600;overflow-wrap:anywhere}\n"
    "tbody tr:nth-child(even){background:var(--band)}\n"
    ".n{text-align:end;white-space:nowrap}\n"
    "@media (max-width:40rem){th,td{padding:.45rem .3rem}.wide{display:none}"
    "h1{font-size:1.4rem}}\n"
    "@media print{body{max-width:none;padding:0;color:#000;background:#fff}nav{display:none}"
    "thead{display:table-header-group}thead th{position:static}tr{break-inside:avoid}}\n";

static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static void
append_element (GString *out, const char *tag, const char *attributes, const char *text)
{
  g_string_append_printf (out, "<%s%s>", tag, attributes);
  append_escaped (out, text != NULL ? text : "");
  g_string_append_printf (out, "</%s>", tag);
}

static void
append_number (GString *out, const char *attributes, int number, int min)
{
  g_autofree char *text = number >= min ? g_strdup_printf ("%d", number) : NULL;

  append_element (out, "td", attributes, text);
}

static void
append_line (GString                  *out,
             const ConcResultsSection *section,
             const ConcResultsLine    *line,
             gboolean                  has_net)
{
  g_autofree char *place = conc_results_section_dup_place (section, line);
  g_autofree char *name = conc_results_line_dup_name (line);

  g_string_append (out, "<tr>");
  append_element (out, "td", " class=\"n\"", place);
  append_number (out, " class=\"n\"", (int) line->bib, 1);
  append_element (out, "th", " scope=\"row\" dir=\"auto\"", name);
  append_element (out, "td", " class=\"wide\"", line->sex);
  append_number (out, " class=\"n wide\"", line->age, 0);
  append_element (out, "td", " class=\"wide\"", line->division);
  append_element (out, "td", " class=\"n\"", line->gun_time);
  if (has_net)
    append_element (out, "td", " class=\"n\"", line->net_time);
  g_string_append (out, "</tr>\n");
}

static void
append_head (GString *out, gboolean has_net)
{
  static const struct
  {
    const char *attributes;
    const char *title;
  } columns[] = {
    { " scope=\"col\" class=\"n\"", N_ ("Place") },
    { " scope=\"col\" class=\"n\"", N_ ("Bib") },
    { " scope=\"col\"", N_ ("Name") },
    { " scope=\"col\" class=\"wide\"", N_ ("Sex") },
    { " scope=\"col\" class=\"n wide\"", N_ ("Age") },
    { " scope=\"col\" class=\"wide\"", N_ ("Division") },
    { " scope=\"col\" class=\"n\"", N_ ("Gun") },
    { " scope=\"col\" class=\"n\"", N_ ("Net") },
  };

  g_string_append (out, "<thead><tr>");
  for (gsize i = 0; i < G_N_ELEMENTS (columns) - (has_net ? 0 : 1); i++)
    append_element (out, "th", columns[i].attributes, _ (columns[i].title));
  g_string_append (out, "</tr></thead>\n");
}

static void
append_section (GString *out, const ConcResultsSection *section, gboolean has_net)
{
  guint            count = section->lines->len;
  g_autofree char *heading = conc_results_section_dup_heading (section);

  g_string_append_printf (out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", section->anchor,
                          section->anchor);
  append_escaped (out, heading);
  g_string_append_printf (out, "</h2>\n<table aria-labelledby=\"%s\">\n", section->anchor);
  append_head (out, has_net);
  g_string_append (out, "<tbody>\n");
  for (guint i = 0; i < count; i++)
    append_line (out, section, g_ptr_array_index (section->lines, i), has_net);
  g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

static void
append_contents (GString *out, const ConcResultsSheet *sheet)
{
  if (sheet->sections->len < 2)
    return;
  g_string_append (out, "<nav aria-label=\"");
  append_escaped (out, _ ("Lists"));
  g_string_append (out, "\"><ul>\n");
  for (guint s = 0; s < sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (sheet->sections, s);

      g_string_append_printf (out, "<li><a href=\"#%s\">", section->anchor);
      append_escaped (out, section->title);
      g_string_append (out, "</a></li>\n");
    }
  g_string_append (out, "</ul></nav>\n");
}

static void
append_top (GString *out, const ConcResultsSheet *sheet)
{
  const char      *name = conc_settings_get (sheet->settings, CONC_SETTING_NAME);
  g_autofree char *state = conc_results_sheet_dup_state (sheet);
  g_autofree char *day = conc_results_sheet_dup_day (sheet);
  g_autofree char *rules = conc_results_dup_rules_text (sheet->rules);
  g_autofree char *title = g_strdup_printf (_ ("Results: %s"), name);

  /* Translators: the code of the language of this translation, as HTML has it. */
  g_string_append_printf (out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
                          C_ ("language of a page", "en"));
  g_string_append (out, "<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, "
                        "initial-scale=1\">\n");
  append_element (out, "title", "", title);
  g_string_append_printf (out, "\n<style>\n%s</style>\n</head>\n<body>\n<header>\n", style);
  append_element (out, "h1", "", name);
  append_element (out, "p", "", day);
  append_element (out, "p", " class=\"state\"", state);
  append_element (out, "p", " class=\"rules\"", rules);
  g_string_append (out, "\n</header>\n");
}

/**
 * conc_results_sheet_to_html:
 *
 * Returns: (transfer full): a whole page in UTF-8 that needs nothing else, with a table for each
 * list. Any thread.
 */
char *
conc_results_sheet_to_html (const ConcResultsSheet *sheet)
{
  GString *out = g_string_new (NULL);
  guint    n_lines = 0;

  append_top (out, sheet);
  append_contents (out, sheet);
  g_string_append (out, "<main>\n");
  for (guint s = 0; s < sheet->sections->len; s++)
    {
      const ConcResultsSection *section = g_ptr_array_index (sheet->sections, s);

      n_lines += section->lines->len;
      if (section->lines->len > 0)
        append_section (out, section, sheet->has_net);
    }
  if (n_lines == 0)
    append_element (out, "p", "", _ ("Nobody has finished yet."));
  g_string_append (out, "</main>\n</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
