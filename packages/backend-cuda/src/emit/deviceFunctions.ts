/**
 * @file Device functions for ops whose meaning differs from CUDA's own functions of the like name.
 *
 * Everything else is CUDA's math library in its accurate form (no --use_fast_math). Its documented maximum errors in
 * single precision are: + - * / sqrt correctly rounded; exp, expm1, log, log1p, sin, cos, tanh, erf at most 2 ulp;
 * pow at most 8 ulp.
 *
 * Source   CUDA C++ Programming Guide, Mathematical Functions, table of single-precision standard functions
 */

export type DeviceFunctionName =
  | 'maxOf'
  | 'minOf'
  | 'signOf'
  | 'addInt'
  | 'subInt'
  | 'mulInt'
  | 'negInt'
  | 'absInt'
  | 'divideInt'
  | 'maxInt'
  | 'minInt'
  | 'signInt'
  | 'sigmoidOf'
  | 'powOf'
  | 'threefry'
  | 'toTf32'
  | 'toBf16'
  | 'multiplyTf32'
  | 'multiplyBf16';

const heading = 'static __device__ __forceinline__';

/** Four rounds with the rotations of their half of the schedule, then key words of the schedule. */
const threefryRounds = [0, 1, 2, 3, 4]
  .map((group) => {
    const rotations = group % 2 === 0 ? [13, 15, 26, 6] : [17, 29, 16, 24];
    const rounds = rotations.map((r) => `  a += b; b = ((b << ${r}) | (b >> ${32 - r})) ^ a;`);
    return [...rounds, `  a += s[${(group + 1) % 3}]; b += s[${(group + 2) % 3}] + ${group + 1}u;`].join(
      '\n',
    );
  })
  .join('\n');

/** Instructions in PTX; the host shim has them in C++. */
const instruction = (signature: string, host: string, ptx: string): string => `${heading} ${signature} {
#if defined(POLYNEURON_SHIM)
  ${host}
#else
${ptx}
#endif
}`;

/** sum += left · right for 16 by 8 and 8 by 8 words of a warp; the fragments are those of tensorTiles.ts. */
const multiply = (name: string, shape: string, format: string): string =>
  instruction(
    `void ${name}(float* sum, const unsigned int* left, const unsigned int* right)`,
    `shim::${name}(sum, left, right);`,
    `  asm volatile("mma.sync.aligned.${shape}.row.col.f32.${format}.${format}.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
    : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
    : "r"(left[0]), "r"(left[1]), "r"(left[2]), "r"(left[3]), "r"(right[0]), "r"(right[1]));`,
  );

export const deviceFunctions: { readonly [K in DeviceFunctionName]: string } = {
  // fmaxf and fminf prefer the number over NaN; ours propagate NaN
  maxOf: `${heading} float maxOf(float a, float b) { return a > b || a != a ? a : b; }`,
  minOf: `${heading} float minOf(float a, float b) { return a < b || a != a ? a : b; }`,
  signOf: `${heading} float signOf(float a) { return a > 0.0f ? 1.0f : a < 0.0f ? -1.0f : a; }`,
  // Signed overflow is undefined in C++; unsigned arithmetic wraps
  addInt: `${heading} int addInt(int a, int b) { return (int)((unsigned int)a + (unsigned int)b); }`,
  subInt: `${heading} int subInt(int a, int b) { return (int)((unsigned int)a - (unsigned int)b); }`,
  mulInt: `${heading} int mulInt(int a, int b) { return (int)((unsigned int)a * (unsigned int)b); }`,
  negInt: `${heading} int negInt(int a) { return (int)(0u - (unsigned int)a); }`,
  absInt: `${heading} int absInt(int a) { return a < 0 ? (int)(0u - (unsigned int)a) : a; }`,
  // Division by 0 gives 0, as the interpreter's (a / 0) | 0; the smallest integer by -1 wraps
  divideInt: `${heading} int divideInt(int a, int b) { return b == 0 ? 0 : b == -1 ? (int)(0u - (unsigned int)a) : a / b; }`,
  maxInt: `${heading} int maxInt(int a, int b) { return a > b ? a : b; }`,
  minInt: `${heading} int minInt(int a, int b) { return a < b ? a : b; }`,
  signInt: `${heading} int signInt(int a) { return (a > 0) - (a < 0); }`,
  sigmoidOf: `${heading} float sigmoidOf(float a) { return 1.0f / (1.0f + expf(-a)); }`,
  // C has pow(1, NaN) = pow(-1, ±∞) = 1; JavaScript, which defines the op, has NaN
  powOf: `${heading} float powOf(float a, float b) {
  const bool isNan = b != b || (fabsf(a) == 1.0f && fabsf(b) == __int_as_float(0x7f800000));
  return isNan ? __int_as_float(0x7fc00000) : powf(a, b);
}`,
  // Word \`word\` of block \`index\` of Threefry-2x32 in 20 rounds, its top 24 bits as a fraction (Salmon et al. 2011)
  threefry: `${heading} void threefry(unsigned int seed, unsigned int counter, unsigned int index, float* first, float* second) {
  const unsigned int s[3] = {seed, counter, seed ^ counter ^ 0x1bd11bdau};
  unsigned int a = index + s[0], b = s[1];
${threefryRounds}
  *first = (float)(a >> 8) * 5.9604645e-8f;
  *second = (float)(b >> 8) * 5.9604645e-8f;
}`,
  toTf32: instruction(
    'unsigned int toTf32(float a)',
    'return shim::toTf32(a);',
    `  unsigned int word;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(word) : "f"(a));
  return word;`,
  ),
  // The first term is the lower half
  toBf16: instruction(
    'unsigned int toBf16(float a, float b)',
    'return shim::toBf16(a, b);',
    `  unsigned int word;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(word) : "f"(b), "f"(a));
  return word;`,
  ),
  multiplyTf32: multiply('multiplyTf32', 'm16n8k8', 'tf32'),
  multiplyBf16: multiply('multiplyBf16', 'm16n8k16', 'bf16'),
};
