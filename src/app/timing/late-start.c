/* late-start.c: records the own start of somebody who comes after the gun. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/late-start.h"

#include "core/race-time.h"

#include <glib/gi18n.h>

struct _ConcLateStart
{
  GtkWidget parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkEditable   *bib_entry;
  GtkEditable   *time_entry;
  GtkLabel      *sentence;

  /* owned */
  ConcSession *session;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcLateStart, conc_late_start, GTK_TYPE_WIDGET)

static void
say (ConcLateStart *self, const char *sentence, gboolean is_trouble)
{
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), *sentence != '\0');
  if (is_trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "error");
}

static char *
describe (ConcLateStart *self, const ConcReceipt *receipt)
{
  g_autoptr (ConcRunner) runner =
      conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), receipt->bib, NULL);
  g_autofree char *clock =
      conc_time_format_clock (receipt->at_usec, conc_session_get_zone (self->session), 1);
  g_autofree char *name = runner != NULL ? conc_runner_dup_full_name (runner)
                                         : g_strdup (_ ("nobody is registered with this bib"));

  return g_strdup_printf (_ ("%u, %s: own start at %s."), receipt->bib, name, clock);
}

/* The next one may be waiting: the popover stays. */
static void
done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcLateStart   *self = user_data;
  g_autofree char *sentence = NULL;
  g_autofree char *fact = NULL;

  if (self->session == NULL)
    return;
  if (receipt == NULL)
    {
      say (self, error->message, TRUE);
      return;
    }
  sentence = describe (self, receipt);
  fact = conc_fact_id_to_text (&receipt->fact);
  gtk_editable_set_text (self->bib_entry, "");
  gtk_editable_set_text (self->time_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->bib_entry));
  say (self, sentence, FALSE);
  conc_session_say (session, sentence, fact);
}

static void
record_cb (ConcLateStart *self)
{
  const char  *when = gtk_editable_get_text (self->time_entry);
  ConcCommand *command;
  guint64      bib;

  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (self->bib_entry), 10, 1, CONC_BIB_MAX,
                                   &bib, NULL))
    {
      say (self, _ ("Type the bib of who starts late."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->bib_entry));
      return;
    }
  command = conc_command_new_bib (CONC_COMMAND_START, conc_session_get_clock (self->session),
                                  (guint) bib);
  if (*when != '\0')
    {
      command->when = g_strdup (when);
      command->source = "typed";
    }
  conc_session_submit (self->session, command, done_cb, self);
}

static void
shown_cb (ConcLateStart *self)
{
  say (self, "", FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->bib_entry));
}

static gboolean
open_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  ConcLateStart *self = CONC_LATE_START (widget);

  if (!gtk_widget_get_mapped (widget) || self->session == NULL)
    return FALSE;
  gtk_menu_button_popup (self->button);
  return TRUE;
}

static void
add_shortcut (ConcLateStart *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s, GDK_CONTROL_MASK),
                        gtk_callback_action_new (open_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
conc_late_start_dispose (GObject *object)
{
  ConcLateStart *self = CONC_LATE_START (object);
  GtkWidget     *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_object (&self->session);
  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_LATE_START);
  G_OBJECT_CLASS (conc_late_start_parent_class)->dispose (object);
}

static void
conc_late_start_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_LATE_START (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_late_start_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_set_object (&CONC_LATE_START (object)->session, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_late_start_class_init (ConcLateStartClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_late_start_dispose;
  object_class->get_property = conc_late_start_get_property;
  object_class->set_property = conc_late_start_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/timing/late-start.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcLateStart, button);
  gtk_widget_class_bind_template_child (widget_class, ConcLateStart, bib_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcLateStart, time_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcLateStart, sentence);
  gtk_widget_class_bind_template_callback (widget_class, record_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
conc_late_start_init (ConcLateStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcut (self);
}
