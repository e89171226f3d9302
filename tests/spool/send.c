/* send.c: sends a file to a printer and waits for its end: send PRINTER TITLE pdf|zpl FILE */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/printers.h"
#include "spool/transport.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#define ROLL_WIDTH_MM 62
#define ROLL_HEIGHT_MM 29
#define TRIES 600
#define TRY_USEC 20000

static int
send_file (ConcTransport *transport, char *argv[], GError **error)
{
  char        *bytes;
  gsize        size;
  ConcJobOrder order = {
    .printer = argv[1],
    .title = argv[2],
    .language = strcmp (argv[3], "zpl") == 0 ? CONC_PRINT_ZPL : CONC_PRINT_PDF,
    .page_width_mm = ROLL_WIDTH_MM,
    .page_height_mm = ROLL_HEIGHT_MM,
  };
  int id;

  if (!g_file_get_contents (argv[4], &bytes, &size, error))
    return 0;
  order.bytes = g_bytes_new_take (bytes, size);
  id = conc_transport_send (transport, &order, error);
  g_bytes_unref (order.bytes);
  return id;
}

static int
wait_for_end (ConcTransport *transport, int id, GError **error)
{
  for (int i = 0; i < TRIES; i++)
    {
      g_autoptr (ConcJob) job = conc_transport_get_job (transport, id, error);

      if (job == NULL)
        return 1;
      if (conc_job_has_ended (job) || job->state == CONC_JOB_UNKNOWN)
        {
          printf ("%d %s %s\n", job->state, job->printer, job->title);
          return 0;
        }
      g_usleep (TRY_USEC);
    }
  return 1;
}

static int
list_printers (ConcTransport *transport, GError **error)
{
  g_autoptr (GPtrArray) printers = conc_printers_list (transport, error);

  for (guint i = 0; printers != NULL && i < printers->len; i++)
    {
      const ConcPrinter *printer = g_ptr_array_index (printers, i);
      g_autofree char   *state = conc_printer_dup_state (printer);

      printf ("%s|%s|%s|%s\n", printer->name, printer->title, printer->place, state);
    }
  return printers != NULL ? 0 : 1;
}

int
main (int argc, char *argv[])
{
  g_autoptr (ConcTransport) transport = conc_transport_new ();
  g_autoptr (GError) error = NULL;
  int status, id;

  setlocale (LC_ALL, "");
  if (argc == 1)
    status = list_printers (transport, &error);
  else
    {
      id = send_file (transport, argv, &error);
      status = id > 0 ? wait_for_end (transport, id, &error) : 1;
    }
  if (error != NULL)
    fprintf (stderr, "%d %s\n", error->code, error->message);
  return status;
}
