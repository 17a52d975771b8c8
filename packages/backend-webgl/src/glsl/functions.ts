/**
 * @file Functions of four float32 in GLSL, where the language's own may be as coarse as 2^-11 (sin, cos) or undefined
 * (max of NaN).
 *
 * Method   those of Cephes and Eigen, as in backend-wasm/src/math: exp and expm1 by reduction with ln 2 in two parts and
 *          a degree-5 polynomial; log by a degree-8 polynomial around 1; log1p by Kahan's quotient; tanh by Eigen's
 *          rational function; erf by three polynomials; sin and cos by reduction with π/2 in three parts
 * Error    a few ulp where the device adds and multiplies as IEEE 754 does; pow about |b ln a| ulp; sin and cos lose
 *          accuracy beyond |x| of 8192
 * NaN      is tested by bits: compilers may fold x != x
 */
interface GlslFunction {
  readonly needs: readonly GlslName[];
  readonly text: string;
}

export type GlslName =
  | 'isNan'
  | 'pickInt'
  | 'maxOf'
  | 'minOf'
  | 'signOf'
  | 'toInt'
  | 'divideInt'
  | 'power2'
  | 'expOf'
  | 'expm1Of'
  | 'logOf'
  | 'log1pOf'
  | 'sqrtOf'
  | 'tanhOf'
  | 'sigmoidOf'
  | 'erfOf'
  | 'turn'
  | 'sinOf'
  | 'cosOf'
  | 'powOf'
  | 'threefry';

const horner = (x: string, [first, ...rest]: readonly number[]): string =>
  rest.reduce((text, coefficient) => `(${text} * ${x} + ${glslFloat(coefficient)})`, glslFloat(first));

/** A float literal that parses to this float32. */
export function glslFloat(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single) || (single !== 0 && Math.abs(single) < 2 ** -126) || Object.is(single, -0)) {
    const bits = new Uint32Array(Float32Array.of(single).buffer)[0];
    return `uintBitsToFloat(${bits}u)`;
  }
  const text = String(single);
  const literal = /[.e]/.test(text) ? text : `${text}.0`;
  return single < 0 ? `(${literal})` : literal;
}

const nan = glslFloat(Number.NaN);
const infinity = glslFloat(Number.POSITIVE_INFINITY);
const minusInfinity = glslFloat(Number.NEGATIVE_INFINITY);

const expPolynomial = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];
const logPolynomial = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
const tanhNumerator = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
  1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
];
const tanhDenominator = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3];
const erfInner = [
  7.853861353153693e-5, -8.010193625184903e-4, 5.188327685732524e-3, -2.685381193529856e-2,
  1.128358514861418e-1, -3.7612625824233e-1, 1.12837916709551,
];
const erfMiddle = [
  2.326819970068386e-2, -1.387039388740657e-1, 3.687424674597105e-1, -5.824733027278666e-1,
  6.210004621745983e-1, -4.944515323274145e-1, 3.404879937665872e-1, -2.741127028184656e-1,
  5.638259427386472e-1,
];
const erfOuter = [
  -1.047766399936249e1, 1.297719955372516e1, -7.495518717768503, 2.921019019210786, -1.0152652792027,
  4.218463358204948e-1, -2.820767439740514e-1, 5.641895067754075e-1,
];
const sinPolynomial = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1];
const cosPolynomial = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2];

const fourRounds = (rotations: readonly number[], next: string): string =>
  [...rotations.map((r) => `  a += b; b = ((b << ${r}) | (b >> ${32 - r})) ^ a;`), next].join('\n');

const threefryRounds = [0, 1, 2, 3, 4]
  .map((group) =>
    fourRounds(
      group % 2 === 0 ? [13, 15, 26, 6] : [17, 29, 16, 24],
      `  a += s[${(group + 1) % 3}]; b += s[${(group + 2) % 3}] + ${group + 1}u;`,
    ),
  )
  .join('\n');

export const glslFunctions: { readonly [K in GlslName]: GlslFunction } = {
  isNan: {
    needs: [],
    text: `bvec4 isNan(vec4 x) {
  return greaterThan(floatBitsToUint(x) & 0x7fffffffu, uvec4(0x7f800000u));
}`,
  },
  pickInt: {
    needs: [],
    text: `ivec4 pickInt(ivec4 c, ivec4 a, ivec4 b) { return (a & -c) | (b & (c - 1)); }`,
  },
  maxOf: {
    needs: ['isNan'],
    text: `vec4 maxOf(vec4 a, vec4 b) {
  return mix(mix(mix(b, a, greaterThan(a, b)), a, isNan(a)), b, isNan(b));
}`,
  },
  minOf: {
    needs: ['isNan'],
    text: `vec4 minOf(vec4 a, vec4 b) {
  return mix(mix(mix(b, a, lessThan(a, b)), a, isNan(a)), b, isNan(b));
}`,
  },
  signOf: {
    needs: ['isNan'],
    text: `vec4 signOf(vec4 x) {
  return mix(vec4(greaterThan(x, vec4(0.0))) - vec4(lessThan(x, vec4(0.0))), x, isNan(x));
}`,
  },
  toInt: {
    needs: ['isNan'],
    text: `ivec4 toInt(vec4 x) {
  vec4 y = mix(x, vec4(0.0), isNan(x));
  ivec4 i = ivec4(clamp(y, vec4(-2147483520.0), vec4(2147483520.0)));
  ivec4 high = ivec4(greaterThanEqual(y, vec4(2147483648.0)));
  ivec4 low = ivec4(lessThanEqual(y, vec4(-2147483648.0)));
  return (i & (high - 1) & (low - 1)) | (-high & 0x7fffffff) | (low << 31);
}`,
  },
  divideInt: {
    needs: ['pickInt'],
    text: `ivec4 divideInt(ivec4 a, ivec4 b) {
  ivec4 isZero = ivec4(equal(b, ivec4(0)));
  ivec4 isMinusOne = ivec4(equal(b, ivec4(-1)));
  ivec4 quotient = a / pickInt(isZero | isMinusOne, ivec4(1), b);
  return pickInt(isZero, ivec4(0), pickInt(isMinusOne, -a, quotient));
}`,
  },
  power2: {
    needs: [],
    text: `vec4 power2(ivec4 n) { return intBitsToFloat((n + 127) << 23); }`,
  },
  expOf: {
    needs: ['power2', 'isNan'],
    text: `vec4 expOf(vec4 x) {
  vec4 y = clamp(mix(x, vec4(0.0), isNan(x)), vec4(-104.0), vec4(89.0));
  vec4 n = floor(y * ${glslFloat(Math.LOG2E)} + 0.5);
  vec4 r = (y - n * 0.693359375) - n * ${glslFloat(-2.1219444e-4)};
  vec4 p = ${horner('r', expPolynomial)} * (r * r) + r;
  ivec4 whole = ivec4(n);
  ivec4 part = whole >> 1;
  return mix((p + 1.0) * power2(part) * power2(whole - part), x, isNan(x));
}`,
  },
  expm1Of: {
    needs: ['power2', 'isNan'],
    text: `vec4 expm1Of(vec4 x) {
  vec4 y = clamp(mix(x, vec4(0.0), isNan(x)), vec4(-18.0), vec4(89.0));
  vec4 n = floor(y * ${glslFloat(Math.LOG2E)} + 0.5);
  vec4 r = (y - n * 0.693359375) - n * ${glslFloat(-2.1219444e-4)};
  vec4 p = ${horner('r', expPolynomial)} * (r * r) + r;
  ivec4 whole = ivec4(n);
  ivec4 part = whole >> 1;
  vec4 half1 = power2(part), half2 = power2(whole - part);
  vec4 near = p * half1 * half2 + (half1 * half2 - 1.0);
  vec4 far = (p + 1.0) * half1 * half2;
  vec4 result = mix(mix(far, near, lessThan(y, vec4(20.0))), x, lessThan(abs(x), vec4(1.4901161e-8)));
  return mix(result, x, isNan(x));
}`,
  },
  logOf: {
    needs: ['isNan'],
    text: `vec4 logOf(vec4 x) {
  bvec4 isSmall = lessThan(x, vec4(1.17549435e-38));
  vec4 scaled = mix(x, x * 8388608.0, isSmall);
  ivec4 bits = floatBitsToInt(scaled);
  vec4 exponent = vec4((bits >> 23) - 126) - mix(vec4(0.0), vec4(23.0), isSmall);
  vec4 mantissa = intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
  bvec4 isBelow = lessThan(mantissa, vec4(${glslFloat(Math.SQRT1_2)}));
  exponent -= vec4(isBelow);
  vec4 f = (mantissa - 1.0) + mix(vec4(0.0), mantissa, isBelow);
  vec4 square = f * f;
  vec4 y = ${horner('f', logPolynomial)} * f * square;
  y += exponent * ${glslFloat(-2.1219444e-4)};
  y -= square * 0.5;
  y = (f + y) + exponent * 0.693359375;
  y = mix(y, x, equal(x, vec4(${infinity})));
  y = mix(y, vec4(${minusInfinity}), equal(x, vec4(0.0)));
  y = mix(y, vec4(${nan}), lessThan(x, vec4(0.0)));
  return mix(y, x, isNan(x));
}`,
  },
  log1pOf: {
    needs: ['logOf'],
    text: `vec4 log1pOf(vec4 x) {
  vec4 u = x + 1.0;
  vec4 gap = u - 1.0;
  vec4 logarithm = logOf(u);
  bvec4 isFlat = equal(gap, vec4(0.0));
  vec4 y = mix(logarithm * x / mix(gap, vec4(1.0), isFlat), x, isFlat);
  return mix(y, logarithm, equal(u, x));
}`,
  },
  sqrtOf: {
    needs: [],
    text: `vec4 sqrtOf(vec4 x) { return mix(sqrt(x), vec4(${nan}), lessThan(x, vec4(0.0))); }`,
  },
  tanhOf: {
    needs: ['isNan'],
    text: `vec4 tanhOf(vec4 x) {
  vec4 y = clamp(mix(x, vec4(0.0), isNan(x)), vec4(-7.9053111), vec4(7.9053111));
  vec4 z = y * y;
  vec4 quotient = y * ${horner('z', tanhNumerator)} / ${horner('z', tanhDenominator)};
  return mix(x, quotient, greaterThanEqual(abs(x), vec4(4e-4)));
}`,
  },
  sigmoidOf: {
    needs: ['expOf'],
    text: `vec4 sigmoidOf(vec4 x) { return 1.0 / (1.0 + expOf(-x)); }`,
  },
  erfOf: {
    needs: ['expOf', 'isNan'],
    text: `vec4 erfOf(vec4 x) {
  vec4 size = min(abs(mix(x, vec4(0.0), isNan(x))), vec4(10.0));
  vec4 z = size * size;
  vec4 near = ${horner('z', erfInner)} * x;
  vec4 tail = 1.0 / max(size, vec4(0.5));
  vec4 w = tail * tail;
  vec4 series = mix(${horner('w', erfOuter)}, ${horner('w', erfMiddle)}, lessThan(size, vec4(2.0)));
  vec4 far = 1.0 - expOf(-z) * tail * series;
  far = mix(far, vec4(1.0), greaterThan(size, vec4(4.0)));
  far = mix(far, -far, lessThan(x, vec4(0.0)));
  return mix(mix(far, near, lessThan(size, vec4(1.0))), x, isNan(x));
}`,
  },
  turn: {
    needs: ['isNan'],
    // sin(x + quarter π/2)
    text: `vec4 turn(vec4 x, int quarter) {
  vec4 n = floor(x * ${glslFloat(2 / Math.PI)} + 0.5);
  vec4 r = ((x - n * 1.5703125) - n * 4.837512969970703125e-4) - n * 7.54978995489188216e-8;
  vec4 z = r * r;
  vec4 sine = ${horner('z', sinPolynomial)} * z * r + r;
  vec4 cosine = ${horner('z', cosPolynomial)} * z * z - 0.5 * z + 1.0;
  ivec4 quadrant = ivec4(n - 4.0 * floor(n * 0.25)) + quarter;
  vec4 y = mix(sine, cosine, notEqual(quadrant & 1, ivec4(0)));
  y = mix(y, -y, notEqual(quadrant & 2, ivec4(0)));
  bvec4 isEndless = greaterThan(floatBitsToUint(x) & 0x7fffffffu, uvec4(0x7f7fffffu));
  return mix(y, vec4(${nan}), isEndless);
}`,
  },
  sinOf: { needs: ['turn'], text: `vec4 sinOf(vec4 x) { return turn(x, 0); }` },
  cosOf: { needs: ['turn'], text: `vec4 cosOf(vec4 x) { return turn(x, 1); }` },
  powOf: {
    needs: ['expOf', 'logOf', 'isNan'],
    text: `vec4 powOf(vec4 a, vec4 b) {
  vec4 base = abs(a);
  vec4 y = expOf(b * logOf(base));
  bvec4 isWhole = equal(floor(b), b);
  bvec4 isNegative = lessThan(a, vec4(0.0));
  bvec4 isOdd = notEqual(floor(b * 0.5) * 2.0, b);
  vec4 signed = mix(vec4(${nan}), mix(y, -y, isOdd), isWhole);
  y = mix(y, signed, isNegative);
  y = mix(y, mix(vec4(${infinity}), vec4(0.0), greaterThan(b, vec4(0.0))), equal(base, vec4(0.0)));
  y = mix(mix(y, a, isNan(a)), b, isNan(b));
  return mix(y, vec4(1.0), equal(b, vec4(0.0)));
}`,
  },
  threefry: {
    needs: [],
    // Two uniforms of one Threefry-2x32 block, 20 rounds
    text: `vec2 threefry(uint seed, uint counter, uint index) {
  uint s[3];
  s[0] = seed; s[1] = counter; s[2] = seed ^ counter ^ 0x1bd11bdau;
  uint a = index + s[0], b = s[1];
${threefryRounds}
  return vec2(a >> 8, b >> 8) * ${glslFloat(2 ** -24)};
}`,
  },
};
