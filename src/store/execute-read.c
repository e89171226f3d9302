/* execute-read.c: streams, the lines that they send, and whose the chips are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/execute.h"

#include "core/chip-table.h"
#include "core/race-time.h"
#include "store/reads.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many bytes of lines are one fact; with what JSON adds it stays below the largest body. */
#define DELIVERY_MAX_BYTES (48 * 1024)
#define DELIVERY_MAX_LINES 2000

/* A text that says something else than what is there. */
static gboolean
is_other_text (const ConcMerged *merged, const char *key, const char *text)
{
  return text != NULL && g_strcmp0 (conc_merged_get_text (merged, key), text) != 0;
}

static gboolean
is_other_int (const ConcMerged *merged, const char *key, gboolean is_there, gint64 value)
{
  return is_there &&
         (conc_merged_find (merged, key) == NULL || conc_merged_get_int (merged, key, 0) != value);
}

static gboolean
check_names (const ConcStreamOrder *order, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  ConcStreamUse  use;
  ConcReadFilter filter;
  ConcReadFormat format;

  if (!conc_stream_name_is_valid (order->name))
    return conc_store_refuse (error,
                              _ ("“%s” cannot name a stream: use up to %d letters, digits, “-”, "
                                 "“_” and “.”."),
                              order->name, CONC_STREAM_NAME_MAX_BYTES);
  if (order->use != NULL && !conc_stream_use_from_name (order->use, &use))
    return conc_store_refuse (
        error, _ ("“%s” is no use of a stream: it is finish, start, chute, second or select."),
        order->use);
  if (order->filter != NULL && !conc_read_filter_from_name (order->filter, &filter))
    return conc_store_refuse (error, _ ("“%s” is no filter: it is first, last or best."),
                              order->filter);
  if (order->format != NULL && !conc_read_format_from_name (order->format, &format, &local_error))
    return conc_store_refuse (error, "%s", local_error->message);
  return TRUE;
}

static gboolean
check_order (const ConcStreamOrder *order, GError **error)
{
  if (!check_names (order, error))
    return FALSE;
  if (order->has_gap && (order->gap_usec < 0 || order->gap_usec > CONC_READ_GAP_MAX_USEC))
    return conc_store_refuse (error, _ ("The gap of a stream is between nothing and a day."));
  if (order->has_offset && (order->offset_usec < -CONC_STREAM_OFFSET_MAX_USEC ||
                            order->offset_usec > CONC_STREAM_OFFSET_MAX_USEC))
    return conc_store_refuse (error, _ ("The offset of a stream is at most a year."));
  return TRUE;
}

static void
add_changes (ConcBodyBuilder *builder, const ConcMerged *merged, const ConcStreamOrder *order)
{
  const struct
  {
    const char *key;
    const char *text;
  } texts[] = { { "use", order->use },
                { "format", order->format },
                { "from", order->from },
                { "filter", order->filter } };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (is_other_text (merged, texts[i].key, texts[i].text))
      conc_body_builder_add_text (builder, texts[i].key, texts[i].text);
  if (is_other_int (merged, "offset_usec", order->has_offset, order->offset_usec))
    conc_body_builder_add_int (builder, "offset_usec", order->offset_usec);
  if (is_other_int (merged, "gap_usec", order->has_gap, order->gap_usec))
    conc_body_builder_add_int (builder, "gap_usec", order->gap_usec);
}

/** conc_execute_stream: sets up a stream, or changes what is given about one. */
gboolean
conc_execute_stream (ConcWriter        *writer,
                     const ConcCommand *command,
                     ConcReceipt       *receipt,
                     GError           **error)
{
  const ConcStreamOrder *order = command->stream_order;
  g_autofree char       *subject = g_strconcat ("stream:", order->name, NULL);
  g_autoptr (ConcMerged) merged = NULL;
  g_autoptr (ConcBodyBuilder) builder = conc_body_builder_new ();

  if (!check_order (order, error) || !conc_execute_read_merged (writer, subject, &merged, error))
    return FALSE;
  add_changes (builder, merged, order);
  if (!conc_merged_exists (merged) && order->use == NULL)
    conc_body_builder_add_text (builder, "use", conc_stream_use_get_name (CONC_STREAM_FINISH));
  if (conc_body_builder_get_n (builder) == 0)
    {
      receipt->was_already = TRUE;
      return TRUE;
    }
  return conc_execute_append_over (writer, command, CONC_KIND_STREAM, subject, merged,
                                   g_steal_pointer (&builder), receipt, error);
}

static gboolean
count_known (ConcDb *db, const char *stream, const char *line, guint *ret_count, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT count (*) FROM read WHERE stream = ? AND hash = ? AND raw = ?",
                       error);

  if (statement == NULL ||
      !conc_db_bind (db, statement, error, "tit", stream, conc_reads_hash (line), line) ||
      conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  *ret_count = (guint) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return TRUE;
}

static gsize
get_cost (const char *line)
{
  gsize cost = 2;

  for (; *line != '\0'; line++)
    cost += (guchar) *line < ' ' ? 6 : *line == '"' || *line == '\\' ? 2 : 1;
  return cost;
}

/* A delivery is named like its fact, with a letter in front of it. */
static gboolean
append_delivery (ConcWriter        *writer,
                 const ConcCommand *command,
                 GString           *lines,
                 ConcReceipt       *receipt,
                 GError           **error)
{
  const ConcReadBatch *batch = command->batch;
  ConcBodyBuilder     *builder = conc_body_builder_new ();
  g_autofree char *at = conc_time_format_rfc3339 (command->at_usec, conc_writer_get_utc (writer));
  g_autofree char *name = NULL;
  g_autofree char *subject = NULL;
  ConcFactId       id;

  conc_writer_peek_next_id (writer, &id);
  name = conc_fact_id_to_text (&id);
  subject = g_strconcat ("d", name, NULL);
  conc_body_builder_add_text (builder, "stream", batch->stream);
  conc_body_builder_add_text (builder, "format", batch->format);
  conc_body_builder_add_text (builder, "at", at);
  if (batch->head != NULL && *batch->head != '\0')
    conc_body_builder_add_text (builder, "head", batch->head);
  if (batch->file != NULL)
    conc_body_builder_add_text (builder, "file", batch->file);
  conc_body_builder_add_text (builder, "lines", lines->str);
  return conc_execute_append (writer, command, CONC_KIND_READ, subject, NULL,
                              conc_body_builder_end (builder), receipt, error);
}

typedef struct
{
  GString *lines;
  gsize    cost;
  guint    n_lines;
} Pack;

static void
pack_free (gpointer data)
{
  Pack *pack = data;

  g_string_free (pack->lines, TRUE);
  g_free (pack);
}

static void
add_line (GPtrArray *packs, const char *line)
{
  Pack *pack = packs->len > 0 ? g_ptr_array_index (packs, packs->len - 1) : NULL;
  gsize cost = get_cost (line);

  if (pack == NULL || pack->cost + cost > DELIVERY_MAX_BYTES || pack->n_lines == DELIVERY_MAX_LINES)
    {
      pack = g_new0 (Pack, 1);
      pack->lines = g_string_new (NULL);
      g_ptr_array_add (packs, pack);
    }
  else
    g_string_append_c (pack->lines, '\n');
  g_string_append (pack->lines, line);
  pack->cost += cost;
  pack->n_lines++;
}

/* The lines that were not recorded before, in as many packs as they need. */
static GPtrArray *
pack_lines (ConcWriter *writer, const ConcReadBatch *batch, ConcReceipt *receipt, GError **error)
{
  g_autoptr (GPtrArray) packs = g_ptr_array_new_with_free_func (pack_free);

  for (guint i = 0; i < batch->lines->len; i++)
    {
      const char *line = g_ptr_array_index (batch->lines, i);
      guint       n_known;

      if (!count_known (conc_writer_get_db (writer), batch->stream, line, &n_known, error))
        return NULL;
      if (g_array_index (batch->ordinals, guint, i) <= n_known)
        {
          receipt->n_known++;
          continue;
        }
      add_line (packs, line);
      receipt->n_new++;
    }
  return g_steal_pointer (&packs);
}

static gboolean
check_batch (const ConcReadBatch *batch, GError **error)
{
  for (guint i = 0; i < batch->lines->len; i++)
    {
      const char *line = g_ptr_array_index (batch->lines, i);

      if (strlen (line) > CONC_READ_LINE_MAX_BYTES || strpbrk (line, "\r\n") != NULL ||
          !g_utf8_validate (line, -1, NULL))
        return conc_store_refuse (error, _ ("A line is too long, or is no text."));
    }
  return TRUE;
}

/**
 * conc_execute_reads:
 *
 * Records lines of a source as they came. A line that was recorded as often as the source has sent
 * it is not recorded again, so a file that is read twice, or read after the reader sent its lines,
 * adds only what is missing. Lines that cannot be read are recorded too.
 */
gboolean
conc_execute_reads (ConcWriter        *writer,
                    const ConcCommand *command,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  const ConcReadBatch *batch = command->batch;
  g_autofree char     *subject = g_strconcat ("stream:", batch->stream, NULL);
  g_autoptr (ConcMerged) stream = NULL;
  g_autoptr (GPtrArray) packs = NULL;

  if (!check_batch (batch, error) || !conc_execute_read_merged (writer, subject, &stream, error))
    return FALSE;
  if (!conc_merged_exists (stream))
    return conc_store_refuse (error, _ ("There is no stream “%s”. Set it up first."),
                              batch->stream);
  packs = pack_lines (writer, batch, receipt, error);
  for (guint i = 0; packs != NULL && i < packs->len; i++)
    if (!append_delivery (writer, command, ((Pack *) g_ptr_array_index (packs, i))->lines, receipt,
                          error))
      return FALSE;
  receipt->was_already = packs != NULL && packs->len == 0;
  return packs != NULL;
}

static gboolean
find_read (ConcWriter *writer,
           const char *delivery,
           guint       line,
           gboolean   *ret_found,
           GError    **error)
{
  ConcDb       *db = conc_writer_get_db (writer);
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT 1 FROM read WHERE subject = ? AND line = ?", error);
  ConcStep step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "ti", delivery, (gint64) line))
    return FALSE;
  step = conc_db_step (db, statement, error);
  *ret_found = step == CONC_STEP_ROW;
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_execute_ignore_read: whether one line of a source is left out. */
gboolean
conc_execute_ignore_read (ConcWriter        *writer,
                          const ConcCommand *command,
                          ConcReceipt       *receipt,
                          GError           **error)
{
  g_autoptr (ConcMerged) merged = NULL;
  g_autoptr (ConcBodyBuilder) builder = conc_body_builder_new ();
  g_autofree char *name = NULL;
  g_autofree char *delivery = NULL;
  g_autofree char *key = NULL;
  gboolean         found = FALSE;
  ConcFactId       fact;
  guint            line;

  if (conc_read_subject_parse (command->entry, &fact, &line))
    {
      name = conc_fact_id_to_text (&fact);
      delivery = g_strconcat ("d", name, NULL);
      if (!find_read (writer, delivery, line, &found, error))
        return FALSE;
    }
  if (!found)
    return conc_store_refuse (error, _ ("There is no line %s of a reader."), command->entry);
  if (!conc_execute_read_merged (writer, delivery, &merged, error))
    return FALSE;
  key = g_strdup_printf ("ignore.%u", line);
  if (conc_merged_get_bool (merged, key, FALSE) == command->ignore)
    {
      receipt->was_already = TRUE;
      return TRUE;
    }
  conc_body_builder_add_bool (builder, key, command->ignore);
  return conc_execute_append_over (writer, command, CONC_KIND_READ_SET, delivery, merged,
                                   g_steal_pointer (&builder), receipt, error);
}

static gboolean
give_chip (ConcWriter        *writer,
           const ConcCommand *command,
           const ConcChip    *chip,
           ConcReceipt       *receipt,
           GError           **error)
{
  g_autofree char *tag = conc_chip_fold (chip->tag);
  g_autofree char *subject = g_strconcat ("chip:", tag, NULL);
  g_autoptr (ConcMerged) merged = NULL;
  ConcBodyBuilder *builder;

  if (!conc_execute_read_merged (writer, subject, &merged, error))
    return FALSE;
  if (conc_merged_exists (merged) && conc_merged_get_int (merged, "bib", 0) == chip->bib)
    {
      receipt->n_known++;
      return TRUE;
    }
  receipt->n_new++;
  builder = conc_body_builder_new ();
  conc_body_builder_add_int (builder, "bib", chip->bib);
  return conc_execute_append_over (writer, command, CONC_KIND_CHIP, subject, merged, builder,
                                   receipt, error);
}

/** conc_execute_chips: gives chips to bibs, all or none; bib 0 says that a chip is nobody's. */
gboolean
conc_execute_chips (ConcWriter        *writer,
                    const ConcCommand *command,
                    ConcReceipt       *receipt,
                    GError           **error)
{
  for (guint i = 0; i < command->chips->len; i++)
    {
      const ConcChip *chip = g_ptr_array_index (command->chips, i);

      if (!conc_chip_is_tag (chip->tag))
        return conc_store_refuse (error, _ ("“%s” is not the code of a chip."), chip->tag);
      if (chip->bib != 0 && !conc_execute_check_bib (chip->bib, error))
        return FALSE;
    }
  for (guint i = 0; i < command->chips->len; i++)
    if (!give_chip (writer, command, g_ptr_array_index (command->chips, i), receipt, error))
      return FALSE;
  receipt->was_already = receipt->n_new == 0;
  return TRUE;
}
