/**
 * @file Threefry-2x32, 20 rounds: a counter-based generator that needs only 32-bit addition, rotation and xor, so
 * every backend can compute the same bits.
 *
 * Source   Salmon et al. 2011, Parallel Random Numbers: As Easy as 1, 2, 3 (SC11)
 */
const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Key-schedule parity constant of Skein. */
const parity = 0x1bd11bda;

/** Two 32-bit words from a key and a counter of two words each. */
export function threefry2x32(
  key: readonly [number, number],
  counter: readonly [number, number],
): [number, number] {
  const schedule = [key[0] >>> 0, key[1] >>> 0, (key[0] ^ key[1] ^ parity) >>> 0];
  let a = (counter[0] + schedule[0]) >>> 0;
  let b = (counter[1] + schedule[1]) >>> 0;
  for (let group = 0; group < 5; group++) {
    for (const rotation of rotations[group % 2]) {
      a = (a + b) >>> 0;
      b = (((b << rotation) | (b >>> (32 - rotation))) ^ a) >>> 0;
    }
    a = (a + schedule[(group + 1) % 3]) >>> 0;
    b = (b + schedule[(group + 2) % 3] + group + 1) >>> 0;
  }
  return [a, b];
}

/**
 * What the `random` op means: element i is the top 24 bits of word i mod 2 of block floor(i / 2), as a fraction of
 * 2^24. Exact in float32, never 1.
 */
export function uniformValues(seed: number, counter: number, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let block = 0; 2 * block < count; block++) {
    const words = threefry2x32([seed, counter], [block, 0]);
    for (let word = 0; word < 2 && 2 * block + word < count; word++)
      values[2 * block + word] = (words[word] >>> 8) / 0x1000000;
  }
  return values;
}
