import type { Clock, GraphicsPeak } from '@polyneuron/bench';
import { GraphicsDevice } from './graphicsDevice.js';

export interface GraphicsPeakOptions {
  readonly clock?: Clock;
  /** For each of the three figures. default 60 */
  readonly budgetMs?: number;
}

/** Pixels along a side of the textures: 16 MiB each. */
const side = 1024;
const bytesPerPass = 2 * 16 * side * side;
/** Vectors of four that each pixel keeps multiplying and adding. */
const chains = 8;
const flopsPerIteration = side * side * chains * 4 * 2;
/** A call lasts at least as long, so that its launch and its reading back hardly count. */
const leastCallMs = 20;

/** x ← a x + b in eight vectors at a time, which depend on the pixel so that nothing can be computed beforehand. */
const multiplyAdds = `
uniform int count;
uniform vec2 line;
void main() {
  vec4 start = vec4(gl_FragCoord.xy, 1.0, 2.0) / float(${side});
  ${each((at) => `vec4 x${at} = start + float(${at});`)}
  for (int at = 0; at < count; at++) {
    ${each((at) => `x${at} = x${at} * line.x + line.y;`)}
  }
  result = ${Array.from({ length: chains }, (_, at) => `x${at}`).join(' + ')};
}`;

const copy = `
uniform sampler2D source;
void main() { result = texelFetch(source, ivec2(gl_FragCoord.xy), 0); }`;

/**
 * What this browser's WebGL reaches: multiply-adds in a fragment shader, copies of a texture that no cache holds, and
 * how long it takes to draw one pixel and read it back. The best of several calls, each checked by a pixel.
 *
 * Undefined where there is no WebGL 2 whose shaders write 32-bit floats.
 *
 * Throws   Error when a pixel is wrong: its time would mean nothing
 */
export function measureGraphicsPeak({
  clock = () => performance.now(),
  budgetMs = 60,
}: GraphicsPeakOptions = {}): GraphicsPeak | undefined {
  const options = { clock, budgetMs };
  const device = GraphicsDevice.open(side);
  if (!device) return undefined;
  try {
    const arithmetic = device.program(multiplyAdds);
    const copying = device.program(copy);
    const multiply = (count: number) => {
      device.draw(arithmetic, { count, line });
      expectPixel(device.read(), afterSteps(count));
    };
    const launch = bestMs((count) => device.readSmall(arithmetic, { count: 1, line }, count), 1, options);
    const loop = bestMs(multiply, 16, options);
    multiply(1);
    const stream = bestMs(
      (count) => {
        for (let pass = 0; pass < count; pass++) device.draw(copying, {});
        expectPixel(device.read(), afterSteps(1));
      },
      1,
      options,
    );
    return {
      renderer: device.renderer,
      gflops: (flopsPerIteration * loop.count) / (loop.ms * 1e6),
      copyGBs: (bytesPerPass * stream.count) / (stream.ms * 1e6),
      launchMs: launch.ms / launch.count,
    };
  } finally {
    device.close();
  }
}

/** Towards 1 from any start: each step halves the distance. */
const line = [0.5, 0.5] as const;

/** First component of the first pixel, whose middle is at one half: the sum over the chains. */
function afterSteps(count: number): number {
  const starts = (chains * 0.5) / side + (chains * (chains - 1)) / 2;
  return chains * (1 - 2 ** -count) + starts * 2 ** -count;
}

/** Eight numbers of about 1 to 7 in 32-bit floats. */
const pixelTolerance = 1e-5;

function expectPixel(actual: number, expected: number): void {
  if (Math.abs(actual - expected) <= pixelTolerance * Math.abs(expected)) return;
  throw new Error(`measureGraphicsPeak expected a pixel of ${expected}, got ${actual}`);
}

/** Fastest of the calls within the budget, with a count that makes a call long enough. At least two calls. */
function bestMs(
  run: (count: number) => void,
  firstCount: number,
  { clock, budgetMs }: Required<GraphicsPeakOptions>,
): { readonly ms: number; readonly count: number } {
  const time = (count: number) => {
    const started = clock();
    run(count);
    return clock() - started;
  };
  // The first call compiles
  time(firstCount);
  let count = firstCount;
  while (time(count) < leastCallMs && count < firstCount * 2 ** 12) count *= 2;
  const until = clock() + budgetMs;
  let ms = time(count);
  do ms = Math.min(ms, time(count));
  while (clock() < until);
  return { ms, count };
}

function each(line: (at: number) => string): string {
  return Array.from({ length: chains }, (_, at) => line(at)).join('\n  ');
}
