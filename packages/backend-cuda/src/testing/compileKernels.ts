import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printSource } from '../emit/printSource.js';
import { inParallel, runCommand } from './hostCompiler.js';
import { printCase, type ShimCase } from './shimCase.js';

export const architectures = ['sm_80', 'sm_90'] as const;

/** Kernels of one source: the compiler takes some seconds for it. */
const kernelsOfUnit = 400;

/** Compiles the kernels of all cases, and the copies of their scans, to machine code. Returns the number of kernels. */
export async function compileKernels(
  cases: readonly ShimCase[],
  architecture: (typeof architectures)[number],
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'polyneuron-nvcc-'));
  try {
    const units: ReturnType<typeof printCase>[][] = [];
    let count = 0;
    cases.forEach((one, at) => {
      const printed = printCase(one, at);
      const last = units.at(-1);
      const isFull = !last || last.reduce((sum, { placed }) => sum + placed.length, 0) >= kernelsOfUnit;
      if (isFull) units.push([printed]);
      else last.push(printed);
      count += printed.placed.length;
    });
    await inParallel(units, 2, async (unit, at) => {
      const source = join(folder, `unit${at}.cu`);
      const scans = unit.map(({ scanSource }) => scanSource);
      await writeFile(source, [printSource(unit.flatMap(({ placed }) => placed)), ...scans].join('\n'));
      // Warnings are errors: a source that nvcc doubts is a mistake of the printer
      await runCommand('nvcc', [
        `-arch=${architecture}`,
        '-cubin',
        '-Werror=all-warnings',
        '-o',
        `${source}.${architecture}`,
        source,
      ]);
    });
    return count;
  } finally {
    await rm(folder, { recursive: true });
  }
}
