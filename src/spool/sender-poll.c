/* sender-poll.c: Asks the print service how printers are and what became of jobs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/sender-private.h"

#include <glib/gi18n-lib.h>

#define ASK_PRINTER_USEC (500 * G_TIME_SPAN_MILLISECOND)

/* ---------------------------------------------------------------- printers */

/** conc_readiness_free: frees what is known about a printer. */
void
conc_readiness_free (ConcReadiness *self)
{
  g_free (self->problem);
  g_free (self);
}

static char *
describe (const ConcPrinter *printer)
{
  g_autofree char *state = conc_printer_dup_state (printer);

  /* Translators: a printer and its state, such as "Label printer: Stopped: out of paper". */
  return g_strdup_printf (_ ("%s: %s"), printer->title, state);
}

static void
ask_printer (ConcSender *self, const char *name, ConcReadiness *readiness)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcPrinter) printer = conc_printers_get (self->transport, name, &error);

  g_clear_pointer (&readiness->problem, g_free);
  readiness->is_ready = printer != NULL && conc_printer_is_ready (printer);
  readiness->asked_usec = g_get_monotonic_time ();
  if (printer != NULL && !readiness->is_ready)
    readiness->problem = describe (printer);
  if (g_error_matches (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_SERVICE))
    conc_sender_set_problem (self, error->message);
  else
    conc_sender_set_problem (self, NULL);
  if (error != NULL)
    readiness->problem = g_strdup (error->message);
}

/** conc_sender_is_ready: Returns: whether @printer prints; it is asked twice a second at most. */
gboolean
conc_sender_is_ready (ConcSender *self, const char *printer)
{
  ConcReadiness *readiness = g_hash_table_lookup (self->readiness, printer);

  if (readiness == NULL)
    {
      readiness = g_new0 (ConcReadiness, 1);
      g_hash_table_insert (self->readiness, g_strdup (printer), readiness);
    }
  if (readiness->asked_usec == 0 ||
      g_get_monotonic_time () - readiness->asked_usec >= ASK_PRINTER_USEC)
    ask_printer (self, printer, readiness);
  return readiness->is_ready;
}

/** conc_sender_forget_readiness: @printer took nothing: it is asked again only after a while. */
void
conc_sender_forget_readiness (ConcSender *self, const char *printer)
{
  ConcReadiness *readiness = g_hash_table_lookup (self->readiness, printer);

  if (readiness == NULL)
    return;
  readiness->is_ready = FALSE;
  readiness->asked_usec = g_get_monotonic_time ();
}

/* ---------------------------------------------------------------- jobs */

/* The newest: a label that was taken back from one printer and sent to another has had two jobs. */
static const ConcJob *
find_titled (GPtrArray *jobs, const ConcBundle *bundle)
{
  const ConcJob *newest = NULL;

  for (guint i = 0; i < jobs->len; i++)
    {
      const ConcJob *job = g_ptr_array_index (jobs, i);

      if (conc_bundle_is_titled (bundle, job->title) && (newest == NULL || job->id > newest->id))
        newest = job;
    }
  return newest;
}

static ConcJob *
copy_job (const ConcJob *job)
{
  ConcJob *copy = g_new0 (ConcJob, 1);

  if (job == NULL)
    return copy;
  *copy = *job;
  copy->printer = g_strdup (job->printer);
  copy->title = g_strdup (job->title);
  copy->reason = g_strdup (job->reason);
  return copy;
}

/* By its number, which a print service that was set up anew may have given to another job; else by
 * its title. */
static ConcJob *
ask_job (ConcSender *self, const ConcBundle *bundle, GPtrArray **jobs, GError **error)
{
  g_autoptr (ConcJob) job = NULL;

  if (bundle->id > 0)
    {
      job = conc_transport_get_job (self->transport, bundle->id, error);
      if (job == NULL)
        return NULL;
      if (job->state != CONC_JOB_UNKNOWN && conc_bundle_is_titled (bundle, job->title))
        return g_steal_pointer (&job);
    }
  if (*jobs == NULL)
    *jobs = conc_transport_list_jobs (self->transport, error);
  return *jobs != NULL ? copy_job (find_titled (*jobs, bundle)) : NULL;
}

static char *
describe_end (const ConcJob *job)
{
  const char *what = job->state == CONC_JOB_CANCELLED ? _ ("It was cancelled at the print service.")
                                                      : _ ("The print service gave it up.");

  if (job->reason == NULL)
    return g_strdup (what);
  /* Translators: a sentence, and what the print service says about it. */
  return g_strdup_printf (_ ("%s (%s)"), what, job->reason);
}

static void
tell_end (ConcSender *self, const ConcPrint *print, const ConcJob *job)
{
  g_autofree char *detail = NULL;
  gboolean         is_unwanted = g_hash_table_remove (self->unwanted, print->id);

  self->n_done++;
  if (job->state == CONC_JOB_DONE)
    {
      detail = g_strdup_printf (_ ("job %d"), job->id);
      conc_sender_tell (self, print, CONC_PRINT_PRINTED, NULL, detail);
    }
  else if (is_unwanted)
    conc_sender_tell (self, print, CONC_PRINT_CANCELLED, NULL,
                      job->began ? _ ("The printer had begun: it may have come out.") : NULL);
  else
    {
      detail = describe_end (job);
      conc_sender_tell (self, print, CONC_PRINT_FAILED, NULL, detail);
    }
}

/* Whether the bundle is no longer waited for. */
static gboolean
take_answer (ConcSender *self, ConcBundle *bundle, const ConcJob *job)
{
  bundle->state = job->state;
  if (job->id > 0)
    bundle->id = job->id;
  g_free (bundle->note);
  bundle->note = g_strdup (job->reason);
  if (job->state != CONC_JOB_UNKNOWN && !conc_job_has_ended (job))
    return FALSE;
  for (guint i = 0; i < bundle->prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (bundle->prints, i);

      if (job->state != CONC_JOB_UNKNOWN)
        tell_end (self, print, job);
      else
        {
          g_hash_table_add (self->unsure, g_strdup (print->id));
          g_hash_table_remove (self->unwanted, print->id);
          self->n_done++;
        }
    }
  return TRUE;
}

static gboolean
is_unwanted (ConcSender *self, const ConcBundle *bundle)
{
  for (guint i = 0; i < bundle->prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (bundle->prints, i);

      if (g_hash_table_contains (self->unwanted, print->id))
        return TRUE;
    }
  return FALSE;
}

/**
 * conc_sender_poll:
 *
 * Asks what became of everything that was sent. When the print service does not answer, nothing is
 * concluded from that.
 */
void
conc_sender_poll (ConcSender *self)
{
  g_autoptr (GPtrArray) jobs = NULL;

  for (guint i = 0; i < self->sent->len;)
    {
      ConcBundle *bundle = g_ptr_array_index (self->sent, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcJob) job = ask_job (self, bundle, &jobs, &error);

      if (job == NULL)
        {
          conc_sender_set_problem (self, error->message);
          if (g_error_matches (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_NO_SERVICE))
            return;
          i++;
          continue;
        }
      if (take_answer (self, bundle, job))
        {
          g_ptr_array_remove_index (self->sent, i);
          continue;
        }
      /* Its number may not have been known when somebody cancelled it. */
      if (is_unwanted (self, bundle))
        conc_transport_cancel (self->transport, bundle->id, NULL);
      i++;
    }
}

/* What is known of a job after it was to be cancelled, for sending it elsewhere. */
static void
take_withdrawn (ConcSender *self, ConcBundle *bundle, const ConcJob *job)
{
  for (guint i = 0; i < bundle->prints->len; i++)
    {
      const ConcPrint *print = g_ptr_array_index (bundle->prints, i);

      if (job->state == CONC_JOB_DONE)
        tell_end (self, print, job);
      else if (!job->began)
        conc_sender_tell (self, print, CONC_PRINT_QUEUED, NULL, NULL);
      else
        conc_sender_tell (self, print, CONC_PRINT_FAILED, NULL,
                          _ ("The printer had begun when it was taken back: look whether it came "
                             "out. If it did not, print it again."));
      if (job->state != CONC_JOB_DONE)
        self->n_done++;
    }
}

/**
 * conc_sender_withdraw:
 * @bundle: one of @self->sent
 *
 * Takes a job back from the print service. Labels that certainly did not come out are queued again;
 * of those that were begun somebody has to look. A job that does not end at once stays and is asked
 * about later. What is to be said is not yet said.
 *
 * Returns: whether the print service answered.
 */
gboolean
conc_sender_withdraw (ConcSender *self, ConcBundle *bundle, GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (ConcJob) job = ask_job (self, bundle, &jobs, error);

  if (job == NULL)
    return FALSE;
  if (job->state != CONC_JOB_UNKNOWN && !conc_job_has_ended (job))
    {
      if (!conc_transport_cancel (self->transport, job->id, error))
        return FALSE;
      bundle->id = job->id;
      g_clear_pointer (&job, conc_job_free);
      job = ask_job (self, bundle, &jobs, error);
      if (job == NULL)
        return FALSE;
    }
  if (conc_job_has_ended (job))
    take_withdrawn (self, bundle, job);
  else if (!take_answer (self, bundle, job))
    return TRUE;
  g_ptr_array_remove (self->sent, bundle);
  return TRUE;
}
