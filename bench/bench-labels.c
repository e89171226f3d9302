/* bench-labels.c: 5,000 labels as PDF, against bare cairo with one mask a code. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/label.h"
#include "print/labels-pdf.h"
#include "print/qr.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <time.h>

#define LABELS 5000
#define RUNS 3
#define AIM 3.0
#define STOCK "avery-5163"
#define PEER_MODULE_MM 1.0
#define POINTS_PER_MM (72.0 / 25.4)

static const char *const GIVEN[] = { "Ann",   "José",      "Tou",    "Nguyễn-Abdirahman",
                                     "Björk", "Aïcha",     "Ifrah",  "Paj",
                                     "محمد",  "Elizabeth", "Łukasz", "Mary",
                                     "Thuỷ",  "Jo" };
static const char *const FAMILY[] = { "Olson",   "García", "Vang",     "de la Cruz y Ibáñez",
                                      "Hussein", "Xiong",  "O’Connor", "Kim",
                                      "Yang",    "Smith",  "Trần",     "Øster",
                                      "Lee" };
static const char *const TEAMS[] = { "Breaking Free", "Source", "The Link", "Ballpark Walkers",
                                     "" };
static const char *const COLOURS[] = { "#1c71d8", "#f5c211", "#2ec27e" };

static GPtrArray *
make_labels (void)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);

  for (guint i = 0; i < LABELS; i++)
    {
      g_autofree char *token = g_strdup_printf ("C4K7M%06u%08X", i + 1, i * 2654435761u);
      g_autofree char *bib = g_strdup_printf ("%u", i + 1);
      ConcLabel       *label = conc_label_new (token, bib);

      label->name = g_strdup_printf ("%s %s", GIVEN[i % G_N_ELEMENTS (GIVEN)],
                                     FAMILY[i % G_N_ELEMENTS (FAMILY)]);
      label->line2 = g_strdup (TEAMS[i % G_N_ELEMENTS (TEAMS)]);
      label->wave = g_strdup_printf ("Wave %c", 'A' + i / 500);
      label->wave_colour = g_strdup (COLOURS[i / 500 % G_N_ELEMENTS (COLOURS)]);
      label->shirt = g_strdup (i % 3 == 0 ? "M" : "XL");
      g_ptr_array_add (labels, label);
    }
  return labels;
}

static gsize
draw_labels (GPtrArray *labels, const ConcStock *stock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  if (!conc_labels_write_pdf (labels, stock, NULL, 0, 0, 0, stream, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  return g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream));
}

static cairo_status_t
append_cb (void *user_data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (user_data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The same codes at the same places, and nothing else. */
static gsize
draw_peer (GPtrArray *labels, const ConcStock *stock)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_cb, bytes, stock->page_width_mm * POINTS_PER_MM,
                                           stock->page_height_mm * POINTS_PER_MM);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, POINTS_PER_MM, POINTS_PER_MM);
  for (guint i = 0; i < labels->len; i++)
    {
      cairo_surface_t *code = conc_qr_encode (((ConcLabel *) labels->pdata[i])->token, NULL);
      guint            page;
      double           x_mm, y_mm;

      conc_stock_get_position (stock, i, &page, &x_mm, &y_mm);
      conc_qr_draw (cr, code, x_mm, y_mm, PEER_MODULE_MM);
      cairo_surface_destroy (code);
      if ((i + 1) % conc_stock_get_count (stock) == 0)
        cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes->len;
}

/* Seconds of the processor, so that what else the machine does is not measured. */
static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare_doubles_cb (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
median (double *values)
{
  qsort (values, RUNS, sizeof *values, compare_doubles_cb);
  return values[RUNS / 2];
}

int
main (void)
{
  g_autoptr (GPtrArray) labels = make_labels ();
  g_autoptr (ConcStock) stock = conc_stock_load (STOCK, NULL);
  double seconds[RUNS], peer_seconds[RUNS];
  gsize  bytes = 0;

  for (int run = 0; run < RUNS; run++)
    {
      double start = get_seconds (), middle;

      draw_peer (labels, stock);
      middle = get_seconds ();
      bytes = draw_labels (labels, stock);
      peer_seconds[run] = middle - start;
      seconds[run] = get_seconds () - middle;
    }
  printf ("{\"figure\":\"labels-5000-pdf\",\"seconds\":%.3f,\"peer\":\"bare cairo mask\","
          "\"peer_seconds\":%.3f,\"ratio\":%.2f,\"aim\":%.1f,\"bytes\":%zu}\n",
          median (seconds), median (peer_seconds), median (seconds) / median (peer_seconds), AIM,
          bytes);
  return 0;
}
