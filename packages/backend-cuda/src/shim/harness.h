// Runs programs on the host and writes what they leave in memory. The requests come from testing/shimRequests.ts.
//
// All tensors of a program lie in one arena. Before each launch everything but the tensors of that launch is poisoned,
// and memory that becomes a new tensor is filled with 0xff: NaN, or -1. Every program runs twice, with blocks and
// threads in opposite orders, from the same start.
#pragma once

#include "grid.h"

#include <string>

using Kernel = void (*)(unsigned char*);
using ScanKernel = void (*)(unsigned char*, unsigned char*, const unsigned int*);

struct Entry {
  Kernel run;
  ScanKernel runScan;
  const char* name;
};

namespace harness {

inline std::FILE* requests;
inline std::FILE* results;

inline void readBytes(void* target, std::size_t bytes) {
  if (bytes > 0 && std::fread(target, 1, bytes, requests) != bytes) shim::fail("a request that is cut short");
}

inline std::uint32_t readNumber() {
  std::uint32_t value;
  readBytes(&value, 4);
  return value;
}

inline std::vector<std::uint32_t> readNumbers() {
  std::vector<std::uint32_t> list(readNumber());
  readBytes(list.data(), 4 * list.size());
  return list;
}

struct Data {
  std::uint32_t offset;
  std::vector<unsigned char> bytes;
};

inline Data readData() {
  Data data{readNumber(), {}};
  data.bytes.resize(readNumber());
  readBytes(data.bytes.data(), data.bytes.size());
  return data;
}

struct Launch {
  std::uint32_t entry, blocks, threads, isCooperative;
  // Offset and bytes of each tensor that it may touch, and of those that begin here
  std::vector<std::uint32_t> tensors, born;
};

inline Launch readLaunch() {
  Launch launch{readNumber(), readNumber(), readNumber(), readNumber(), {}, {}};
  launch.tensors = readNumbers();
  launch.born = readNumbers();
  return launch;
}

struct Program {
  std::string name;
  std::uint32_t arenaBytes, steps;
  std::vector<Data> start;
  std::vector<Launch> launches;
  // Of a scan: the records that are fed, and bytes of those that are collected
  std::vector<unsigned char> fed;
  std::uint32_t collectedBytes;
  std::vector<std::uint32_t> reads;
};

inline Program readProgram() {
  Program program;
  program.name.resize(readNumber());
  readBytes(&program.name[0], program.name.size());
  program.arenaBytes = readNumber();
  program.steps = readNumber();
  for (std::uint32_t count = readNumber(); count > 0; count--) program.start.push_back(readData());
  for (std::uint32_t count = readNumber(); count > 0; count--) program.launches.push_back(readLaunch());
  program.fed = readData().bytes;
  program.collectedBytes = readNumber();
  program.reads = readNumbers();
  return program;
}

inline void poison(const unsigned char* start, std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  if (bytes > 0) __asan_poison_memory_region(start, bytes);
#else
  (void)start, (void)bytes;
#endif
}

inline void unpoison(const unsigned char* start, std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  if (bytes > 0) __asan_unpoison_memory_region(start, bytes);
#else
  (void)start, (void)bytes;
#endif
}

struct Call {
  const Entry* entry;
  unsigned char* arena;
  unsigned char* records;
  unsigned int step;
};

inline void callKernel(void* argument) {
  const Call& call = *(const Call*)argument;
  if (call.entry->run) call.entry->run(call.arena);
  else call.entry->runScan(call.arena, call.records, &call.step);
}

inline std::vector<unsigned char> runProgram(const Program& program, const Entry* entries, bool isReversed) {
  const std::size_t bytes = program.arenaBytes;
  unsigned char* arena = (unsigned char*)aligned_alloc(64, (bytes + 63) / 64 * 64);
  std::memset(arena, 0xff, bytes);
  for (const Data& data : program.start) {
    if (!data.bytes.empty()) std::memcpy(arena + data.offset, data.bytes.data(), data.bytes.size());
  }
  std::vector<unsigned char> fed = program.fed, collected(program.collectedBytes, 0xff);
  for (std::uint32_t step = 0; step < program.steps; step++) {
    for (const Launch& launch : program.launches) {
      const Entry& entry = entries[launch.entry];
      shim::currentKernel = entry.name;
      poison(arena, bytes);
      for (std::size_t i = 0; i < launch.tensors.size(); i += 2)
        unpoison(arena + launch.tensors[i], launch.tensors[i + 1]);
      for (std::size_t i = 0; i < launch.born.size(); i += 2)
        if (launch.born[i + 1] > 0) std::memset(arena + launch.born[i], 0xff, launch.born[i + 1]);
      // The kernel of a scan that comes first reads records, the one that comes last writes them
      const bool isFirst = &launch == &program.launches.front();
      Call call{&entry, arena, isFirst && !fed.empty() ? fed.data() : collected.data(), step};
      shim::runGrid(callKernel, &call, launch.blocks, launch.threads, launch.isCooperative != 0, isReversed);
    }
  }
  unpoison(arena, bytes);
  std::vector<unsigned char> result;
  for (std::size_t i = 0; i < program.reads.size(); i += 2)
    result.insert(result.end(), arena + program.reads[i], arena + program.reads[i] + program.reads[i + 1]);
  result.insert(result.end(), collected.begin(), collected.end());
  std::free(arena);
  return result;
}

inline void nameKernel(const char*) {
  std::fprintf(stderr, "shim: in kernel %s of %s\n", shim::currentKernel, shim::currentProgram);
}

inline int run(int count, char** arguments, const Entry* entries) {
#if defined(__SANITIZE_ADDRESS__)
  __asan_set_error_report_callback(nameKernel);
#endif
  if (count != 3) return 2;
  requests = std::fopen(arguments[1], "rb");
  results = std::fopen(arguments[2], "wb");
  if (!requests || !results) return 2;
  for (std::uint32_t programs = readNumber(); programs > 0; programs--) {
    const Program program = readProgram();
    shim::currentProgram = program.name.c_str();
    const std::vector<unsigned char> result = runProgram(program, entries, false);
    if (runProgram(program, entries, true) != result) shim::fail("results depend on the order of blocks or threads");
    if (!result.empty()) std::fwrite(result.data(), 1, result.size(), results);
  }
  std::fclose(results);
  return 0;
}

}  // namespace harness
