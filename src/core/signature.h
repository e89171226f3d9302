/* signature.h: a signature made by mouse or touch, as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_SIGNATURE_MAX_BYTES 8192
/* The width of the pad in the units of a point; the height is on the same scale. */
#define CONC_SIGNATURE_SCALE 1000

typedef struct
{
  int x;
  int y;
} ConcSignaturePoint;

typedef struct _ConcSignature ConcSignature;

ConcSignature *conc_signature_new (void);
ConcSignature *conc_signature_parse (const char *text, GError **error);
void           conc_signature_free (ConcSignature *signature);
void           conc_signature_begin_stroke (ConcSignature *signature);
void           conc_signature_add_point (ConcSignature *signature, int x, int y);
void           conc_signature_clear (ConcSignature *signature);
gboolean       conc_signature_is_empty (const ConcSignature *signature);
guint          conc_signature_get_n_strokes (const ConcSignature *signature);
const ConcSignaturePoint       *
conc_signature_get_stroke (const ConcSignature *signature, guint stroke, guint *ret_n_points);
char *conc_signature_to_text (const ConcSignature *signature);
char *conc_signature_normalise (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcSignature, conc_signature_free)

G_END_DECLS
