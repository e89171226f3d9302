/* error.h: the error domain of the store layer. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_STORE_ERROR (conc_store_error_quark ())

typedef enum
{
  CONC_STORE_ERROR_FAILED,     /* anything else; the sentence tells */
  CONC_STORE_ERROR_NOT_FOUND,  /* there is no such file */
  CONC_STORE_ERROR_EXISTS,     /* there is a file already */
  CONC_STORE_ERROR_NOT_A_RACE, /* the file is something else */
  CONC_STORE_ERROR_NEWER,      /* written by a newer version */
  CONC_STORE_ERROR_DAMAGED,    /* the file is damaged */
  CONC_STORE_ERROR_FULL,       /* the disk is full: nothing of the change was saved */
  CONC_STORE_ERROR_READ_ONLY,  /* the file or its folder cannot be written */
  CONC_STORE_ERROR_LOCKED,     /* another program writes this race file */
  CONC_STORE_ERROR_IO,         /* the disk failed */
  CONC_STORE_ERROR_REFUSED,    /* the command makes no sense now; the sentence says why */
  CONC_STORE_ERROR_DIFFERS,    /* verify found differences */
  CONC_STORE_ERROR_CLOSED      /* the race file was closed before the command was done */
} ConcStoreError;

GQuark conc_store_error_quark (void);

G_END_DECLS
