/* Modules: what the compiler of this stand-in made, as a library of the host or as its source alone. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include "standIn.h"

Run runKernel;

EXPORT int cuModuleLoadData(Handle **module, const char *image) {
  CONTEXT_CALL("cuModuleLoadData", "");
  if (strncmp(image, MAGIC, strlen(MAGIC)) != 0) return INVALID_IMAGE;
  const char *library = image + strlen(MAGIC), *end = strchr(library, '\n');
  void *code = NULL;
  if (end > library) {
    char path[256];
    snprintf(path, sizeof path, "%.*s", (int)(end - library), library);
    code = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!code) {
      fault("cuModuleLoadData: %s", dlerror());
      return INVALID_IMAGE;
    }
    runKernel = (Run)dlsym(code, "standIn_runKernel");
  }
  *module = make(MODULE);
  (*module)->code = code;
  (*module)->text = strdup(end + 1);
  return SUCCESS;
}

EXPORT int cuModuleUnload(Handle *module) {
  CONTEXT_CALL("cuModuleUnload", "");
  CHECK(module, MODULE, "cuModuleUnload");
  /* The library stays: another module of the same image may use it */
  dispose(module);
  return SUCCESS;
}

EXPORT int cuModuleGetFunction(Handle **function, Handle *module, const char *name) {
  CONTEXT_CALL("cuModuleGetFunction", "%s", name);
  CHECK(module, MODULE, "cuModuleGetFunction");
  char head[128];
  snprintf(head, sizeof head, " %s(", name);
  const char *at = strstr(module->text, head);
  if (!at) return NOT_FOUND;
  int count = 1;
  for (at += strlen(head); *at != ')'; at++) count += *at == ',';
  *function = make(FUNCTION);
  (*function)->owner = module;
  (*function)->text = strdup(name);
  (*function)->parameterCount = count;
  (*function)->code = module->code ? dlsym(module->code, name) : NULL;
  return SUCCESS;
}

EXPORT int cuFuncSetAttribute(Handle *function, int attribute, int value) {
  CONTEXT_CALL("cuFuncSetAttribute", "%s %d = %d", function->text, attribute, value);
  CHECK(function, FUNCTION, "cuFuncSetAttribute");
  return SUCCESS;
}
