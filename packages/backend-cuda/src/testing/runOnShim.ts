import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseResult } from '@polyneuron/conformance';
import { printSource } from '../emit/printSource.js';
import { inParallel, runCommand } from './hostCompiler.js';
import { printCase, type ShimCase } from './shimCase.js';
import { decodeCase, encodeCase, entriesOf } from './shimRequests.js';

const shim = fileURLToPath(new URL('../shim', import.meta.url));

const flags = [
  '-std=c++17',
  '-O0',
  '-fsanitize=address,undefined',
  // What AddressSanitizer sees too; these three double the time to compile
  '-fno-sanitize=null,object-size,pointer-overflow',
  '-fno-sanitize-recover=all',
  // Sixteen bytes of shared memory are read as a float4
  '-fno-strict-aliasing',
  '-ffp-contract=off',
  '-w',
];

/** Characters of kernels in one translation unit: the compiler takes some seconds for it. */
const unitLength = 400_000;

export interface ShimRun {
  readonly results: readonly CaseResult[];
  /** How many sources were compiled, and the characters of all. */
  readonly units: number;
  readonly characters: number;
  readonly compileSeconds: number;
  readonly runSeconds: number;
}

/** Compiles the kernels of all cases with the host's compiler under AddressSanitizer, runs them, and reads their results. */
export async function runOnShim(cases: readonly ShimCase[]): Promise<ShimRun> {
  const folder = await mkdtemp(join(tmpdir(), 'polyneuron-cuda-'));
  const times = { compileSeconds: 0, runSeconds: 0, characters: 0 };
  try {
    const units = unitsOf(cases);
    const results = await inParallel(units, 2, (unit, at) => runUnit(join(folder, `unit${at}`), unit, times));
    return { results: results.flat(), units: units.length, ...times };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Says what a run cost: seconds are those of one core. */
export function reportRun(
  subject: string,
  { results, units, characters, compileSeconds, runSeconds }: ShimRun,
) {
  const seconds = `compiled in ${compileSeconds.toFixed(1)} s, run in ${runSeconds.toFixed(1)} s`;
  console.info(
    `${subject}: ${results.length} programs, ${units} sources of ${characters} characters, ${seconds}`,
  );
}

interface Unit {
  readonly cases: ShimCase[];
  readonly printed: ReturnType<typeof printCase>[];
}

function unitsOf(cases: readonly ShimCase[]): Unit[] {
  const units: Unit[] = [];
  let length = Number.POSITIVE_INFINITY;
  cases.forEach((one, at) => {
    const printed = printCase(one, at);
    if (length > unitLength) {
      units.push({ cases: [], printed: [] });
      length = 0;
    }
    const unit = units[units.length - 1];
    unit.cases.push(one);
    unit.printed.push(printed);
    length += printed.plan.source.length;
  });
  return units;
}

async function runUnit(
  base: string,
  { cases, printed }: Unit,
  times: { compileSeconds: number; runSeconds: number; characters: number },
): Promise<CaseResult[]> {
  const source = [
    '#include "harness.h"',
    printSource(printed.flatMap(({ placed }) => placed)),
    ...cases.flatMap(({ isScan }, at) => (isScan ? [printed[at].scanSource] : [])),
    'static const Entry entries[] = {',
    ...printed.flatMap((program, at) => entriesOf(program, cases[at]).map((entry) => `  ${entry},`)),
    '  {nullptr, nullptr, nullptr}};',
    'int main(int count, char** arguments) { return harness::run(count, arguments, entries); }',
  ].join('\n');
  const [sourcePath, program, request, result] = ['.cpp', '', '.request', '.result'].map((end) => base + end);
  await writeFile(sourcePath, source);
  await writeFile(request, encodeUnit({ cases, printed }));
  times.characters += source.length;
  const start = performance.now();
  await runCommand('g++', [...flags, '-I', shim, '-o', program, sourcePath]);
  const middle = performance.now();
  await runCommand(program, [request, result], {
    ASAN_OPTIONS: 'detect_stack_use_after_return=0:detect_leaks=0',
  });
  times.compileSeconds += (middle - start) / 1000;
  times.runSeconds += (performance.now() - middle) / 1000;
  const bytes = new Uint8Array(await readFile(result));
  let at = 0;
  return cases.map((one, i) => {
    const decoded = decodeCase(one, printed[i], bytes, at);
    at = decoded.end;
    return decoded.result;
  });
}

function encodeUnit({ cases, printed }: Unit): Uint8Array {
  let entry = 0;
  const parts = cases.map((one, at) => {
    const bytes = encodeCase(one, printed[at], entry);
    entry += entriesOf(printed[at], one).length;
    return bytes;
  });
  return Buffer.concat([new Uint8Array(Uint32Array.of(cases.length).buffer), ...parts]);
}
