// Runs a grid on the host: the scheduler behind the barriers and warp functions of shim.h.
#pragma once

#include "shim.h"

#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

Index3 threadIdx, blockIdx;

namespace shim {

#if !defined(__x86_64__)
#error "the host shim switches stacks on x86-64; add the registers of this processor here"
#endif

// Keeps the registers of a call on this stack and its top in *from, then goes on where `to` stopped. swapcontext does
// the same with two system calls.
extern "C" void shimSwitch(void** from, void* to);
asm(R"(
  .text
  .type shimSwitch, @function
shimSwitch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .size shimSwitch, .-shimSwitch
)");

// What is running, for messages.
inline const char* currentProgram = "";
inline const char* currentKernel = "";

[[noreturn]] inline void fail(const char* what) {
  std::fprintf(stderr, "shim: %s, in kernel %s of %s\n", what, currentKernel, currentProgram);
  std::_Exit(3);
}

enum class State { ready, inWarp, inBlock, done };

struct Fiber {
  // Where it stopped: the registers that a call keeps lie on its stack
  void* stackPointer = nullptr;
  void* fakeStack = nullptr;
  State state = State::ready;
  WarpOp op = WarpOp::ballot;
  std::uint32_t value = 0;
  int argument = 0;
  std::uint32_t result = 0;
  const Fragments* fragments = nullptr;
};

constexpr std::size_t stackBytes = 256 * 1024;

struct Block {
  void* scheduler = nullptr;
  void* schedulerFakeStack = nullptr;
  const void* schedulerStack = nullptr;
  std::size_t schedulerStackBytes = 0;
  std::vector<Fiber> fibers;
  std::vector<char*> stacks;
  int running = -1;
  void (*body)(void*) = nullptr;
  void* argument = nullptr;
};

inline Block block;

inline void enterFiber(void* fakeStack) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(fakeStack, &block.schedulerStack, &block.schedulerStackBytes);
#else
  (void)fakeStack;
#endif
}

inline void leaveFiber(void** fakeStack) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(fakeStack, block.schedulerStack, block.schedulerStackBytes);
#else
  (void)fakeStack;
#endif
}

inline void fiberMain() {
  enterFiber(nullptr);
  block.body(block.argument);
  Fiber& fiber = block.fibers[block.running];
  fiber.state = State::done;
  // The stack is not used again
  leaveFiber(nullptr);
  shimSwitch(&fiber.stackPointer, block.scheduler);
}

inline void wait(State state) {
  if (block.running < 0) fail("a kernel that was not announced as one waits for other threads");
  Fiber& fiber = block.fibers[block.running];
  fiber.state = state;
  leaveFiber(&fiber.fakeStack);
  shimSwitch(&fiber.stackPointer, block.scheduler);
  enterFiber(fiber.fakeStack);
}

inline void resume(int at) {
  Fiber& fiber = block.fibers[at];
  block.running = at;
  threadIdx = {(unsigned int)at, 0, 0};
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(&block.schedulerFakeStack, block.stacks[at], stackBytes);
#endif
  shimSwitch(&block.scheduler, fiber.stackPointer);
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(block.schedulerFakeStack, nullptr, nullptr);
#endif
  block.running = -1;
}

inline void startFibers(int threads) {
  if (threads % 32 != 0) fail("threads that wait for each other expected in whole warps");
  block.fibers.assign(threads, Fiber());
  while ((int)block.stacks.size() < threads) block.stacks.push_back((char*)aligned_alloc(64, stackBytes));
  for (int at = 0; at < threads; at++) {
    // As if fiberMain had been called from nowhere: six registers, its address, and the place to return to
    void** top = (void**)(block.stacks[at] + stackBytes) - 8;
    std::memset(top, 0, 8 * sizeof(void*));
    top[6] = (void*)fiberMain;
    block.fibers[at].stackPointer = top;
  }
}

// The product of `terms` terms per word, added to the sums of all lanes: the fragments of tensorTiles.ts.
inline void multiplyFragments(Fiber* lanes, int terms) {
  float left[16][16], right[16][8];
  for (int lane = 0; lane < 32; lane++) {
    const int g = lane / 4, q = lane % 4;
    const Fragments& own = *lanes[lane].fragments;
    for (int word = 0; word < 6; word++) {
      const std::uint32_t bits = word < 4 ? own.left[word] : own.right[word - 4];
      const int place = q + (word < 4 ? word / 2 : word - 4) * 4;
      for (int term = 0; term < terms; term++) {
        const float value = terms == 1 ? floatOf(bits) : floatOf((bits >> (16 * term)) << 16);
        if (word < 4) left[g + word % 2 * 8][place * terms + term] = value;
        else right[place * terms + term][g] = value;
      }
    }
  }
  for (int lane = 0; lane < 32; lane++) {
    for (int c = 0; c < 4; c++) {
      const int row = lane / 4 + c / 2 * 8, column = lane % 4 * 2 + c % 2;
      for (int k = 0; k < 8 * terms; k++) lanes[lane].fragments->sum[c] += left[row][k] * right[k][column];
    }
  }
}

// Gives the 32 threads of a warp their results when all of them wait for the same function.
inline bool joinedWarp(int first) {
  Fiber* lanes = &block.fibers[first];
  int waiting = 0, done = 0;
  for (int lane = 0; lane < 32; lane++) {
    waiting += lanes[lane].state == State::inWarp;
    done += lanes[lane].state == State::done;
  }
  if (waiting == 0) return false;
  if (done > 0) fail("a thread ended that its warp waits for");
  if (waiting < 32) return false;
  for (int lane = 0; lane < 32; lane++)
    if (lanes[lane].op != lanes[0].op) fail("threads of a warp wait for different functions");
  if (lanes[0].op == WarpOp::multiplyTf32) multiplyFragments(lanes, 1);
  if (lanes[0].op == WarpOp::multiplyBf16) multiplyFragments(lanes, 2);
  std::uint32_t votes = 0;
  for (int lane = 0; lane < 32; lane++) {
    votes |= (std::uint32_t)(lanes[lane].value != 0) << lane;
  }
  for (int lane = 0; lane < 32; lane++) {
    int from = lane;
    if (lanes[lane].op == WarpOp::shuffleXor) from = lane ^ lanes[lane].argument;
    if (lanes[lane].op == WarpOp::shuffleUp && lane >= lanes[lane].argument) from = lane - lanes[lane].argument;
    if (lanes[lane].op == WarpOp::shuffleFrom) from = lanes[lane].argument;
    if (from < 0 || from >= 32) fail("a lane outside the warp");
    lanes[lane].result = lanes[lane].op == WarpOp::ballot ? votes : lanes[from].value;
    lanes[lane].state = State::ready;
  }
  return true;
}

inline bool joinedBlock() {
  std::size_t waiting = 0, done = 0;
  for (const Fiber& fiber : block.fibers) {
    waiting += fiber.state == State::inBlock;
    done += fiber.state == State::done;
  }
  if (waiting == 0) return false;
  if (done > 0) fail("a thread ended that its block waits for");
  if (waiting < block.fibers.size()) return false;
  for (Fiber& fiber : block.fibers) fiber.state = State::ready;
  return true;
}

// One block whose threads wait for each other.
inline void runBlock(int threads, bool isReversed) {
  startFibers(threads);
  for (;;) {
    bool isDone = true;
    for (int i = 0; i < threads; i++) {
      const int at = isReversed ? threads - 1 - i : i;
      if (block.fibers[at].state == State::ready) resume(at);
      isDone = isDone && block.fibers[at].state == State::done;
    }
    if (isDone) return;
    bool isFreed = joinedBlock();
    for (int first = 0; first < threads; first += 32) isFreed = joinedWarp(first) || isFreed;
    if (!isFreed) fail("threads wait for each other at different places");
  }
}

// `body(argument)` for every thread of a grid of one axis.
inline void runGrid(void (*body)(void*), void* argument, int blocks, int threads, bool isCooperative, bool isReversed) {
  block.body = body;
  block.argument = argument;
  for (int b = 0; b < blocks; b++) {
    blockIdx = {(unsigned int)(isReversed ? blocks - 1 - b : b), 0, 0};
    if (isCooperative) {
      runBlock(threads, isReversed);
      continue;
    }
    for (int t = 0; t < threads; t++) {
      threadIdx = {(unsigned int)(isReversed ? threads - 1 - t : t), 0, 0};
      body(argument);
    }
  }
}

inline void joinBlock() { wait(State::inBlock); }

inline std::uint32_t joinWarp(unsigned int mask, WarpOp op, std::uint32_t value, int argument) {
  if (mask != 0xffffffffu) fail("a mask of part of a warp");
  if (block.running < 0) fail("a kernel that was not announced as one waits for other threads");
  Fiber& fiber = block.fibers[block.running];
  fiber.op = op;
  fiber.value = value;
  fiber.argument = argument;
  const int own = block.running;
  wait(State::inWarp);
  return block.fibers[own].result;
}

inline void joinMultiply(WarpOp op, const Fragments& fragments) {
  if (block.running < 0) fail("a kernel that was not announced as one waits for other threads");
  block.fibers[block.running].fragments = &fragments;
  joinWarp(0xffffffffu, op, 0, 0);
}

}  // namespace shim
