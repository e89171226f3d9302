/* signature.c: a signature made by mouse or touch, as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/signature.h"

#include "core/error.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A point is at most "1000,1000 ". */
#define DIGITS_MAX 4

struct _ConcSignature
{
  GPtrArray *strokes; /* of GArray of ConcSignaturePoint; none is empty but perhaps the last */
};

/** conc_signature_new: Returns: (transfer full): a pad on which nothing is drawn. Any thread. */
ConcSignature *
conc_signature_new (void)
{
  ConcSignature *signature = g_new0 (ConcSignature, 1);

  signature->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return signature;
}

/** conc_signature_free: frees @signature, which may be %NULL. */
void
conc_signature_free (ConcSignature *signature)
{
  if (signature == NULL)
    return;
  g_ptr_array_unref (signature->strokes);
  g_free (signature);
}

/** conc_signature_clear: wipes the pad. */
void
conc_signature_clear (ConcSignature *signature)
{
  g_ptr_array_set_size (signature->strokes, 0);
}

static GArray *
get_last (const ConcSignature *signature)
{
  guint n = signature->strokes->len;

  return n > 0 ? g_ptr_array_index (signature->strokes, n - 1) : NULL;
}

/** conc_signature_begin_stroke: the pen comes down; what is added next belongs together. */
void
conc_signature_begin_stroke (ConcSignature *signature)
{
  const GArray *last = get_last (signature);

  if (last == NULL || last->len > 0)
    g_ptr_array_add (signature->strokes, g_array_new (FALSE, FALSE, sizeof (ConcSignaturePoint)));
}

/**
 * conc_signature_add_point:
 * @x: from the left, in thousandths of the pad's width
 * @y: from the top, on the same scale
 *
 * What lies outside of the pad is taken to its edge; a point where the pen already is adds nothing.
 */
void
conc_signature_add_point (ConcSignature *signature, int x, int y)
{
  const ConcSignaturePoint point = { CLAMP (x, 0, CONC_SIGNATURE_SCALE),
                                     CLAMP (y, 0, CONC_SIGNATURE_SCALE) };
  GArray                  *last;

  if (get_last (signature) == NULL)
    conc_signature_begin_stroke (signature);
  last = get_last (signature);
  if (last->len > 0)
    {
      const ConcSignaturePoint *before = &g_array_index (last, ConcSignaturePoint, last->len - 1);

      if (before->x == point.x && before->y == point.y)
        return;
    }
  g_array_append_val (last, point);
}

/** conc_signature_get_n_strokes: Returns: how often the pen came down and drew. */
guint
conc_signature_get_n_strokes (const ConcSignature *signature)
{
  const GArray *last = get_last (signature);

  return signature->strokes->len - (last != NULL && last->len == 0 ? 1 : 0);
}

/** conc_signature_get_stroke: @ret_n_points: (out): at least 1. Returns: (array): its points. */
const ConcSignaturePoint *
conc_signature_get_stroke (const ConcSignature *signature, guint stroke, guint *ret_n_points)
{
  const GArray *points;

  g_return_val_if_fail (stroke < signature->strokes->len, NULL);
  points = g_ptr_array_index (signature->strokes, stroke);
  *ret_n_points = points->len;
  return (const ConcSignaturePoint *) points->data;
}

/** conc_signature_is_empty: Returns: whether there is no line on the pad; a dot is no signature. */
gboolean
conc_signature_is_empty (const ConcSignature *signature)
{
  for (guint i = 0; i < signature->strokes->len; i++)
    if (((const GArray *) g_ptr_array_index (signature->strokes, i))->len > 1)
      return FALSE;
  return TRUE;
}

/* Every @step-th point of each stroke, and its last. */
static char *
write_thinned (const ConcSignature *signature, guint step)
{
  GString *text = g_string_new (NULL);
  guint    n_strokes = conc_signature_get_n_strokes (signature);

  for (guint i = 0; i < n_strokes; i++)
    {
      guint                     n_points;
      const ConcSignaturePoint *points = conc_signature_get_stroke (signature, i, &n_points);

      for (guint p = 0; p < n_points; p++)
        if (p % step == 0 || p + 1 == n_points)
          g_string_append_printf (text, "%s%d,%d", p > 0 ? " " : (i > 0 ? ";" : ""), points[p].x,
                                  points[p].y);
    }
  return g_string_free (text, FALSE);
}

/* What is left when even strokes of two points each are too many. */
static void
cut_at_stroke (char *text)
{
  while (strlen (text) > CONC_SIGNATURE_MAX_BYTES)
    {
      char *end;

      text[CONC_SIGNATURE_MAX_BYTES + 1] = '\0';
      end = strrchr (text, ';');
      *(end != NULL ? end : text) = '\0';
    }
}

/**
 * conc_signature_to_text:
 *
 * Strokes "x,y x,y;x,y x,y". A long one is thinned out until it has at most
 * %CONC_SIGNATURE_MAX_BYTES, which a hand does not see; what is scribbled for minutes is cut off.
 *
 * Returns: (transfer full): the text; empty when nothing is drawn. Any thread.
 */
char *
conc_signature_to_text (const ConcSignature *signature)
{
  char *text = write_thinned (signature, 1);

  for (guint step = 2; strlen (text) > CONC_SIGNATURE_MAX_BYTES && step <= 4096; step *= 2)
    {
      g_free (text);
      text = write_thinned (signature, step);
    }
  cut_at_stroke (text);
  return text;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                       _ ("This is not a signature: strokes are written “x,y x,y;x,y x,y” in whole "
                          "numbers from 0 to 1000."));
  return FALSE;
}

static gboolean
read_point (const char **cursor, ConcSignature *signature)
{
  gint64 x, y;

  if (!conc_scan_digits (cursor, 1, DIGITS_MAX, &x) || **cursor != ',')
    return FALSE;
  (*cursor)++;
  if (!conc_scan_digits (cursor, 1, DIGITS_MAX, &y) || x > CONC_SIGNATURE_SCALE ||
      y > CONC_SIGNATURE_SCALE)
    return FALSE;
  conc_signature_add_point (signature, (int) x, (int) y);
  return TRUE;
}

static gboolean
read_strokes (const char *text, ConcSignature *signature, GError **error)
{
  const char *cursor = text;

  conc_signature_begin_stroke (signature);
  while (read_point (&cursor, signature))
    {
      if (*cursor == '\0')
        return TRUE;
      if (*cursor == ';')
        conc_signature_begin_stroke (signature);
      else if (*cursor != ' ')
        break;
      cursor++;
    }
  return refuse (error);
}

/**
 * conc_signature_parse:
 * @text: as conc_signature_to_text() writes it; "" is an empty pad
 * @error: CONC_CORE_ERROR_INVALID, or CONC_CORE_ERROR_LIMIT for more than
 *   %CONC_SIGNATURE_MAX_BYTES
 *
 * Returns: (transfer full) (nullable): the signature. Any thread.
 */
ConcSignature *
conc_signature_parse (const char *text, GError **error)
{
  g_autoptr (ConcSignature) signature = conc_signature_new ();

  if (strlen (text) > CONC_SIGNATURE_MAX_BYTES)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_LIMIT,
                   _ ("A signature has at most %d characters."), CONC_SIGNATURE_MAX_BYTES);
      return NULL;
    }
  if (*text != '\0' && !read_strokes (text, signature, error))
    return NULL;
  return g_steal_pointer (&signature);
}

/**
 * conc_signature_normalise:
 * @text: a signature
 *
 * Returns: (transfer full) (nullable): the one way in which it is kept, with no point twice in a
 *   row. Any thread.
 */
char *
conc_signature_normalise (const char *text, GError **error)
{
  g_autoptr (ConcSignature) signature = conc_signature_parse (text, error);

  return signature != NULL ? conc_signature_to_text (signature) : NULL;
}
