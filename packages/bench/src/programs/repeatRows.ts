/**
 * The first `runs · perRun` elements of a cyclic repetition of `values`; the longest that was asked for is kept, and
 * shorter ones are views of it.
 */
export function repeatCyclically<A extends Float32Array | Int32Array>(
  values: A,
  perRun: number,
): (runs: number) => A {
  let longest = values;
  return (runs) => {
    const length = runs * perRun;
    if (longest.length < length) {
      const Kind = values.constructor as new (length: number) => A;
      longest = new Kind(length);
      for (let at = 0; at < length; at += values.length)
        longest.set(values.subarray(0, Math.min(values.length, length - at)), at);
    }
    return longest.subarray(0, length) as A;
  };
}
