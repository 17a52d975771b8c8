import { expect, it } from 'vitest';
import { describeLoad } from './describeLoad.js';

it('says what is known of the load', () => {
  expect(
    describeLoad({ loadAverage: 0.118, cores: 2, calibration: { slowdown: 1.02, processorShare: 1 } }),
  ).toBe(
    'load average 0.12 on 2 cores; a fixed loop took 1.02 times its shortest time on average, with 100 % of a core',
  );
  expect(
    describeLoad({ loadAverage: null, cores: 8, calibration: { slowdown: 1.5, processorShare: null } }),
  ).toBe('a fixed loop took 1.50 times its shortest time on average');
  expect(describeLoad({ loadAverage: null, cores: 8 })).toBe('not known');
});
