/* label-fields.c: What a label has, by the names that layouts call it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/layout-private.h"

#include <string.h>

typedef struct
{
  const char *name;
  gsize       offset;
} Field;

static const Field FIELDS[CONC_N_LABEL_FIELDS] = {
  [CONC_LABEL_FIELD_BIB] = { "bib", G_STRUCT_OFFSET (ConcLabel, bib) },
  [CONC_LABEL_FIELD_NAME] = { "name", G_STRUCT_OFFSET (ConcLabel, name) },
  [CONC_LABEL_FIELD_LINE2] = { "line2", G_STRUCT_OFFSET (ConcLabel, line2) },
  [CONC_LABEL_FIELD_WAVE] = { "wave", G_STRUCT_OFFSET (ConcLabel, wave) },
  [CONC_LABEL_FIELD_SHIRT] = { "shirt", G_STRUCT_OFFSET (ConcLabel, shirt) },
  [CONC_LABEL_FIELD_RACE] = { "race", G_STRUCT_OFFSET (ConcLabel, race) },
  [CONC_LABEL_FIELD_TASK] = { "task", G_STRUCT_OFFSET (ConcLabel, task) },
  [CONC_LABEL_FIELD_EMERGENCY] = { "emergency", G_STRUCT_OFFSET (ConcLabel, emergency) },
  [CONC_LABEL_FIELD_MEDICAL] = { "medical", G_STRUCT_OFFSET (ConcLabel, medical) },
};

static const char *
get_field (const ConcLabel *label, int field)
{
  return G_STRUCT_MEMBER (const char *, label, FIELDS[field].offset);
}

/**
 * conc_label_field_from_name:
 * @name: the name of a field as layouts have it
 * @length: how many bytes of it count
 *
 * Returns: the field, a ConcLabelField; -1 when no field has this name.
 *
 * Thread: any.
 */
int
conc_label_field_from_name (const char *name, gsize length)
{
  for (int field = 0; field < CONC_N_LABEL_FIELDS; field++)
    if (strlen (FIELDS[field].name) == length && strncmp (FIELDS[field].name, name, length) == 0)
      return field;
  return -1;
}

/**
 * conc_label_fields_in:
 * @text: a text with fields in braces
 * @ret_valid: (out): whether every brace is part of a field that there is
 *
 * Returns: the set of fields that the text has.
 *
 * Thread: any.
 */
guint
conc_label_fields_in (const char *text, gboolean *ret_valid)
{
  guint fields = 0;

  *ret_valid = TRUE;
  for (const char *open = strpbrk (text, "{}"); open != NULL; open = strpbrk (open, "{}"))
    {
      const char *close = strchr (open, '}');
      int         field = -1;

      if (*open == '{' && close != NULL)
        field = conc_label_field_from_name (open + 1, (gsize) (close - open - 1));
      if (field < 0)
        {
          *ret_valid = FALSE;
          return 0;
        }
      fields |= 1u << field;
      open = close + 1;
    }
  return fields;
}

/**
 * conc_label_get_fields:
 * @label: a label
 *
 * Returns: the set of fields that are not empty.
 *
 * Thread: any.
 */
guint
conc_label_get_fields (const ConcLabel *label)
{
  guint fields = 0;

  for (int field = 0; field < CONC_N_LABEL_FIELDS; field++)
    {
      const char *text = get_field (label, field);

      if (text != NULL && *text != '\0')
        fields |= 1u << field;
    }
  return fields;
}

/**
 * conc_label_expand:
 * @label: a label
 * @text: a text with fields in braces, all of which are valid
 * @buffer: where the text is made if it has to be
 *
 * Puts the fields of a label into a text. Braces inside of a field mean nothing.
 *
 * Returns: (transfer none): the text, until @buffer or @label changes.
 *
 * Thread: any.
 */
const char *
conc_label_expand (const ConcLabel *label, const char *text, GString *buffer)
{
  const char *open;

  g_string_truncate (buffer, 0);
  while ((open = strchr (text, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      const char *value =
          get_field (label, conc_label_field_from_name (open + 1, (gsize) (close - open - 1)));

      /* Most texts are one field and nothing else. */
      if (value != NULL && open == text && close[1] == '\0' && buffer->len == 0)
        return value;
      g_string_append_len (buffer, text, open - text);
      g_string_append (buffer, value != NULL ? value : "");
      text = close + 1;
    }
  g_string_append (buffer, text);
  return buffer->str;
}
