/* record-answers.c: answers, given in the order of the questions. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/record-answers.h"

#include <errno.h>
#include <glib-unix.h>
#include <limits.h>
#include <unistd.h>

struct _ConcAnswer
{
  char *text;
};

struct _ConcAnswers
{
  int             fd;
  ConcAnswersFunc changed;
  gpointer        user_data;
  GQueue          waiting;
  guint           n_open;
  GString        *unwritten;
  guint           source;
  int             failed_errno;
};

static void
answer_free (ConcAnswer *answer)
{
  g_free (answer->text);
  g_free (answer);
}

/**
 * conc_answers_new:
 * @fd: where the answers are written; borrowed
 * @changed: told whenever there is less to wait for
 *
 * Returns: (transfer full): an empty queue. It is used on the thread of the main loop.
 */
ConcAnswers *
conc_answers_new (int fd, ConcAnswersFunc changed, gpointer user_data)
{
  ConcAnswers *answers = g_new0 (ConcAnswers, 1);

  answers->fd = fd;
  answers->changed = changed;
  answers->user_data = user_data;
  g_queue_init (&answers->waiting);
  answers->unwritten = g_string_new (NULL);
  return answers;
}

/** conc_answers_free: frees @answers; what is not written by now is lost. */
void
conc_answers_free (ConcAnswers *answers)
{
  if (answers->source != 0)
    g_source_remove (answers->source);
  g_queue_clear_full (&answers->waiting, (GDestroyNotify) answer_free);
  g_string_free (answers->unwritten, TRUE);
  g_free (answers);
}

/** conc_answers_ask: Returns: (transfer none): the place of the next answer. */
ConcAnswer *
conc_answers_ask (ConcAnswers *answers)
{
  ConcAnswer *answer = g_new0 (ConcAnswer, 1);

  g_queue_push_tail (&answers->waiting, answer);
  answers->n_open++;
  return answer;
}

/* A pipe that is ready takes this much without blocking, so that a reader who is slow does not
 * stop the reading of commands. */
static gboolean
write_cb (int fd, GIOCondition condition, gpointer user_data)
{
  ConcAnswers *answers = user_data;
  GString     *text = answers->unwritten;
  gssize       n = write (fd, text->str, MIN (text->len, PIPE_BUF));

  if (n >= 0)
    g_string_erase (text, 0, n);
  else if (errno != EINTR && errno != EAGAIN)
    {
      answers->failed_errno = errno;
      g_string_truncate (text, 0);
    }
  if (text->len == 0)
    answers->source = 0;
  answers->changed (answers, answers->user_data);
  return answers->source != 0;
}

static void
take_ready (ConcAnswers *answers)
{
  ConcAnswer *answer;

  while ((answer = g_queue_peek_head (&answers->waiting)) != NULL && answer->text != NULL)
    {
      if (answers->failed_errno == 0)
        {
          g_string_append (answers->unwritten, answer->text);
          g_string_append_c (answers->unwritten, '\n');
        }
      answer_free (g_queue_pop_head (&answers->waiting));
    }
  if (answers->unwritten->len > 0 && answers->source == 0)
    answers->source =
        g_unix_fd_add (answers->fd, G_IO_OUT | G_IO_ERR | G_IO_HUP, write_cb, answers);
}

/**
 * conc_answers_tell:
 * @answer: a place from conc_answers_ask(), used up by this
 * @text: (transfer full): the answer, one line
 *
 * The answer is written when all before it are.
 */
void
conc_answers_tell (ConcAnswers *answers, ConcAnswer *answer, char *text)
{
  answer->text = text;
  answers->n_open--;
  take_ready (answers);
  answers->changed (answers, answers->user_data);
}

/** conc_answers_count_open: Returns: how many questions have no answer yet. */
guint
conc_answers_count_open (ConcAnswers *answers)
{
  return answers->n_open;
}

/** conc_answers_count_unwritten: Returns: how many bytes nobody has read yet. */
gsize
conc_answers_count_unwritten (ConcAnswers *answers)
{
  return answers->unwritten->len;
}

/** conc_answers_get_errno: Returns: why answers can no longer be written; 0 when they can. */
int
conc_answers_get_errno (ConcAnswers *answers)
{
  return answers->failed_errno;
}
