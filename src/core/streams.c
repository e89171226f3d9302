/* streams.c: sources of times and bibs, and what becomes of what they send. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/streams.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char    *name;
  const char    *label;
  ConcReadFilter filter;
} UseInfo;

/* Of a crossing of the finish the first read is the runner at the line. At the start runners stand
 * on the mat, and the last one is the runner who leaves it. */
static const UseInfo uses[CONC_N_STREAM_USES] = {
  [CONC_STREAM_FINISH] = { "finish", N_ ("Finish"), CONC_READ_FILTER_FIRST },
  [CONC_STREAM_START] = { "start", N_ ("Own starts"), CONC_READ_FILTER_LAST },
  [CONC_STREAM_CHUTE] = { "chute", N_ ("Bibs in the chute"), CONC_READ_FILTER_FIRST },
  [CONC_STREAM_SECOND] = { "second", N_ ("Second timer"), CONC_READ_FILTER_FIRST },
  [CONC_STREAM_SELECT] = { "select", N_ ("Select times"), CONC_READ_FILTER_FIRST },
};

typedef struct
{
  const char *name;
  const char *label;
} OutcomeInfo;

static const OutcomeInfo outcomes[CONC_N_READ_OUTCOMES] = {
  [CONC_READ_OUTCOME_CROSSING] = { "crossing", N_ ("counts") },
  [CONC_READ_OUTCOME_START] = { "start", N_ ("own start") },
  [CONC_READ_OUTCOME_CHUTE] = { "chute", N_ ("bib in the chute") },
  [CONC_READ_OUTCOME_WATCH] = { "watch", N_ ("for the ladder") },
  [CONC_READ_OUTCOME_REPEAT] = { "repeat", N_ ("not counted: the same crossing") },
  [CONC_READ_OUTCOME_LATER] = { "later", N_ ("not counted: started before") },
  [CONC_READ_OUTCOME_BEFORE_GUN] = { "before-gun", N_ ("not counted: before the gun") },
  [CONC_READ_OUTCOME_UNKNOWN_CHIP] = { "unknown-chip", N_ ("not counted: unknown chip") },
  [CONC_READ_OUTCOME_NO_BIB] = { "no-bib", N_ ("not counted: no bib") },
  [CONC_READ_OUTCOME_NO_TIME] = { "no-time", N_ ("waits for the gun") },
  [CONC_READ_OUTCOME_MARK] = { "mark", N_ ("not counted: the start of the timer") },
  [CONC_READ_OUTCOME_IGNORED] = { "ignored", N_ ("ignored by hand") },
  [CONC_READ_OUTCOME_DAMAGED] = { "damaged", N_ ("damaged") },
  [CONC_READ_OUTCOME_NO_STREAM] = { "no-stream", N_ ("waits for its stream") },
};

/** conc_stream_use_get_name: the name on the command line and in facts; never changes. */
const char *
conc_stream_use_get_name (ConcStreamUse use)
{
  g_return_val_if_fail ((guint) use < CONC_N_STREAM_USES, NULL);

  return uses[use].name;
}

/** conc_stream_use_from_name: whether there is a use of that name, and which. */
gboolean
conc_stream_use_from_name (const char *name, ConcStreamUse *ret_use)
{
  for (guint i = 0; i < CONC_N_STREAM_USES; i++)
    if (g_strcmp0 (uses[i].name, name) == 0)
      {
        *ret_use = (ConcStreamUse) i;
        return TRUE;
      }
  return FALSE;
}

/** conc_stream_use_get_label: the name for people, in their language. */
const char *
conc_stream_use_get_label (ConcStreamUse use)
{
  g_return_val_if_fail ((guint) use < CONC_N_STREAM_USES, NULL);

  return _ (uses[use].label);
}

/** conc_stream_use_get_filter: which read stands for a crossing where nobody chose. */
ConcReadFilter
conc_stream_use_get_filter (ConcStreamUse use)
{
  g_return_val_if_fail ((guint) use < CONC_N_STREAM_USES, CONC_READ_FILTER_FIRST);

  return uses[use].filter;
}

/** conc_read_format_get_use: what a stream of @format is for where nobody chose. */
ConcStreamUse
conc_read_format_get_use (ConcReadFormat format)
{
  return format == CONC_READ_FORMAT_PARKRUN_SCANNER ? CONC_STREAM_CHUTE : CONC_STREAM_FINISH;
}

/** conc_stream_name_is_valid: letters, digits, "-", "_" and "."; the nameless stream is the taps of
 * the timing table. */
gboolean
conc_stream_name_is_valid (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > CONC_STREAM_NAME_MAX_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && strchr ("-_.", name[i]) == NULL)
      return FALSE;
  return TRUE;
}

/** conc_read_outcome_get_name: the name in output for programs; never changes. */
const char *
conc_read_outcome_get_name (ConcReadOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < CONC_N_READ_OUTCOMES, NULL);

  return outcomes[outcome].name;
}

/** conc_read_outcome_from_name: whether there is an outcome of that name, and which. */
gboolean
conc_read_outcome_from_name (const char *name, ConcReadOutcome *ret_outcome)
{
  for (guint i = 0; i < CONC_N_READ_OUTCOMES; i++)
    if (g_strcmp0 (outcomes[i].name, name) == 0)
      {
        *ret_outcome = (ConcReadOutcome) i;
        return TRUE;
      }
  return FALSE;
}

/** conc_read_outcome_get_label: what became of a read, for people, in their language. */
const char *
conc_read_outcome_get_label (ConcReadOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < CONC_N_READ_OUTCOMES, NULL);

  return _ (outcomes[outcome].label);
}

/**
 * conc_read_subject_new:
 * @prefix: "" for what is at the line, "c" for what is in the chute
 *
 * Returns: (transfer full): the name of what follows from a line of a fact. Any thread.
 */
char *
conc_read_subject_new (const char *prefix, const ConcFactId *fact, guint line)
{
  g_autofree char *name = conc_fact_id_to_text (fact);

  return g_strdup_printf ("%s%s#%u", prefix, name, line);
}

/**
 * conc_read_subject_parse:
 * @subject: a subject
 * @ret_fact: (out): the fact of the line
 * @ret_line: (out): the line, from 0
 *
 * Returns: whether @subject is something that follows from a line of a reader. Any thread.
 */
gboolean
conc_read_subject_parse (const char *subject, ConcFactId *ret_fact, guint *ret_line)
{
  const char      *mark = strchr (subject, '#');
  g_autofree char *fact = NULL;
  guint64          line;

  if (mark == NULL || !g_ascii_isdigit (mark[1]) ||
      !g_ascii_string_to_unsigned (mark + 1, 10, 0, G_MAXUINT16, &line, NULL))
    return FALSE;
  fact = g_strndup (subject, (gsize) (mark - subject));
  if (!conc_fact_id_parse (fact, ret_fact) &&
      (*fact != 'c' || !conc_fact_id_parse (fact + 1, ret_fact)))
    return FALSE;
  *ret_line = (guint) line;
  return TRUE;
}

/** conc_stream_order_new: (transfer full): an order that sets nothing about a stream yet. */
ConcStreamOrder *
conc_stream_order_new (const char *name)
{
  ConcStreamOrder *order = g_new0 (ConcStreamOrder, 1);

  order->name = g_strdup (name);
  return order;
}

/** conc_stream_order_copy: (transfer full): a copy. */
ConcStreamOrder *
conc_stream_order_copy (const ConcStreamOrder *order)
{
  ConcStreamOrder *copy = g_memdup2 (order, sizeof *order);

  copy->name = g_strdup (order->name);
  copy->use = g_strdup (order->use);
  copy->format = g_strdup (order->format);
  copy->from = g_strdup (order->from);
  copy->filter = g_strdup (order->filter);
  return copy;
}

/** conc_stream_order_free: frees @order, which may be %NULL. */
void
conc_stream_order_free (ConcStreamOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->name);
  g_free (order->use);
  g_free (order->format);
  g_free (order->from);
  g_free (order->filter);
  g_free (order);
}

/** conc_read_batch_new: (transfer full): a batch without lines. */
ConcReadBatch *
conc_read_batch_new (const char *stream, const char *format)
{
  ConcReadBatch *batch = g_new0 (ConcReadBatch, 1);

  batch->stream = g_strdup (stream);
  batch->format = g_strdup (format);
  batch->lines = g_ptr_array_new_with_free_func (g_free);
  batch->ordinals = g_array_new (FALSE, FALSE, sizeof (guint));
  return batch;
}

/** conc_read_batch_add: adds a line that the source sent the @ordinal th time. */
void
conc_read_batch_add (ConcReadBatch *batch, const char *line, guint ordinal)
{
  g_ptr_array_add (batch->lines, g_strdup (line));
  g_array_append_val (batch->ordinals, ordinal);
}

/** conc_read_batch_free: frees @batch, which may be %NULL. */
void
conc_read_batch_free (ConcReadBatch *batch)
{
  if (batch == NULL)
    return;
  g_free (batch->stream);
  g_free (batch->format);
  g_free (batch->head);
  g_free (batch->file);
  g_ptr_array_unref (batch->lines);
  g_array_unref (batch->ordinals);
  g_free (batch);
}
