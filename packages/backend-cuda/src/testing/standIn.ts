import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';

const folderOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

export interface Machine {
  readonly devices?: number;
  /** 90 for 9.0. */
  readonly capability?: number;
  /** 13000 for CUDA 13.0. */
  readonly driverVersion?: number;
  readonly memoryBytes?: number;
}

/** The stand-in for libcuda and libnvrtc (`standIn/standIn.h`), and what moves it. */
export interface StandIn {
  /** What to open as both libraries. */
  readonly path: string;
  /** Forgets calls, faults and failures. */
  reset(): void;
  machine(machine: Machine): void;
  /** Makes the n-th call from now on fail, the first being 1. */
  failCall(n: number): void;
  /** Makes every call of a function fail; the status is CUDA's, or NVRTC's for its functions. */
  failFunction(name: string, status?: number): void;
  /** Calls since the reset, each with its arguments. */
  calls(): string[];
  /** What was done wrong: dead handles, memory left for the context, writes outside. */
  faults(): string[];
  /** What is alive. */
  ledger(): string[];
  /** How often the stream says that it is busy after each piece of work. */
  pollsUntilReady(polls: number): void;
  /** Makes kernels run on the host, through the shim; false: they are only recorded. */
  runKernels(isOn: boolean): void;
  /** Whether uploads are read when their turn comes, as some machines do, and not at the call. */
  readLate(isLate: boolean): void;
  /** As if another library had made its own context current. */
  loseContext(): void;
  /** Makes the functions that name errors fail. */
  withoutTexts(isWithout: boolean): void;
  /** Removes the files. */
  remove(): void;
}

/** CUDA_ERROR_UNKNOWN, NVRTC_ERROR_INTERNAL_ERROR. */
export const failures = { cuda: 999, nvrtc: 11 };

/** Builds the stand-in, in a second or two. One per process. */
export function buildStandIn(): StandIn {
  const folder = mkdtempSync(join(tmpdir(), 'polyneuron-standIn-'));
  const path = join(folder, 'libStandIn.so');
  const sources = readdirSync(folderOf('standIn')).filter((name) => name.endsWith('.c'));
  const flags = [
    '-std=c11',
    '-D_GNU_SOURCE',
    '-O1',
    '-Wall',
    '-Werror',
    '-fPIC',
    '-shared',
    '-fvisibility=hidden',
  ];
  const files = sources.map((name) => join(folderOf('standIn'), name));
  execFileSync('gcc', [...flags, ...files, '-o', path, '-ldl', '-lpthread']);
  const library = koffi.load(path);
  const text = (name: string) => {
    const read = library.func(name, 'str', []);
    return () =>
      String(read())
        .split('\n')
        .filter((line) => line !== '');
  };
  const compiler = `g++ -std=c++17 -O1 -w -fPIC -shared -I${folderOf('shim')} -I${folderOf('standIn')}`;
  const setCompiler = library.func('standIn_compiler', 'void', ['str', 'str']);
  const setMachine = library.func('standIn_machine', 'void', ['int', 'int', 'int', 'size_t']);
  const failCall = library.func('standIn_failCall', 'void', ['uint64_t', 'int', 'int']);
  const failFunction = library.func('standIn_failFunction', 'void', ['str', 'int', 'int']);
  const pollsUntilReady = library.func('standIn_pollsUntilReady', 'void', ['int']);
  const readLate = library.func('standIn_readLate', 'void', ['int']);
  const withoutTexts = library.func('standIn_withoutTexts', 'void', ['int']);
  return {
    path,
    reset: library.func('standIn_reset', 'void', []),
    machine: ({ devices = 1, capability = 90, driverVersion = 13000, memoryBytes = 2 ** 32 }) =>
      setMachine(devices, capability, driverVersion, memoryBytes),
    failCall: (n) => failCall(n, failures.cuda, failures.nvrtc),
    failFunction: (name, status) => failFunction(name, status ?? failures.cuda, status ?? failures.nvrtc),
    calls: text('standIn_calls'),
    faults: text('standIn_faults'),
    ledger: text('standIn_ledger'),
    pollsUntilReady: (polls) => pollsUntilReady(polls),
    runKernels: (isOn) => setCompiler(isOn ? compiler : null, folder),
    loseContext: library.func('standIn_loseContext', 'void', []),
    readLate: (isLate) => readLate(isLate ? 1 : 0),
    withoutTexts: (isWithout) => withoutTexts(isWithout ? 1 : 0),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
