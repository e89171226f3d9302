/* scan.c: brings a scanned code to whoever on the screen wants it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/scan.h"

#include "app/sync/roles.h"
#include "app/window-private.h"
#include "core/code-text.h"

#include <glib/gi18n.h>

#define LAST_TOAST "last-scan"
#define TOAST_SEC 6

G_DEFINE_INTERFACE (ConcScanTarget, conc_scan_target, GTK_TYPE_WIDGET)

static void
conc_scan_target_default_init (ConcScanTargetInterface *iface)
{
}

/* Whether @self did something with it, if only a sentence. */
gboolean
conc_scan_target_take (ConcScanTarget *self, const ConcScanned *scanned)
{
  return CONC_SCAN_TARGET_GET_IFACE (self)->take_scan (self, scanned);
}

/* The window of the race that @window is of, or else the first one. */
static ConcWindow *
find_race_window (GtkWindow *window)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  for (GtkWindow *each = window; each != NULL; each = gtk_window_get_transient_for (each))
    if (CONC_IS_WINDOW (each))
      return CONC_WINDOW (each);
  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL;
       l = l->next)
    if (CONC_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* @widget and what it is in. */
static gboolean
offer_upwards (GtkWidget *widget, const ConcScanned *scanned)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (CONC_IS_SCAN_TARGET (widget) && gtk_widget_get_mapped (widget) &&
        conc_scan_target_take (CONC_SCAN_TARGET (widget), scanned))
      return TRUE;
  return FALSE;
}

static gboolean
offer_to_page (ConcWindow *main, const ConcScanned *scanned)
{
  GtkWidget *page = gtk_stack_get_visible_child (main->page_stack);

  return main->session != NULL && CONC_IS_SCAN_TARGET (page) &&
         conc_scan_target_take (CONC_SCAN_TARGET (page), scanned);
}

/* What became of the last scan, in the place of what became of the one before. */
static void
say (ConcWindow *main, const char *sentence)
{
  /* A toast reads its title as markup. */
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  AdwToast        *toast = adw_toast_new (title);
  AdwToast        *last = g_object_get_data (G_OBJECT (main), LAST_TOAST);

  if (last != NULL)
    adw_toast_dismiss (last);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, TOAST_SEC);
  g_object_set_data_full (G_OBJECT (main), LAST_TOAST, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (main->toasts, toast);
}

/* Where no page wants the code, whose it is can still be seen. */
static void
show_runner (ConcWindow *main, const ConcScanned *scanned)
{
  const ConcRunner *runner = scanned->runners->pdata[0];
  g_autofree char  *name = NULL;

  if (conc_role_has_page (conc_window_get_role (main), "runners"))
    {
      conc_window_set_page (main, "runners");
      conc_runners_page_show_runner (main->runners_page, conc_runner_get_id (runner));
      return;
    }
  name = conc_runner_dup_full_name (runner);
  say (main, name);
}

/* Nothing happens behind a dialog that waits for an answer. */
static gboolean
is_behind_dialog (GtkWindow *window, ConcWindow *main)
{
  return window != GTK_WINDOW (main) && gtk_window_get_modal (window);
}

static void
deliver (GtkWindow *window, const ConcScanned *scanned)
{
  ConcWindow *main = find_race_window (window);
  GtkWidget  *focus = gtk_window_get_focus (window);

  if (offer_upwards (focus != NULL ? focus : GTK_WIDGET (window), scanned))
    return;
  if (main == NULL || main->session == NULL || is_behind_dialog (window, main))
    {
      gtk_widget_error_bell (GTK_WIDGET (window));
      if (main != NULL && main->session != NULL)
        say (main, _ ("A code was scanned while a dialog was open. Scan it again."));
      return;
    }
  if (offer_to_page (main, scanned))
    return;
  if (scanned->as == CONC_SCANNED_RUNNER)
    show_runner (main, scanned);
  else
    {
      gtk_widget_error_bell (GTK_WIDGET (window));
      say (main, scanned->sentence);
    }
}

/* Without a race a code is only its text, which an invitation to one can be. */
static ConcScanned *
find_scanned (GtkWindow *window, const char *text)
{
  ConcWindow   *main = find_race_window (window);
  ConcSession  *session = main != NULL ? main->session : NULL;
  ConcRaceFile *file = session != NULL ? conc_session_get_file (session) : NULL;
  g_autoptr (GError) error = NULL;
  ConcScanned *scanned;

  if (file == NULL)
    {
      scanned = g_new0 (ConcScanned, 1);
      scanned->as = CONC_SCANNED_REFUSED;
      scanned->text = g_strdup (text);
      scanned->sentence = g_strdup (_ ("No race is open."));
      scanned->runners = g_ptr_array_new ();
      return scanned;
    }
  scanned = conc_reader_find_scanned (conc_session_get_reader (session),
                                      conc_race_file_get_race_id (file),
                                      conc_race_file_get_key (file), text, &error);
  if (scanned == NULL)
    conc_session_fail (session, error->message);
  return scanned;
}

static void
deliver_text (GtkWindow *window, const char *text)
{
  g_autoptr (ConcScanned) scanned = find_scanned (window, text);

  if (scanned != NULL)
    deliver (window, scanned);
}

/* What a scanner or a camera read while @window, or the window that @window is in, had the
 * keyboard. Who is asked: the widget with the focus and what it is in, the page that is shown; who
 * is left shows the runner. Two labels that were read as one text are two scans. */
void
conc_scan_deliver (GtkWidget *window, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (window);
  g_autoptr (ConcCode) code = conc_code_read (text);

  if (!GTK_IS_WINDOW (root) || code->kind == CONC_CODE_NOTHING)
    return;
  g_object_ref (root);
  if (code->tokens->len > 1)
    for (guint i = 0; i < code->tokens->len; i++)
      deliver_text (GTK_WINDOW (root), g_ptr_array_index (code->tokens, i));
  else
    deliver_text (GTK_WINDOW (root), code->text);
  g_object_unref (root);
}

/* Whether the page that @window shows is to get the key at once, whoever types. */
gboolean
conc_scan_keeps_key (GtkWidget *window, guint keyval)
{
  GtkWidget *page;

  if (!CONC_IS_WINDOW (window) || CONC_WINDOW (window)->session == NULL)
    return FALSE;
  page = gtk_stack_get_visible_child (CONC_WINDOW (window)->page_stack);
  return CONC_IS_SCAN_TARGET (page) && CONC_SCAN_TARGET_GET_IFACE (page)->keeps_key != NULL &&
         CONC_SCAN_TARGET_GET_IFACE (page)->keeps_key (CONC_SCAN_TARGET (page), keyval);
}
