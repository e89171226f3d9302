/* joint-deed.c: submits several commands together, and takes them back together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/joint-deed.h"

struct _ConcJointDeed
{
  GObject parent_instance;

  /* owned */
  ConcSession *session;
  GPtrArray   *commands;  /* ConcCommand, not yet submitted */
  GPtrArray   *facts;     /* names of the first facts of what was done, in order */
  GPtrArray   *sentences; /* why something was refused */
  GObject     *owner;

  /* state */
  ConcJointDeedDone done;
  guint             n_waiting;
};

G_DEFINE_FINAL_TYPE (ConcJointDeed, conc_joint_deed, G_TYPE_OBJECT)

static void
finish (ConcJointDeed *self)
{
  g_autoptr (GObject) owner = g_steal_pointer (&self->owner);

  conc_session_join (self->session, self->facts);
  self->done (self, owner);
}

static void
answered_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcJointDeed *self = CONC_JOINT_DEED (user_data);

  if (receipt != NULL)
    conc_joint_deed_take (self, receipt);
  else
    g_ptr_array_add (self->sentences, g_strdup (error->message));
  self->n_waiting--;
  if (self->n_waiting == 0)
    finish (self);
}

static void
conc_joint_deed_finalize (GObject *object)
{
  ConcJointDeed *self = CONC_JOINT_DEED (object);

  g_clear_object (&self->session);
  g_clear_object (&self->owner);
  g_ptr_array_unref (self->commands);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->sentences);
  G_OBJECT_CLASS (conc_joint_deed_parent_class)->finalize (object);
}

static void
conc_joint_deed_class_init (ConcJointDeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = conc_joint_deed_finalize;
}

static void
conc_joint_deed_init (ConcJointDeed *self)
{
  self->commands = g_ptr_array_new ();
  self->facts = g_ptr_array_new_with_free_func (g_free);
  self->sentences = g_ptr_array_new_with_free_func (g_free);
}

ConcJointDeed *
conc_joint_deed_new (ConcSession *session)
{
  ConcJointDeed *self = g_object_new (CONC_TYPE_JOINT_DEED, NULL);

  self->session = g_object_ref (session);
  return self;
}

/* Takes @command. */
void
conc_joint_deed_add (ConcJointDeed *self, ConcCommand *command)
{
  g_ptr_array_add (self->commands, command);
}

/* Something that was done before belongs to this deed too. */
void
conc_joint_deed_take (ConcJointDeed *self, const ConcReceipt *receipt)
{
  if (conc_fact_id_is_set (&receipt->fact))
    g_ptr_array_add (self->facts, conc_fact_id_to_text (&receipt->fact));
}

/* They are done in the order in which they were added; one that is refused does not keep the
 * others. @owner is a GObject that is kept alive until @done. */
void
conc_joint_deed_submit (ConcJointDeed *self, ConcJointDeedDone done, gpointer owner)
{
  g_autoptr (GPtrArray) commands = g_steal_pointer (&self->commands);

  self->commands = g_ptr_array_new ();
  self->done = done;
  self->owner = g_object_ref (owner);
  self->n_waiting = commands->len;
  if (commands->len == 0)
    finish (self);
  for (guint i = 0; i < commands->len; i++)
    conc_session_submit (self->session, g_ptr_array_index (commands, i), answered_cb, self);
}

/* How many of the commands wrote something. */
guint
conc_joint_deed_get_n_done (ConcJointDeed *self)
{
  return self->facts->len;
}

/* Why something was not done, in sentences; NULL when all was. */
char *
conc_joint_deed_dup_refusals (ConcJointDeed *self)
{
  g_autoptr (GPtrArray) sentences = NULL;

  if (self->sentences->len == 0)
    return NULL;
  sentences = g_ptr_array_new ();
  for (guint i = 0; i < self->sentences->len; i++)
    g_ptr_array_add (sentences, g_ptr_array_index (self->sentences, i));
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv (" ", (char **) sentences->pdata);
}

/* Takes all of it back, the last thing first. */
void
conc_joint_deed_undo (ConcJointDeed *self)
{
  conc_session_undo_all (self->session, self->facts);
  g_ptr_array_set_size (self->facts, 0);
}
