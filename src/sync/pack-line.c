/* pack-line.c: the lines of a pack: who made it, and facts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/pack-private.h"
#include "sync/seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEY_FACT "fact"
#define KEY_HLC "hlc"
#define KEY_KIND "kind"
#define KEY_OPERATOR "operator"
#define KEY_RACE "race"
#define KEY_REPLACES "replaces"
#define KEY_STATION "station"
#define KEY_SUBJECT "subject"
#define KEY_VERSION "version"

#define KIND_LETTERS "abcdefghijklmnopqrstuvwxyz.-"
#define KIND_MAX_BYTES 40

/* The body is the last member. A quote inside of a text is escaped, so that the first such mark is
 * where the body begins. */
#define BODY_MARK ",\"body\":"

static void
append_body_line (GString *lines, ConcBodyBuilder *builder)
{
  g_autoptr (ConcBody) line = conc_body_builder_end (builder);

  g_string_append (lines, conc_body_get_json (line));
}

/** conc_pack_append_head: appends the first line: the race, and who made the pack. */
void
conc_pack_append_head (GString *lines, const char *race_id, const char *station)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  conc_body_builder_add_text (builder, KEY_RACE, race_id);
  conc_body_builder_add_text (builder, KEY_STATION, station);
  conc_body_builder_add_text (builder, KEY_VERSION, CONC_VERSION);
  append_body_line (lines, builder);
  g_string_append_c (lines, '\n');
}

static void
append_parts (GString *lines, const ConcFact *fact)
{
  g_autofree char *name = conc_fact_id_to_text (&fact->id);
  g_autofree char *replaces = NULL;
  ConcBodyBuilder *builder = conc_body_builder_new ();

  if (conc_fact_id_is_set (&fact->replaces))
    replaces = conc_fact_id_to_text (&fact->replaces);
  conc_body_builder_add_text (builder, KEY_FACT, name);
  conc_body_builder_add_int (builder, KEY_HLC, fact->hlc);
  conc_body_builder_add_text (builder, KEY_KIND, conc_kind_to_text (fact->kind));
  conc_body_builder_add_text (builder, KEY_OPERATOR, fact->operator_name);
  conc_body_builder_add_text (builder, KEY_REPLACES, replaces);
  conc_body_builder_add_text (builder, KEY_SUBJECT, fact->subject);
  append_body_line (lines, builder);
}

/**
 * conc_pack_append_fact:
 * @private_key: (nullable): seals the bodies of private kinds
 *
 * Appends a fact as a line of JSON with sorted keys but for the body, which is last: an object, or
 * for a private kind the sealed text.
 *
 * Returns: whether it could be done; without a key that is needed %CONC_SYNC_ERROR_NOT_ALLOWED,
 *   and nothing is appended.
 */
gboolean
conc_pack_append_fact (GString *lines, const ConcFact *fact, GBytes *private_key, GError **error)
{
  g_autofree char *body = conc_seal_body (fact, private_key, error);

  if (body == NULL)
    return FALSE;
  append_parts (lines, fact);
  g_string_truncate (lines, lines->len - 1);
  g_string_append (lines, BODY_MARK);
  if (conc_kind_is_private (fact->kind))
    conc_json_append_text (lines, body);
  else
    g_string_append (lines, body);
  g_string_append (lines, "}\n");
  return TRUE;
}

static gboolean
set_unreadable (GError **error)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED,
                       _ ("An entry in this pack cannot be read. Nothing of the pack was taken."));
  return FALSE;
}

static gboolean
read_head (ConcPackContent *content, const char *line, gsize length, GError **error)
{
  g_autoptr (ConcBody) head = conc_body_parse (line, (gssize) length, NULL);
  const char *station = head != NULL ? conc_body_get_text (head, KEY_STATION) : NULL;

  if (!conc_station_id_is_valid (station) ||
      g_strcmp0 (conc_body_get_text (head, KEY_RACE), content->race_id) != 0)
    return set_unreadable (error);
  g_strlcpy (content->station, station, sizeof content->station);
  content->has_head = TRUE;
  return TRUE;
}

typedef struct
{
  ConcBody  *parts;
  ConcFactId id;
  ConcFactId replaces;
  ConcKind   kind;
  char      *body; /* JSON or sealed text */
} Line;

static void
line_clear (Line *line)
{
  g_clear_pointer (&line->parts, conc_body_unref);
  g_clear_pointer (&line->body, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* Both halves, without the mark between them. */
static gboolean
split_line (Line *line, const char *text, gsize length)
{
  const char      *mark = g_strstr_len (text, (gssize) length, BODY_MARK);
  const char      *body, *end = text + length - 1;
  g_autofree char *parts = NULL;

  if (mark == NULL || *end != '}')
    return FALSE;
  parts = g_strdup_printf ("%.*s}", (int) (mark - text), text);
  line->parts = conc_body_parse (parts, -1, NULL);
  body = mark + strlen (BODY_MARK);
  if (line->parts == NULL || end - body < 2)
    return FALSE;
  if (*body == '"' && end[-1] == '"' && end - body > 2)
    {
      body++;
      end--;
    }
  line->body = g_strndup (body, (gsize) (end - body));
  return TRUE;
}

static gboolean
read_parts (Line *line)
{
  const char *replaces = conc_body_get_text (line->parts, KEY_REPLACES);
  guint       n_known = 4;

  n_known += replaces != NULL ? 1 : 0;
  n_known += conc_body_get_text (line->parts, KEY_OPERATOR) != NULL ? 1 : 0;
  return conc_body_get_n (line->parts) == n_known &&
         conc_fact_id_parse (conc_body_get_text (line->parts, KEY_FACT), &line->id) &&
         (replaces == NULL || conc_fact_id_parse (replaces, &line->replaces)) &&
         conc_body_get_int (line->parts, KEY_HLC, -1) >= 0 &&
         conc_body_get_text (line->parts, KEY_KIND) != NULL &&
         conc_body_get_text (line->parts, KEY_SUBJECT) != NULL;
}

/* The names of kinds that later versions have are words as well. */
static gboolean
set_unknown_kind (GError **error, const char *kind)
{
  if (strlen (kind) > KIND_MAX_BYTES || strspn (kind, KIND_LETTERS) != strlen (kind))
    return set_unreadable (error);
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER,
               _ ("This pack has entries of a newer version of Concourse (“%s”). Update this "
                  "station and try again. Nothing of the pack was taken."),
               kind);
  return FALSE;
}

static ConcFact *
read_fact (ConcPackContent *content, const Line *line, GError **error)
{
  const char *subject = conc_body_get_text (line->parts, KEY_SUBJECT);
  g_autoptr (ConcBody) body =
      conc_unseal_body (&line->id, line->kind, subject, line->body, content->private_key, error);
  g_autoptr (ConcFact) fact = NULL;

  if (body == NULL)
    return NULL;
  fact =
      conc_fact_new (&line->id, conc_body_get_int (line->parts, KEY_HLC, -1), line->kind, subject,
                     &line->replaces, conc_body_get_text (line->parts, KEY_OPERATOR), body);
  if (conc_receive_check (fact, NULL))
    return g_steal_pointer (&fact);
  set_unreadable (error);
  return NULL;
}

static gboolean
take_line (ConcPackContent *content, const Line *line, GError **error)
{
  ConcFact *fact;

  /* What this role does not read is not opened either. */
  if (!conc_role_may_read (content->role, line->kind))
    {
      content->n_withheld++;
      return TRUE;
    }
  fact = read_fact (content, line, error);
  if (fact == NULL)
    return FALSE;
  if (conc_hlc_get_usec (fact->hlc) <= content->latest_usec)
    g_ptr_array_add (content->facts, fact);
  else
    {
      content->n_ahead++;
      conc_fact_unref (fact);
    }
  return TRUE;
}

/**
 * conc_pack_content_add_line:
 * @line: the line without its end
 * @length: in bytes; not more than %CONC_PACK_MAX_LINE_BYTES
 *
 * Reads a line. Nothing of it is trusted, although only a holder of the race's key can have written
 * it: names, sizes, kinds and bodies are held to what a race file takes. A fact of a kind that the
 * role may not read is counted and not opened; one that is dated too far ahead is counted.
 *
 * Returns: whether the line is sound; otherwise the whole pack is to be refused.
 */
gboolean
conc_pack_content_add_line (ConcPackContent *content,
                            const char      *line,
                            gsize            length,
                            GError         **error)
{
  g_auto (Line) read = { NULL };
  const char *kind;

  if (!content->has_head)
    return read_head (content, line, length, error);
  if (length == 0 || content->facts->len >= CONC_PACK_MAX_FACTS ||
      !split_line (&read, line, length) || !read_parts (&read))
    return set_unreadable (error);
  kind = conc_body_get_text (read.parts, KEY_KIND);
  read.kind = conc_kind_from_text (kind);
  if (read.kind == CONC_KIND_NONE)
    return set_unknown_kind (error, kind);
  return take_line (content, &read, error);
}
