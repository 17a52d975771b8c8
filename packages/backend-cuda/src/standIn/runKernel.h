// Begins every unit that the stand-in compiles: CUDA C on the host shim, with an entry for cuLaunchKernel.
#pragma once

#include "grid.h"

namespace standIn {

using One = void (*)(void*);
using Three = void (*)(void*, void*, void*);

struct Call {
  void* kernel;
  const std::uint64_t* parameters;
  int count;
};

// All parameters are pointers: one, or three.
inline void run(void* argument) {
  const Call& call = *(const Call*)argument;
  const std::uint64_t* p = call.parameters;
  if (call.count == 1) ((One)call.kernel)((void*)p[0]);
  else ((Three)call.kernel)((void*)p[0], (void*)p[1], (void*)p[2]);
}

}  // namespace standIn

extern "C" __attribute__((visibility("default"))) int standIn_runKernel(
    void* kernel, const unsigned grid[3], const unsigned threads[3], unsigned, const std::uint64_t* parameters,
    int count) {
  standIn::Call call{kernel, parameters, count};
  // Barriers need whole warps, and whoever has them uses barriers
  shim::runGrid(standIn::run, &call, (int)grid[0], (int)threads[0], threads[0] % 32 == 0, false);
  return 0;
}
