import {
  type BackendEntry,
  createRegistry,
  type Probe,
  referenceEntry,
  type Selection,
  selectBackend,
} from '@polyneuron/backend';
import { nativeCpuEntry, nativeGpuEntry } from '@polyneuron/backend-cuda/native';
import { tfjsBackendEntry } from '@polyneuron/backend-tfjs';
import { wasmEntry } from '@polyneuron/backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { lookUp } from '../closestName.js';
import { silenceTfjs } from './silenceTfjs.js';

/** Backends of this program, those that `auto` prefers first. The packages are loaded when they are needed. */
const entries: readonly BackendEntry[] = [
  {
    name: 'cuda',
    title: 'CUDA C on an NVIDIA GPU',
    priority: 200,
    probe: async (options) => (await import('@polyneuron/backend-cuda')).cudaEntry.probe(options),
    load: async (options) => (await import('@polyneuron/backend-cuda')).cudaEntry.load(options),
  },
  nativeGpuEntry,
  wasmEntry,
  loadedOnDemand('wasm', 30, () => import('@tensorflow/tfjs-backend-wasm')),
  loadedOnDemand('cpu', 20, () => import('@tensorflow/tfjs-backend-cpu')),
  referenceEntry,
  nativeCpuEntry,
];

/**
 * Chooses and loads a backend.
 *
 * Throws   UsageError on an unknown name, BackendUnavailableError where the one named, or every one, cannot run
 */
export async function openBackend(choice: string): Promise<Selection> {
  const names = ['auto', ...entries.map(({ name }) => name)];
  lookUp(Object.fromEntries(names.map((name) => [name, name])), choice, {
    subject: '--backend',
    kind: 'backend',
  });
  silenceTfjs();
  await keepTensors();
  return selectBackend(createRegistry(entries), choice);
}

/** tfjs models keep their weights on a tfjs backend, whichever backend of ours computes: the plain one, until another is chosen. */
async function keepTensors(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  await setBackend('cpu');
}

export interface BackendReport {
  readonly name: string;
  readonly title: string;
  readonly isAvailable: boolean;
  /** The device, where it is available. */
  readonly description: string;
  readonly threads: number;
  /** Why it is not available, and what can be done. */
  readonly reason: string;
  readonly remedy: string;
}

/** Loads each backend in turn and says on what it runs, or why it does not. */
export async function probeBackends(): Promise<BackendReport[]> {
  silenceTfjs();
  const reports: BackendReport[] = [];
  const registry = createRegistry(entries);
  for (const { name, title } of registry.entries) {
    try {
      const { backend } = await selectBackend(registry, name);
      const { description, threads } = backend.device;
      reports.push({ name, title, isAvailable: true, description, threads, reason: '', remedy: '' });
      backend.dispose();
    } catch (cause) {
      const { reason = String(cause), remedy = 'see the reason' } = cause as {
        reason?: string;
        remedy?: string;
      };
      reports.push({ name, title, isAvailable: false, description: '', threads: 0, reason, remedy });
    }
  }
  return reports;
}

/** The entry of a tfjs backend whose package is imported by its probe: tfjs knows it only then. */
function loadedOnDemand(name: string, priority: number, load: () => Promise<unknown>): BackendEntry {
  const entry = tfjsBackendEntry(name, { priority });
  return {
    ...entry,
    async probe(options): Promise<Probe> {
      try {
        await load();
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        return {
          available: false,
          reason: `the package @tensorflow/tfjs-backend-${name} does not load: ${message}`,
          remedy: `install it: npm install @tensorflow/tfjs-backend-${name}`,
        };
      }
      return entry.probe(options);
    },
  };
}
