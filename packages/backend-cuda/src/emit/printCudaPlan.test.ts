import type { ContractionKernel } from '@polyneuron/fusion';
import { planProgram } from '@polyneuron/fusion';
import {
  add,
  constant,
  defineProgram,
  einsum,
  input,
  mul,
  type Node,
  programOf,
  type Shape,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { emitContraction } from './emitContraction.js';
import { emitPlan } from './emitPlan.js';
import { createEmitContext } from './kernel.js';
import { printCudaPlan } from './printCudaPlan.js';

const leaf = (name: string, ...shape: number[]): Node => input(name, { shape, dtype: 'float32' });
const print = (outputs: Record<string, Node>) => printCudaPlan(programOf('sample', outputs));

describe('printCudaPlan', () => {
  it('prints an elementwise chain as one kernel', () => {
    const { source } = print({ y: tanh(add(mul(leaf('x', 40, 30), 2), leaf('b', 1, 30))) });
    expect(source).toMatchInlineSnapshot(`
      "static __device__ __forceinline__ void map_0(const float* __restrict__ p0, const float* __restrict__ p1, float* __restrict__ p2) {
        const int i0 = (int)(blockIdx.x * 256 + threadIdx.x);
        if (i0 >= 1200) return;
        const int i1 = i0 % 30;
        const int i2 = i0 / 30;
        const int i3 = 30 * i2 + i1;
        const float v4 = p0[i3];
        const float v5 = v4 * 2.0f;
        const float v6 = p1[i1];
        const float v7 = v5 + v6;
        const float v8 = tanhf(v7);
        p2[i3] = v8;
      }

      extern "C" __global__ void __launch_bounds__(256) k0_map(unsigned char* arena) {
        map_0((const float*)(arena + 0ull), (const float*)(arena + 4800ull), (float*)(arena + 4992ull));
      }

      extern "C" __global__ void __launch_bounds__(256) feed(unsigned char* arena, unsigned char* records, const unsigned int* step) {
        const int i = (int)(blockIdx.x * 256 + threadIdx.x);
        unsigned char* record = records + (unsigned long long)*step * 4928ull;
        if (i < 1200) { ((int*)(arena + 0ull))[i - 0] = ((int*)(record + 0ull))[i - 0]; return; }
        if (i < 1230) { ((int*)(arena + 4800ull))[i - 1200] = ((int*)(record + 4800ull))[i - 1200]; return; }
      }

      extern "C" __global__ void __launch_bounds__(256) collect(unsigned char* arena, unsigned char* records, const unsigned int* step) {
        const int i = (int)(blockIdx.x * 256 + threadIdx.x);
        unsigned char* record = records + (unsigned long long)*step * 4800ull;
        if (i < 1200) { ((int*)(record + 0ull))[i - 0] = ((int*)(arena + 4992ull))[i - 0]; return; }
      }
      "
    `);
  });

  it('prints a sum with what is computed on the way', () => {
    const x = leaf('x', 300, 70);
    const square = mul(x, x);
    expect(print({ square, total: sum(square, [1]) }).source.split('extern')[0]).toMatchInlineSnapshot(`
      "static __device__ __forceinline__ void fold_32x8_0(const float* __restrict__ p0, float* __restrict__ p1, float* __restrict__ p2) {
        const int t0 = (int)threadIdx.x;
        const int i1 = t0 % 8;
        const int i2 = t0 / 8;
        const int r3 = (int)blockIdx.x * 32 + i2;
        float total4 = 0.0f;
        if (r3 < 300) {
          for (int k5 = i1; k5 < 70; k5 += 8) {
            const int i6 = 70 * r3 + k5;
            const float v7 = p0[i6];
            const float v8 = v7 * v7;
            p1[i6] = v8;
            total4 = total4 + v8;
          }
        }
        total4 = total4 + __shfl_xor_sync(0xffffffffu, total4, 4);
        total4 = total4 + __shfl_xor_sync(0xffffffffu, total4, 2);
        total4 = total4 + __shfl_xor_sync(0xffffffffu, total4, 1);
        if (i1 == 0 && r3 < 300) {
          p2[r3] = total4;
        }
      }

      static __device__ __forceinline__ void map_1(const float* __restrict__ p0, float* __restrict__ p1) {
        const int i0 = (int)(blockIdx.x * 256 + threadIdx.x);
        if (i0 >= 300) return;
        const float v1 = p0[i0];
        p1[i0] = v1;
      }

      "
    `);
  });

  it('prints a dense layer as one tiled kernel', () => {
    const y = tanh(add(einsum('bi,io->bo', leaf('x', 64, 40), leaf('w', 40, 48)), leaf('b', 1, 48)));
    const { source, launches } = print({ y });
    expect(launches).toEqual([
      { kernel: 'k0_contraction_32x32x16', grid: [4, 1, 1], block: [64, 1, 1], sharedBytes: 0 },
    ]);
    expect(source.split('extern')[0]).toMatchInlineSnapshot(`
      "static __device__ __forceinline__ void contraction_32x32x16_0(const float* __restrict__ p0, const float* __restrict__ p1, const float* __restrict__ p2, float* __restrict__ p3) {
        const int t = (int)threadIdx.x;
        const int b0 = (int)blockIdx.x % 2;
        const int b1 = (int)blockIdx.x / 2 % 2;
        const int i2 = b1 * 32;
        const int i3 = b0 * 32;
        __shared__ __align__(16) float left[2][16][36];
        __shared__ __align__(16) float right[2][16][36];
        const int row = t / 8 * 4, column = t % 8 * 4;
        float sum[4][4] = {};
        float leftNext[8];
        float rightNext[8];
        #pragma unroll
        for (int l = 0; l < 8; l++) {
          const int m4 = i2 + (t + l * 64) / 16;
          const int k5 = (t + l * 64) % 16;
          leftNext[l] = 0.0f;
          if (m4 < 64 && k5 < 40) {
            const int i6 = 40 * m4 + k5;
            leftNext[l] = p0[i6];
          }
        }
        #pragma unroll
        for (int l = 0; l < 8; l++) {
          const int m7 = i3 + (t + l * 64) % 32;
          const int k8 = (t + l * 64) / 32;
          rightNext[l] = 0.0f;
          if (m7 < 48 && k8 < 40) {
            const int i9 = m7 + 48 * k8;
            rightNext[l] = p1[i9];
          }
        }
        #pragma unroll
        for (int l = 0; l < 8; l++) left[0][(t + l * 64) % 16][(t + l * 64) / 16] = leftNext[l];
        #pragma unroll
        for (int l = 0; l < 8; l++) right[0][(t + l * 64) / 32][(t + l * 64) % 32] = rightNext[l];
        __syncthreads();
        int slice = 0;
        for (int k = 0; k < 40; k += 16) {
          if (k + 16 < 40) {
            const int i10 = k + 16;
            #pragma unroll
            for (int l = 0; l < 8; l++) {
              const int m11 = i2 + (t + l * 64) / 16;
              const int k12 = i10 + (t + l * 64) % 16;
              leftNext[l] = 0.0f;
              if (m11 < 64 && k12 < 40) {
                const int i13 = 40 * m11 + k12;
                leftNext[l] = p0[i13];
              }
            }
            #pragma unroll
            for (int l = 0; l < 8; l++) {
              const int m14 = i3 + (t + l * 64) % 32;
              const int k15 = i10 + (t + l * 64) / 32;
              rightNext[l] = 0.0f;
              if (m14 < 48 && k15 < 40) {
                const int i16 = m14 + 48 * k15;
                rightNext[l] = p1[i16];
              }
            }
          }
          #pragma unroll
          for (int d = 0; d < 16; d++) {
            const float4 a0 = *(const float4*)&left[slice][d][row];
            const float a[4] = {a0.x, a0.y, a0.z, a0.w};
            const float4 b0 = *(const float4*)&right[slice][d][column];
            const float b[4] = {b0.x, b0.y, b0.z, b0.w};
            #pragma unroll
            for (int i = 0; i < 4; i++) {
              #pragma unroll
              for (int j = 0; j < 4; j++) sum[i][j] += a[i] * b[j];
            }
          }
          if (k + 16 < 40) {
            #pragma unroll
            for (int l = 0; l < 8; l++) left[slice ^ 1][(t + l * 64) % 16][(t + l * 64) / 16] = leftNext[l];
            #pragma unroll
            for (int l = 0; l < 8; l++) right[slice ^ 1][(t + l * 64) / 32][(t + l * 64) % 32] = rightNext[l];
          }
          __syncthreads();
          slice ^= 1;
        }
        #pragma unroll
        for (int i = 0; i < 4; i++) {
          #pragma unroll
          for (int j = 0; j < 4; j++) {
            const int m17 = i2 + row + i;
            const int n18 = i3 + column + j;
            if (n18 < 48) {
              const float v19 = p2[n18];
              const float v20 = sum[i][j] + v19;
              const float v21 = tanhf(v20);
              const int i22 = 48 * m17 + n18;
              p3[i22] = v21;
            }
          }
        }
      }

      "
    `);
  });

  it('copies records of a scan', () => {
    const plan = printCudaPlan(
      defineProgram({
        name: 'counter',
        inputs: { x: { shape: [3], dtype: 'float32' }, k: { shape: [5], dtype: 'int32' } },
        state: { s: { shape: [3], dtype: 'float32' } },
        build: ({ inputs: { x }, state: { s } }) => ({ outputs: { before: s }, updates: { s: add(s, x) } }),
      }),
    );
    expect(plan.scan).toMatchInlineSnapshot(`
      {
        "collect": {
          "block": [
            32,
            1,
            1,
          ],
          "grid": [
            1,
            1,
            1,
          ],
          "kernel": "collect",
          "sharedBytes": 0,
        },
        "feed": {
          "block": [
            32,
            1,
            1,
          ],
          "grid": [
            1,
            1,
            1,
          ],
          "kernel": "feed",
          "sharedBytes": 0,
        },
        "inputOffsets": {
          "k": 16,
          "x": 0,
        },
        "inputStride": 48,
        "outputOffsets": {
          "before": 0,
        },
        "outputStride": 16,
      }
    `);
    expect(
      plan.source.slice(plan.source.indexOf('extern "C" __global__ void __launch_bounds__(32) feed')),
    ).toMatchInlineSnapshot(`
      "extern "C" __global__ void __launch_bounds__(32) feed(unsigned char* arena, unsigned char* records, const unsigned int* step) {
        const int i = (int)(blockIdx.x * 32 + threadIdx.x);
        unsigned char* record = records + (unsigned long long)*step * 48ull;
        if (i < 3) { ((int*)(arena + 0ull))[i - 0] = ((int*)(record + 0ull))[i - 0]; return; }
        if (i < 8) { ((int*)(arena + 64ull))[i - 3] = ((int*)(record + 16ull))[i - 3]; return; }
      }

      extern "C" __global__ void __launch_bounds__(32) collect(unsigned char* arena, unsigned char* records, const unsigned int* step) {
        const int i = (int)(blockIdx.x * 32 + threadIdx.x);
        unsigned char* record = records + (unsigned long long)*step * 16ull;
        if (i < 3) { ((int*)(record + 0ull))[i - 0] = ((int*)(arena + 192ull))[i - 0]; return; }
      }
      "
    `);
  });

  it('prints equal kernels once, and puts 64 bytes between tensors where it is asked to', () => {
    const program = programOf('twice', { a: sum(leaf('x', 9, 9), [1]), b: sum(leaf('y', 9, 9), [1]) });
    const plan = printCudaPlan(program, { guardBytes: 64, prefix: 'p_' });
    // Both sums in one, and a copy to each output
    expect(plan.launches).toHaveLength(3);
    expect(plan.source.match(/static __device__/g)).toHaveLength(2);
    expect(plan.launches.every(({ kernel }) => kernel.startsWith('p_k'))).toBe(true);
    const slots = [...Object.values(plan.inputs), ...Object.values(plan.outputs)].sort(
      (p, q) => p.offset - q.offset,
    );
    expect(slots[0].offset).toBeGreaterThanOrEqual(64);
    slots.slice(1).forEach(({ offset }, at) => {
      expect(offset % 64).toBe(0);
      expect(offset - slots[at].offset - slots[at].bytes).toBeGreaterThanOrEqual(64);
    });
  });

  it('uploads the constants that kernels read', () => {
    const plan = print({ y: mul(leaf('x', 3), constant([1, 2, 4], [3])) });
    expect(plan.constants.map(({ data }) => [...new Float32Array(data.slice().buffer)])).toEqual([[1, 2, 4]]);
  });

  it('has no launches for empty tensors, and identities for empty sums', () => {
    expect(print({ y: mul(leaf('x', 0, 3), 2) }).launches).toEqual([]);
    expect(print({ y: sum(leaf('x', 3, 0), [1]) }).launches).toHaveLength(2);
  });

  it('rejects tensors that 32 bits cannot count', () => {
    const large: Shape = [2 ** 16, 2 ** 15];
    const program = defineProgram({
      name: 'huge',
      state: { s: { shape: large, dtype: 'float32' } },
      build: ({ state: { s } }) => ({ outputs: {}, updates: { s: sub(s, 1) } }),
    });
    expect(() => printCudaPlan(program)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'huge' on cuda expected tensors and loops of fewer than 2147352576 elements, got s of 2147483648.

      Fix: use a smaller batch, or keep less data resident]
    `);
  });
});

describe('loops that 32 bits cannot count', () => {
  it('are rejected though their tensors are small', () => {
    const total = sum(mul(leaf('x', 1, 2 ** 16), leaf('y', 2 ** 16, 1)));
    expect(() => print({ total })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'sample' on cuda expected tensors and loops of fewer than 2147352576 elements, got a loop over [65536, 65536] of 4294967296.

      Fix: use a smaller batch, or keep less data resident]
    `);
  });
});

describe('internal errors', () => {
  it('of a plan with lanes', () => {
    const x = leaf('x', 64, 2);
    const plan = planProgram(programOf('lanes', { y: tanh(sum(mul(x, x), [1])) }));
    expect(() => emitPlan(plan)).toThrowErrorMatchingInlineSnapshot(`
      [InternalError: internal: backend-cuda: plans with lanes are for vector processors

      Please report this at https://github.com/polyneuron/polyneuron/issues]
    `);
  });

  it('of a reduction in an epilogue', () => {
    const access = { buffer: 0, offset: 0, strides: [] };
    const reduction = { value: 0, op: 'sum', axes: [], access, dtype: 'float32' } as const;
    const kernel: ContractionKernel = {
      kind: 'contraction',
      batch: [],
      rows: [],
      columns: [],
      depth: [],
      left: access,
      right: access,
      epilogue: { domain: [], statements: [], stores: [], reductions: [reduction] },
    };
    expect(() => emitContraction(createEmitContext([]), kernel)).toThrowErrorMatchingInlineSnapshot(`
      [InternalError: internal: backend-cuda: a reduction inside the epilogue of a contraction

      Please report this at https://github.com/polyneuron/polyneuron/issues]
    `);
  });
});
