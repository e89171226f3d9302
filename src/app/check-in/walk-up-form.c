/* walk-up-form.c: few fields, with what is usual filled in, for a walk-up or whoever runs instead.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/walk-up-form.h"

#include "app/accessible.h"
#include "app/check-in/choices.h"
#include "app/check-in/waiver-form.h"
#include "app/runners/runner-form.h"
#include "core/money.h"
#include "core/text-fold.h"

#include <glib/gi18n.h>
#include <string.h>

#define AGE_LETTERS_MAX 3
#define KNOWN_LETTERS_MIN 2

struct _ConcWalkUpForm
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget       *content;
  GtkLabel        *heading;
  GtkEditable     *given_entry;
  GtkEditable     *family_entry;
  GtkWidget       *known_box;
  GtkLabel        *known_label;
  GtkEditable     *sex_entry;
  GtkEditable     *age_entry;
  GtkEditable     *phone_entry;
  GtkWidget       *guardian_box;
  GtkEditable     *guardian_entry;
  GtkWidget       *place_box;
  GtkDropDown     *event_drop;
  GtkDropDown     *wave_drop;
  GtkWidget       *wave_box;
  GtkDropDown     *shirt_drop;
  GtkEditable     *bib_entry;
  GtkCheckButton  *public_check;
  GtkWidget       *fields;
  GtkCheckButton  *paper_check;
  GtkLabel        *signed_label;
  ConcWaiverForm  *waiver_form;
  GtkWidget       *money_box;
  GtkEditable     *fee_entry;
  GtkEditable     *donation_entry;
  GtkToggleButton *cash_toggle;
  GtkToggleButton *check_toggle;
  GtkToggleButton *card_toggle;
  GtkToggleButton *unpaid_toggle;
  GtkWidget       *sentence_box;
  GtkLabel        *sentence;
  GtkButton       *save_button;

  /* owned */
  ConcSession   *session;
  char          *from_id; /* whose place somebody takes; NULL: a walk-up */
  char          *known_id;
  char          *signer;
  char          *signature;
  GStrv          sizes;
  ConcJointDeed *bundle;

  /* state */
  guint    bib; /* that is given */
  gboolean is_saving;
};

enum
{
  REGISTERED,
  KNOWN,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcWalkUpForm, conc_walk_up_form, GTK_TYPE_WIDGET)

static void
say (ConcWalkUpForm *self, const char *sentence)
{
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->sentence_box, sentence != NULL);
}

static char *
dup_typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static const char *
get_race_date (ConcWalkUpForm *self)
{
  return conc_settings_get (conc_session_get_settings (self->session), CONC_SETTING_DATE);
}

/* ------------------------------------------------------------------ reading the form */

/* Says @sentence about @entry and brings the keyboard there. */
static gboolean
refuse (ConcWalkUpForm *self, GtkEditable *entry, const char *sentence)
{
  say (self, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return FALSE;
}

static gboolean
read_field (ConcWalkUpForm *self, GtkEditable *entry, ConcField field, ConcRunner *runner)
{
  g_autofree char *sentence = NULL;
  char            *text = conc_runner_form_normalise (field, gtk_editable_get_text (entry),
                                                      get_race_date (self), &sentence);

  if (sentence != NULL)
    return refuse (self, entry, sentence);
  conc_runner_take (runner, field, text);
  return TRUE;
}

/* Three digits at most are an age; what is longer is a birth date, and the age follows from it. */
static gboolean
read_age (ConcWalkUpForm *self, ConcRunner *runner)
{
  g_autofree char *typed = dup_typed (self->age_entry);

  if (strlen (typed) <= AGE_LETTERS_MAX)
    return read_field (self, self->age_entry, CONC_FIELD_AGE, runner);
  if (!read_field (self, self->age_entry, CONC_FIELD_BIRTH_DATE, runner))
    return FALSE;
  conc_runner_form_set_age (runner, get_race_date (self));
  return TRUE;
}

static gboolean
read_sex (ConcWalkUpForm *self, ConcRunner *runner)
{
  static const char letters[] = "FMX";
  g_autofree char  *typed = dup_typed (self->sex_entry);
  const char       *found = strlen (typed) == 1 ? strchr (letters, g_ascii_toupper (*typed)) : NULL;

  if (*typed == '\0')
    return TRUE;
  if (found == NULL)
    return refuse (self, self->sex_entry, _ ("Sex is F, M or X; or nothing."));
  conc_runner_take (runner, CONC_FIELD_SEX, g_strndup (found, 1));
  return TRUE;
}

static const char *
get_shirt (ConcWalkUpForm *self)
{
  guint position = gtk_drop_down_get_selected (self->shirt_drop);

  if (self->sizes == NULL || position == GTK_INVALID_LIST_POSITION ||
      *self->sizes[position] == '\0')
    return NULL;
  return self->sizes[position];
}

static gboolean
read_person (ConcWalkUpForm *self, ConcRunner *runner)
{
  g_autofree char *sentence = NULL;

  if (!read_field (self, self->given_entry, CONC_FIELD_GIVEN_NAME, runner) ||
      !read_field (self, self->family_entry, CONC_FIELD_FAMILY_NAME, runner))
    return FALSE;
  sentence = conc_runner_form_check (runner);
  if (sentence != NULL)
    return refuse (self, self->given_entry, sentence);
  if (!read_sex (self, runner) || !read_age (self, runner) ||
      !read_field (self, self->phone_entry, CONC_FIELD_EMERGENCY_PHONE, runner) ||
      !read_field (self, self->guardian_entry, CONC_FIELD_GUARDIAN, runner))
    return FALSE;
  conc_runner_set (runner, CONC_FIELD_PUBLIC,
                   gtk_check_button_get_active (self->public_check) ? "yes" : "no");
  return TRUE;
}

static gboolean
read_money (ConcWalkUpForm *self, GtkEditable *entry, gint64 *ret_cents)
{
  g_autofree char *typed = dup_typed (entry);
  g_autoptr (GError) error = NULL;

  *ret_cents = 0;
  if (*typed == '\0' || conc_money_parse (typed, ret_cents, &error))
    return TRUE;
  return refuse (self, entry, error->message);
}

/* Whose bib it is can only be seen in the race. */
static gboolean
read_bib (ConcWalkUpForm *self)
{
  g_autoptr (ConcRunner) runner = conc_runner_new (NULL);
  g_autoptr (ConcRunner) holder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (!read_field (self, self->bib_entry, CONC_FIELD_BIB, runner))
    return FALSE;
  self->bib = conc_runner_get_bib (runner);
  if (self->bib > 0)
    holder =
        conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), self->bib, NULL);
  if (holder == NULL)
    return TRUE;
  name = conc_runner_dup_full_name (holder);
  sentence = g_strdup_printf (_ ("Bib %u belongs to %s. Give another bib."), self->bib, name);
  return refuse (self, self->bib_entry, sentence);
}

/* ------------------------------------------------------------------ who is known */

/* Two people may have one name, so this asks and does not stand in the way. */
static void
show_known (ConcWalkUpForm *self, const ConcRunner *runner)
{
  g_autofree char *name = conc_runner_dup_full_name (runner);
  const char      *city = conc_runner_get (runner, CONC_FIELD_CITY);
  int              age = conc_runner_get_age (runner);
  GString         *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Registered already? %s"), name);
  if (conc_runner_get_bib (runner) > 0)
    g_string_append_printf (text, _ (", bib %u"), conc_runner_get_bib (runner));
  if (age >= 0)
    g_string_append_printf (text, ngettext (", %d year", ", %d years", (gulong) age), age);
  if (city != NULL)
    g_string_append_printf (text, ", %s", city);
  gtk_label_set_label (self->known_label, text->str);
  g_string_free (text, TRUE);
  g_free (self->known_id);
  self->known_id = g_strdup (conc_runner_get_id (runner));
  gtk_widget_set_visible (self->known_box, TRUE);
}

static void
name_changed_cb (ConcWalkUpForm *self)
{
  g_autofree char *given = dup_typed (self->given_entry);
  g_autofree char *family = dup_typed (self->family_entry);
  g_autofree char *name = g_strdup_printf ("%s %s", given, family);
  g_autoptr (GPtrArray) found = NULL;

  say (self, NULL);
  gtk_widget_set_visible (self->known_box, FALSE);
  if (self->session == NULL || self->from_id != NULL ||
      g_utf8_strlen (given, -1) < KNOWN_LETTERS_MIN ||
      g_utf8_strlen (family, -1) < KNOWN_LETTERS_MIN)
    return;
  found = conc_reader_search (conc_session_get_reader (self->session), name, 1, NULL);
  if (found != NULL && found->len > 0)
    show_known (self, found->pdata[0]);
}

static void
known_cb (ConcWalkUpForm *self)
{
  g_autofree char *id = g_strdup (self->known_id);

  g_signal_emit (self, signals[KNOWN], 0, id);
}

/* ------------------------------------------------------------------ what is shown */

static void
age_changed_cb (ConcWalkUpForm *self)
{
  g_autofree char *typed = dup_typed (self->age_entry);
  g_autoptr (ConcRunner) runner = conc_runner_new (NULL);
  g_autofree char *sentence = NULL;
  ConcField field = strlen (typed) <= AGE_LETTERS_MAX ? CONC_FIELD_AGE : CONC_FIELD_BIRTH_DATE;

  if (self->session == NULL)
    return;
  conc_runner_take (runner, field,
                    conc_runner_form_normalise (field, typed, get_race_date (self), &sentence));
  if (field == CONC_FIELD_BIRTH_DATE)
    conc_runner_form_set_age (runner, get_race_date (self));
  gtk_widget_set_visible (self->guardian_box,
                          conc_desk_is_minor (runner, conc_session_get_settings (self->session)));
}

static void
show_waiver_form (ConcWalkUpForm *self, gboolean is_shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->waiver_form), is_shown);
  gtk_widget_set_visible (self->fields, !is_shown);
}

static void
sign_cb (ConcWalkUpForm *self)
{
  ConcSettings    *settings = conc_session_get_settings (self->session);
  g_autofree char *guardian = dup_typed (self->guardian_entry);
  g_autofree char *given = dup_typed (self->given_entry);
  g_autofree char *family = dup_typed (self->family_entry);
  g_autofree char *name = g_strstrip (g_strdup_printf ("%s %s", given, family));

  conc_waiver_form_begin (self->waiver_form, conc_settings_get (settings, CONC_SETTING_WAIVER),
                          *guardian != '\0' ? guardian : name);
  show_waiver_form (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->waiver_form));
}

static void
waiver_accepted_cb (ConcWalkUpForm *self, const char *signer, const char *signature)
{
  g_autofree char *sentence = g_strdup_printf (_ ("Signed by %s."), signer);

  g_free (self->signer);
  self->signer = g_strdup (signer);
  g_free (self->signature);
  self->signature = g_strdup (signature);
  gtk_label_set_label (self->signed_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->signed_label), TRUE);
  show_waiver_form (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
}

static void
waiver_cancelled_cb (ConcWalkUpForm *self)
{
  show_waiver_form (self, FALSE);
}

/* ------------------------------------------------------------------ saving */

static ConcMethod
get_method (ConcWalkUpForm *self)
{
  if (gtk_toggle_button_get_active (self->cash_toggle))
    return CONC_METHOD_CASH;
  if (gtk_toggle_button_get_active (self->check_toggle))
    return CONC_METHOD_CHECK;
  return gtk_toggle_button_get_active (self->card_toggle) ? CONC_METHOD_CARD : CONC_N_METHODS;
}

static void
add_waiver (ConcWalkUpForm *self, const char *id)
{
  ConcClock *clock = conc_session_get_clock (self->session);

  if (self->signature != NULL)
    conc_joint_deed_add (self->bundle, conc_command_new_waiver (clock, id, "screen", self->signer,
                                                                self->signature));
  else if (gtk_check_button_get_active (self->paper_check))
    conc_joint_deed_add (self->bundle, conc_command_new_waiver (clock, id, "paper", NULL, NULL));
}

/* The fee pays for the place, and what is given beyond it is a gift. */
static void
add_money (ConcWalkUpForm *self, const char *id)
{
  ConcClock   *clock = conc_session_get_clock (self->session);
  ConcMethod   method = get_method (self);
  ConcCommand *command;
  gint64       fee_cents, donation_cents;

  if (self->from_id != NULL || method == CONC_N_METHODS ||
      !read_money (self, self->fee_entry, &fee_cents) ||
      !read_money (self, self->donation_entry, &donation_cents))
    return;
  if (fee_cents > 0)
    conc_joint_deed_add (self->bundle, conc_command_new_fee (clock, id, fee_cents, method));
  if (donation_cents == 0)
    return;
  command = conc_command_new (CONC_COMMAND_GIFT, clock);
  command->gift = conc_gift_new ();
  command->gift->amount_cents = donation_cents;
  command->gift->method = method;
  command->gift->at_usec = command->at_usec;
  conc_joint_deed_add (self->bundle, command);
}

/* The desk checks nobody in whom something blocks; the card says what that is. */
static gboolean
is_blocked (ConcWalkUpForm *self)
{
  ConcSettings    *settings = conc_session_get_settings (self->session);
  ConcNeeds        needs = conc_settings_get_needs (settings);
  g_autofree char *guardian = dup_typed (self->guardian_entry);
  const gboolean   is_signed =
      self->signature != NULL || gtk_check_button_get_active (self->paper_check);

  if ((needs & CONC_NEEDS_WAIVER) != 0 && !is_signed)
    return TRUE;
  if ((needs & CONC_NEEDS_GUARDIAN) != 0 && gtk_widget_get_visible (self->guardian_box) &&
      *guardian == '\0')
    return TRUE;
  return (needs & CONC_NEEDS_BALANCE) != 0 && self->from_id == NULL &&
         get_method (self) == CONC_N_METHODS;
}

static void
add_check_in (ConcWalkUpForm *self, const char *id)
{
  ConcCommand *command;

  if (self->from_id != NULL || is_blocked (self))
    return;
  command = conc_command_new_check_in (conc_session_get_clock (self->session), id, self->bib);
  command->shirt = g_strdup (get_shirt (self));
  conc_joint_deed_add (self->bundle, command);
}

static void
bundle_done_cb (ConcJointDeed *bundle, gpointer owner)
{
  ConcWalkUpForm  *self = CONC_WALK_UP_FORM (owner);
  g_autofree char *id = g_strdup (self->known_id);
  g_autoptr (ConcJointDeed) all = g_steal_pointer (&self->bundle);

  self->is_saving = FALSE;
  g_signal_emit (self, signals[REGISTERED], 0, id, all);
}

static void
registered_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcWalkUpForm *self = CONC_WALK_UP_FORM (user_data);

  if (receipt == NULL || self->session != session)
    {
      self->is_saving = FALSE;
      if (error != NULL)
        say (self, error->message);
      return;
    }
  g_free (self->known_id);
  self->known_id = g_strdup (receipt->runner_id);
  g_set_object (&self->bundle, NULL);
  self->bundle = conc_joint_deed_new (session);
  conc_joint_deed_take (self->bundle, receipt);
  add_waiver (self, receipt->runner_id);
  add_money (self, receipt->runner_id);
  add_check_in (self, receipt->runner_id);
  conc_joint_deed_submit (self->bundle, bundle_done_cb, self);
}

/* What is not paid now is due; it is said on the card until it is. */
static void
set_place (ConcWalkUpForm *self, ConcRunner *runner, gint64 fee_cents)
{
  conc_runner_set (runner, CONC_FIELD_EVENT, conc_choices_get_place (self->event_drop));
  conc_runner_set (runner, CONC_FIELD_WAVE, conc_choices_get_place (self->wave_drop));
  conc_runner_set (runner, CONC_FIELD_SHIRT, get_shirt (self));
  if (fee_cents > 0)
    conc_runner_take (runner, CONC_FIELD_BALANCE, g_strdup_printf ("%" G_GINT64_FORMAT, fee_cents));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWalkUpForm *self = CONC_WALK_UP_FORM (widget);
  ConcClock      *clock;
  ConcCommand    *command;
  g_autoptr (ConcRunner) runner = conc_runner_new (NULL);
  gint64 fee_cents = 0, donation_cents = 0;

  if (self->session == NULL || self->is_saving || !read_person (self, runner))
    return;
  clock = conc_session_get_clock (self->session);
  if (self->from_id != NULL)
    command = conc_command_new_transfer (clock, self->from_id, runner);
  else
    {
      if (!read_bib (self) || !read_money (self, self->fee_entry, &fee_cents) ||
          !read_money (self, self->donation_entry, &donation_cents))
        return;
      set_place (self, runner, fee_cents);
      command = conc_command_new (CONC_COMMAND_REGISTER, clock);
      command->runner = g_steal_pointer (&runner);
    }
  self->is_saving = TRUE;
  say (self, NULL);
  conc_session_submit (self->session, command, registered_cb, self);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
activate_cb (ConcWalkUpForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "walk-up.save", NULL);
}

static gboolean
conc_walk_up_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_WALK_UP_FORM (widget)->given_entry));
}

static void
conc_walk_up_form_dispose (GObject *object)
{
  ConcWalkUpForm *self = CONC_WALK_UP_FORM (object);

  g_clear_object (&self->session);
  g_clear_object (&self->bundle);
  g_clear_pointer (&self->from_id, g_free);
  g_clear_pointer (&self->known_id, g_free);
  g_clear_pointer (&self->signer, g_free);
  g_clear_pointer (&self->signature, g_free);
  g_clear_pointer (&self->sizes, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_WALK_UP_FORM);
  G_OBJECT_CLASS (conc_walk_up_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    gsize       offset;
  } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (ConcWalkUpForm, name) }
    CHILD (content),        CHILD (heading),      CHILD (given_entry),    CHILD (family_entry),
    CHILD (known_box),      CHILD (known_label),  CHILD (sex_entry),      CHILD (age_entry),
    CHILD (phone_entry),    CHILD (guardian_box), CHILD (guardian_entry), CHILD (place_box),
    CHILD (event_drop),     CHILD (wave_drop),    CHILD (wave_box),       CHILD (shirt_drop),
    CHILD (bib_entry),      CHILD (public_check), CHILD (fields),         CHILD (paper_check),
    CHILD (signed_label),   CHILD (waiver_form),  CHILD (money_box),      CHILD (fee_entry),
    CHILD (donation_entry), CHILD (cash_toggle),  CHILD (check_toggle),   CHILD (card_toggle),
    CHILD (unpaid_toggle),  CHILD (sentence_box), CHILD (sentence),       CHILD (save_button),
#undef CHILD
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE,
                                               (gssize) children[i].offset);
}

static void
install_signals (GType type)
{
  signals[REGISTERED] = g_signal_new ("registered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, G_TYPE_STRING, CONC_TYPE_JOINT_DEED);
  signals[KNOWN] = g_signal_new ("known", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_walk_up_form_class_init (ConcWalkUpFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_walk_up_form_dispose;
  widget_class->grab_focus = conc_walk_up_form_grab_focus;
  install_signals (G_TYPE_FROM_CLASS (klass));

  g_type_ensure (CONC_TYPE_WAIVER_FORM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/walk-up-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, age_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, known_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_cb);
  gtk_widget_class_bind_template_callback (widget_class, waiver_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, waiver_cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "walk-up.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "walk-up.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "walk-up.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "walk-up.save", NULL);
}

static void
conc_walk_up_form_init (ConcWalkUpForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  conc_accessible_name_buttons (GTK_WIDGET (self->event_drop), _ ("Event of the walk-up"));
  conc_accessible_name_buttons (GTK_WIDGET (self->wave_drop), _ ("Wave of the walk-up"));
  conc_accessible_name_buttons (GTK_WIDGET (self->shirt_drop), _ ("Shirt of the walk-up"));
}

/* Who searches types small letters, and a bib shows the name as it stands here. A name that has a
 * capital letter anywhere was written on purpose. */
static char *
dup_capitalised (const char *typed)
{
  g_autofree char *small = g_utf8_strdown (typed, -1);
  GString         *name = g_string_new (NULL);
  gboolean         is_first = TRUE;

  if (!g_str_equal (small, typed))
    g_string_append (name, typed);
  else
    for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
      {
        gunichar letter = g_utf8_get_char (p);

        g_string_append_unichar (name, is_first ? g_unichar_totitle (letter) : letter);
        is_first = letter == ' ' || letter == '-';
      }
  return g_string_free (name, FALSE);
}

/* The last word that was typed is most likely the family name. */
static void
fill_name (ConcWalkUpForm *self, const char *typed)
{
  g_autofree char *name = g_strstrip (dup_capitalised (typed));
  char            *space = strrchr (name, ' ');

  if (*name == '\0' || g_ascii_isdigit (*name) || strchr (name, '@') != NULL)
    return;
  if (space != NULL)
    {
      *space = '\0';
      gtk_editable_set_text (self->family_entry, space + 1);
    }
  gtk_editable_set_text (self->given_entry, name);
}

static void
clear (ConcWalkUpForm *self)
{
  GtkEditable *const entries[] = { self->given_entry, self->family_entry,   self->sex_entry,
                                   self->age_entry,   self->phone_entry,    self->guardian_entry,
                                   self->bib_entry,   self->donation_entry, self->fee_entry };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  g_clear_pointer (&self->signer, g_free);
  g_clear_pointer (&self->signature, g_free);
  gtk_check_button_set_active (self->public_check, TRUE);
  gtk_check_button_set_active (self->paper_check, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->signed_label), FALSE);
  gtk_widget_set_visible (self->guardian_box, FALSE);
  gtk_toggle_button_set_active (self->cash_toggle, TRUE);
  show_waiver_form (self, FALSE);
  say (self, NULL);
}

static void
fill_place (ConcWalkUpForm *self, ConcDeskReader *desk)
{
  const char *const *waves = conc_desk_reader_get_waves (desk);
  g_autofree char   *event = NULL;
  g_autofree char   *wave = NULL;

  conc_desk_reader_get_usual_place (desk, &event, &wave, NULL);
  conc_choices_fill_places (self->event_drop, conc_desk_reader_get_events (desk), event,
                            _ ("No event"));
  conc_choices_fill_places (self->wave_drop, waves, wave, _ ("No wave"));
  gtk_widget_set_visible (self->wave_box, waves[0] != NULL);
  g_strfreev (self->sizes);
  self->sizes =
      conc_choices_fill_shirts (self->shirt_drop, conc_desk_reader_get_shirts (desk), NULL);
}

static void
begin (ConcWalkUpForm *self, ConcSession *session, ConcDeskReader *desk, const char *from_id)
{
  g_set_object (&self->session, session);
  g_free (self->from_id);
  self->from_id = g_strdup (from_id);
  self->bib = 0;
  clear (self);
  fill_place (self, desk);
  gtk_widget_set_visible (self->place_box, from_id == NULL);
  gtk_widget_set_visible (self->money_box, from_id == NULL);
}

/* An empty form for a walk-up whose name may be @typed, with @bib as the next one; 0: none. */
void
conc_walk_up_form_begin (ConcWalkUpForm *self,
                         ConcSession    *session,
                         ConcDeskReader *desk,
                         const char     *typed,
                         guint           bib)
{
  gint64           fee_cents = conc_settings_get_fee_cents (conc_desk_reader_get_settings (desk));
  g_autofree char *fee = fee_cents > 0 ? conc_money_to_decimal (fee_cents) : g_strdup ("");

  begin (self, session, desk, NULL);
  gtk_label_set_label (self->heading, _ ("Register a Walk-Up"));
  gtk_button_set_label (self->save_button, _ ("Register and Check In"));
  fill_name (self, typed);
  gtk_editable_set_text (self->fee_entry, fee);
  conc_walk_up_form_set_bib (self, bib);
}

/* For the person who runs instead of @from, and gets what @from would have had. */
void
conc_walk_up_form_begin_transfer (ConcWalkUpForm   *self,
                                  ConcSession      *session,
                                  ConcDeskReader   *desk,
                                  const ConcRunner *from)
{
  g_autofree char *name = conc_runner_dup_full_name (from);
  g_autofree char *heading = g_strdup_printf (_ ("Who Runs Instead of %s?"), name);

  begin (self, session, desk, conc_runner_get_id (from));
  gtk_label_set_label (self->heading, heading);
  gtk_button_set_label (self->save_button, _ ("Hand Over the Place"));
}

/* A bib that was scanned or is next on the pile; 0: none. */
void
conc_walk_up_form_set_bib (ConcWalkUpForm *self, guint bib)
{
  g_autofree char *text = bib > 0 ? g_strdup_printf ("%u", bib) : g_strdup ("");

  gtk_editable_set_text (self->bib_entry, text);
}

/* The bib that was given last by the form; 0: none. */
guint
conc_walk_up_form_get_bib (ConcWalkUpForm *self)
{
  return self->bib;
}

/* Whether the form is, or was last, for somebody who runs instead of somebody else. */
gboolean
conc_walk_up_form_is_transfer (ConcWalkUpForm *self)
{
  return self->from_id != NULL;
}
