/*
 * A stand-in for libcuda and libnvrtc in one library, for tests on machines without a GPU.
 *
 * It is more than a recording: memory is real and guarded, streams defer their work until something waits for it, graphs
 * hold what was captured, contexts are per thread, and handles that are dead stay known, so that using one is a fault.
 * Kernels run when a compiler is set (standIn_compiler); otherwise they are only recorded.
 *
 * Nothing of NVIDIA's is copied: these are the signatures of `driverFunctions.ts` and `nvrtcFunctions.ts`, which a test
 * compares with NVIDIA's headers.
 */
#ifndef STAND_IN_H
#define STAND_IN_H

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

enum {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_IMAGE = 200,
  INVALID_CONTEXT = 201,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  NOT_READY = 600,
  ILLEGAL_ADDRESS = 700,
  CAPTURE_UNSUPPORTED = 900,
  CAPTURE_INVALIDATED = 901
};

typedef enum { CONTEXT, MEMORY, STREAM, MODULE, FUNCTION, GRAPH, GRAPH_EXEC, NODE, PROGRAM } Kind;

#define MAXIMUM_PARAMETERS 8

typedef struct Work Work;

typedef struct Handle {
  Kind kind;
  int isLive;
  /* MEMORY: bytes and the address handed out; MODULE: its library; FUNCTION: its code */
  size_t bytes;
  unsigned char *memory;
  void *code;
  int parameterCount;
  /* STREAM: pending or captured work; GRAPH and GRAPH_EXEC: their nodes */
  Work *first;
  Work *last;
  int isCapturing;
  int polls;
  /* PROGRAM and MODULE: source, image, log; FUNCTION: name */
  char *text;
  char *image;
  char *log;
  size_t imageBytes;
  struct Handle *owner;
  struct Handle *next;
} Handle;

typedef enum { SET, COPY, KERNEL, CHILD } WorkKind;

/* One piece of work of a stream or a graph. */
struct Work {
  WorkKind kind;
  unsigned char *target;
  unsigned char value;
  size_t bytes;
  unsigned char *data;
  Handle *function;
  unsigned grid[3], block[3], sharedBytes;
  uint64_t parameters[MAXIMUM_PARAMETERS];
  Handle *child;
  Work *next;
};

/* Begins an image: then a line with the library of the host, or an empty one, and the source. */
#define MAGIC "stand-in image "

/* ledger.c */
int enter(const char *name, const char *format, ...);
void fault(const char *format, ...);
Handle *make(Kind kind);
void dispose(Handle *handle);
Handle *check(Handle *handle, Kind kind, const char *name);
Handle *firstHandle(void);
const char *kindName(Kind kind);

/* device.c */
int requireContext(void);
int isInMemory(const unsigned char *address, size_t bytes);

/* work.c */
int queue(Handle *stream, Work work);
int finish(Handle *stream);
void append(Handle *list, const Work *work);
void copyWork(Handle *target, const Handle *source);

/* Runs a kernel of the host: 0, or a status of CUDA. */
typedef int (*Run)(void *code, const unsigned grid[3], const unsigned block[3], unsigned sharedBytes,
                   const uint64_t *parameters, int count);
extern Run runKernel;

/* Declares the entry of a call: logs it and returns where it is made to fail. */
#define CALL(name, ...)                      \
  do {                                       \
    int entered = enter(name, __VA_ARGS__);  \
    if (entered != SUCCESS) return entered;  \
  } while (0)

#define CONTEXT_CALL(name, ...)                \
  do {                                         \
    CALL(name, __VA_ARGS__);                   \
    if (!requireContext()) return INVALID_CONTEXT; \
  } while (0)

#define CHECK(handle, kind, name) \
  do {                            \
    if (!check(handle, kind, name)) return INVALID_HANDLE; \
  } while (0)

#endif
