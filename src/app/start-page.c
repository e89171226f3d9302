/* start-page.c: opens a race, makes one, or goes on with a recent one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start-page.h"

#include "app/preferences.h"

#include <glib/gi18n.h>

#define RECENT_MAX 5u

struct _ConcStartPage
{
  AdwBin parent_instance;

  /* template */
  GtkWidget  *open_button;
  GtkWidget  *new_button;
  GtkWidget  *recent_group;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (ConcStartPage, conc_start_page, ADW_TYPE_BIN)

static int
compare_visited (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

static GtkWidget *
new_row (GtkRecentInfo *info)
{
  g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  GtkWidget       *row;

  if (g_str_has_suffix (name, ".race"))
    name[strlen (name) - strlen (".race")] = '\0';
  row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name, "subtitle", folder,
                      "activatable", TRUE, "action-name", "win.open-path", NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", path);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static gboolean
is_race (GtkRecentInfo *info)
{
  return g_strcmp0 (gtk_recent_info_get_mime_type (info), CONC_RACE_MIME_TYPE) == 0 &&
         gtk_recent_info_is_local (info) && gtk_recent_info_exists (info);
}

/* Who has had a race goes on with one, who has none makes one: that button has color and focus. */
static void
show_next_step (ConcStartPage *self, gboolean has_recent)
{
  GtkWidget *next = has_recent ? self->open_button : self->new_button;

  gtk_widget_remove_css_class (self->open_button, "suggested-action");
  gtk_widget_remove_css_class (self->new_button, "suggested-action");
  gtk_widget_add_css_class (next, "suggested-action");
}

static gboolean
conc_start_page_grab_focus (GtkWidget *widget)
{
  ConcStartPage *self = CONC_START_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->recent_list, 0);

  if (row != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (row));
  return gtk_widget_grab_focus (self->new_button);
}

static void
fill_recent (ConcStartPage *self)
{
  GList         *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  guint          n_rows = 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->recent_list, 0)) != NULL)
    gtk_list_box_remove (self->recent_list, GTK_WIDGET (row));
  items = g_list_sort (items, compare_visited);
  for (GList *l = items; l != NULL && n_rows < RECENT_MAX; l = l->next)
    if (is_race (l->data))
      {
        gtk_list_box_append (self->recent_list, new_row (l->data));
        n_rows++;
      }
  gtk_widget_set_visible (self->recent_group, n_rows > 0);
  show_next_step (self, n_rows > 0);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

static void
conc_start_page_map (GtkWidget *widget)
{
  fill_recent (CONC_START_PAGE (widget));
  GTK_WIDGET_CLASS (conc_start_page_parent_class)->map (widget);
  gtk_widget_grab_focus (widget);
}

static void
conc_start_page_class_init (ConcStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = conc_start_page_map;
  widget_class->grab_focus = conc_start_page_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStartPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, ConcStartPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, ConcStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, ConcStartPage, recent_list);
}

static void
conc_start_page_init (ConcStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
