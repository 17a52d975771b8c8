/**
 * Two runs of one build must not be told apart, and a slowed kernel must: real runs on this machine, each in a fresh
 * process, compared as `polyneuron bench compare` does.
 *
 *   node packages/bench/scripts/falseAlarms.mjs [--trials 20] [--cases cross] [--rounds 30] [--budget-ms 2000]
 *                                              [--slowdown 1.5] [--control tfjs-wasm] [--fail-on 0.1]
 *                                              [--clock wall|cpu] [--runs 5]
 *
 * `--clock cpu` counts the processor time of the process, which is what one thread can be timed by on a machine that
 * others use; `bench` itself always takes the wall's.
 *
 * Needs a build (npm run build). Prints a line per trial; exit code 1 where a trial was wrong.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareReports } from '../dist/compare/compareReports.js';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '20' },
    cases: { type: 'string', default: 'cross' },
    rounds: { type: 'string', default: '30' },
    'budget-ms': { type: 'string', default: '2000' },
    slowdown: { type: 'string', default: '1.5' },
    control: { type: 'string' },
    runs: { type: 'string', default: '5' },
    clock: { type: 'string', default: 'wall' },
    'fail-on': { type: 'string', default: '0.1' },
  },
});
const measureOnce = fileURLToPath(new URL('measureOnce.mjs', import.meta.url));
const options = {
  failOn: Number(values['fail-on']),
  ...(values.control !== undefined && { control: values.control }),
};

/** A report of one run in a process of its own. */
function measure(slowdown) {
  const args = [
    values.cases,
    values.rounds,
    values['budget-ms'],
    String(slowdown),
    values.control ?? '',
    values.clock,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [measureOnce, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`measureOnce.mjs ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function show(trial, kind, { rows }) {
  for (const { case: name, ratio, interval, noise, change } of rows)
    console.log(
      `trial ${trial}, ${kind}, ${name}: ratio ${ratio.toFixed(3)}, interval ${interval.map((end) => end.toFixed(3)).join(' to ')}, noise ${noise.toFixed(3)}: ${change}`,
    );
  return rows;
}

let falseAlarms = 0;
let missed = 0;
for (let trial = 1; trial <= Number(values.trials); trial++) {
  const [bases, heads, slowHeads] = [[], [], []];
  // By turns, so that what the machine does in the meantime falls on all alike.
  for (let run = 0; run < Number(values.runs); run++) {
    bases.push(measure(1));
    heads.push(measure(1));
    slowHeads.push(measure(Number(values.slowdown)));
  }
  const same = show(trial, 'same build', compareReports(bases, heads, options));
  const slowed = show(trial, 'slowed kernel', compareReports(bases, slowHeads, options));
  falseAlarms += same.filter(({ change }) => change !== 'no difference').length;
  missed += slowed.filter(({ change }) => change !== 'slower').length;
}
console.log(
  `${values.trials} trials of ${values.cases}: ${falseAlarms} false alarms, ${missed} slowed kernels missed (slowdown ${values.slowdown})`,
);
process.exitCode = falseAlarms + missed > 0 ? 1 : 0;
