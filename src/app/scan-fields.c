/* scan-fields.c: what the fields of a window hold, to be given back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/scan-fields.h"

typedef struct
{
  GtkWidget *widget; /* a weak pointer */
  char      *text;
  int        cursor;
  int        bound; /* the other end of the selection */
} Field;

struct _ConcScanFields
{
  GtkWindow *window; /* a weak pointer */
  GtkWidget *focus;  /* likewise */
  GPtrArray *fields;
};

static void
field_free (gpointer data)
{
  Field *field = data;

  g_clear_weak_pointer (&field->widget);
  g_free (field->text);
  g_free (field);
}

static int
get_offset (GtkTextBuffer *buffer, GtkTextMark *mark)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, mark);
  return gtk_text_iter_get_offset (&iter);
}

static void
read_view (Field *field)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  field->text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  field->cursor = get_offset (buffer, gtk_text_buffer_get_insert (buffer));
  field->bound = get_offset (buffer, gtk_text_buffer_get_selection_bound (buffer));
}

static void
read_editable (Field *field)
{
  GtkEditable *editable = GTK_EDITABLE (field->widget);
  int          start, end;

  field->text = g_strdup (gtk_editable_get_text (editable));
  field->cursor = field->bound = gtk_editable_get_position (editable);
  if (gtk_editable_get_selection_bounds (editable, &start, &end))
    field->bound = field->cursor == start ? end : start;
}

static void
add_field (ConcScanFields *self, GtkWidget *widget)
{
  Field *field = g_new0 (Field, 1);

  g_set_weak_pointer (&field->widget, widget);
  if (GTK_IS_TEXT_VIEW (widget))
    read_view (field);
  else
    read_editable (field);
  g_ptr_array_add (self->fields, field);
}

/* Keys that are typed into one field may end up in another, as those for a search do. */
static void
add_fields (ConcScanFields *self, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget))
    add_field (self, widget);
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      add_fields (self, child);
}

/* As they are now. Cost: a pass over the widgets of @window that are shown. */
ConcScanFields *
conc_scan_fields_new (GtkWindow *window)
{
  ConcScanFields *self = g_new0 (ConcScanFields, 1);

  self->fields = g_ptr_array_new_with_free_func (field_free);
  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->focus, gtk_window_get_focus (window));
  add_fields (self, GTK_WIDGET (window));
  return self;
}

void
conc_scan_fields_free (ConcScanFields *self)
{
  if (self == NULL)
    return;
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->focus);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static void
restore_view (const Field *field)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget));
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  if (!g_str_equal (text, field->text))
    gtk_text_buffer_set_text (buffer, field->text, -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, field->cursor);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, field->bound);
  gtk_text_buffer_select_range (buffer, &start, &end);
}

static void
restore_editable (const Field *field)
{
  GtkEditable *editable = GTK_EDITABLE (field->widget);

  if (!g_str_equal (gtk_editable_get_text (editable), field->text))
    gtk_editable_set_text (editable, field->text);
  gtk_editable_select_region (editable, field->bound, field->cursor);
}

/* Text, cursor, selection and focus are again what they were. */
void
conc_scan_fields_restore (ConcScanFields *self)
{
  if (self->window != NULL && self->focus != NULL &&
      gtk_window_get_focus (self->window) != self->focus)
    gtk_widget_grab_focus (self->focus);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);

      if (field->widget == NULL)
        continue;
      if (GTK_IS_TEXT_VIEW (field->widget))
        restore_view (field);
      else
        restore_editable (field);
    }
}
