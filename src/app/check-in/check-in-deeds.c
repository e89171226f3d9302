/* check-in-deeds.c: checks in, gives bibs and settles, and takes that back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-in-page-private.h"

#include <glib/gi18n.h>

/* What this desk did last about a runner. */
typedef struct
{
  char          *sentence;
  char          *fact;
  ConcJointDeed *joint; /* instead of one fact */
} Deed;

/* What is on its way to the disk, and what is to be said then. */
#define CONC_TYPE_ERRAND (conc_errand_get_type ())
G_DECLARE_FINAL_TYPE (ConcErrand, conc_errand, CONC, ERRAND, GObject)

struct _ConcErrand
{
  GObject parent_instance;

  /* owned */
  ConcCheckInPage *page;
  char            *runner_id;
  char            *sentence;
};

G_DEFINE_FINAL_TYPE (ConcErrand, conc_errand, G_TYPE_OBJECT)

static void
conc_errand_finalize (GObject *object)
{
  ConcErrand *self = CONC_ERRAND (object);

  g_clear_object (&self->page);
  g_free (self->runner_id);
  g_free (self->sentence);
  G_OBJECT_CLASS (conc_errand_parent_class)->finalize (object);
}

static void
conc_errand_class_init (ConcErrandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = conc_errand_finalize;
}

static void
conc_errand_init (ConcErrand *self)
{
}

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_free (deed->sentence);
  g_free (deed->fact);
  g_clear_object (&deed->joint);
  g_free (deed);
}

GHashTable *
conc_check_in_page_new_deeds (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, deed_free);
}

static void
remember (ConcCheckInPage *self, const char *id, const char *sentence, const ConcReceipt *receipt)
{
  Deed *deed;

  if (!conc_fact_id_is_set (&receipt->fact))
    return;
  deed = g_new0 (Deed, 1);
  deed->sentence = g_strdup (sentence);
  deed->fact = conc_fact_id_to_text (&receipt->fact);
  g_hash_table_replace (self->deeds, g_strdup (id), deed);
}

static void
remember_joint (ConcCheckInPage *self, const char *id, const char *sentence, ConcJointDeed *joint)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->sentence = g_strdup (sentence);
  deed->joint = g_object_ref (joint);
  g_hash_table_replace (self->deeds, g_strdup (id), deed);
}

/* What this desk did last about runner @id, in a sentence; NULL for nothing. */
const char *
conc_check_in_page_get_last (ConcCheckInPage *self, const char *id)
{
  const Deed *deed = g_hash_table_lookup (self->deeds, id);

  return deed != NULL ? deed->sentence : NULL;
}

/* ------------------------------------------------------------------ one runner */

/* The pile is in order: after one bib comes the next. */
static void
note_bib (ConcCheckInPage *self, guint bib)
{
  g_autoptr (ConcRunner) holder = NULL;

  if (bib == 0)
    return;
  self->next_bib = bib < CONC_BIB_MAX ? bib + 1 : 0;
  holder =
      conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), self->next_bib, NULL);
  if (holder != NULL)
    self->next_bib = 0;
}

static void
say_confirmed (ConcCheckInPage *self, ConcMatch *match, const ConcReceipt *receipt)
{
  g_autofree char *summary = conc_match_dup_summary (match);
  g_autofree char *sentence = NULL;
  g_autofree char *fact = NULL;

  if (receipt->was_already)
    {
      sentence = g_strdup_printf (_ ("%s: checked in already."), summary);
      conc_check_in_page_say (self, sentence);
    }
  else if (conc_desk_search_is_typed (self->search))
    {
      fact = conc_fact_id_to_text (&receipt->fact);
      sentence = g_strdup_printf (_ ("Checked in %s."), summary);
      conc_session_say (self->session, sentence, fact);
    }
  else
    {
      g_clear_object (&self->shown);
      g_clear_object (&self->done_joint);
      g_set_object (&self->done, match);
      g_free (self->done_fact);
      self->done_fact = conc_fact_id_to_text (&receipt->fact);
      conc_done_card_set_match (self->done_card, match);
      conc_check_in_page_show_done (self);
    }
}

/* Somebody may have typed on meanwhile: then the confirmation does not take their place. */
static void
confirmed_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcCheckInPage *self = user_data;
  g_autoptr (ConcMatch) match = NULL;

  if (self->session != session || self->pending == NULL)
    return;
  match = conc_check_in_page_load (self, conc_match_get_id (self->pending));
  g_clear_object (&self->pending);
  if (error != NULL && !conc_desk_search_is_typed (self->search))
    conc_check_in_page_show (self, match);
  if (error != NULL)
    conc_check_in_page_say (self, error->message);
  if (error != NULL || match == NULL)
    return;
  note_bib (self, self->pending_bib);
  remember (self, conc_match_get_id (match), _ ("Checked in."), receipt);
  say_confirmed (self, match, receipt);
}

/* Checks in whose card is shown, with @bib if that is not 0; @may_take lets somebody lose it who is
 * not here. Until it is on the disk another Enter does nothing. */
void
conc_check_in_page_check_in (ConcCheckInPage *self, guint bib, gboolean may_take)
{
  ConcCommand *command = conc_command_new_check_in (conc_session_get_clock (self->session),
                                                    conc_match_get_id (self->shown), bib);

  command->take_bib = may_take;
  command->shirt =
      g_strdup (conc_checklist_get_shirt (conc_runner_card_get_checklist (self->card)));
  self->pending_bib = bib;
  g_set_object (&self->pending, self->shown);
  g_clear_object (&self->shown);
  conc_desk_search_clear (self->search);
  conc_check_in_page_say (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  conc_session_submit (self->session, command, confirmed_cb, self);
}

static void
say_already (ConcCheckInPage *self)
{
  g_autofree char *state = NULL;
  g_autofree char *sentence = NULL;

  g_object_get (self->shown, "checked-in-text", &state, NULL);
  sentence = g_strdup_printf ("%s: %s.", conc_match_get_name (self->shown), state);
  conc_check_in_page_say (self, sentence);
}

/* Somebody who is here already gets the bib by a correction, so that taking it back does not send
 * them away. */
static void
give_bib (ConcCheckInPage *self, guint bib)
{
  const ConcRunner *seen = conc_match_get_runner (self->shown);
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);
  g_autofree char *sentence = g_strdup_printf (_ ("Bib %u given."), bib);

  conc_runner_take (wanted, CONC_FIELD_BIB, g_strdup_printf ("%u", bib));
  conc_check_in_page_do (
      self, conc_command_new_edit (conc_session_get_clock (self->session), seen, wanted), sentence);
}

/* Returns: whether a bib is typed that can be given; 0 is none. */
static gboolean
read_bib (ConcCheckInPage *self, guint *ret_bib)
{
  ConcBibBox *box = conc_runner_card_get_bib_box (self->card);
  g_autoptr (ConcRunner) holder = NULL;

  if (!conc_bib_box_read (box, ret_bib))
    {
      conc_runner_card_say (self->card, _ ("A bib is a number from 1 to 999999."));
      gtk_widget_grab_focus (GTK_WIDGET (box));
      return FALSE;
    }
  if (*ret_bib > 0)
    holder =
        conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), *ret_bib, NULL);
  if (holder == NULL)
    return TRUE;
  conc_bib_box_say_held (box, *ret_bib, holder);
  gtk_widget_grab_focus (GTK_WIDGET (box));
  return FALSE;
}

/* Enter: checks in when nothing blocks, else goes to what does. Who has no bib gets one first;
 * that there is none to give has to be said a second time, or by the button (@is_sure). */
void
conc_check_in_page_confirm (ConcCheckInPage *self, gboolean is_sure)
{
  ConcChecklist *checklist = conc_runner_card_get_checklist (self->card);
  ConcBibBox    *box = conc_runner_card_get_bib_box (self->card);
  const char    *block = conc_checklist_get_block (checklist);
  gboolean       lacks_bib, is_here;
  guint          bib = 0;

  if (self->shown == NULL || self->pending != NULL)
    return;
  lacks_bib = conc_desk_lacks_bib (conc_match_get_runner (self->shown));
  is_here = conc_match_get_checked_in (self->shown);
  if (is_here && !lacks_bib)
    say_already (self);
  else if (block != NULL)
    conc_checklist_focus_block (checklist);
  else if (lacks_bib && !is_sure && !conc_bib_box_has_focus (box))
    gtk_widget_grab_focus (GTK_WIDGET (box));
  else if (!lacks_bib || read_bib (self, &bib))
    {
      if (!is_here)
        conc_check_in_page_check_in (self, bib, FALSE);
      else if (bib > 0)
        give_bib (self, bib);
      else
        gtk_widget_grab_focus (GTK_WIDGET (box));
    }
}

/* ------------------------------------------------------------------ other deeds */

static void
errand_done (ConcCheckInPage *self, const char *id, const char *sentence, ConcReceipt *receipt)
{
  remember (self, id, sentence, receipt);
  if (self->shown != NULL && g_strcmp0 (conc_match_get_id (self->shown), id) == 0)
    {
      conc_runner_card_say (self->card, NULL);
      conc_runner_card_set_last (self->card, conc_check_in_page_get_last (self, id));
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
}

static void
errand_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcErrand      *errand = user_data;
  ConcCheckInPage *self = errand->page;

  if (self->session != session)
    return;
  if (receipt != NULL)
    errand_done (self, errand->runner_id, errand->sentence, receipt);
  else if (self->shown != NULL &&
           g_strcmp0 (conc_match_get_id (self->shown), errand->runner_id) == 0)
    conc_runner_card_say (self->card, error->message);
  else
    conc_check_in_page_say (self, error->message);
}

/* Takes @command, which is about the runner whose card is shown; @sentence tells it afterwards. */
void
conc_check_in_page_do (ConcCheckInPage *self, ConcCommand *command, const char *sentence)
{
  g_autoptr (ConcErrand) errand = g_object_new (CONC_TYPE_ERRAND, NULL);

  errand->page = g_object_ref (self);
  errand->runner_id = g_strdup (conc_match_get_id (self->shown));
  errand->sentence = g_strdup (sentence);
  conc_session_submit (self->session, command, errand_cb, errand);
}

/* ------------------------------------------------------------------ several at once */

/* They are told one a line, for the person who fetches the bibs. */
static void
show_bundle (ConcCheckInPage *self, GPtrArray *matches, ConcJointDeed *bundle, const char *hint)
{
  g_clear_object (&self->shown);
  g_clear_pointer (&self->done_fact, g_free);
  g_set_object (&self->done_joint, bundle);
  g_clear_object (&self->done);
  if (matches->len > 0)
    self->done = g_object_ref (matches->pdata[0]);
  conc_done_card_set_several (self->done_card, matches, hint);
  conc_desk_search_clear (self->search);
  conc_check_in_page_show_done (self);
}

static void
group_done_cb (ConcJointDeed *bundle, gpointer owner)
{
  ConcErrand      *errand = owner;
  ConcCheckInPage *self = errand->page;
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) ids = g_strsplit (errand->runner_id, " ", -1);
  g_autofree char *refusals = conc_joint_deed_dup_refusals (bundle);

  if (self->session == NULL)
    return;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      ConcMatch *match = conc_check_in_page_load (self, ids[i]);

      if (match == NULL || !conc_match_get_checked_in (match))
        {
          g_clear_object (&match);
          continue;
        }
      g_ptr_array_add (matches, match);
    }
  show_bundle (self, matches, bundle, errand->sentence);
  if (refusals != NULL)
    conc_check_in_page_say (self, refusals);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static ConcCommand *
new_group_command (ConcCheckInPage *self, ConcMatch *match)
{
  ConcCommand *command = conc_command_new_check_in (conc_session_get_clock (self->session),
                                                    conc_match_get_id (match), 0);

  command->shirt = g_strdup (conc_runner_get (conc_match_get_runner (match), CONC_FIELD_SHIRT));
  return command;
}

/* Checks in all who are chosen, each with the shirt that was ordered; one Undo takes all back. Who
 * is left out is named. */
void
conc_check_in_page_check_in_group (ConcCheckInPage *self)
{
  ConcGroupBox *box = conc_runner_card_get_group_box (self->card);
  g_autoptr (GPtrArray) chosen = conc_group_box_list_chosen (box);
  g_autoptr (ConcJointDeed) bundle = conc_joint_deed_new (self->session);
  g_autoptr (ConcErrand) errand = g_object_new (CONC_TYPE_ERRAND, NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *left_out = conc_group_box_dup_left_out (box);

  if (chosen->len == 0)
    return;
  for (guint i = 0; i < chosen->len; i++)
    {
      conc_joint_deed_add (bundle, new_group_command (self, chosen->pdata[i]));
      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", conc_match_get_id (chosen->pdata[i]));
    }
  errand->page = g_object_ref (self);
  errand->runner_id = g_strdup (ids->str);
  errand->sentence =
      left_out != NULL ? g_strdup_printf (_ ("Not checked in: %s."), left_out) : NULL;
  conc_joint_deed_submit (bundle, group_done_cb, errand);
}

/* A walk-up was saved: the confirmation, or the card when something blocks. */
void
conc_check_in_page_registered (ConcCheckInPage *self, const char *id, ConcJointDeed *bundle)
{
  g_autoptr (ConcMatch) match = conc_check_in_page_load (self, id);
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *refusals = conc_joint_deed_dup_refusals (bundle);
  guint            bib = conc_walk_up_form_get_bib (self->walk_up_form);

  if (match == NULL)
    return;
  remember_joint (self, id,
                  conc_walk_up_form_is_transfer (self->walk_up_form) ? _ ("Runs instead.")
                                                                     : _ ("Registered."),
                  bundle);
  conc_desk_search_clear (self->search);
  if (conc_match_get_checked_in (match))
    {
      g_ptr_array_add (matches, g_object_ref (match));
      note_bib (self, conc_runner_get_bib (conc_match_get_runner (match)));
      show_bundle (self, matches, bundle, NULL);
    }
  else
    {
      conc_check_in_page_show (self, match);
      if (bib > 0)
        conc_bib_box_propose (conc_runner_card_get_bib_box (self->card), bib);
    }
  if (refusals != NULL)
    conc_check_in_page_say (self, refusals);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* ------------------------------------------------------------------ taking back */

static void
undone_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcCheckInPage *self = user_data;

  if (receipt == NULL && self->session == session)
    conc_check_in_page_say (self, error->message);
}

void
conc_check_in_page_check_out (ConcCheckInPage *self, const char *id)
{
  ConcCommand *command =
      conc_command_new (CONC_COMMAND_CHECK_OUT, conc_session_get_clock (self->session));

  command->runner_id = g_strdup (id);
  g_hash_table_remove (self->deeds, id);
  conc_session_submit (self->session, command, undone_cb, self);
}

/* Takes back what the confirmation tells. */
void
conc_check_in_page_undo_done (ConcCheckInPage *self)
{
  if (self->done_joint != NULL)
    conc_joint_deed_undo (self->done_joint);
  else if (self->done != NULL && self->done_fact != NULL)
    {
      g_hash_table_remove (self->deeds, conc_match_get_id (self->done));
      conc_session_undo (self->session, self->done_fact);
    }
  g_clear_object (&self->done_joint);
}

static void
undo_deed (ConcCheckInPage *self, const Deed *deed)
{
  if (deed->joint != NULL)
    conc_joint_deed_undo (deed->joint);
  else
    conc_session_undo (self->session, deed->fact);
}

/* Takes back what was done last about the runner whose card is shown. */
void
conc_check_in_page_undo_last (ConcCheckInPage *self)
{
  const char *id = self->shown != NULL ? conc_match_get_id (self->shown) : NULL;
  Deed       *deed = id != NULL ? g_hash_table_lookup (self->deeds, id) : NULL;

  if (deed == NULL)
    return;
  undo_deed (self, deed);
  g_hash_table_remove (self->deeds, id);
  conc_runner_card_set_last (self->card, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
