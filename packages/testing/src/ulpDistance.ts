/**
 * Number of representable values between two numbers: 0 for equal ones (-0 equals 0), 1 for neighbours.
 * NaN when one of them is NaN; Infinity is the neighbour of the largest finite number.
 */
export function ulpDistance(a: number, b: number, dtype: 'float32' | 'float64'): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const order = dtype === 'float32' ? float32Order : float64Order;
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
}

/** Position of a number in the ordered list of all float32. */
function float32Order(value: number): bigint {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getInt32(0);
  return BigInt(bits < 0 ? -(bits & 0x7fffffff) : bits);
}

function float64Order(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}
