/**
 * One run for falseAlarms.mjs: the report as JSON on standard output.
 *
 *   node measureOnce.mjs CASES ROUNDS BUDGET_MS SLOWDOWN CONTROL wall|cpu
 */
import { createRequire } from 'node:module';
import { benchCases } from '../dist/cases/selectCases.js';
import { programContender } from '../dist/contenders/programContender.js';
import { contendersFor } from '../dist/contenders/selectContenders.js';
import { slowedContender } from '../dist/contenders/slowedContender.js';
import { captureEnvironment } from '../dist/environment/captureEnvironment.js';
import { measurePeak } from '../dist/peak/measurePeak.js';
import { platformClock } from '../dist/runner/clock.js';
import { runBenchIn } from '../dist/runner/runBench.js';

const [cases, rounds, budgetMs, slowdown, control, clock] = process.argv.slice(2);
// The package does not depend on the backend that it measures here.
const { createWasmBackend } = await import(new URL('../../backend-wasm/dist/index.js', import.meta.url).href);
const require = createRequire(import.meta.url);
require('@tensorflow/tfjs-backend-wasm');

const clocks = {
  wall: platformClock,
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
const source = { name: 'wasm', threads: [1], open: async () => createWasmBackend({ threads: 1 }) };
const own = programContender(source);
const peers = contendersFor([]).filter(({ name }) => name === control);
const report = await runBenchIn(
  {
    cases: cases.split(','),
    backends: [],
    baseline: own.name,
    rounds: Number(rounds),
    budgetMs: Number(budgetMs),
  },
  {
    clock: clocks[clock],
    registry: benchCases,
    specs: [Number(slowdown) > 1 ? slowedContender(own, Number(slowdown)) : own, ...peers],
    measurePeak,
    captureEnvironment,
  },
);
process.stdout.write(JSON.stringify(report));
