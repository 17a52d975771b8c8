// CUDA C as C++ of the host: what the printed sources use of the language, and nothing else.
//
// Blocks run one after the other. Threads of a block are fibers that stop at __syncthreads and at functions of a warp,
// until all threads they wait for are there; a thread that never comes is an error. Order of blocks and threads is a
// parameter of the run: a result that depends on it is a race.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#define __global__
#define __device__
#define __forceinline__ __attribute__((unused))
#define __launch_bounds__(threads)
#define __align__(bytes) __attribute__((aligned(bytes)))
// One block at a time: what its threads share is static
#define __shared__ static

struct alignas(16) float4 {
  float x, y, z, w;
};

struct Index3 {
  unsigned int x, y, z;
};

extern Index3 threadIdx, blockIdx;

namespace shim {

enum class WarpOp { shuffleXor, shuffleUp, shuffleFrom, ballot, multiplyTf32, multiplyBf16 };

// Waits for all threads of the block.
inline void joinBlock();

// Waits for all 32 threads of the warp; the result of this one.
inline std::uint32_t joinWarp(unsigned int mask, WarpOp op, std::uint32_t value, int argument);

template <class T> T shuffle(unsigned int mask, WarpOp op, T value, int argument) {
  static_assert(sizeof(T) == 4, "values of 32 bits");
  std::uint32_t bits;
  std::memcpy(&bits, &value, 4);
  bits = joinWarp(mask, op, bits, argument);
  std::memcpy(&value, &bits, 4);
  return value;
}

}  // namespace shim

inline void __syncthreads() { shim::joinBlock(); }

template <class T> T __shfl_xor_sync(unsigned int mask, T value, int distance) {
  return shim::shuffle(mask, shim::WarpOp::shuffleXor, value, distance);
}

template <class T> T __shfl_up_sync(unsigned int mask, T value, int distance) {
  return shim::shuffle(mask, shim::WarpOp::shuffleUp, value, distance);
}

template <class T> T __shfl_sync(unsigned int mask, T value, int lane) {
  return shim::shuffle(mask, shim::WarpOp::shuffleFrom, value, lane);
}

inline unsigned int __ballot_sync(unsigned int mask, int isTrue) {
  return shim::joinWarp(mask, shim::WarpOp::ballot, isTrue != 0, 0);
}

inline int __ffs(int value) { return __builtin_ffs(value); }

inline float __int_as_float(std::int32_t bits) {
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}

// cvt.rzi.s32.f32: towards zero, to the nearest integer where there is none, NaN to 0
inline int __float2int_rz(float value) {
  if (value != value) return 0;
  if (value >= 2147483648.0f) return 2147483647;
  if (value <= -2147483648.0f) return -2147483647 - 1;
  return (int)value;
}

// Tensor cores: what deviceFunctions.ts calls in place of its PTX.
#define POLYNEURON_SHIM

namespace shim {

inline float floatOf(std::uint32_t bits) { return __int_as_float((std::int32_t)bits); }

inline std::uint32_t bitsOf(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, 4);
  return bits;
}

// cvt.rna.tf32.f32: ten bits after the point, ties away from zero
inline std::uint32_t toTf32(float value) {
  return std::isfinite(value) ? (bitsOf(value) + 0x1000u) & ~0x1fffu : bitsOf(value);
}

// cvt.rn.bf16: seven bits after the point, ties to even
inline std::uint32_t halfOf(float value) {
  const std::uint32_t bits = bitsOf(value);
  if (value != value) return 0x7fffu;
  return (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

inline std::uint32_t toBf16(float low, float high) { return halfOf(low) | (halfOf(high) << 16); }

struct Fragments {
  float* sum;
  const std::uint32_t* left;
  const std::uint32_t* right;
};

// Waits for the warp; the last to come multiplies for all.
inline void joinMultiply(WarpOp op, const Fragments& fragments);

inline void multiplyTf32(float* sum, const unsigned int* left, const unsigned int* right) {
  joinMultiply(WarpOp::multiplyTf32, {sum, left, right});
}

inline void multiplyBf16(float* sum, const unsigned int* left, const unsigned int* right) {
  joinMultiply(WarpOp::multiplyBf16, {sum, left, right});
}

}  // namespace shim
