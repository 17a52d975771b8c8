/* Streams, and the work that waits in them or is captured by them. */
#include <stdlib.h>
#include <string.h>
#include "standIn.h"

/* How often cuStreamQuery says that a stream has work left. */
static int pollsUntilReady;

EXPORT void standIn_pollsUntilReady(int polls) { pollsUntilReady = polls; }

void append(Handle *list, const Work *work) {
  Work *copy = malloc(sizeof *copy);
  *copy = *work;
  copy->next = NULL;
  if (list->last) list->last->next = copy;
  else list->first = copy;
  list->last = copy;
}

void copyWork(Handle *target, const Handle *source) {
  for (const Work *work = source->first; work; work = work->next) append(target, work);
}

static int runAll(const Work *work) {
  for (; work; work = work->next) {
    if (work->kind == SET) memset(work->target, work->value, work->bytes);
    if (work->kind == COPY) memcpy(work->target, work->data, work->bytes);
    if (work->kind == CHILD) {
      int status = runAll(work->child->first);
      if (status != SUCCESS) return status;
    }
    if (work->kind != KERNEL) continue;
    if (!work->function->owner->isLive) {
      fault("%s runs after its module is gone", work->function->text);
      return ILLEGAL_ADDRESS;
    }
    if (!work->function->code) continue;
    int status = runKernel(work->function->code, work->grid, work->block, work->sharedBytes, work->parameters,
                           work->function->parameterCount);
    if (status != SUCCESS) return status;
  }
  return SUCCESS;
}

/* Does what a stream has left. */
int finish(Handle *stream) {
  Work *work = stream->first;
  stream->first = stream->last = NULL;
  return runAll(work);
}

int queue(Handle *stream, Work work) {
  if (work.kind == SET || work.kind == COPY) {
    if (!isInMemory(work.target, work.bytes)) {
      fault("a write of %zu bytes outside of device memory", work.bytes);
      return INVALID_VALUE;
    }
    if (stream->isCapturing) return CAPTURE_UNSUPPORTED;
  }
  append(stream, &work);
  stream->polls = pollsUntilReady;
  return SUCCESS;
}

EXPORT int cuStreamCreate(Handle **stream, uint32_t flags) {
  CONTEXT_CALL("cuStreamCreate", "%u", flags);
  *stream = make(STREAM);
  return SUCCESS;
}

EXPORT int cuStreamDestroy_v2(Handle *stream) {
  CONTEXT_CALL("cuStreamDestroy", "");
  CHECK(stream, STREAM, "cuStreamDestroy");
  dispose(stream);
  return SUCCESS;
}

EXPORT int cuStreamQuery(Handle *stream) {
  CONTEXT_CALL("cuStreamQuery", "");
  CHECK(stream, STREAM, "cuStreamQuery");
  if (stream->first && stream->polls-- > 0) return NOT_READY;
  return finish(stream);
}

EXPORT int cuStreamSynchronize(Handle *stream) {
  CONTEXT_CALL("cuStreamSynchronize", "");
  CHECK(stream, STREAM, "cuStreamSynchronize");
  return stream->isCapturing ? CAPTURE_UNSUPPORTED : finish(stream);
}

EXPORT int cuMemsetD8Async(unsigned char *target, unsigned char value, size_t bytes, Handle *stream) {
  CONTEXT_CALL("cuMemsetD8Async", "%u, %zu", value, bytes);
  CHECK(stream, STREAM, "cuMemsetD8Async");
  return queue(stream, (Work){.kind = SET, .target = target, .value = value, .bytes = bytes});
}

static int readsLate;

/* As on machines whose GPUs read the memory of processes in place: the source is read when the work is done. */
EXPORT void standIn_readLate(int isLate) { readsLate = isLate; }

/* Memory that is not pinned is staged elsewhere: the source is read before the call returns. */
EXPORT int cuMemcpyHtoDAsync_v2(unsigned char *target, const void *source, size_t bytes, Handle *stream) {
  CONTEXT_CALL("cuMemcpyHtoDAsync", "%zu", bytes);
  CHECK(stream, STREAM, "cuMemcpyHtoDAsync");
  unsigned char *data = (unsigned char *)source;
  if (!readsLate) data = memcpy(malloc(bytes), source, bytes);
  return queue(stream, (Work){.kind = COPY, .target = target, .data = data, .bytes = bytes});
}

EXPORT int cuMemcpyDtoHAsync_v2(void *target, const unsigned char *source, size_t bytes, Handle *stream) {
  CONTEXT_CALL("cuMemcpyDtoHAsync", "%zu", bytes);
  CHECK(stream, STREAM, "cuMemcpyDtoHAsync");
  if (!isInMemory(source, bytes)) {
    fault("a read of %zu bytes outside of device memory", bytes);
    return INVALID_VALUE;
  }
  int status = finish(stream);
  if (status == SUCCESS) memcpy(target, source, bytes);
  return status;
}

EXPORT int cuLaunchKernel(Handle *function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                          unsigned blockY, unsigned blockZ, unsigned sharedBytes, Handle *stream, void **parameters,
                          void **extra) {
  CONTEXT_CALL("cuLaunchKernel", "%s <<<%u %u %u, %u %u %u, %u>>>", function->text, gridX, gridY, gridZ, blockX,
               blockY, blockZ, sharedBytes);
  CHECK(function, FUNCTION, "cuLaunchKernel");
  CHECK(stream, STREAM, "cuLaunchKernel");
  if (extra || gridX * gridY * gridZ == 0 || blockX * blockY * blockZ == 0 || blockX * blockY * blockZ > 1024)
    return INVALID_VALUE;
  Work work = {.kind = KERNEL, .function = function, .sharedBytes = sharedBytes,
               .grid = {gridX, gridY, gridZ}, .block = {blockX, blockY, blockZ}};
  for (int at = 0; at < function->parameterCount; at++) work.parameters[at] = *(uint64_t *)parameters[at];
  return queue(stream, work);
}
