/**
 * Runs the conformance suite and the benchmarks on an NVIDIA GPU, and writes what came out as Markdown and JSON:
 *
 *   node scripts/gpu-check.mjs [--out DIRECTORY] [--only SUBSTRING] [--budget-ms N]
 *
 * --out        where the report goes (default: gpu-report)
 * --only       tests whose name has this in it (default: all)
 * --budget-ms  time of one benchmark case (default: 10000); 0 for no benchmarks
 *
 * Exit codes: 0 every result is right; 1 one is not, or a step of this script failed; 2 an unknown argument;
 * 3 no GPU can be used here, said at once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from './setup.mjs';

const suites = ['steps', 'gemm', 'layers'];
const contenders = 'polyneuron-cuda,polyneuron-wasm';

const options = readArguments();
const backend = await openGpu();
const device = backend.device;
backend.dispose();
console.log(`${device.description}\n`);
mkdirSync(options.out, { recursive: true });
const conformance = runConformance();
const benches = options.budgetMs > 0 ? suites.map(runBench) : [];
const isRight = conformance.failures.length === 0 && conformance.passed > 0 && benches.every(({ ok }) => ok);
writeFileSync(
  join(options.out, 'report.json'),
  `${JSON.stringify({ isRight, device, node: process.versions.node, conformance, benches }, null, 2)}\n`,
);
writeFileSync(join(options.out, 'report.md'), renderReport());
console.log(
  `\n${isRight ? 'every result is right' : 'something is wrong'}; see ${join(options.out, 'report.md')}`,
);
process.exit(isRight ? 0 : 1);

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: 'string', default: 'gpu-report' },
        only: { type: 'string', default: '' },
        'budget-ms': { type: 'string', default: '10000' },
      },
    });
    const budgetMs = Number(values['budget-ms']);
    if (!Number.isInteger(budgetMs) || budgetMs < 0) throw new Error('--budget-ms takes a whole number');
    return { out: resolve(values.out), only: values.only, budgetMs };
  } catch (error) {
    console.error(`gpu-check: ${error.message}\n\nFix: see the first lines of scripts/gpu-check.mjs`);
    process.exit(2);
  }
}

/** Ends this process where there is no GPU. */
async function openGpu() {
  const entry = new URL('../packages/backend-cuda/dist/index.js', import.meta.url);
  if (!existsSync(entry)) setup();
  const { createCudaBackend } = await import(entry.href);
  try {
    return await createCudaBackend();
  } catch (error) {
    console.error(`gpu-check: ${error.message}`);
    process.exit(3);
  }
}

function runConformance() {
  const file = join(options.out, 'conformance.json');
  rmSync(file, { force: true });
  const tests = 'packages/backend-cuda/src/gpu.conformance.test.ts';
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${file}`];
  // NVRTC takes its time for every program
  const limits = ['--testTimeout=1800000', '--hookTimeout=1800000'];
  const only = options.only === '' ? [] : ['-t', options.only];
  run(join(root, 'node_modules/.bin/vitest'), ['run', tests, ...reporters, ...limits, ...only]);
  if (!existsSync(file)) return { passed: 0, failures: [{ name: tests, message: 'the tests did not run' }] };
  const results = JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap((one) => one.assertionResults);
  return {
    passed: results.filter(({ status }) => status === 'passed').length,
    failures: results
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({ name: fullName, message: failureMessages.join('\n') })),
  };
}

function runBench(suite) {
  const json = join(options.out, `bench-${suite}.json`);
  const table = join(options.out, `bench-${suite}.md`);
  for (const file of [json, table]) rmSync(file, { force: true });
  const status = run(process.execPath, [
    ...[join(root, 'apps/cli/dist/main.js'), 'bench', '--suite', suite],
    ...['--contenders', contenders, '--baseline', 'polyneuron-wasm', '--budget-ms', String(options.budgetMs)],
    ...['--json', json, '--format', 'markdown', '--out', table],
  ]);
  const markdown = existsSync(table) ? readFileSync(table, 'utf8') : '';
  const report = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : undefined;
  return { suite, ok: status === 0, markdown, report };
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) console.error(`gpu-check: could not start ${command}: ${error.message}`);
  return status ?? 1;
}

function renderReport() {
  const facts = Object.entries(device.facts).map(([name, value]) => `| ${name} | ${value} |`);
  const failures = conformance.failures.map(
    ({ name, message }) => `- ${name}\n\n      ${message.replaceAll('\n', '\n      ')}`,
  );
  return [
    `# ${device.description}`,
    '',
    `${isRight ? 'Every result is right.' : '**Something is wrong.**'} Node ${process.versions.node}.`,
    '',
    '| fact | value |',
    '| --- | --- |',
    ...facts,
    '',
    '## Conformance',
    '',
    `${conformance.passed} tests passed, ${conformance.failures.length} failed: programs on the GPU against the float64 interpreter.`,
    '',
    ...failures,
    ...benches.flatMap(({ suite, ok, markdown }) => [
      `## Benchmark: ${suite}`,
      '',
      ...(ok ? [] : ['**Failed.**', '']),
      markdown || '(no report)',
      '',
    ]),
  ].join('\n');
}
