/* bar: the progress line of the command line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The clock is read here and nowhere deeper: work only says how far it is. */
#include "cli/bar.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "vedette/base/i18n.h"
#include "vedette/base/units.h"

struct vd_bar {
  FILE *out;
  bool quiet, terminal, shown;
  double start_s, last_s;
  char what[96];
  struct sigaction old_int, old_term;
};

/* A signal handler can reach nothing but a file-scope object: the one exception to "no globals". */
static atomic_bool cancel_asked;

static void on_signal(int number) {
  if (atomic_exchange(&cancel_asked, true)) {
    signal(number, SIG_DFL);
    raise(number);
  }
}

static double now_s(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void restart(vd_bar *bar, const char *what) {
  snprintf(bar->what, sizeof bar->what, "%s", what);
  bar->start_s = now_s();
  bar->last_s = bar->terminal ? 0 : bar->start_s;
}

static void draw(vd_bar *bar, int64_t done, int64_t total, double elapsed_s) {
  enum { WIDTH = 24 };
  char cells[WIDTH + 1];
  if (total <= 0) {
    fprintf(bar->out, "\r\033[K%s  %lld", bar->what, (long long)done);
    return;
  }
  double share = (double)done / (double)total;
  int full = (int)(share * WIDTH);
  memset(cells, '.', WIDTH);
  memset(cells, '#', (size_t)(full < WIDTH ? full : WIDTH));
  cells[WIDTH] = '\0';
  fprintf(bar->out, "\r\033[K%s  [%s] %lld / %lld", bar->what, cells, (long long)done, (long long)total);
  if (share > 0.01) fprintf(bar->out, _("  about %.0f s left"), elapsed_s * (1 - share) / share);
}

static void on_step(void *context, const char *what, int64_t done, int64_t total) {
  vd_bar *bar = context;
  if (strncmp(bar->what, what, sizeof bar->what - 1) != 0) restart(bar, what);
  double now = now_s(), interval_s = bar->terminal ? 0.1 : 10;
  if (bar->quiet || now - bar->start_s < 1 || now - bar->last_s < interval_s) return;
  bar->last_s = now;
  if (bar->terminal) {
    draw(bar, done, total, now - bar->start_s);
    bar->shown = true;
  } else {
    fprintf(bar->out, "%s  %lld / %lld\n", what, (long long)done, (long long)total);
  }
  fflush(bar->out);
}

vd_bar *vd_bar_new(FILE *out, bool quiet) {
  vd_bar *bar = calloc(1, sizeof *bar);
  if (!bar) return NULL;
  bar->out = out;
  bar->quiet = quiet;
  bar->terminal = isatty(fileno(out)) == 1;
  struct sigaction action = {.sa_handler = on_signal};
  atomic_store(&cancel_asked, false);
  sigaction(SIGINT, &action, &bar->old_int);
  sigaction(SIGTERM, &action, &bar->old_term);
  return bar;
}

void vd_bar_free(vd_bar *bar) {
  if (!bar) return;
  if (bar->shown) fprintf(bar->out, "\r\033[K");
  sigaction(SIGINT, &bar->old_int, NULL);
  sigaction(SIGTERM, &bar->old_term, NULL);
  free(bar);
}

void vd_bar_cleanup(vd_bar **bar) {
  vd_bar_free(*bar);
}

vd_progress vd_bar_progress(vd_bar *bar) {
  return (vd_progress){bar ? on_step : NULL, bar, &cancel_asked};
}
