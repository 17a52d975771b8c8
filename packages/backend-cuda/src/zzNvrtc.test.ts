import { opNames } from '@polyneuron/graph';
import koffi from 'koffi';
import { expect, it } from 'vitest';
import { sourceOf } from './driver/loadPlan.js';
import { type CompileTarget, Nvrtc } from './driver/nvrtc.js';
import { printCudaPlan } from './emit/printCudaPlan.js';
import { opCases } from './testing/conformanceCases.js';
import { layerCases, layerNames } from './testing/layerCases.js';
import { inParallel } from './testing/hostCompiler.js';

it('all', async () => {
  const nvrtc = new Nvrtc(koffi, process.env.POLYNEURON_LIBNVRTC as string);
  const cases = [...opNames.flatMap((op) => opCases(op)), ...layerNames.flatMap((name) => layerCases(name, 3, (s) => s === 0 ? 1 : 0))];
  const t = Date.now();
  let bytes = 0;
  await inParallel(cases, 2, async ({ program }) => {
    const image = await nvrtc.compile(sourceOf(printCudaPlan(program)), program.name, nvrtc.targetFor(90) as CompileTarget);
    bytes += image.length;
  });
  console.log(cases.length, 'programs', bytes, 'bytes', Date.now() - t, 'ms');
  expect(bytes).toBeGreaterThan(0);
}, 1_500_000);
