/* code-read.cc: Reads the QR code in a picture, by ZXing behind an interface of C. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/code-read.h"

#include <cstring>
#include <exception>
#include <string>

/* Text as UTF-8, which is what the next version of ZXing gives anyway. */
#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

static bool
is_picture (const guint8 *gray, int width, int height, int stride)
{
  return gray != nullptr && width > 0 && height > 0 && width <= CONC_CODE_READ_SIDE_MAX &&
         height <= CONC_CODE_READ_SIDE_MAX && stride >= width;
}

/* What a code says may hold anything; only what a line of text can hold is of use. */
static char *
text_from_code (const std::string &text)
{
  if (text.empty () || !g_utf8_validate (text.data (), (gssize) text.size (), nullptr))
    return nullptr;
  return g_strndup (text.data (), text.size ());
}

/**
 * conc_code_read_gray:
 * @gray: (nullable): the picture, one byte a pixel, 0 is black; rows of @stride bytes
 * @width: pixels of a row
 * @height: rows
 * @stride: bytes from a row to the next, not less than @width; nothing is read behind the last
 *   pixel of the last row
 *
 * Looks for a QR code, in any direction and also at an angle. Codes of other kinds are not looked
 * for: stripes are found in clutter, and a bib that nobody showed is worse than a second try. Of
 * several codes one is taken. A picture of less than a pixel or with a side above
 * CONC_CODE_READ_SIDE_MAX has none.
 *
 * Returns: (transfer full) (nullable): what the code says, valid UTF-8 and not empty; %NULL when
 *   there is no code that can be read, or one with binary content. Failures of the decoder and
 *   want of memory count as no code. About 4 ms for 1280 x 720 pixels.
 *
 * Thread: any; several at a time.
 */
char *
conc_code_read_gray (const guint8 *gray, int width, int height, int stride)
{
  if (!is_picture (gray, width, height, stride))
    return nullptr;
  try
    {
      auto hints = ZXing::DecodeHints ()
                       .setFormats (ZXing::BarcodeFormat::QRCode)
                       .setTryHarder (true)
                       .setTryRotate (true);
      auto view = ZXing::ImageView (gray, width, height, ZXing::ImageFormat::Lum, stride);
      auto found = ZXing::ReadBarcode (view, hints);

      return found.isValid () ? text_from_code (found.text ()) : nullptr;
    }
  catch (...)
    {
      return nullptr;
    }
}
