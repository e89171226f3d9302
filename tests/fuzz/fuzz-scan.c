/* fuzz-scan.c: whatever a scanner types, it is read within limits, and no key gets lost. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/code-text.h"
#include "core/key-burst.h"
#include "core/token.h"
#include "fuzz.h"

const guint       fuzz_rounds = 20000;
const char *const fuzz_seeds[] = {
  "C9Q10000214H5JSPZ29\n",
  "\002]Q1c9q10000214h5jspz29\003\r\n",
  "C9Q10000214H5JSPZ29C9Q10000215ABCDEFGH\t",
  "000214\n",
  "RSU-1001\n",
  "https://example.org/r/9981?registration_id=123&reg=%41%2D12;x=%ff#id=5\n",
  "Registration: 55123; Ann Olson\n",
  "jose garcia\n",
  NULL,
};

static void
read_code (const char *text)
{
  g_autoptr (ConcCode) code = conc_code_read (text);

  g_assert_true (g_utf8_validate (code->text, -1, NULL));
  /* A byte that is no text becomes a character of three. */
  g_assert_cmpuint (strlen (code->text), <=, 3 * CONC_CODE_BYTES_MAX);
  g_assert_cmpuint (code->registrations->len, <=, CONC_CODE_REGISTRATIONS_MAX);
  g_assert_cmpint (code->kind == CONC_CODE_TOKEN, ==, code->tokens->len > 0);
  g_assert_cmpint (code->kind == CONC_CODE_NOTHING, ==, *code->text == '\0');
  for (guint i = 0; i < code->tokens->len; i++)
    g_assert_true (conc_token_looks_like_token (g_ptr_array_index (code->tokens, i)));
  for (guint i = 0; i < code->registrations->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (code->registrations, i), -1, NULL));
  if (code->kind == CONC_CODE_NOTHING)
    fuzz_n_refused++;
  else
    fuzz_n_read++;
}

static ConcKeyKind
get_kind (guint8 letter)
{
  if (letter == '\n' || letter == '\r')
    return CONC_KEY_ENTER;
  if (letter == '\t')
    return CONC_KEY_TAB;
  if (letter == 0x1b)
    return CONC_KEY_OTHER;
  return letter < ' ' || letter == 0x7f ? CONC_KEY_JUNK : CONC_KEY_TEXT;
}

/* Each key is passed, held or of a code, and none is held at the end. The low bits of the bytes
 * before tell the time between two keys. */
static void
type_keys (const uint8_t *data, size_t size)
{
  static const guint gaps_msec[] = { 0, 3, 10, 25, 31, 70, 125, 600 };

  g_autoptr (ConcKeyBurst) burst = conc_key_burst_new ();
  guint32 msec = G_MAXUINT32 - 50;
  guint   n_held = 0;

  for (size_t i = 0; i < size; i++)
    {
      ConcKey key = { get_kind (data[i]), data[i], msec, size % 17 == i };

      if (conc_key_burst_is_over (burst, msec))
        {
          conc_key_burst_end (burst);
          n_held = 0;
        }
      g_assert_cmpuint (conc_key_burst_get_n_held (burst), ==, n_held);
      switch (conc_key_burst_press (burst, &key))
        {
        case CONC_KEY_HOLD:
          n_held++;
          break;
        case CONC_KEY_ENDS:
          conc_key_burst_end (burst);
          n_held = 0;
          break;
        case CONC_KEY_SCANNED:
        case CONC_KEY_PASS:
          n_held = 0;
          break;
        case CONC_KEY_DROP:
        default:
          break;
        }
      g_assert_cmpuint (conc_key_burst_get_patience_msec (burst), <=, 500);
      msec += gaps_msec[(size % 2 == 0 ? data[size - 1] + i : i * i * data[0]) % 8];
    }
  conc_key_burst_end (burst);
  g_assert_cmpuint (conc_key_burst_get_n_held (burst), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  read_code (text);
  if (size > 0)
    type_keys (data, size);
  return 0;
}
