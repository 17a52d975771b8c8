import type { Calibration } from './calibrate.js';

/** What an `Environment` knows of the load. */
interface Load {
  readonly loadAverage: number | null;
  readonly cores: number;
  readonly calibration?: Calibration;
}

/** How busy the machine was before the first measurement: 'load average 0.12 on 2 cores; a fixed loop took 1.02 times ...'. */
export function describeLoad({ loadAverage, cores, calibration }: Load): string {
  const average = loadAverage === null ? [] : [`load average ${loadAverage.toFixed(2)} on ${cores} cores`];
  return [...average, ...(calibration ? [describeCalibration(calibration)] : [])].join('; ') || 'not known';
}

/** 'a fixed loop took 2.65 times its shortest time on average, with 39 % of a core'. */
export function describeCalibration({ slowdown, processorShare }: Calibration): string {
  const share = processorShare === null ? '' : `, with ${(100 * processorShare).toFixed(0)} % of a core`;
  return `a fixed loop took ${slowdown.toFixed(2)} times its shortest time on average${share}`;
}
