/* Devices, the primary context, memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "standIn.h"

/* Bytes before and after an allocation that nobody may touch. */
#define GUARD 64
#define GUARD_BYTE 0xa5

static int deviceCount = 1, capability = 90, driverVersion = 13000;
static int isInitialized, references;
static size_t memoryLimit = (size_t)1 << 32;
static Handle *context;
static _Thread_local Handle *current;

/* The machine to stand in for. */
EXPORT void standIn_machine(int devices, int computeCapability, int version, size_t memoryBytes) {
  deviceCount = devices;
  capability = computeCapability;
  driverVersion = version;
  memoryLimit = memoryBytes;
}

/* As if another library had made its own context current. */
EXPORT void standIn_loseContext(void) { current = NULL; }

int requireContext(void) { return current && current->isLive && current == context; }

EXPORT int cuInit(uint32_t flags) {
  CALL("cuInit", "");
  if (flags != 0) return INVALID_VALUE;
  if (deviceCount == 0) return NO_DEVICE;
  isInitialized = 1;
  return SUCCESS;
}

EXPORT int cuDriverGetVersion(int *version) {
  CALL("cuDriverGetVersion", "");
  *version = driverVersion;
  return SUCCESS;
}

EXPORT int cuDeviceGetCount(int *count) {
  CALL("cuDeviceGetCount", "");
  if (!isInitialized) return 3;
  *count = deviceCount;
  return SUCCESS;
}

EXPORT int cuDeviceGet(int *device, int ordinal) {
  CALL("cuDeviceGet", "%d", ordinal);
  if (ordinal < 0 || ordinal >= deviceCount) return INVALID_DEVICE;
  *device = ordinal;
  return SUCCESS;
}

EXPORT int cuDeviceGetName(char *name, int length, int device) {
  CALL("cuDeviceGetName", "%d", device);
  snprintf(name, (size_t)length, "Stand-in GPU");
  return SUCCESS;
}

EXPORT int cuDeviceGetAttribute(int *value, int attribute, int device) {
  CALL("cuDeviceGetAttribute", "%d of %d", attribute, device);
  if (attribute == 75) *value = capability / 10;
  else if (attribute == 76) *value = capability % 10;
  else if (attribute == 16) *value = 4;
  else return INVALID_VALUE;
  return SUCCESS;
}

EXPORT int cuDeviceTotalMem_v2(size_t *bytes, int device) {
  CALL("cuDeviceTotalMem", "%d", device);
  *bytes = memoryLimit;
  return SUCCESS;
}

EXPORT int cuDevicePrimaryCtxRetain(Handle **result, int device) {
  CALL("cuDevicePrimaryCtxRetain", "%d", device);
  if (references++ == 0) context = make(CONTEXT);
  *result = context;
  return SUCCESS;
}

/* The last release takes everything in the context with it, as CUDA does; each such thing is a fault of the caller. */
EXPORT int cuDevicePrimaryCtxRelease_v2(int device) {
  CALL("cuDevicePrimaryCtxRelease", "%d", device);
  if (references == 0) {
    fault("cuDevicePrimaryCtxRelease: once too often");
    return INVALID_CONTEXT;
  }
  if (--references > 0) return SUCCESS;
  for (Handle *handle = firstHandle(); handle; handle = handle->next) {
    if (!handle->isLive || handle->kind == CONTEXT || handle->kind == PROGRAM) continue;
    if (handle->kind != FUNCTION && handle->kind != NODE) fault("left for the context: %s", kindName(handle->kind));
    dispose(handle);
  }
  dispose(context);
  return SUCCESS;
}

EXPORT int cuCtxSetCurrent(Handle *wanted) {
  CALL("cuCtxSetCurrent", "");
  if (wanted) CHECK(wanted, CONTEXT, "cuCtxSetCurrent");
  current = wanted;
  return SUCCESS;
}

static size_t used(void) {
  size_t sum = 0;
  for (Handle *handle = firstHandle(); handle; handle = handle->next)
    if (handle->isLive && handle->kind == MEMORY) sum += handle->bytes;
  return sum;
}

EXPORT int cuMemGetInfo_v2(size_t *available, size_t *total) {
  CONTEXT_CALL("cuMemGetInfo", "");
  *available = memoryLimit - used();
  *total = memoryLimit;
  return SUCCESS;
}

EXPORT int cuMemAlloc_v2(unsigned char **address, size_t bytes) {
  CONTEXT_CALL("cuMemAlloc", "%zu", bytes);
  if (bytes == 0) return INVALID_VALUE;
  if (used() + bytes > memoryLimit) return OUT_OF_MEMORY;
  unsigned char *raw = aligned_alloc(GUARD, ((bytes + GUARD - 1) / GUARD) * GUARD + 2 * GUARD);
  if (!raw) return OUT_OF_MEMORY;
  /* Fresh memory is no zeros */
  memset(raw, GUARD_BYTE, bytes + 2 * GUARD);
  Handle *memory = make(MEMORY);
  memory->bytes = bytes;
  memory->memory = *address = raw + GUARD;
  return SUCCESS;
}

EXPORT int cuMemFree_v2(unsigned char *address) {
  CONTEXT_CALL("cuMemFree", "");
  for (Handle *handle = firstHandle(); handle; handle = handle->next) {
    if (handle->kind != MEMORY || handle->memory != address || !handle->isLive) continue;
    /* As CUDA: waits for the work that may use it */
    for (Handle *stream = firstHandle(); stream; stream = stream->next)
      if (stream->kind == STREAM && stream->isLive && !stream->isCapturing) finish(stream);
    for (size_t at = 0; at < GUARD; at++) {
      if (address[-1 - (long)at] == GUARD_BYTE && address[handle->bytes + at] == GUARD_BYTE) continue;
      fault("memory %zu: written outside", handle->bytes);
      break;
    }
    dispose(handle);
    free(address - GUARD);
    return SUCCESS;
  }
  fault("cuMemFree: no live memory");
  return INVALID_VALUE;
}

int isInMemory(const unsigned char *address, size_t bytes) {
  for (Handle *handle = firstHandle(); handle; handle = handle->next)
    if (handle->kind == MEMORY && handle->isLive && address >= handle->memory &&
        address + bytes <= handle->memory + handle->bytes)
      return 1;
  return 0;
}
