/* The compiler. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "standIn.h"

/* Turns a source of CUDA C into a library of the host: command -o library source. */
static char *compilerCommand, *compilerFolder;
static int builds;
/* The source that was built last: most tests compile one program. */
static char *builtText, builtLibrary[256];
static int nvrtcMajor = 13;
static int nvrtcArchitectures[] = {80, 90, 100};

/* Libraries of the host go into the folder, whose owner removes it. NULL: kernels are recorded and not run. */
EXPORT void standIn_compiler(const char *command, const char *folder) {
  compilerCommand = command ? strdup(command) : NULL;
  compilerFolder = folder ? strdup(folder) : NULL;
}

EXPORT int nvrtcVersion(int *major, int *minor) {
  CALL("nvrtcVersion", "");
  *major = nvrtcMajor;
  *minor = 0;
  return SUCCESS;
}

EXPORT int nvrtcGetNumSupportedArchs(int *count) {
  CALL("nvrtcGetNumSupportedArchs", "");
  *count = 3;
  return SUCCESS;
}

EXPORT int nvrtcGetSupportedArchs(int *architectures) {
  CALL("nvrtcGetSupportedArchs", "");
  memcpy(architectures, nvrtcArchitectures, sizeof nvrtcArchitectures);
  return SUCCESS;
}

EXPORT int nvrtcCreateProgram(Handle **program, const char *source, const char *name, int headerCount, void *headers,
                              void *names) {
  CALL("nvrtcCreateProgram", "%s", name);
  if (headerCount != 0 || headers || names) return 3;
  *program = make(PROGRAM);
  (*program)->text = strdup(source);
  (*program)->log = strdup("");
  return SUCCESS;
}

EXPORT int nvrtcDestroyProgram(Handle **program) {
  CALL("nvrtcDestroyProgram", "");
  if (!check(*program, PROGRAM, "nvrtcDestroyProgram")) return 4;
  dispose(*program);
  *program = NULL;
  return SUCCESS;
}

static char *readAll(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return strdup("");
  fseek(file, 0, SEEK_END);
  long bytes = ftell(file);
  rewind(file);
  char *text = calloc((size_t)bytes + 1, 1);
  if (fread(text, 1, (size_t)bytes, file) != (size_t)bytes) text[0] = 0;
  fclose(file);
  return text;
}

/* For programs that a test does not call itself: the environment says what standIn_compiler would. */
__attribute__((constructor)) static void readEnvironment(void) {
  compilerCommand = getenv("STAND_IN_COMPILER");
  compilerFolder = getenv("STAND_IN_FOLDER");
}

/* The source as a library of the host; 0 where the compiler does not take it. */
static int buildOne(Handle *program, char *library, size_t room) {
  char source[256], log[256], command[2048];
  if (builtText && strcmp(builtText, program->text) == 0) {
    snprintf(library, room, "%s", builtLibrary);
    return 1;
  }
  builds++;
  snprintf(source, sizeof source, "%s/%d.cpp", compilerFolder, builds);
  snprintf(log, sizeof log, "%s/%d.log", compilerFolder, builds);
  snprintf(library, room, "%s/%d.so", compilerFolder, builds);
  FILE *file = fopen(source, "wb");
  if (!file) return 0;
  fprintf(file, "#include \"runKernel.h\"\n%s", program->text);
  fclose(file);
  snprintf(command, sizeof command, "%s -o %s %s > %s 2>&1", compilerCommand, library, source, log);
  int status = system(command);
  free(program->log);
  program->log = readAll(log);
  if (status != 0) return 0;
  free(builtText);
  builtText = strdup(program->text);
  snprintf(builtLibrary, sizeof builtLibrary, "%s", library);
  return 1;
}

/* One at a time: tests compile from several threads. */
static int build(Handle *program, char *library, size_t room) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  int isBuilt = buildOne(program, library, room);
  pthread_mutex_unlock(&lock);
  return isBuilt;
}

EXPORT int nvrtcCompileProgram(Handle *program, int optionCount, const char *const *options) {
  CALL("nvrtcCompileProgram", "%s %s %s", options[0], options[1], options[2]);
  if (!check(program, PROGRAM, "nvrtcCompileProgram")) return 4;
  if (optionCount != 3) return 5;
  char library[256] = "";
  const char *wrong = strstr(program->text, "#error");
  if (wrong || (compilerCommand && !build(program, library, sizeof library))) {
    if (wrong) {
      free(program->log);
      program->log = strdup("polyneuron.cu(1): error: #error directive\n");
    }
    return 6;
  }
  program->imageBytes = strlen(MAGIC) + strlen(library) + 1 + strlen(program->text) + 1;
  program->image = malloc(program->imageBytes);
  sprintf(program->image, "%s%s\n%s", MAGIC, library, program->text);
  return SUCCESS;
}

static int sizeOf(const char *call, Handle *program, size_t *bytes) {
  CALL(call, "");
  if (!check(program, PROGRAM, call) || !program->image) return 4;
  *bytes = program->imageBytes;
  return SUCCESS;
}

static int imageOf(const char *call, Handle *program, char *image) {
  CALL(call, "");
  if (!check(program, PROGRAM, call) || !program->image) return 4;
  memcpy(image, program->image, program->imageBytes);
  return SUCCESS;
}

EXPORT int nvrtcGetCUBINSize(Handle *program, size_t *bytes) { return sizeOf("nvrtcGetCUBINSize", program, bytes); }
EXPORT int nvrtcGetCUBIN(Handle *program, char *image) { return imageOf("nvrtcGetCUBIN", program, image); }
EXPORT int nvrtcGetPTXSize(Handle *program, size_t *bytes) { return sizeOf("nvrtcGetPTXSize", program, bytes); }
EXPORT int nvrtcGetPTX(Handle *program, char *image) { return imageOf("nvrtcGetPTX", program, image); }

EXPORT int nvrtcGetProgramLogSize(Handle *program, size_t *bytes) {
  CALL("nvrtcGetProgramLogSize", "");
  if (!check(program, PROGRAM, "nvrtcGetProgramLogSize")) return 4;
  *bytes = strlen(program->log) + 1;
  return SUCCESS;
}

EXPORT int nvrtcGetProgramLog(Handle *program, char *log) {
  CALL("nvrtcGetProgramLog", "");
  if (!check(program, PROGRAM, "nvrtcGetProgramLog")) return 4;
  strcpy(log, program->log);
  return SUCCESS;
}
