/* key-burst.c: tells the keys of a scanner from those of a person. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/key-burst.h"

#include "core/code-text.h"
#include "core/token.h"

#include <string.h>

/* A key is held so long to see whether another follows as a person's never does. USB asks a
 * scanner each 8 ms, and a letter is a press and a release. */
#define PATIENCE_MSEC 30u
/* Once it is a scanner, or a code that lacks its end. */
#define SCANNER_PATIENCE_MSEC 120u
#define TOKEN_PATIENCE_MSEC 500u
/* For an Enter after the whole of a code. */
#define END_PATIENCE_MSEC 60u
/* What comes so soon after a code belongs to it: the line feed, a late Enter. */
#define AFTER_MSEC 150u
/* Slower keys are no code however slow the scanner is. */
#define RUN_MSEC 120u
/* A code is typed so fast on average, from its first key to the last. */
#define FAST_MSEC 20u
#define FAST_ENDED_MSEC 30u
#define FAST_KEYS_MIN 4u

#define DIGITS_MIN 4u
#define DIGITS_ENDED_MIN 2u
#define MIXED_MIN 6u
/* So much of a token is no name any more: when keys are held, and when they were passed. */
#define TOKEN_PART_MIN 8u
#define TOKEN_PART_PASSED_MIN 11u
#define RUN_LETTERS_MAX 64u

struct _ConcKeyBurst
{
  GString *text;       /* of the keys that are held */
  GString *run;        /* of keys before them that were passed, with no longer pause between */
  GString *code;       /* the last code that was recognised */
  guint    n_held;     /* keys, those without a letter too */
  guint32  first_msec; /* of the keys that are held */
  guint32  last_msec;  /* of all */
  gboolean is_after;   /* a code has just ended */
  gboolean has_passed; /* the code began among keys that were passed */
};

/** conc_key_burst_new: Returns: (transfer full): nothing typed yet. One thread at a time. */
ConcKeyBurst *
conc_key_burst_new (void)
{
  ConcKeyBurst *burst = g_new0 (ConcKeyBurst, 1);

  burst->text = g_string_new (NULL);
  burst->run = g_string_new (NULL);
  burst->code = g_string_new (NULL);
  return burst;
}

/** conc_key_burst_free: frees @burst, which may be %NULL. */
void
conc_key_burst_free (ConcKeyBurst *burst)
{
  if (burst == NULL)
    return;
  g_string_free (burst->text, TRUE);
  g_string_free (burst->run, TRUE);
  g_string_free (burst->code, TRUE);
  g_free (burst);
}

/* The mean time between two keys, in ms, rounded up. */
static guint
get_mean (const ConcKeyBurst *burst)
{
  const guint n_gaps = MAX (burst->n_held, 2) - 1;

  return (burst->last_msec - burst->first_msec + n_gaps - 1) / n_gaps;
}

static gboolean
is_fast (const ConcKeyBurst *burst, guint limit_msec)
{
  return burst->n_held > 2 && get_mean (burst) <= limit_msec;
}

static gboolean
ends_with_token (const GString *text)
{
  const char *last = text->str + text->len - MIN (text->len, CONC_TOKEN_LENGTH);

  return text->len >= CONC_TOKEN_LENGTH && g_ascii_isalnum (*last) &&
         conc_token_looks_like_token (last);
}

/* Whether at least the @least last letters are the beginning of a token. */
static gboolean
ends_in_token (const GString *text, gsize least)
{
  for (gsize n = least; n <= text->len && n < CONC_TOKEN_LENGTH; n++)
    if (conc_code_begins_token (text->str + text->len - n))
      return TRUE;
  return FALSE;
}

static GString *
join (const ConcKeyBurst *burst)
{
  GString *all = g_string_new_len (burst->run->str, (gssize) burst->run->len);

  return g_string_append_len (all, burst->text->str, (gssize) burst->text->len);
}

/* Letters of a slow scanner were passed as a person's before the rest told what they are. */
static gboolean
is_token_that_passed (const ConcKeyBurst *burst, gboolean is_whole)
{
  GString *all;
  gboolean is;

  if (burst->run->len == 0)
    return FALSE;
  all = join (burst);
  is = is_whole ? ends_with_token (all) : ends_in_token (all, TOKEN_PART_PASSED_MIN);
  g_string_free (all, TRUE);
  return is;
}

static gboolean
is_part_of_token (const ConcKeyBurst *burst)
{
  return (is_fast (burst, FAST_ENDED_MSEC) && ends_in_token (burst->text, TOKEN_PART_MIN)) ||
         is_token_that_passed (burst, FALSE);
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      n++;
  return n;
}

/* A code that is not of this program: at the speed of a scanner, and not a name or an address. */
static gboolean
is_foreign_code (const ConcKeyBurst *burst, gboolean is_ended)
{
  const char *text = burst->text->str;
  guint       n_digits = count_digits (text);

  if (!is_fast (burst, is_ended ? FAST_ENDED_MSEC : FAST_MSEC) || n_digits == 0)
    return FALSE;
  if (n_digits == burst->text->len)
    return n_digits >= (is_ended ? DIGITS_ENDED_MIN : DIGITS_MIN);
  if (strchr (text, '@') != NULL)
    return FALSE;
  return burst->text->len >= MIXED_MIN && (is_ended || n_digits >= DIGITS_MIN);
}

static gboolean
has_token (const GString *text)
{
  g_autoptr (ConcCode) code = NULL;

  if (text->len < CONC_TOKEN_LENGTH)
    return FALSE;
  code = conc_code_read (text->str);
  return code->tokens->len > 0;
}

static void
clear_held (ConcKeyBurst *burst)
{
  g_string_truncate (burst->text, 0);
  burst->n_held = 0;
}

/* Takes what is held for a code, or for what a person typed. */
static gboolean
decide (ConcKeyBurst *burst, gboolean is_ended)
{
  gboolean is_held = has_token (burst->text);
  gboolean has_passed =
      !is_held && (is_token_that_passed (burst, TRUE) || is_token_that_passed (burst, FALSE));

  if (!is_held && !has_passed && !is_part_of_token (burst) && !is_foreign_code (burst, is_ended))
    {
      g_string_append_len (burst->run, burst->text->str, (gssize) burst->text->len);
      if (burst->run->len > RUN_LETTERS_MAX)
        g_string_erase (burst->run, 0, (gssize) (burst->run->len - RUN_LETTERS_MAX));
      clear_held (burst);
      return FALSE;
    }
  g_string_assign (burst->code, has_passed ? burst->run->str : "");
  g_string_append_len (burst->code, burst->text->str, (gssize) burst->text->len);
  burst->has_passed = has_passed;
  burst->is_after = TRUE;
  g_string_truncate (burst->run, 0);
  clear_held (burst);
  return TRUE;
}

/**
 * conc_key_burst_get_patience_msec:
 *
 * Returns: after so long without another key conc_key_burst_end() decides on those that are held.
 */
guint
conc_key_burst_get_patience_msec (const ConcKeyBurst *burst)
{
  if (ends_with_token (burst->text) || is_token_that_passed (burst, TRUE))
    return END_PATIENCE_MSEC;
  if (is_part_of_token (burst))
    return TOKEN_PATIENCE_MSEC;
  return burst->n_held >= FAST_KEYS_MIN && is_fast (burst, FAST_MSEC) ? SCANNER_PATIENCE_MSEC
                                                                      : PATIENCE_MSEC;
}

/** conc_key_burst_get_n_held: Returns: how many keys are held. */
guint
conc_key_burst_get_n_held (const ConcKeyBurst *burst)
{
  return burst->n_held;
}

/**
 * conc_key_burst_is_over:
 * @msec: when the next key was pressed
 *
 * Returns: whether keys are held to which one pressed at @msec does not belong any more. Then
 * conc_key_burst_end() is to be called before it is.
 */
gboolean
conc_key_burst_is_over (const ConcKeyBurst *burst, guint32 msec)
{
  return burst->n_held > 0 && msec - burst->last_msec > conc_key_burst_get_patience_msec (burst);
}

/**
 * conc_key_burst_is_new_run:
 * @msec: when the next key was pressed
 *
 * Returns: whether no code can have begun before it, so that what the fields hold now is what they
 * are to hold if it begins one.
 */
gboolean
conc_key_burst_is_new_run (const ConcKeyBurst *burst, guint32 msec)
{
  return burst->n_held == 0 && (burst->run->len == 0 || msec - burst->last_msec > RUN_MSEC);
}

static void
hold (ConcKeyBurst *burst, const ConcKey *key)
{
  if (burst->n_held++ == 0)
    burst->first_msec = key->msec;
  burst->last_msec = key->msec;
  if (key->kind == CONC_KEY_TEXT)
    g_string_append_unichar (burst->text, key->letter);
}

static ConcKeyFate
press_end (ConcKeyBurst *burst, const ConcKey *key)
{
  if (burst->n_held == 0 && burst->run->len == 0)
    return CONC_KEY_PASS;
  hold (burst, key);
  if (decide (burst, TRUE))
    return CONC_KEY_SCANNED;
  g_string_truncate (burst->run, 0);
  return CONC_KEY_PASS;
}

/**
 * conc_key_burst_press:
 * @key: the next key, not earlier than the one before
 *
 * A scanner is known by its speed and by what it types. The token of a bib is known at any speed
 * that a scanner has. Digits, and texts with digits, are a code only at a speed that no hand
 * reaches. Words without digits never are: they may be typed by a program, and no code is so.
 *
 * Returns: what is to be done with @key. The caller holds the keys themselves.
 */
ConcKeyFate
conc_key_burst_press (ConcKeyBurst *burst, const ConcKey *key)
{
  const guint32 gap = key->msec - burst->last_msec;

  if (burst->is_after && gap <= AFTER_MSEC &&
      (key->kind == CONC_KEY_ENTER || key->kind == CONC_KEY_TAB || key->kind == CONC_KEY_JUNK))
    return CONC_KEY_DROP;
  burst->is_after = FALSE;
  if (gap > RUN_MSEC && burst->n_held == 0)
    g_string_truncate (burst->run, 0);
  if (key->kind == CONC_KEY_OTHER || key->is_repeat || burst->text->len >= CONC_CODE_BYTES_MAX)
    return burst->n_held > 0 ? CONC_KEY_ENDS : CONC_KEY_PASS;
  if (key->kind == CONC_KEY_ENTER || key->kind == CONC_KEY_TAB)
    return press_end (burst, key);
  hold (burst, key);
  return CONC_KEY_HOLD;
}

/**
 * conc_key_burst_end:
 *
 * Decides on the keys that are held, of which none is then.
 *
 * Returns: whether they are a code; else they are for whom they were meant.
 */
gboolean
conc_key_burst_end (ConcKeyBurst *burst)
{
  return burst->n_held > 0 && decide (burst, FALSE);
}

/** conc_key_burst_get_text: Returns: the last code, as it was typed, without its Enter. */
const char *
conc_key_burst_get_text (const ConcKeyBurst *burst)
{
  return burst->code->str;
}

/**
 * conc_key_burst_has_passed:
 *
 * Returns: whether keys of the last code were passed before it was known as one; what they did
 * since conc_key_burst_is_new_run() said so is to be taken back.
 */
gboolean
conc_key_burst_has_passed (const ConcKeyBurst *burst)
{
  return burst->has_passed;
}
