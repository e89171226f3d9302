/* body.h: the body of a fact, a flat JSON object. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CONC_BODY_MAX_BYTES 65536
#define CONC_BODY_MAX_ENTRIES 64

typedef struct _ConcBody        ConcBody;
typedef struct _ConcBodyBuilder ConcBodyBuilder;

typedef enum
{
  CONC_BODY_TEXT,
  CONC_BODY_INT,
  CONC_BODY_BOOL
} ConcBodyType;

ConcBody   *conc_body_parse (const char *json, gssize length, GError **error);
ConcBody   *conc_body_ref (ConcBody *body);
void        conc_body_unref (ConcBody *body);
const char *conc_body_get_json (const ConcBody *body);

guint        conc_body_get_n (const ConcBody *body);
const char  *conc_body_get_key (const ConcBody *body, guint index);
ConcBodyType conc_body_get_entry_type (const ConcBody *body, guint index);
gboolean     conc_body_has (const ConcBody *body, const char *key);
const char  *conc_body_get_text (const ConcBody *body, const char *key);
gint64       conc_body_get_int (const ConcBody *body, const char *key, gint64 fallback);
gboolean     conc_body_get_bool (const ConcBody *body, const char *key, gboolean fallback);
gboolean     conc_body_entry_equal (const ConcBody *a, const ConcBody *b, const char *key);
char        *conc_body_dup_entry (const ConcBody *body, const char *key);

ConcBodyBuilder *conc_body_builder_new (void);
void             conc_body_builder_free (ConcBodyBuilder *builder);
void      conc_body_builder_add_text (ConcBodyBuilder *builder, const char *key, const char *text);
void      conc_body_builder_add_int (ConcBodyBuilder *builder, const char *key, gint64 value);
void      conc_body_builder_add_bool (ConcBodyBuilder *builder, const char *key, gboolean value);
guint     conc_body_builder_get_n (const ConcBodyBuilder *builder);
ConcBody *conc_body_builder_end (ConcBodyBuilder *builder);

void conc_json_append_text (GString *json, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcBody, conc_body_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcBodyBuilder, conc_body_builder_free)

G_END_DECLS
