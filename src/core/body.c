/* body.c: the body of a fact, a flat JSON object. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/body.h"

#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Facts are flat by rule: text, whole numbers, true and false. That makes them small, quick to
 * read a hundred thousand times, and the same bytes for the same content. Keys are sorted. */
typedef struct
{
  char        *key;
  ConcBodyType type;
  char        *text;
  gint64       number;
} Entry;

struct _ConcBody
{
  gatomicrefcount refs;
  char           *json;
  guint           n_entries;
  Entry           entries[];
};

struct _ConcBodyBuilder
{
  GArray *entries;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_free (entry->text);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->key, ((const Entry *) b)->key);
}

static void
append_escape (GString *json, guchar byte)
{
  switch (byte)
    {
    case '"':
      g_string_append (json, "\\\"");
      break;
    case '\\':
      g_string_append (json, "\\\\");
      break;
    case '\n':
      g_string_append (json, "\\n");
      break;
    case '\r':
      g_string_append (json, "\\r");
      break;
    case '\t':
      g_string_append (json, "\\t");
      break;
    default:
      g_string_append_printf (json, "\\u%04x", byte);
    }
}

/**
 * conc_json_append_text:
 * @json: where to append
 * @text: (nullable): UTF-8; %NULL is written as null
 *
 * Appends @text as a JSON string with quotes. Any thread.
 */
void
conc_json_append_text (GString *json, const char *text)
{
  const char *start = text, *at;

  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '"');
  for (at = text; *at != '\0'; at++)
    {
      guchar byte = (guchar) *at;

      if (byte >= 0x20 && byte != '"' && byte != '\\')
        continue;
      g_string_append_len (json, start, at - start);
      append_escape (json, byte);
      start = at + 1;
    }
  g_string_append_len (json, start, at - start);
  g_string_append_c (json, '"');
}

static void
append_entry (GString *json, const Entry *entry)
{
  conc_json_append_text (json, entry->key);
  g_string_append_c (json, ':');
  if (entry->type == CONC_BODY_TEXT)
    conc_json_append_text (json, entry->text);
  else if (entry->type == CONC_BODY_BOOL)
    g_string_append (json, entry->number != 0 ? "true" : "false");
  else
    g_string_append_printf (json, "%" G_GINT64_FORMAT, entry->number);
}

/** conc_body_builder_new: Returns: (transfer full): an empty builder. */
ConcBodyBuilder *
conc_body_builder_new (void)
{
  ConcBodyBuilder *builder = g_new0 (ConcBodyBuilder, 1);

  builder->entries = g_array_sized_new (FALSE, TRUE, sizeof (Entry), 16);
  g_array_set_clear_func (builder->entries, entry_clear);
  return builder;
}

/** conc_body_builder_free: frees @builder and what was added. */
void
conc_body_builder_free (ConcBodyBuilder *builder)
{
  if (builder == NULL)
    return;
  g_array_unref (builder->entries);
  g_free (builder);
}

static void
add_entry (ConcBodyBuilder *builder,
           const char      *key,
           ConcBodyType     type,
           const char      *text,
           gint64           number)
{
  Entry entry = { g_strdup (key), type, g_strdup (text), number };

  g_array_append_val (builder->entries, entry);
}

/** conc_body_builder_add_text: adds a text; a %NULL @text adds nothing. Keys must differ. */
void
conc_body_builder_add_text (ConcBodyBuilder *builder, const char *key, const char *text)
{
  if (text != NULL)
    add_entry (builder, key, CONC_BODY_TEXT, text, 0);
}

/** conc_body_builder_add_int: adds a whole number. */
void
conc_body_builder_add_int (ConcBodyBuilder *builder, const char *key, gint64 value)
{
  add_entry (builder, key, CONC_BODY_INT, NULL, value);
}

/** conc_body_builder_add_bool: adds true or false. */
void
conc_body_builder_add_bool (ConcBodyBuilder *builder, const char *key, gboolean value)
{
  add_entry (builder, key, CONC_BODY_BOOL, NULL, value ? 1 : 0);
}

/** conc_body_builder_get_n: Returns: how many entries were added. */
guint
conc_body_builder_get_n (const ConcBodyBuilder *builder)
{
  return builder->entries->len;
}

/**
 * conc_body_builder_end:
 * @builder: (transfer full): the builder
 *
 * Returns: (transfer full): the body; its JSON has sorted keys and no white space.
 */
ConcBody *
conc_body_builder_end (ConcBodyBuilder *builder)
{
  guint     n = builder->entries->len;
  ConcBody *body = g_malloc0 (sizeof (ConcBody) + n * sizeof (Entry));
  GString  *json = g_string_sized_new (256);

  g_array_sort (builder->entries, compare_entries);
  g_atomic_ref_count_init (&body->refs);
  body->n_entries = n;
  g_string_append_c (json, '{');
  for (guint i = 0; i < n; i++)
    {
      body->entries[i] = g_array_index (builder->entries, Entry, i);
      if (i > 0)
        g_string_append_c (json, ',');
      append_entry (json, &body->entries[i]);
    }
  g_string_append_c (json, '}');
  body->json = g_string_free (json, FALSE);
  g_array_set_clear_func (builder->entries, NULL);
  conc_body_builder_free (builder);
  return body;
}

/** conc_body_ref: Returns: (transfer full): @body with one more reference. Any thread. */
ConcBody *
conc_body_ref (ConcBody *body)
{
  g_atomic_ref_count_inc (&body->refs);
  return body;
}

/** conc_body_unref: gives a reference back. Any thread. */
void
conc_body_unref (ConcBody *body)
{
  if (body == NULL || !g_atomic_ref_count_dec (&body->refs))
    return;
  for (guint i = 0; i < body->n_entries; i++)
    entry_clear (&body->entries[i]);
  g_free (body->json);
  g_free (body);
}

/** conc_body_get_json: Returns: the canonical JSON text. */
const char *
conc_body_get_json (const ConcBody *body)
{
  return body->json;
}

/** conc_body_get_n: Returns: the number of entries. */
guint
conc_body_get_n (const ConcBody *body)
{
  return body->n_entries;
}

/** conc_body_get_key: Returns: the key of entry @index, in byte order. */
const char *
conc_body_get_key (const ConcBody *body, guint index)
{
  g_return_val_if_fail (index < body->n_entries, NULL);
  return body->entries[index].key;
}

/** conc_body_get_entry_type: Returns: what entry @index holds. */
ConcBodyType
conc_body_get_entry_type (const ConcBody *body, guint index)
{
  g_return_val_if_fail (index < body->n_entries, CONC_BODY_TEXT);
  return body->entries[index].type;
}

static const Entry *
find_entry (const ConcBody *body, const char *key)
{
  for (guint i = 0; i < body->n_entries; i++)
    if (strcmp (body->entries[i].key, key) == 0)
      return &body->entries[i];
  return NULL;
}

/** conc_body_has: Returns: whether there is an entry @key. */
gboolean
conc_body_has (const ConcBody *body, const char *key)
{
  return find_entry (body, key) != NULL;
}

/** conc_body_get_text: Returns: (nullable): the text of @key; %NULL if missing or not a text. */
const char *
conc_body_get_text (const ConcBody *body, const char *key)
{
  const Entry *entry = find_entry (body, key);

  return entry != NULL ? entry->text : NULL;
}

/** conc_body_get_int: Returns: the number of @key; @fallback if missing or not a number. */
gint64
conc_body_get_int (const ConcBody *body, const char *key, gint64 fallback)
{
  const Entry *entry = find_entry (body, key);

  return entry != NULL && entry->type == CONC_BODY_INT ? entry->number : fallback;
}

/** conc_body_get_bool: Returns: the truth of @key; @fallback if missing or neither. */
gboolean
conc_body_get_bool (const ConcBody *body, const char *key, gboolean fallback)
{
  const Entry *entry = find_entry (body, key);

  return entry != NULL && entry->type == CONC_BODY_BOOL ? entry->number != 0 : fallback;
}

/** conc_body_entry_equal: Returns: whether @key is the same in both, missing in both included. */
gboolean
conc_body_entry_equal (const ConcBody *a, const ConcBody *b, const char *key)
{
  const Entry *left = find_entry (a, key);
  const Entry *right = find_entry (b, key);

  if (left == NULL || right == NULL)
    return left == right;
  return left->type == right->type && left->number == right->number &&
         g_strcmp0 (left->text, right->text) == 0;
}

/**
 * conc_body_dup_entry:
 *
 * Returns: (transfer full) (nullable): the value of @key as text: numbers in decimal, true and
 * false as "yes" and "no"; %NULL if missing.
 */
char *
conc_body_dup_entry (const ConcBody *body, const char *key)
{
  const Entry *entry = find_entry (body, key);

  if (entry == NULL)
    return NULL;
  if (entry->type == CONC_BODY_TEXT)
    return g_strdup (entry->text);
  if (entry->type == CONC_BODY_BOOL)
    return g_strdup (entry->number != 0 ? "yes" : "no");
  return g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
}
