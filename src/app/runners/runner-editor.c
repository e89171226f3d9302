/* runner-editor.c: the panel in which a runner is registered or changed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runner-editor.h"

#include "app/runners/runner-form.h"
#include "app/runners/runner-rows.h"
#include "app/story/story-view.h"
#include "core/text-fold.h"

#include <glib/gi18n.h>

#define TWIN_LIMIT 10

struct _ConcRunnerEditor
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel        *heading;
  GtkInfoBar      *twin_bar;
  GtkLabel        *twin_label;
  GtkLabel        *sentence;
  GtkButton       *save_button;
  GtkWidget       *contact_group;
  GtkWidget       *registration_group;
  GtkWidget       *scroller;
  GtkStack        *stack;
  GtkToggleButton *story_button;
  ConcStoryView   *story;
  GtkWidget       *rows[CONC_N_FIELDS];
  GtkLabel        *notes[CONC_N_FIELDS];

  /* owned */
  ConcSession *session;
  ConcRunner  *seen;
  char        *twin_id;

  /* state */
  guint    next_bib;
  gboolean is_new;
  gboolean is_filling;
  gboolean is_checking; /* after the first try to save, sentences follow the typing */
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (ConcRunnerEditor, conc_runner_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

enum
{
  CLOSED,
  SHOW_RUNNER,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static const char *
get_race_date (ConcRunnerEditor *self)
{
  return conc_settings_get (conc_session_get_settings (self->session), CONC_SETTING_DATE);
}

static void
say (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
}

/* Marks the field wrong for the eye and for the accessibility bus; NULL takes the mark away. */
static void
say_at (ConcRunnerEditor *self, ConcField field, const char *sentence)
{
  GtkAccessibleInvalidState state =
      sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE;

  if (self->notes[field] == NULL)
    return;
  say (self->notes[field], sentence);
  if (sentence != NULL)
    gtk_widget_add_css_class (self->rows[field], "error");
  else
    gtk_widget_remove_css_class (self->rows[field], "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows[field]), GTK_ACCESSIBLE_STATE_INVALID,
                               state, -1);
}

/* The runner as the rows have it. @ret_wrong is the first field that cannot be, or none; with
 * @aloud the rows say what is wrong. */
static ConcRunner *
collect (ConcRunnerEditor *self, gboolean aloud, ConcField *ret_wrong)
{
  ConcRunner *wanted = conc_runner_copy (self->seen);

  *ret_wrong = CONC_FIELD_NONE;
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    {
      g_autofree char *sentence = NULL;

      if (!conc_runner_row_is_editable (self->rows[field]))
        continue;
      conc_runner_row_read (self->rows[field], field, wanted, get_race_date (self), &sentence);
      if (sentence != NULL && *ret_wrong == CONC_FIELD_NONE)
        *ret_wrong = field;
      if (aloud)
        say_at (self, field, sentence);
    }
  if (g_strcmp0 (conc_runner_get (wanted, CONC_FIELD_BIRTH_DATE),
                 conc_runner_get (self->seen, CONC_FIELD_BIRTH_DATE)) != 0)
    conc_runner_form_set_age (wanted, get_race_date (self));
  return wanted;
}

/* What only the race file can tell: whether the bib is free. */
static char *
check_bib (ConcRunnerEditor *self, const ConcRunner *wanted)
{
  guint bib = conc_runner_get_bib (wanted);
  g_autoptr (ConcRunner) holder = NULL;
  g_autofree char *name = NULL;

  if (bib == 0 || bib == conc_runner_get_bib (self->seen))
    return NULL;
  holder = conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), bib, NULL);
  if (holder == NULL)
    return NULL;
  name = conc_runner_dup_full_name (holder);
  return g_strdup_printf (_ ("Bib %u belongs to %s. Give another bib."), bib, name);
}

static void
update_actions (ConcRunnerEditor *self)
{
  ConcField wrong;
  g_autoptr (ConcRunner) wanted = collect (self, self->is_checking, &wrong);
  gboolean is_changed = !conc_runner_equal (wanted, self->seen) || wrong != CONC_FIELD_NONE;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", is_changed && !self->is_saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.discard",
                                 is_changed && !self->is_saving);
}

static gboolean
is_changed (ConcRunnerEditor *self)
{
  ConcField wrong;
  g_autoptr (ConcRunner) wanted = NULL;

  if (self->seen == NULL)
    return FALSE;
  wanted = collect (self, FALSE, &wrong);
  return wrong != CONC_FIELD_NONE || !conc_runner_equal (wanted, self->seen);
}

static void
update_heading (ConcRunnerEditor *self)
{
  g_autofree char *name = conc_runner_dup_full_name (self->seen);

  if (self->is_new)
    gtk_label_set_text (self->heading, _ ("Add a Runner"));
  else
    gtk_label_set_text (self->heading, *name != '\0' ? name : _ ("Runner"));
  gtk_button_set_label (self->save_button, self->is_new ? _ ("_Register") : _ ("_Save"));
}

/* People who sign up at the desk have somebody behind them: only what the race needs. */
static void
update_visible (ConcRunnerEditor *self)
{
  static const ConcField seldom[] = { CONC_FIELD_WAVE, CONC_FIELD_TEAM, CONC_FIELD_GUARDIAN };
  const ConcRunner      *seen = self->seen;

  gtk_widget_set_visible (self->contact_group, !self->is_new);
  gtk_widget_set_visible (self->registration_group, !self->is_new);
  for (gsize i = 0; i < G_N_ELEMENTS (seldom); i++)
    gtk_widget_set_visible (self->rows[seldom[i]], !self->is_new);
  if (conc_runner_row_get_n_choices (self->rows[CONC_FIELD_WAVE]) < 2)
    gtk_widget_set_visible (self->rows[CONC_FIELD_WAVE], FALSE);
  if (conc_runner_get (seen, CONC_FIELD_REGISTERED) == NULL &&
      conc_runner_get (seen, CONC_FIELD_REGISTRATION_ID) == NULL &&
      conc_runner_get (seen, CONC_FIELD_CHECKED_IN) == NULL)
    gtk_widget_set_visible (self->registration_group, FALSE);
}

static void
update_choices (ConcRunnerEditor *self)
{
  ConcReader *reader = conc_session_get_reader (self->session);
  g_auto (GStrv) events = conc_reader_list_events (reader, NULL);
  g_auto (GStrv) waves = conc_settings_dup_waves (conc_session_get_settings (self->session));

  conc_runner_row_set_choices (self->rows[CONC_FIELD_EVENT], (const char *const *) events,
                               conc_runner_get (self->seen, CONC_FIELD_EVENT));
  conc_runner_row_set_choices (self->rows[CONC_FIELD_WAVE], (const char *const *) waves,
                               conc_runner_get (self->seen, CONC_FIELD_WAVE));
}

static void
fill (ConcRunnerEditor *self)
{
  GTimeZone *zone = conc_session_get_zone (self->session);

  self->is_filling = TRUE;
  self->is_checking = FALSE;
  update_choices (self);
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    {
      conc_runner_row_write (self->rows[field], field, self->seen, zone);
      say_at (self, field, NULL);
    }
  gtk_widget_set_sensitive (self->rows[CONC_FIELD_AGE],
                            conc_runner_get (self->seen, CONC_FIELD_BIRTH_DATE) == NULL);
  self->is_filling = FALSE;
  say (self->sentence, NULL);
  gtk_info_bar_set_revealed (self->twin_bar, FALSE);
  update_heading (self);
  update_visible (self);
  update_actions (self);
}

/* Somebody who is being registered has no story yet. */
static void
update_story (ConcRunnerEditor *self)
{
  if (self->is_new)
    gtk_toggle_button_set_active (self->story_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->story_button), !self->is_new);
  conc_story_view_set_subject (self->story, self->is_new ? NULL : conc_runner_get_id (self->seen));
}

static void
story_toggled_cb (ConcRunnerEditor *self)
{
  gtk_stack_set_visible_child_name (self->stack, gtk_toggle_button_get_active (self->story_button)
                                                     ? "story"
                                                     : "form");
}

static void
take_seen (ConcRunnerEditor *self, ConcRunner *take_runner, gboolean is_new)
{
  g_clear_pointer (&self->seen, conc_runner_free);
  self->seen = take_runner;
  self->is_new = is_new;
  fill (self);
  update_story (self);
}

static ConcRunner *
find_twin (ConcRunnerEditor *self, const ConcRunner *wanted)
{
  g_autofree char *name = conc_runner_dup_full_name (wanted);
  g_autofree char *folded = conc_text_fold (name);
  g_autoptr (GPtrArray) found =
      conc_reader_search (conc_session_get_reader (self->session), name, TWIN_LIMIT, NULL);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const ConcRunner *other = g_ptr_array_index (found, i);
      g_autofree char  *other_name = conc_runner_dup_full_name (other);
      g_autofree char  *other_folded = conc_text_fold (other_name);

      if (g_strcmp0 (folded, other_folded) == 0)
        return conc_runner_copy (other);
    }
  return NULL;
}

static char *
dup_twin_sentence (const ConcRunner *twin)
{
  g_autofree char *name = conc_runner_dup_full_name (twin);
  int              age = conc_runner_get_age (twin);
  guint            bib = conc_runner_get_bib (twin);

  if (bib > 0 && age >= 0)
    return g_strdup_printf (_ ("%s is registered already: bib %u, age %d."), name, bib, age);
  if (bib > 0)
    return g_strdup_printf (_ ("%s is registered already: bib %u."), name, bib);
  if (age >= 0)
    return g_strdup_printf (_ ("%s is registered already: age %d, no bib yet."), name, age);
  return g_strdup_printf (_ ("%s is registered already, with no bib yet."), name);
}

/* Two people may have one name; so this says it and does not stand in the way. */
static void
update_twin (ConcRunnerEditor *self)
{
  ConcField wrong;
  g_autoptr (ConcRunner) wanted = collect (self, FALSE, &wrong);
  g_autoptr (ConcRunner) twin = NULL;
  g_autofree char *sentence = NULL;

  if (self->is_new && conc_runner_get (wanted, CONC_FIELD_GIVEN_NAME) != NULL &&
      conc_runner_get (wanted, CONC_FIELD_FAMILY_NAME) != NULL)
    twin = find_twin (self, wanted);
  g_free (self->twin_id);
  self->twin_id = twin != NULL ? g_strdup (conc_runner_get_id (twin)) : NULL;
  if (twin != NULL)
    {
      sentence = dup_twin_sentence (twin);
      gtk_label_set_text (self->twin_label, sentence);
    }
  gtk_info_bar_set_revealed (self->twin_bar, twin != NULL);
}

static void
update_age (ConcRunnerEditor *self)
{
  g_autoptr (ConcRunner) typed = conc_runner_new (NULL);
  g_autofree char *sentence = NULL;
  const char      *age;

  conc_runner_row_read (self->rows[CONC_FIELD_BIRTH_DATE], CONC_FIELD_BIRTH_DATE, typed,
                        get_race_date (self), &sentence);
  conc_runner_form_set_age (typed, get_race_date (self));
  age = conc_runner_get (typed, CONC_FIELD_AGE);
  gtk_widget_set_sensitive (self->rows[CONC_FIELD_AGE], age == NULL);
  if (age != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->rows[CONC_FIELD_AGE]), age);
}

static void
row_changed_cb (ConcRunnerEditor *self, GParamSpec *pspec, GtkWidget *row)
{
  if (self->is_filling || self->seen == NULL)
    return;
  if (row == self->rows[CONC_FIELD_BIRTH_DATE])
    update_age (self);
  if (row == self->rows[CONC_FIELD_GIVEN_NAME] || row == self->rows[CONC_FIELD_FAMILY_NAME])
    update_twin (self);
  say (self->sentence, NULL);
  update_actions (self);
}

static void
entry_activated_cb (ConcRunnerEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.save", NULL);
}

static ConcRunner *
blank_runner_new (ConcRunnerEditor *self)
{
  ConcRunner *runner = conc_runner_new (NULL);
  g_auto (GStrv) events = conc_reader_list_events (conc_session_get_reader (self->session), NULL);

  for (guint i = 0; events != NULL && events[i] != NULL; i++)
    {
      conc_runner_set (runner, CONC_FIELD_EVENT, events[i]);
      if (!conc_runner_get_virtual (runner))
        break;
    }
  if (self->next_bib > 0)
    conc_runner_take (runner, CONC_FIELD_BIB, g_strdup_printf ("%u", self->next_bib));
  return runner;
}

static void
registered (ConcRunnerEditor *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  g_autofree char *sentence = NULL;
  guint            bib = conc_runner_get_bib (runner);

  if (bib > 0)
    sentence = g_strdup_printf (_ ("Registered: %s, bib %u."), name, bib);
  else
    sentence = g_strdup_printf (_ ("Registered: %s."), name);
  conc_session_say (self->session, sentence, NULL);
  if (bib > 0 && bib == self->next_bib)
    self->next_bib++;
  take_seen (self, blank_runner_new (self), TRUE);
  gtk_widget_grab_focus (self->rows[CONC_FIELD_GIVEN_NAME]);
}

static void
saved (ConcRunnerEditor *self, const ConcRunner *runner, const ConcReceipt *receipt)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  g_autofree char *sentence = g_strdup_printf (_ ("Saved: %s."), name);
  g_autofree char *fact = NULL;

  /* Undo takes back one fact; a change of several fields is several. */
  if (receipt->n_facts == 1 && conc_fact_id_is_set (&receipt->fact))
    fact = conc_fact_id_to_text (&receipt->fact);
  conc_session_say (self->session, sentence, fact);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
submitted_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (user_data);
  ConcField         wrong;
  g_autoptr (ConcRunner) wanted = NULL;

  self->is_saving = FALSE;
  if (self->seen == NULL)
    return;
  wanted = collect (self, FALSE, &wrong);
  if (receipt == NULL)
    {
      say (self->sentence, error->message);
      update_actions (self);
    }
  else if (self->is_new)
    registered (self, wanted, receipt);
  else
    {
      conc_runner_free (self->seen);
      self->seen = g_steal_pointer (&wanted);
      update_actions (self);
      saved (self, self->seen, receipt);
    }
}

static void
submit (ConcRunnerEditor *self, ConcRunner *wanted)
{
  ConcClock   *clock = conc_session_get_clock (self->session);
  ConcCommand *command;

  if (self->is_new)
    {
      command = conc_command_new (CONC_COMMAND_REGISTER, clock);
      command->runner = conc_runner_copy (wanted);
    }
  else
    command = conc_command_new_edit (clock, self->seen, wanted);
  self->is_saving = TRUE;
  update_actions (self);
  conc_session_submit (self->session, command, submitted_cb, self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (widget);
  ConcField         wrong;
  g_autoptr (ConcRunner) wanted = NULL;
  g_autofree char *sentence = NULL;

  self->is_checking = TRUE;
  wanted = collect (self, TRUE, &wrong);
  if (wrong == CONC_FIELD_NONE && (sentence = conc_runner_form_check (wanted)) != NULL)
    {
      wrong = CONC_FIELD_GIVEN_NAME;
      say_at (self, wrong, sentence);
    }
  if (wrong == CONC_FIELD_NONE && (sentence = check_bib (self, wanted)) != NULL)
    {
      wrong = CONC_FIELD_BIB;
      say_at (self, wrong, sentence);
    }
  if (wrong != CONC_FIELD_NONE)
    gtk_widget_grab_focus (self->rows[wrong]);
  else
    submit (self, wanted);
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fill (CONC_RUNNER_EDITOR (widget));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (widget);

  /* A walk-up form holds a few words at most; a change to somebody's data is asked for. */
  if (!self->is_new && is_changed (self))
    say (self->sentence, _ ("Save or discard the changes first."));
  else
    g_signal_emit (self, signals[CLOSED], 0);
}

static void
show_twin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (widget);
  g_autofree char  *id = g_strdup (self->twin_id);

  if (id != NULL)
    g_signal_emit (self, signals[SHOW_RUNNER], 0, id);
}

static void
conc_runner_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_runner_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (object);

  if (id == PROP_SESSION)
    {
      if (g_set_object (&self->session, g_value_get_object (value)))
        {
          g_clear_pointer (&self->seen, conc_runner_free);
          g_object_notify_by_pspec (object, pspec);
        }
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_runner_editor_dispose (GObject *object)
{
  ConcRunnerEditor *self = CONC_RUNNER_EDITOR (object);
  GtkWidget        *child;

  g_clear_object (&self->session);
  g_clear_pointer (&self->seen, conc_runner_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_RUNNER_EDITOR);
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (conc_runner_editor_parent_class)->dispose (object);
}

static void
conc_runner_editor_finalize (GObject *object)
{
  g_free (CONC_RUNNER_EDITOR (object)->twin_id);
  G_OBJECT_CLASS (conc_runner_editor_parent_class)->finalize (object);
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    {
      const char *key = conc_field_get_key (field);

      gtk_widget_class_bind_template_child_full (widget_class, key, FALSE, 0);
      if (conc_runner_row_has_sentence (field))
        {
          g_autofree char *note = g_strconcat (key, "_sentence", NULL);
          gtk_widget_class_bind_template_child_full (widget_class, note, FALSE, 0);
        }
    }
}

static void
conc_runner_editor_class_init (ConcRunnerEditorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_runner_editor_get_property;
  object_class->set_property = conc_runner_editor_set_property;
  object_class->dispose = conc_runner_editor_dispose;
  object_class->finalize = conc_runner_editor_finalize;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW_RUNNER] = g_signal_new ("show-runner", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/runners/runner-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, heading);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, twin_bar);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, twin_label);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, contact_group);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, registration_group);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, story_button);
  gtk_widget_class_bind_template_child (widget_class, ConcRunnerEditor, story);
  gtk_widget_class_bind_template_callback (widget_class, story_toggled_cb);
  bind_rows (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "editor.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "editor.show-twin", NULL, show_twin_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "editor.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save",
                                       NULL);
}

static void
conc_runner_editor_init (ConcRunnerEditor *self)
{
  GType type = CONC_TYPE_RUNNER_EDITOR;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    {
      const char *key = conc_field_get_key (field);

      self->rows[field] = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), type, key));
      if (conc_runner_row_has_sentence (field))
        {
          g_autofree char *note = g_strconcat (key, "_sentence", NULL);
          self->notes[field] =
              GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (self), type, note));
        }
      conc_runner_row_connect (self->rows[field], G_CALLBACK (row_changed_cb),
                               G_CALLBACK (entry_activated_cb), self);
    }
}

static void
scroll_to_top (ConcRunnerEditor *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scroller)),
                            0);
}

/* Shows @runner. Returns FALSE and stays when there are changes that were not saved. */
gboolean
conc_runner_editor_edit (ConcRunnerEditor *self, const ConcRunner *runner)
{
  if (self->is_saving)
    return FALSE;
  if (!self->is_new && is_changed (self))
    {
      say (self->sentence, _ ("Save or discard the changes first."));
      return FALSE;
    }
  take_seen (self, conc_runner_copy (runner), FALSE);
  scroll_to_top (self);
  gtk_widget_grab_focus (self->rows[CONC_FIELD_GIVEN_NAME]);
  return TRUE;
}

/* A form for somebody who signs up here; @next_bib is proposed, 0 for none. */
gboolean
conc_runner_editor_add (ConcRunnerEditor *self, guint next_bib)
{
  if (self->is_saving)
    return FALSE;
  if (!self->is_new && is_changed (self))
    {
      say (self->sentence, _ ("Save or discard the changes first."));
      return FALSE;
    }
  self->next_bib = next_bib;
  take_seen (self, blank_runner_new (self), TRUE);
  scroll_to_top (self);
  gtk_widget_grab_focus (self->rows[CONC_FIELD_GIVEN_NAME]);
  return TRUE;
}

/* @runner was changed elsewhere. What is being typed stays: the save says what was seen, and so
 * both changes are kept. */
void
conc_runner_editor_refresh (ConcRunnerEditor *self, const ConcRunner *runner)
{
  if (self->seen == NULL || self->is_new || self->is_saving || is_changed (self) ||
      g_strcmp0 (conc_runner_get_id (self->seen), conc_runner_get_id (runner)) != 0)
    return;
  take_seen (self, conc_runner_copy (runner), FALSE);
}
