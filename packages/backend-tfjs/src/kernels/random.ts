import { sizeOf, uniformValues } from '@polyneuron/graph';
import type { Lowering } from './lowering.js';

/** Drawn on the host, so that the bits are those of every other backend; needs a backend that reads synchronously. */
export const random: Lowering<'random'> = ({ shape }, { readSync, upload }) => {
  const count = sizeOf(shape);
  return ([key]) => {
    const [seed, counter] = readSync(key);
    return upload(uniformValues(seed, counter, count), shape, 'float32');
  };
};
