/* check-in-scan.c: what a scanned code does at the desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-in-page-private.h"

#include <glib/gi18n.h>

/* A bib of the pile is scanned for the runner whose card is shown; a label names its bib, and a
 * code of a confirmation names none. */
static gboolean
is_for_shown (ConcCheckInPage *self, const ConcScanned *scanned)
{
  return self->shown != NULL && scanned->bib > 0 && scanned->as != CONC_SCANNED_REFUSED &&
         self->pending == NULL && conc_desk_lacks_bib (conc_match_get_runner (self->shown));
}

static void
give_scanned (ConcCheckInPage *self, guint bib)
{
  ConcBibBox *box = conc_runner_card_get_bib_box (self->card);

  conc_bib_box_propose (box, bib);
  gtk_widget_grab_focus (GTK_WIDGET (box));
  conc_check_in_page_confirm (self, TRUE);
}

static void
show_found (ConcCheckInPage *self, const ConcScanned *scanned)
{
  conc_check_in_page_show_id (self, conc_runner_get_id (scanned->runners->pdata[0]));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* A bib that nobody has is the next one of the pile: it waits for its runner. */
static void
keep_bib (ConcCheckInPage *self, const ConcScanned *scanned)
{
  g_autofree char *sentence = NULL;

  self->next_bib = scanned->bib;
  conc_check_in_page_show (self, NULL);
  sentence =
      g_strdup_printf (_ ("Nobody has bib %u yet. Search for the name and give it."), scanned->bib);
  conc_check_in_page_say (self, sentence);
}

/* Nothing that is typed in a form is lost by a scan; a free bib is the one that is asked for. */
static gboolean
take_in_form (ConcCheckInPage *self, const ConcScanned *scanned)
{
  const char      *side = gtk_stack_get_visible_child_name (self->card_stack);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (g_strcmp0 (side, "walk-up") != 0 && g_strcmp0 (side, "waiver") != 0)
    return FALSE;
  if (g_strcmp0 (side, "walk-up") == 0 && scanned->as == CONC_SCANNED_FREE_BIB)
    {
      conc_walk_up_form_set_bib (self->walk_up_form, scanned->bib);
      return TRUE;
    }
  if (scanned->as == CONC_SCANNED_RUNNER)
    {
      name = conc_runner_dup_full_name (scanned->runners->pdata[0]);
      sentence = g_strdup_printf (_ ("%s was scanned. Finish or cancel the form first."), name);
    }
  conc_check_in_page_say (self, sentence != NULL ? sentence : scanned->sentence);
  return TRUE;
}

/* What the page does with a code: it shows the runner, or gives the bib to the one who is shown. */
gboolean
conc_check_in_page_take_scan (ConcScanTarget *target, const ConcScanned *scanned)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (target);

  if (self->session == NULL)
    return FALSE;
  if (take_in_form (self, scanned))
    return TRUE;
  conc_desk_search_clear (self->search);
  conc_check_in_page_say (self, NULL);
  if (is_for_shown (self, scanned))
    give_scanned (self, scanned->bib);
  else if (scanned->as == CONC_SCANNED_RUNNER)
    show_found (self, scanned);
  else if (scanned->as == CONC_SCANNED_FREE_BIB)
    keep_bib (self, scanned);
  else
    {
      conc_check_in_page_show (self, NULL);
      conc_check_in_page_say (self, scanned->sentence);
    }
  return TRUE;
}
