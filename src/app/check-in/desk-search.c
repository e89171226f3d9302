/* desk-search.c: the entry over the list of who matches what was typed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/desk-search.h"

#include "app/check-in/match.h"
#include "core/tell-apart.h"
#include "core/token.h"

#include <glib/gi18n.h>

#define MATCHES_MAX 50u

struct _ConcDeskSearch
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget          *content;
  GtkEditable        *search_entry;
  ConcDeskMessage    *message;
  GtkStack           *list_stack;
  GtkListView        *match_list;
  GtkSingleSelection *selection;
  GListStore         *matches;
  GtkLabel           *none_label;

  /* owned */
  ConcSession *session;

  /* state */
  gboolean is_clearing;
};

enum
{
  CHOSEN,
  ACTIVATED,
  SCANNED,
  STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcDeskSearch, conc_desk_search, GTK_TYPE_WIDGET)

static void
choose (ConcDeskSearch *self, ConcMatch *match)
{
  g_signal_emit (self, signals[CHOSEN], 0, match);
}

/* Fills the list with @runners, and keeps whoever was selected if still among them. */
static void
fill_matches (ConcDeskSearch *self, GPtrArray *runners)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) tell_apart = conc_tell_apart (runners);
  ConcMatch       *before = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *selected = before != NULL ? g_strdup (conc_match_get_id (before)) : NULL;
  guint            position = 0;

  for (guint i = 0; i < runners->len; i++)
    {
      ConcMatch *match = conc_match_new (conc_runner_copy (g_ptr_array_index (runners, i)),
                                         conc_session_get_zone (self->session));

      conc_match_set_tell_apart (match, g_ptr_array_index (tell_apart, i));
      if (g_strcmp0 (conc_match_get_id (match), selected) == 0)
        position = i;
      g_ptr_array_add (items, match);
    }
  g_list_store_splice (self->matches, 0, g_list_model_get_n_items (G_LIST_MODEL (self->matches)),
                       items->pdata, items->len);
  gtk_single_selection_set_selected (self->selection, position);
}

static void
search (ConcDeskSearch *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runners = NULL;
  g_autofree char *sentence = NULL;

  runners = conc_reader_search (conc_session_get_reader (self->session), text, MATCHES_MAX, &error);
  if (runners == NULL)
    {
      conc_session_fail (self->session, error->message);
      choose (self, NULL);
      return;
    }
  fill_matches (self, runners);
  if (runners->len > 0)
    {
      gtk_stack_set_visible_child_name (self->list_stack, "list");
      return;
    }
  sentence = g_strdup_printf (_ ("Nobody matches “%s”."), text);
  gtk_label_set_label (self->none_label, sentence);
  gtk_stack_set_visible_child_name (self->list_stack, "none");
  choose (self, NULL);
}

/* Whatever was typed before a scan is not part of it. */
static const char *
find_token (const char *text)
{
  gsize length = strlen (text);

  if (length < CONC_TOKEN_LENGTH)
    return conc_token_looks_like_token (text) ? text : NULL;
  text += length - CONC_TOKEN_LENGTH;
  return conc_token_looks_like_token (text) ? text : NULL;
}

static void
clear_list (ConcDeskSearch *self)
{
  g_list_store_remove_all (self->matches);
  gtk_stack_set_visible_child_name (self->list_stack, "idle");
}

static void
search_changed_cb (ConcDeskSearch *self)
{
  g_autofree char *text = NULL;

  if (self->is_clearing || self->session == NULL)
    return;
  text = conc_desk_search_dup_text (self);
  /* What is typed elsewhere comes here without the focus, but Enter would not. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!conc_desk_message_is_told (self->message))
    conc_desk_message_clear (self->message);
  if (*text == '\0')
    {
      conc_desk_search_clear (self);
      choose (self, NULL);
    }
  else if (find_token (text) != NULL)
    {
      clear_list (self);
      g_signal_emit (self, signals[SCANNED], 0, find_token (text));
    }
  else
    search (self, text);
}

static void
selected_cb (ConcDeskSearch *self)
{
  ConcMatch *match = gtk_single_selection_get_selected_item (self->selection);

  if (match != NULL)
    choose (self, match);
}

/* A scanner ends with Enter: that one only shows whose bib it is, the next one checks in. */
static void
search_activate_cb (ConcDeskSearch *self)
{
  g_autofree char *text = conc_desk_search_dup_text (self);

  if (self->session == NULL)
    return;
  if (find_token (text) != NULL)
    {
      conc_desk_search_clear (self);
      conc_desk_message_clear (self->message);
      g_signal_emit (self, signals[SCANNED], 0, find_token (text));
    }
  else
    g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
match_activate_cb (ConcDeskSearch *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
search_stop_cb (ConcDeskSearch *self)
{
  conc_desk_search_clear (self);
  conc_desk_message_clear (self->message);
  g_signal_emit (self, signals[STOPPED], 0);
}

static void
move_selection (ConcDeskSearch *self, int by)
{
  int n_items = (int) g_list_model_get_n_items (G_LIST_MODEL (self->matches));
  int position = (int) gtk_single_selection_get_selected (self->selection);

  if (n_items == 0)
    return;
  position = CLAMP (position + by, 0, n_items - 1);
  gtk_single_selection_set_selected (self->selection, (guint) position);
  gtk_widget_activate_action (GTK_WIDGET (self->match_list), "list.scroll-to-item", "u",
                              (guint) position);
}

static gboolean
search_key_cb (ConcDeskSearch        *self,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               GtkEventControllerKey *controller)
{
  const int page = 5;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_selection (self, -page);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_selection (self, page);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Selecting, as GTK does on focus, would make the next letter replace those typed before. */
static gboolean
conc_desk_search_grab_focus (GtkWidget *widget)
{
  GtkEditable *text = gtk_editable_get_delegate (CONC_DESK_SEARCH (widget)->search_entry);

  return gtk_widget_has_focus (GTK_WIDGET (text)) ||
         gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

static void
conc_desk_search_dispose (GObject *object)
{
  ConcDeskSearch *self = CONC_DESK_SEARCH (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_DESK_SEARCH);
  G_OBJECT_CLASS (conc_desk_search_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/desk-search.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, content);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, message);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, list_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, match_list);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, selection);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, matches);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskSearch, none_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, match_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
conc_desk_search_class_init (ConcDeskSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_desk_search_dispose;
  widget_class->grab_focus = conc_desk_search_grab_focus;

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, CONC_TYPE_MATCH);
  signals[ACTIVATED] =
      g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SCANNED] = g_signal_new ("scanned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STOPPED] =
      g_signal_new ("stopped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
conc_desk_search_init (ConcDeskSearch *self)
{
  g_type_ensure (CONC_TYPE_DESK_MESSAGE);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The race whose runners are found; NULL for none. */
void
conc_desk_search_set_session (ConcDeskSearch *self, ConcSession *session)
{
  conc_desk_search_clear (self);
  conc_desk_message_clear (self->message);
  g_set_object (&self->session, session);
}

/* Keys that are typed in @window and that nothing there takes go to the entry; NULL for none. */
void
conc_desk_search_set_capture (ConcDeskSearch *self, GtkWidget *window)
{
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry), window);
}

ConcDeskMessage *
conc_desk_search_get_message (ConcDeskSearch *self)
{
  return self->message;
}

char *
conc_desk_search_dup_text (ConcDeskSearch *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->search_entry)));
}

gboolean
conc_desk_search_is_typed (ConcDeskSearch *self)
{
  return *gtk_editable_get_text (self->search_entry) != '\0';
}

/* After the race has changed. Returns: whether there is a search whose list was filled again. */
gboolean
conc_desk_search_again (ConcDeskSearch *self)
{
  g_autofree char *text = conc_desk_search_dup_text (self);

  if (!conc_desk_search_is_typed (self) || find_token (text) != NULL)
    return FALSE;
  search (self, text);
  return TRUE;
}

/* Nobody is chosen or shown by that. */
void
conc_desk_search_clear (ConcDeskSearch *self)
{
  self->is_clearing = TRUE;
  gtk_editable_set_text (self->search_entry, "");
  self->is_clearing = FALSE;
  clear_list (self);
}
