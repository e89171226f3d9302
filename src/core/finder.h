/* finder.h: finds people by whatever is typed of them, best match first. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConcFinder ConcFinder;

/* Somebody who can be found. Texts may be NULL; they are copied. */
typedef struct
{
  const char *id;
  const char *given_name;
  const char *search; /* the full name folded, the given name first */
  const char *email;
  const char *phone;
  guint       bib;        /* 0: none */
  guint       birth_year; /* 0: not known here */
  int         age;        /* on race day; -1: not known */
  gboolean    is_checked_in;
  const char *known_as; /* another name */
} ConcFindable;

ConcFinder *conc_finder_new (void);
void        conc_finder_free (ConcFinder *finder);
void        conc_finder_put (ConcFinder *finder, const ConcFindable *person);
void        conc_finder_remove (ConcFinder *finder, const char *id);
void        conc_finder_settle (ConcFinder *finder);
guint       conc_finder_get_count (ConcFinder *finder);

GPtrArray *conc_finder_find (ConcFinder *finder, const char *text, guint limit);
/* The same without looking for typing errors, of which the list of the above is a longer one. */
GPtrArray *conc_finder_find_strictly (ConcFinder *finder, const char *text, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcFinder, conc_finder_free)

G_END_DECLS
