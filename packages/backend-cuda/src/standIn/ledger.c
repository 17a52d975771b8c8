/* What was called, what is alive, what was done wrong, and which call is to fail. */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "standIn.h"

typedef struct {
  char *text;
  size_t length, room;
} Text;

static Text calls, faults, ledger;
static uint64_t callCount, failingCall;
static char failingName[64];
static int failingStatus, failingNvrtcStatus;
static Handle *handles;
/* Compilation is called from threads of koffi's. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void write(Text *text, const char *format, va_list values) {
  va_list copy;
  va_copy(copy, values);
  size_t need = (size_t)vsnprintf(NULL, 0, format, copy) + 2;
  va_end(copy);
  if (text->length + need > text->room) {
    text->room = 2 * (text->length + need);
    text->text = realloc(text->text, text->room);
  }
  text->length += (size_t)vsnprintf(text->text + text->length, need, format, values);
  text->text[text->length++] = '\n';
  text->text[text->length] = 0;
}

static void writeLine(Text *text, const char *format, ...) {
  va_list values;
  va_start(values, format);
  write(text, format, values);
  va_end(values);
}

int enter(const char *name, const char *format, ...) {
  char line[512];
  va_list values;
  va_start(values, format);
  vsnprintf(line, sizeof line, format, values);
  va_end(values);
  pthread_mutex_lock(&lock);
  int isFailing = ++callCount == failingCall || strcmp(name, failingName) == 0;
  writeLine(&calls, *line ? "%s %s" : "%s%s", name, line);
  pthread_mutex_unlock(&lock);
  if (!isFailing) return SUCCESS;
  return strncmp(name, "nvrtc", 5) == 0 ? failingNvrtcStatus : failingStatus;
}

void fault(const char *format, ...) {
  va_list values;
  va_start(values, format);
  pthread_mutex_lock(&lock);
  write(&faults, format, values);
  pthread_mutex_unlock(&lock);
  va_end(values);
}

const char *kindName(Kind kind) {
  static const char *const names[] = {"context", "memory",     "stream", "module", "function",
                                      "graph",   "graph exec", "node",   "program"};
  return names[kind];
}

Handle *make(Kind kind) {
  Handle *handle = calloc(1, sizeof *handle);
  handle->kind = kind;
  handle->isLive = 1;
  pthread_mutex_lock(&lock);
  handle->next = handles;
  handles = handle;
  pthread_mutex_unlock(&lock);
  return handle;
}

/* Handles are never freed before a reset: a dead one is recognised. */
void dispose(Handle *handle) { handle->isLive = 0; }

Handle *firstHandle(void) { return handles; }

Handle *check(Handle *handle, Kind kind, const char *name) {
  for (Handle *known = handles; known; known = known->next) {
    if (known != handle) continue;
    if (known->kind == kind && known->isLive) return known;
    fault("%s: a %s%s instead of a %s", name, known->isLive ? "" : "dead ", kindName(known->kind), kindName(kind));
    return NULL;
  }
  fault("%s: no %s", name, kindName(kind));
  return NULL;
}

static void clear(Text *text) {
  text->length = 0;
  if (text->text) text->text[0] = 0;
}

/* Forgets the calls, faults and failures, not what is alive. */
EXPORT void standIn_reset(void) {
  clear(&calls);
  clear(&faults);
  callCount = 0;
  failingCall = 0;
  failingName[0] = 0;
}

/* Makes the n-th call from the last reset on fail, the first being 1; 0 for none. */
EXPORT void standIn_failCall(uint64_t n, int status, int nvrtcStatus) {
  failingCall = n;
  failingStatus = status;
  failingNvrtcStatus = nvrtcStatus;
}

/* Makes every call of one function fail; "" for none. */
EXPORT void standIn_failFunction(const char *name, int status, int nvrtcStatus) {
  snprintf(failingName, sizeof failingName, "%s", name);
  failingStatus = status;
  failingNvrtcStatus = nvrtcStatus;
}

EXPORT uint64_t standIn_callCount(void) { return callCount; }

EXPORT const char *standIn_calls(void) { return calls.text ? calls.text : ""; }

EXPORT const char *standIn_faults(void) { return faults.text ? faults.text : ""; }

/* What is alive, oldest last. Functions and nodes belong to their modules and graphs. */
EXPORT const char *standIn_ledger(void) {
  clear(&ledger);
  for (Handle *handle = handles; handle; handle = handle->next) {
    if (!handle->isLive || handle->kind == FUNCTION || handle->kind == NODE) continue;
    if (handle->kind == MEMORY) writeLine(&ledger, "memory %zu", handle->bytes);
    else writeLine(&ledger, "%s", kindName(handle->kind));
  }
  return ledger.text ? ledger.text : "";
}
