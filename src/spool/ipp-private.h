/* ipp-private.h: Questions to the print service, as transport and printers ask them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/transport.h"

#include <cups/cups.h>

G_BEGIN_DECLS

/* ipp.c */
http_t *conc_ipp_connect (GError **error);
ipp_t  *conc_ipp_new_request (ipp_op_t op);
void    conc_ipp_add_printer (ipp_t *request, const char *printer);
void    conc_ipp_add_job (ipp_t *request, int id);
void    conc_ipp_set_error (ipp_status_t status, const char *what, GError **error);
char   *conc_ipp_dup_text (ipp_attribute_t *attribute);

/* transport.c: @request is consumed; NULL with @error when it failed. */
ipp_t *conc_transport_ask (ConcTransport *self,
                           ipp_t         *request,
                           const char    *what,
                           ipp_status_t  *ret_status,
                           GError       **error);

G_END_DECLS
