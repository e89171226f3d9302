/* roles.c: what a role is in words, and which pages it sees. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/roles.h"

#include <glib/gi18n.h>

/* Pages in the order of the rail; the role begins with @first. What a page would show or write
 * beyond the role is withheld by the file and the hub; this keeps it out of the way. */
static const struct
{
  const char *duties;
  const char *first;
  const char *pages[7];
} roles[CONC_N_ROLES] = {
  [CONC_ROLE_ORGANIZER] = { N_ ("Sees and does everything, invites others, and can become the "
                                "hub."),
                            "check-in",
                            { "check-in", "timing", "runners", "results", "fundraising",
                              "setup" } },
  [CONC_ROLE_CHECK_IN] = { N_ ("Finds, registers and checks in runners, and takes gifts."),
                           "check-in",
                           { "check-in", "runners", "fundraising" } },
  [CONC_ROLE_TIMING] = { N_ ("Fires the gun, takes the times and gives them their bibs. Sees no "
                             "private data."),
                         "timing",
                         { "timing", "results" } },
  [CONC_ROLE_DISPLAY] = { N_ ("Shows the results and the thermometer on a projector. Changes "
                              "nothing and sees no private data."),
                          "results",
                          { "results" } },
};

/* What a station of this role does, as a sentence. */
const char *
conc_role_get_duties (ConcRole role)
{
  g_return_val_if_fail (role < CONC_N_ROLES, "");
  return _ (roles[role].duties);
}

gboolean
conc_role_has_page (ConcRole role, const char *page)
{
  g_return_val_if_fail (role < CONC_N_ROLES, FALSE);
  return g_strv_contains (roles[role].pages, page);
}

const char *
conc_role_choose_page (ConcRole role, const char *wanted)
{
  return wanted != NULL && conc_role_has_page (role, wanted) ? wanted : roles[role].first;
}
