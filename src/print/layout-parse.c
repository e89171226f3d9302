/* layout-parse.c: Reads a layout from its key file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/layout-private.h"

#include "print/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LAYOUT_GROUP "Label Layout"
#define PART_PREFIX "Part "
#define LENGTH_MAX_MM 1200.0
#define LINES_MAX 12
#define TEXT_MAX_BYTES 400

typedef struct
{
  const char *word;
  int         value;
} Word;

typedef struct
{
  const char *key;
  gsize       offset;
  ConcLength  absent;
} LengthKey;

static const Word KINDS[] = {
  { "box", CONC_PART_BOX },   { "qr", CONC_PART_QR },       { "bib", CONC_PART_BIB },
  { "name", CONC_PART_NAME }, { "text", CONC_PART_TEXT },   { "wave", CONC_PART_WAVE },
  { "rule", CONC_PART_RULE }, { "panel", CONC_PART_PANEL },
};
static const Word ALIGNS[] = {
  { "left", CONC_ALIGN_START },
  { "centre", CONC_ALIGN_CENTRE },
  { "right", CONC_ALIGN_END },
};
static const Word VALIGNS[] = {
  { "top", CONC_ALIGN_START },
  { "middle", CONC_ALIGN_CENTRE },
  { "bottom", CONC_ALIGN_END },
};
static const Word WEIGHTS[] = {
  { "regular", CONC_FACE_REGULAR },
  { "bold", CONC_FACE_BOLD },
  { "black", CONC_FACE_BLACK },
};
static const Word SIDES[] = { { "front", 0 }, { "back", 1 } };

static const LengthKey LENGTHS[] = {
  { "x", G_STRUCT_OFFSET (ConcLayoutPart, x), { 0, FALSE } },
  { "y", G_STRUCT_OFFSET (ConcLayoutPart, y), { 0, FALSE } },
  { "width", G_STRUCT_OFFSET (ConcLayoutPart, width), { 1, TRUE } },
  { "height", G_STRUCT_OFFSET (ConcLayoutPart, height), { 1, TRUE } },
  { "max-size", G_STRUCT_OFFSET (ConcLayoutPart, size_max), { 0.8, TRUE } },
  { "min-size", G_STRUCT_OFFSET (ConcLayoutPart, size_min), { 1.8, FALSE } },
};

/* A key file with one part of a layout, and where to say what is wrong with it. */
typedef struct
{
  const ConcLayout *layout;
  GKeyFile         *file;
  const char       *group;
  GError          **error;
} Reading;

static gboolean
parse_length (const char *text, ConcLength *ret_length)
{
  char  *end;
  double value = g_ascii_strtod (text, &end);

  if (end == text || !isfinite (value))
    return FALSE;
  while (*end == ' ')
    end++;
  ret_length->is_share = strcmp (end, "%") == 0;
  ret_length->value = ret_length->is_share ? value / 100 : value;
  if (!ret_length->is_share && *end != '\0' && strcmp (end, "mm") != 0)
    return FALSE;
  return value >= 0 && ret_length->value <= (ret_length->is_share ? 1.0 : LENGTH_MAX_MM);
}

static gboolean
read_length (const Reading *reading, ConcLayoutPart *part, const LengthKey *key)
{
  ConcLength      *length = G_STRUCT_MEMBER_P (part, key->offset);
  g_autofree char *text = g_key_file_get_string (reading->file, reading->group, key->key, NULL);

  *length = key->absent;
  if (text != NULL && !parse_length (text, length))
    return conc_layout_refuse (reading->layout, reading->error,
                               _ ("%s of [%s] is neither a length such as 12 mm nor a share from 0 "
                                  "to 100 %%."),
                               key->key, reading->group);
  return TRUE;
}

static gboolean
read_word (const Reading *reading, const char *key, const Word *words, gsize count, int *value)
{
  g_autofree char *text = g_key_file_get_string (reading->file, reading->group, key, NULL);

  if (text == NULL)
    return TRUE;
  for (gsize i = 0; i < count; i++)
    if (strcmp (words[i].word, text) == 0)
      {
        *value = words[i].value;
        return TRUE;
      }
  return conc_layout_refuse (reading->layout, reading->error,
                             _ ("%s of [%s] has a value that is not known."), key, reading->group);
}

static gboolean
read_fields (const Reading *reading, const char *key, guint *fields)
{
  g_autofree char *text = g_key_file_get_string (reading->file, reading->group, key, NULL);
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", ",", -1);

  for (char **name = names; *name != NULL; name++)
    {
      const char *stripped = g_strstrip (*name);
      int         field = conc_label_field_from_name (stripped, strlen (stripped));

      if (field < 0)
        return conc_layout_refuse (reading->layout, reading->error,
                                   _ ("%s of [%s] names a field that labels do not have."), key,
                                   reading->group);
      *fields |= 1u << field;
    }
  return TRUE;
}

static char *
dup_text (const Reading *reading, const char *key)
{
  g_autofree char *text =
      g_key_file_get_locale_string (reading->file, reading->group, key, NULL, NULL);

  if (text == NULL || *text == '\0' || strlen (text) > TEXT_MAX_BYTES)
    return NULL;
  return g_steal_pointer (&text);
}

/* What is written where the file does not say: the part itself knows best. */
static const char *
get_usual_text (ConcPartKind kind)
{
  switch (kind)
    {
    case CONC_PART_BIB:
      return "{bib}";
    case CONC_PART_NAME:
      return "{name}";
    case CONC_PART_WAVE:
      return "{wave}";
    default:
      return NULL;
    }
}

static gboolean
read_text (const Reading *reading, ConcLayoutPart *part)
{
  gboolean valid = TRUE;

  part->text = dup_text (reading, "text");
  part->title = dup_text (reading, "title");
  if (part->text == NULL)
    part->text = g_strdup (get_usual_text (part->kind));
  if (part->text == NULL && part->kind == CONC_PART_TEXT)
    return conc_layout_refuse (reading->layout, reading->error, _ ("[%s] needs a text."),
                               reading->group);
  if (part->text != NULL)
    part->uses = conc_label_fields_in (part->text, &valid);
  if (!valid)
    return conc_layout_refuse (reading->layout, reading->error,
                               _ ("text of [%s] has a brace that is no field of a label."),
                               reading->group);
  /* A panel without its field has lines to write on. */
  if (part->kind != CONC_PART_PANEL)
    part->needs |= part->uses;
  return TRUE;
}

static gboolean
read_flag (const Reading *reading, const char *key)
{
  return g_key_file_get_boolean (reading->file, reading->group, key, NULL);
}

static gboolean
read_words (const Reading *reading, ConcLayoutPart *part)
{
  int kind = -1, side = 0;
  int align = CONC_ALIGN_START, valign = CONC_ALIGN_START, face = CONC_FACE_BOLD;

  if (!read_word (reading, "kind", KINDS, G_N_ELEMENTS (KINDS), &kind) ||
      !read_word (reading, "side", SIDES, G_N_ELEMENTS (SIDES), &side) ||
      !read_word (reading, "align", ALIGNS, G_N_ELEMENTS (ALIGNS), &align) ||
      !read_word (reading, "valign", VALIGNS, G_N_ELEMENTS (VALIGNS), &valign) ||
      !read_word (reading, "weight", WEIGHTS, G_N_ELEMENTS (WEIGHTS), &face))
    return FALSE;
  if (kind < 0)
    return conc_layout_refuse (reading->layout, reading->error, _ ("[%s] needs a kind."),
                               reading->group);
  if (kind == CONC_PART_QR && side != 0)
    return conc_layout_refuse (reading->layout, reading->error,
                               _ ("[%s] is a code on the back, where nobody scans it."),
                               reading->group);
  part->kind = (ConcPartKind) kind;
  part->side = (guint) side;
  part->align = (ConcAlign) align;
  part->valign = (ConcAlign) valign;
  part->face = (ConcFace) face;
  return TRUE;
}

static gboolean
read_part (const Reading *reading, ConcLayoutPart *part)
{
  const char *id = reading->group + strlen (PART_PREFIX);

  part->id = g_strndup (id, strcspn (id, " "));
  if (!read_words (reading, part))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (LENGTHS); i++)
    if (!read_length (reading, part, &LENGTHS[i]))
      return FALSE;
  if (!read_fields (reading, "needs", &part->needs) || !read_fields (reading, "any", &part->any) ||
      !read_fields (reading, "without", &part->without) || !read_text (reading, part))
    return FALSE;
  part->within = g_key_file_get_string (reading->file, reading->group, "within", NULL);
  part->beside = read_flag (reading, "beside");
  part->numerals = read_flag (reading, "numerals");
  part->stretch = read_flag (reading, "stretch");
  part->lines = g_key_file_get_integer (reading->file, reading->group, "lines", NULL);
  part->lines = CLAMP (part->lines, 1, LINES_MAX);
  return TRUE;
}

/* A box is measured in one that was described before it, so there are no circles. */
static gboolean
check_within (const ConcLayout *self, const ConcLayoutPart *part, GError **error)
{
  if (part->within == NULL)
    return TRUE;
  for (guint i = 0; &self->parts[i] != part; i++)
    if (self->parts[i].side == part->side && strcmp (self->parts[i].id, part->within) == 0)
      return TRUE;
  return conc_layout_refuse (self, error, _ ("“%s” is within a part that is not above it."),
                             part->id);
}

static gboolean
check_codes (ConcLayout *self, GError **error)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      ConcLayoutPart *part = &self->parts[i];

      if (!check_within (self, part, error))
        return FALSE;
      if (part->kind == CONC_PART_QR && (part->within != NULL || part->beside))
        return conc_layout_refuse (self, error, _ ("a code is measured in the label itself."));
      self->has_code = self->has_code || part->kind == CONC_PART_QR;
      self->sides = MAX (self->sides, part->side + 1);
    }
  return TRUE;
}

static gboolean
read_parts (ConcLayout *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  self->parts = g_new0 (ConcLayoutPart, CONC_LAYOUT_PARTS_MAX);
  for (char **group = groups; *group != NULL; group++)
    {
      const Reading reading = { self, file, *group, error };

      if (!g_str_has_prefix (*group, PART_PREFIX))
        continue;
      if (self->n_parts == CONC_LAYOUT_PARTS_MAX)
        return conc_layout_refuse (self, error, _ ("it has more than %d parts."),
                                   CONC_LAYOUT_PARTS_MAX);
      if (!read_part (&reading, &self->parts[self->n_parts++]))
        return FALSE;
    }
  if (self->n_parts == 0)
    return conc_layout_refuse (self, error, _ ("it has no parts."));
  return check_codes (self, error);
}

static gboolean
read_number (ConcLayout *self, GKeyFile *file, const char *key, double *ret_number, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, LAYOUT_GROUP, key, NULL);
  ConcLength       length;

  if (text == NULL)
    return TRUE;
  if (!parse_length (text, &length))
    return conc_layout_refuse (self, error, _ ("%s is neither a length nor a share."), key);
  *ret_number = length.value;
  return TRUE;
}

/**
 * conc_layout_refuse:
 * @self: a layout
 * @error: where to put it
 * @format: what is wrong with the layout, the end of a sentence
 *
 * Says that a layout cannot be used. What a file has in it is not repeated, because it may be
 * anything.
 *
 * Returns: %FALSE, with CONC_PRINT_ERROR_LAYOUT_INVALID.
 *
 * Thread: any.
 */
gboolean
conc_layout_refuse (const ConcLayout *self, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  g_autofree char *line = NULL;
  va_list          args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_utf8_make_valid (reason, -1);
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_LAYOUT_INVALID,
               _ ("The label layout “%s” cannot be used: %s"), self->name, line);
  return FALSE;
}

/**
 * conc_layout_parse:
 * @self: a layout that has only its name
 * @bytes: the text of a key file
 * @error: where to put what is wrong
 *
 * Reads a layout. Keys that are not known are left alone, so that an older program reads a newer
 * file; values that are not known are refused.
 *
 * Returns: whether the layout is valid; if not, CONC_PRINT_ERROR_LAYOUT_INVALID, and @self can
 *   only be freed.
 *
 * Thread: any.
 */
gboolean
conc_layout_parse (ConcLayout *self, GBytes *bytes, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  self->sides = 1;
  self->shape = 0.5;
  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL) ||
      !g_key_file_has_group (file, LAYOUT_GROUP))
    return conc_layout_refuse (self, error, _ ("its file has no group [%s]."), LAYOUT_GROUP);
  self->title = g_key_file_get_locale_string (file, LAYOUT_GROUP, "title", NULL, NULL);
  if (self->title == NULL || *self->title == '\0')
    return conc_layout_refuse (self, error, _ ("%s is missing."), "title");
  self->rotate = g_key_file_get_boolean (file, LAYOUT_GROUP, "rotate", NULL);
  return read_number (self, file, "shape", &self->shape, error) &&
         read_number (self, file, "min-width", &self->width_min_mm, error) &&
         read_number (self, file, "min-height", &self->height_min_mm, error) &&
         read_parts (self, file, error);
}
