/* test-code-text.c: what the text of a scanned code can be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/code-text.h"

#include <locale.h>
#include <string.h>

static const char *const kinds[] = { "nothing", "token", "part", "number", "other" };

/* "kind text / bib / tokens / registrations" in one line. */
static char *
describe (const char *text)
{
  g_autoptr (ConcCode) code = conc_code_read (text);
  g_autofree char *tokens = NULL;
  g_autofree char *registrations = NULL;

  g_ptr_array_add (code->tokens, NULL);
  g_ptr_array_add (code->registrations, NULL);
  tokens = g_strjoinv (" ", (char **) code->tokens->pdata);
  registrations = g_strjoinv ("|", (char **) code->registrations->pdata);
  return g_strdup_printf ("%s %u [%s] [%s]", kinds[code->kind], code->bib, tokens, registrations);
}

static void
test_vectors (void)
{
  static const struct
  {
    const char *text;
    const char *wanted;
  } vectors[] = {
    { "", "nothing 0 [] []" },
    { " \r\n\x02\x03", "nothing 0 [] []" },
    { "214", "number 214 [] [214]" },
    { "\x02"
      "00214\x03\r\n",
      "number 214 [] [00214]" },
    { "0", "number 0 [] [0]" },
    { "4006381333931", "number 0 [] [4006381333931]" },
    { "RSU-123", "other 0 [] [RSU-123|123]" },
    { "rsu-100123", "other 0 [] [rsu-100123|100123]" },
    { "https://example.org/?registration_id=123&x=5", "other 0 [] [123|5]" },
    { "https://example.org/r/9981/check?id=77&reg=A%2D12", "other 0 [] [A-12|77|9981]" },
    { "https://example.org/race/2017/ticket/88A1", "other 0 [] [88A1|2017]" },
    { "HTTPS://EXAMPLE.ORG/?REGISTRATION_ID=123", "other 0 [] [123]" },
    { "Registration: 55123; Ann Olson", "other 0 [] [Registration: 55123; Ann Olson|55123]" },
    { "Ann Olson", "other 0 [] [Ann Olson]" },
    { "C9Q100002", "part 0 [] [C9Q100002|100002]" },
    { "c9q10000214h5jspz2", "part 0 [] [c9q10000214h5jspz2|10000214]" },
    { "C9Q1", "other 0 [] [C9Q1]" },
    { "\xff\xfe", "other 0 [] [\xef\xbf\xbd\xef\xbf\xbd]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *said = describe (vectors[i].text);

      g_assert_cmpstr (said, ==, vectors[i].wanted);
    }
}

#define TOKEN "C9Q10000214H5JSPZ29"

/* Each is found as it stands, whatever a scanner or a keyboard makes of it. */
static void
test_tokens (void)
{
  static const struct
  {
    const char *text;
    const char *tokens;
  } vectors[] = {
    { TOKEN, TOKEN },
    { "c9q10000214h5jspz29", "c9q10000214h5jspz29" },
    { "]Q1" TOKEN "\r\n", TOKEN },
    { "\x02" TOKEN "\x03", TOKEN },
    { "~" TOKEN, TOKEN },
    { "A" TOKEN "!", TOKEN },
    { "12" TOKEN "34", TOKEN },
    { TOKEN TOKEN, TOKEN " " TOKEN },
    { TOKEN "\t" TOKEN, TOKEN " " TOKEN },
    { "https://example.org/b/" TOKEN, TOKEN },
    { "C9Q10 000214 H5JS PZ29", "C9Q10 000214 H5JS PZ29" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (ConcCode) code = conc_code_read (vectors[i].text);
      g_autofree char *tokens = NULL;

      g_assert_cmpint (code->kind, ==, CONC_CODE_TOKEN);
      g_ptr_array_add (code->tokens, NULL);
      tokens = g_strjoinv (" ", (char **) code->tokens->pdata);
      g_assert_cmpstr (tokens, ==, vectors[i].tokens);
    }
}

/* A text without end costs no more than one of the length that is looked at. */
static void
test_limits (void)
{
  g_autofree char *long_text = g_strnfill (100000, '7');
  g_autoptr (GString) many = g_string_new ("https://example.org/?");
  g_autoptr (ConcCode) code = conc_code_read (long_text);
  g_autoptr (ConcCode) of_many = NULL;

  g_assert_cmpuint (strlen (code->text), ==, CONC_CODE_BYTES_MAX);
  g_assert_cmpuint (code->bib, ==, 0);
  g_assert_cmpuint (code->registrations->len, ==, 0);
  for (guint i = 0; i < 50; i++)
    g_string_append_printf (many, "id=%u&", 1000 + i);
  of_many = conc_code_read (many->str);
  g_assert_cmpuint (of_many->registrations->len, ==, CONC_CODE_REGISTRATIONS_MAX);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code-text/what a code can be", test_vectors);
  g_test_add_func ("/code-text/tokens with junk around them", test_tokens);
  g_test_add_func ("/code-text/a text without end", test_limits);
  return g_test_run ();
}
