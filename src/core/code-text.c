/* code-text.c: what the text of a scanned code can be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/code-text.h"

#include "core/runner.h"
#include "core/token.h"

#include <string.h>

#define REGISTRATION_BYTES_MAX 64
/* A shorter part of a text is a page number or a version rather than a registration. */
#define REGISTRATION_BYTES_MIN 3
/* C, four characters of the race, and a digit: no name begins so. */
#define PART_LENGTH_MIN 6
#define TAG_END 5
#define BIB_END 11

static gboolean
is_junk (char letter)
{
  return g_ascii_iscntrl (letter) || g_ascii_isspace (letter);
}

/* Without control characters and blanks at the ends, and without the name of the kind of code,
 * "]Q1", that a scanner can be told to put in front. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, CONC_CODE_BYTES_MAX));
  char            *start = valid, *end;

  while (*start != '\0' && is_junk (*start))
    start++;
  if (start[0] == ']' && g_ascii_isalpha (start[1]) && g_ascii_isdigit (start[2]))
    start += 3;
  while (*start != '\0' && is_junk (*start))
    start++;
  end = start + strlen (start);
  while (end > start && is_junk (end[-1]))
    end--;
  *end = '\0';
  for (char *at = start; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return g_strdup (start);
}

/* Each part of @text that has the form of a token; they do not overlap. */
static void
find_tokens (ConcCode *code)
{
  const gsize length = strlen (code->text);
  gsize       at = 0;

  while (at + CONC_TOKEN_LENGTH <= length)
    {
      char part[CONC_TOKEN_LENGTH + 1];

      g_strlcpy (part, code->text + at, sizeof part);
      if (!g_ascii_isspace (*part) && conc_token_looks_like_token (part))
        {
          g_ptr_array_add (code->tokens, g_strdup (part));
          at += CONC_TOKEN_LENGTH;
        }
      else
        at++;
    }
  /* One that is read aloud, with blanks between. */
  if (code->tokens->len == 0 && conc_token_looks_like_token (code->text))
    g_ptr_array_add (code->tokens, g_strdup (code->text));
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static void
add_registration (ConcCode *code, const char *text, gssize length)
{
  g_autofree char *part = g_strndup (text, length < 0 ? strlen (text) : (gsize) length);

  g_strstrip (part);
  if (*part == '\0' || strlen (part) > REGISTRATION_BYTES_MAX ||
      code->registrations->len >= CONC_CODE_REGISTRATIONS_MAX ||
      g_ptr_array_find_with_equal_func (code->registrations, part, g_str_equal, NULL))
    return;
  g_ptr_array_add (code->registrations, g_steal_pointer (&part));
}

/* Addresses name the number in many ways: ?registration_id=, ?reg=, &confirmation=, ?ticket=. */
static guint
rank_key (const char *key)
{
  static const char *const words[] = { "registration", "reg",  "confirm", "ticket", "order",
                                       "entry",        "code", "token",   "id" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (key, words[i]) != NULL)
      return i;
  return G_N_ELEMENTS (words);
}

#define RANKS 10u

static void
add_query (ConcCode *code, const char *query, guint rank)
{
  g_auto (GStrv) pairs = g_strsplit_set (query, "&;", 64);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char            *equals = strchr (pairs[i], '=');
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      if (equals == NULL)
        continue;
      *equals = '\0';
      key = g_ascii_strdown (pairs[i], -1);
      value = g_uri_unescape_string (equals + 1, NULL);
      if (value != NULL && g_utf8_validate (value, -1, NULL) && rank_key (key) == rank &&
          (rank < RANKS - 1 || has_digit (value)))
        add_registration (code, value, -1);
    }
}

/* The parts of a path from the last to the first. */
static void
add_path (ConcCode *code, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 32);

  for (guint i = g_strv_length (parts); i > 0; i--)
    if (strlen (parts[i - 1]) >= REGISTRATION_BYTES_MIN && has_digit (parts[i - 1]))
      add_registration (code, parts[i - 1], -1);
}

static void
add_address (ConcCode *code, const char *after_scheme)
{
  const char      *end = after_scheme + strcspn (after_scheme, " ");
  g_autofree char *address = g_strndup (after_scheme, (gsize) (end - after_scheme));
  char            *query = strpbrk (address, "?#");
  char            *path;

  if (query != NULL)
    *query++ = '\0';
  for (guint rank = 0; query != NULL && rank < RANKS; rank++)
    {
      g_autofree char *flat = g_strdelimit (g_strdup (query), "?#", '&');

      add_query (code, flat, rank);
    }
  path = strchr (address, '/');
  if (path != NULL)
    add_path (code, path + 1);
}

/* "RSU-123" is a number of its own, and 123 perhaps the number that the file has. */
static void
add_words (ConcCode *code)
{
  static const char digits[] = "0123456789";

  for (const char *at = code->text; *at != '\0';)
    {
      gsize length = strcspn (at, " ,;:|#=\"'()<>");

      if (length >= REGISTRATION_BYTES_MIN)
        {
          g_autofree char *word = g_strndup (at, length);

          if (has_digit (word))
            add_registration (code, word, -1);
        }
      at += length > 0 ? length : 1;
    }
  for (const char *at = code->text; *at != '\0';)
    {
      gsize length = strspn (at, digits);

      if (length >= REGISTRATION_BYTES_MIN)
        add_registration (code, at, (gssize) length);
      at += length > 0 ? length : 1;
    }
}

static void
find_registrations (ConcCode *code)
{
  const char *scheme = strstr (code->text, "://");

  if (scheme != NULL)
    add_address (code, scheme + 3);
  else
    {
      add_registration (code, code->text, -1);
      add_words (code);
    }
}

static void
read_number (ConcCode *code)
{
  guint64 bib;

  code->kind = CONC_CODE_NUMBER;
  if (g_ascii_string_to_unsigned (code->text, 10, 1, CONC_BIB_MAX, &bib, NULL))
    code->bib = (guint) bib;
  add_registration (code, code->text, -1);
}

/**
 * conc_code_begins_token:
 * @text: what was read
 *
 * Returns: whether it is the beginning of the token of a bib, too long to be anything else, and
 * not the whole of it. Any thread.
 */
gboolean
conc_code_begins_token (const char *text)
{
  gsize length = strlen (text);

  if (length < PART_LENGTH_MIN || length >= CONC_TOKEN_LENGTH || g_ascii_toupper (*text) != 'C')
    return FALSE;
  for (gsize i = 1; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) || g_ascii_toupper (text[i]) == 'U')
        return FALSE;
      if (i >= TAG_END && i < BIB_END && !g_ascii_isdigit (text[i]))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_code_read:
 * @text: what a scanner or a camera read; anything
 *
 * Takes away what scanners put around a code: blanks, control characters, the name of the kind of
 * code. Of what is left the first that fits is taken: a text with a token of a bib in it, the
 * beginning of a token, digits alone, any other text. Whether it is of this race, and whose, is
 * not known here.
 *
 * Returns: (transfer full): never %NULL. Any thread. Cost: bounded by the limits of the header.
 */
ConcCode *
conc_code_read (const char *text)
{
  ConcCode *code = g_new0 (ConcCode, 1);

  code->text = clean (text);
  code->tokens = g_ptr_array_new_with_free_func (g_free);
  code->registrations = g_ptr_array_new_with_free_func (g_free);
  if (*code->text == '\0')
    return code;
  find_tokens (code);
  if (code->tokens->len > 0)
    {
      code->kind = CONC_CODE_TOKEN;
      /* In a longer text the token may be there by chance. */
      if (strlen (code->text) > CONC_TOKEN_LENGTH)
        find_registrations (code);
    }
  else if (strspn (code->text, "0123456789") == strlen (code->text))
    read_number (code);
  else
    {
      code->kind = conc_code_begins_token (code->text) ? CONC_CODE_PART : CONC_CODE_OTHER;
      find_registrations (code);
    }
  return code;
}

/** conc_code_free: frees @code, which may be %NULL. */
void
conc_code_free (ConcCode *code)
{
  if (code == NULL)
    return;
  g_free (code->text);
  g_ptr_array_unref (code->tokens);
  g_ptr_array_unref (code->registrations);
  g_free (code);
}
