/* invitation.h: what an invitation's code opens: a login, and the keys of a role. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "store/race-file.h"
#include "sync/error.h"

G_BEGIN_DECLS

/* All of it follows from the code; the hub sees the login only. */
typedef struct
{
  char   *user;
  char   *password;
  GBytes *key;
} ConcInvitationLogin;

void conc_invitation_login_derive (ConcInvitationLogin *login, const guint8 *secret);
void conc_invitation_login_clear (ConcInvitationLogin *login);

/* What a station of a role is given. */
typedef struct
{
  GBytes *race_key;
  GBytes *private_key;
  GBytes *hub_key;
  GBytes *hub_certificate;
} ConcInvitationKeys;

gboolean conc_invitation_keys_load (ConcInvitationKeys *keys,
                                    ConcRaceFile       *file,
                                    ConcRole            role,
                                    GError            **error);
void     conc_invitation_keys_clear (ConcInvitationKeys *keys);
char    *conc_invitation_keys_seal (const ConcInvitationKeys *keys, GBytes *key);
gboolean conc_invitation_keys_open (ConcInvitationKeys *keys,
                                    const char         *sealed,
                                    GBytes             *key,
                                    GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcInvitationLogin, conc_invitation_login_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcInvitationKeys, conc_invitation_keys_clear)

G_END_DECLS
