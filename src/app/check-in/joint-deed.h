/* joint-deed.h: several commands that are one deed for the person who did it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

#define CONC_TYPE_JOINT_DEED (conc_joint_deed_get_type ())
G_DECLARE_FINAL_TYPE (ConcJointDeed, conc_joint_deed, CONC, JOINT_DEED, GObject)

/* Called once when all were answered. */
typedef void (*ConcJointDeedDone) (ConcJointDeed *bundle, gpointer owner);

ConcJointDeed *conc_joint_deed_new (ConcSession *session);
void           conc_joint_deed_add (ConcJointDeed *self, ConcCommand *command);
void           conc_joint_deed_take (ConcJointDeed *self, const ConcReceipt *receipt);
void           conc_joint_deed_submit (ConcJointDeed *self, ConcJointDeedDone done, gpointer owner);
guint          conc_joint_deed_get_n_done (ConcJointDeed *self);
char          *conc_joint_deed_dup_refusals (ConcJointDeed *self);
void           conc_joint_deed_undo (ConcJointDeed *self);

G_END_DECLS
