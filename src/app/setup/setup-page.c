/* setup-page.c: the settings of the race, and checking and copying its file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setup/setup-page.h"

#include "app/background.h"
#include "store/maintain.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define SENTENCES_SHOWN 3u

struct _ConcSetupPage
{
  AdwBin parent_instance;

  /* template */
  GtkWidget    *first_row;
  AdwActionRow *file_row;
  AdwActionRow *verify_row;
  GtkWidget    *verify_button;
  GtkSpinner   *verify_spinner;

  /* owned */
  ConcSession *session;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcSetupPage, conc_setup_page, ADW_TYPE_BIN)

/* The sentences about what differs, the first few of them. */
static char *
dup_differences (GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%u place of the file differs from its facts.",
                                    "%u places of the file differ from its facts.", sentences->len),
                          sentences->len);
  for (guint i = 0; i < MIN (sentences->len, SENTENCES_SHOWN); i++)
    g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (sentences, i));
  return g_string_free (text, FALSE);
}

static char *
verify (gpointer path, GError **error)
{
  g_autoptr (GPtrArray) sentences = NULL;
  gint64 n_facts = 0;

  if (!conc_verify (path, &sentences, &n_facts, NULL, error))
    return NULL;
  if (sentences != NULL && sentences->len > 0)
    return dup_differences (sentences);
  return g_strdup_printf (ngettext ("The file is sound: %" PRId64 " fact, replayed.",
                                    "The file is sound: %" PRId64 " facts, all replayed.",
                                    (gulong) n_facts),
                          n_facts);
}

static void
verified (GObject *owner, const char *sentence, const GError *error)
{
  ConcSetupPage   *self = CONC_SETUP_PAGE (owner);
  g_autofree char *subtitle = g_markup_escape_text (error != NULL ? error->message : sentence, -1);

  /* The page may be gone by now. */
  if (self->verify_row == NULL)
    return;
  adw_action_row_set_subtitle (self->verify_row, subtitle);
  gtk_spinner_stop (self->verify_spinner);
  gtk_widget_set_sensitive (self->verify_button, TRUE);
}

static void
verify_cb (ConcSetupPage *self)
{
  if (self->session == NULL)
    return;
  gtk_widget_set_sensitive (self->verify_button, FALSE);
  gtk_spinner_start (self->verify_spinner);
  adw_action_row_set_subtitle (self->verify_row, _ ("Replaying all facts…"));
  conc_background_run (G_OBJECT (self), verify,
                       g_strdup (conc_race_file_get_path (conc_session_get_file (self->session))),
                       g_free, verified);
}

static void
set_session (ConcSetupPage *self, ConcSession *session)
{
  g_autofree char *path = NULL;

  if (!g_set_object (&self->session, session))
    return;
  if (session != NULL)
    {
      path = g_markup_escape_text (conc_race_file_get_path (conc_session_get_file (session)), -1);
      adw_action_row_set_subtitle (self->file_row, path);
      adw_action_row_set_subtitle (
          self->verify_row, _ ("Replays all facts and compares; the race goes on meanwhile."));
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

static gboolean
conc_setup_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (CONC_SETUP_PAGE (widget)->first_row, GTK_DIR_TAB_FORWARD);
}

static void
conc_setup_page_dispose (GObject *object)
{
  ConcSetupPage *self = CONC_SETUP_PAGE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_SETUP_PAGE);
  G_OBJECT_CLASS (conc_setup_page_parent_class)->dispose (object);
}

static void
conc_setup_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_SETUP_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_setup_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_SETUP_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_setup_page_class_init (ConcSetupPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_setup_page_dispose;
  object_class->get_property = conc_setup_page_get_property;
  object_class->set_property = conc_setup_page_set_property;
  widget_class->grab_focus = conc_setup_page_grab_focus;
  props[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/setup/setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcSetupPage, first_row);
  gtk_widget_class_bind_template_child (widget_class, ConcSetupPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, ConcSetupPage, verify_row);
  gtk_widget_class_bind_template_child (widget_class, ConcSetupPage, verify_button);
  gtk_widget_class_bind_template_child (widget_class, ConcSetupPage, verify_spinner);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
}

static void
conc_setup_page_init (ConcSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
