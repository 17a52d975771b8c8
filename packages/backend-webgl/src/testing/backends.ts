import type { Backend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { type ConformanceCase, expectRun, expectScan, repeated } from '@polyneuron/conformance';
import { createWebglBackend } from '../webglBackend.js';

export type BackendChoice = 'webgl' | 'wasm' | 'wasm, 2 threads';

const makers: { readonly [K in BackendChoice]: () => Backend } = {
  webgl: () => createWebglBackend(),
  wasm: () => createWasmBackend(),
  'wasm, 2 threads': () => createWasmBackend({ threads: 2 }),
};

const made = new Map<BackendChoice, Backend>();

/** One backend of each kind per page. */
export function backendOf(choice: BackendChoice): Backend {
  const known = made.get(choice);
  if (known) return known;
  const backend = makers[choice]();
  made.set(choice, backend);
  return backend;
}

/** What a suite found: comparisons that held, and a message for each that did not. */
export interface Findings {
  readonly passed: number;
  readonly failures: readonly string[];
}

/** Counts comparisons; a comparison fails by throwing. */
export async function collect(
  cases: Iterable<{ readonly title: string; readonly check: () => Promise<void> }>,
): Promise<Findings> {
  let passed = 0;
  const failures: string[] = [];
  for (const { title, check } of cases) {
    try {
      await check();
      passed++;
    } catch (error) {
      failures.push(`${title}: ${(error as Error).message}`);
    }
  }
  return { passed, failures };
}

type Way = (backend: Backend, one: ConformanceCase) => Promise<void>;

/** By `run`, or by `scan`; a case of one step is scanned twice with the same inputs. */
const ways = {
  run: expectRun,
  scan: (backend, one) => expectScan(backend, one.inputs.length > 1 ? one : repeated(one, 2)),
} as const satisfies Readonly<Record<string, Way>>;

/** Every case in each of the ways, against the float64 interpreter. */
export async function conform(
  choice: BackendChoice,
  cases: Iterable<ConformanceCase>,
  names: readonly (keyof typeof ways)[] = ['run', 'scan'],
): Promise<Findings> {
  const backend = backendOf(choice);
  return collect(
    [...cases].flatMap((one) =>
      names.map((name) => ({ title: `by ${name}`, check: () => ways[name](backend, one) })),
    ),
  );
}
