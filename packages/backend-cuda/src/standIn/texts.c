/* Names and texts of errors. They are not counted as calls: they are asked for where another call has failed. */
#include "standIn.h"

static int textless;

EXPORT void standIn_withoutTexts(int isWithout) { textless = isWithout; }

EXPORT int cuGetErrorName(int status, const char **name) {
  if (textless) return INVALID_VALUE;
  *name = status == INVALID_VALUE     ? "CUDA_ERROR_INVALID_VALUE"
          : status == OUT_OF_MEMORY   ? "CUDA_ERROR_OUT_OF_MEMORY"
          : status == NO_DEVICE       ? "CUDA_ERROR_NO_DEVICE"
          : status == INVALID_DEVICE  ? "CUDA_ERROR_INVALID_DEVICE"
          : status == INVALID_IMAGE   ? "CUDA_ERROR_INVALID_IMAGE"
          : status == INVALID_CONTEXT ? "CUDA_ERROR_INVALID_CONTEXT"
          : status == INVALID_HANDLE  ? "CUDA_ERROR_INVALID_HANDLE"
          : status == NOT_FOUND       ? "CUDA_ERROR_NOT_FOUND"
          : status == ILLEGAL_ADDRESS ? "CUDA_ERROR_ILLEGAL_ADDRESS"
                                      : "CUDA_ERROR_UNKNOWN";
  return SUCCESS;
}

EXPORT int cuGetErrorString(int status, const char **text) {
  if (textless) return INVALID_VALUE;
  *text = status == OUT_OF_MEMORY     ? "out of memory"
          : status == NO_DEVICE       ? "no CUDA-capable device is detected"
          : status == ILLEGAL_ADDRESS ? "an illegal memory access was encountered"
                                      : "unknown error";
  return SUCCESS;
}

EXPORT const char *nvrtcGetErrorString(int status) {
  return status == 6 ? "NVRTC_ERROR_COMPILATION" : status == 7 ? "NVRTC_ERROR_BUILTIN_OPERATION_FAILURE" : "NVRTC_ERROR_INTERNAL_ERROR";
}
