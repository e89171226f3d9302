/* fuzz-signature.c: any text is a signature in one form, or is refused; any drawing is one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/signature.h"
#include "fuzz.h"

const guint       fuzz_rounds = 20000;
const char *const fuzz_seeds[] = {
  "0,0 1000,1000",
  "10,20 30,40;50,60 70,80",
  "7,7",
  "1,2 1,2 3,4;5,6",
  "12,999 13,998 14,997;100,100 200,200 300,100;500,0 500,1000",
  NULL,
};

static void
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *once = conc_signature_normalise (text, &error);
  g_autofree char *twice = NULL;

  if (once == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  g_assert_cmpuint (strlen (once), <=, CONC_SIGNATURE_MAX_BYTES);
  twice = conc_signature_normalise (once, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (twice, ==, once);
  fuzz_n_read++;
}

/* Each byte is a step of the pen; a nothing lifts it. */
static void
draw (const uint8_t *data, size_t size)
{
  g_autoptr (ConcSignature) signature = conc_signature_new ();
  g_autoptr (ConcSignature) again = NULL;
  g_autofree char *text = NULL;
  int              x = 0;

  for (size_t i = 0; i < size; i++)
    {
      if (data[i] == 0)
        conc_signature_begin_stroke (signature);
      else
        conc_signature_add_point (signature, x += (int) data[i] - 100, 5 * data[i] - 50);
    }
  text = conc_signature_to_text (signature);
  again = conc_signature_parse (text, NULL);
  g_assert_nonnull (again);
  g_assert_true (conc_signature_is_empty (again) == conc_signature_is_empty (signature));
  g_assert_cmpuint (conc_signature_get_n_strokes (again), <=,
                    conc_signature_get_n_strokes (signature));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  read_text (text);
  draw (data, size);
  return 0;
}
