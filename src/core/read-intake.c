/* read-intake.c: bytes of a source become batches of lines. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-intake.h"

#include "core/encoding.h"
#include "core/race-time.h"

#include <string.h>

/* So much is looked at to find the format; what has none by then has none. */
#define SNIFF_MAX_BYTES (128 * 1024)

struct _ConcReadIntake
{
  /* owned */
  char           *stream;
  char           *file;
  GString        *waiting; /* bytes that make no whole line yet, or whose format is not known */
  ConcReadParser *parser;  /* NULL: the format is not known */
  GHashTable     *counts;  /* line -> how often it came */
  GQueue          full;    /* of ConcReadBatch */
  ConcReadBatch  *batch;   /* NULL: no line since the last one */

  /* state */
  ConcReadFormat format;
  guint          n_other;
};

/**
 * conc_read_intake_new:
 * @stream: the stream that the lines are recorded in
 * @file: (nullable): where they come from, for people
 *
 * Takes what a file or a device sends, in pieces of any size. Lines that are no reads are left out;
 * damaged ones are kept. What they say about lines behind them goes with each batch.
 *
 * Returns: (transfer full): an intake that finds the format by itself. Any thread, one at a time.
 */
ConcReadIntake *
conc_read_intake_new (const char *stream, const char *file)
{
  ConcReadIntake *self = g_new0 (ConcReadIntake, 1);

  self->stream = g_strdup (stream);
  self->file = g_strdup (file);
  self->waiting = g_string_new (NULL);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->full);
  return self;
}

/** conc_read_intake_free: frees @self and what was not taken. */
void
conc_read_intake_free (ConcReadIntake *self)
{
  g_free (self->stream);
  g_free (self->file);
  g_string_free (self->waiting, TRUE);
  g_clear_pointer (&self->parser, conc_read_parser_free);
  g_hash_table_unref (self->counts);
  g_queue_clear_full (&self->full, (GDestroyNotify) conc_read_batch_free);
  conc_read_batch_free (self->batch);
  g_free (self);
}

/** conc_read_intake_set_format: decides the format; before any line is fed. */
void
conc_read_intake_set_format (ConcReadIntake *self, ConcReadFormat format)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  ConcReadPlace place = { "2000-01-01", utc, CONC_NO_TIME };

  g_clear_pointer (&self->parser, conc_read_parser_free);
  self->format = format;
  self->parser = conc_read_parser_new (format, &place);
}

/** conc_read_intake_get_format: Returns: whether the format is known by now, and which. */
gboolean
conc_read_intake_get_format (ConcReadIntake *self, ConcReadFormat *ret_format)
{
  if (self->parser != NULL && ret_format != NULL)
    *ret_format = self->format;
  return self->parser != NULL;
}

static void
close_batch (ConcReadIntake *self)
{
  if (self->batch != NULL)
    g_queue_push_tail (&self->full, g_steal_pointer (&self->batch));
}

static void
keep_line (ConcReadIntake *self, const char *line)
{
  const char *head = conc_read_parser_get_head (self->parser);
  guint       n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, line)) + 1;

  g_hash_table_insert (self->counts, g_strdup (line), GUINT_TO_POINTER (n));
  if (self->batch != NULL && g_strcmp0 (self->batch->head, head) != 0)
    close_batch (self);
  if (self->batch == NULL)
    {
      self->batch = conc_read_batch_new (self->stream, conc_read_format_get_name (self->format));
      self->batch->head = g_strdup (head);
      self->batch->file = g_strdup (self->file);
    }
  conc_read_batch_add (self->batch, line, n);
}

/* A line as text: in the encoding that its bytes have, and no longer than a read can be. */
static char *
dup_line (const char *bytes, gsize n_bytes)
{
  gsize            length = MIN (n_bytes, CONC_READ_LINE_MAX_BYTES / 2);
  g_autofree char *line = NULL;
  char            *valid;

  if (n_bytes <= CONC_READ_LINE_MAX_BYTES && g_utf8_validate (bytes, (gssize) n_bytes, NULL))
    return g_strndup (bytes, n_bytes);
  line = conc_encoding_to_utf8 (bytes, length, NULL, NULL, NULL);
  valid = line != NULL ? g_utf8_make_valid (line, -1) : g_utf8_make_valid (bytes, (gssize) length);
  if (strlen (valid) > CONC_READ_LINE_MAX_BYTES)
    *g_utf8_find_prev_char (valid, valid + CONC_READ_LINE_MAX_BYTES) = '\0';
  return valid;
}

static void
take_line (ConcReadIntake *self, const char *bytes, gsize n_bytes)
{
  g_autofree char *line = dup_line (bytes, n_bytes);
  ConcRead         read;

  if (conc_read_parser_take (self->parser, line, &read, NULL) == CONC_READ_LINE_OTHER)
    self->n_other++;
  else
    keep_line (self, line);
}

/* Takes whole lines from what waits; at the end of the source also one without a break. */
static void
take_lines (ConcReadIntake *self, gboolean is_end)
{
  const char *breaks = conc_read_format_get_breaks (self->format);
  const char *start = self->waiting->str;
  const char *end = start + self->waiting->len;

  for (const char *p = start; p < end; p++)
    if (*p == '\0' || strchr (breaks, *p) != NULL || p - start >= 4 * CONC_READ_LINE_MAX_BYTES)
      {
        if (p > start)
          take_line (self, start, (gsize) (p - start));
        start = p + 1;
      }
  if (is_end && start < end)
    {
      take_line (self, start, (gsize) (end - start));
      start = end;
    }
  g_string_erase (self->waiting, 0, start - self->waiting->str);
}

/* By the whole lines that are there. */
static void
find_format (ConcReadIntake *self, gboolean is_end)
{
  g_autofree char *text =
      conc_encoding_to_utf8 (self->waiting->str, self->waiting->len, NULL, NULL, NULL);
  char          *end = text != NULL && !is_end ? strrchr (text, '\n') : NULL;
  ConcReadFormat format;

  if (text == NULL)
    return;
  if (end != NULL)
    end[1] = '\0';
  if (conc_read_format_sniff (text, &format))
    conc_read_intake_set_format (self, format);
}

/**
 * conc_read_intake_feed:
 * @bytes: what came, in any pieces
 *
 * Until the format is known, what comes is kept; then its lines are taken.
 */
void
conc_read_intake_feed (ConcReadIntake *self, const char *bytes, gsize n_bytes)
{
  g_string_append_len (self->waiting, bytes, (gssize) n_bytes);
  if (self->parser == NULL && self->waiting->len <= SNIFF_MAX_BYTES &&
      memchr (bytes, '\n', n_bytes) != NULL)
    find_format (self, FALSE);
  if (self->parser != NULL)
    take_lines (self, FALSE);
}

/** conc_read_intake_end: the source sends no more: what waits is a line too. */
void
conc_read_intake_end (ConcReadIntake *self)
{
  if (self->parser == NULL)
    find_format (self, TRUE);
  if (self->parser != NULL)
    take_lines (self, TRUE);
}

/** conc_read_intake_take: (transfer full) (nullable): the next batch, NULL when nothing waits. */
ConcReadBatch *
conc_read_intake_take (ConcReadIntake *self)
{
  close_batch (self);
  return g_queue_pop_head (&self->full);
}

/** conc_read_intake_get_n_other: Returns: lines so far that were no reads. */
guint
conc_read_intake_get_n_other (ConcReadIntake *self)
{
  return self->n_other;
}
