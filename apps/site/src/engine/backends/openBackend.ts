import type { Backend } from '@polyneuron/backend';
import type { BackendKey, BackendWish, Capabilities } from '../../protocol/messages.js';
import { EngineError } from '../engineError.js';
import type { BackendChoice } from './backendTable.js';
import { selfTest } from './selfTest.js';

export interface OpenedBackend {
  readonly backend: Backend;
  readonly choice: BackendChoice;
  readonly capabilities: Capabilities;
  /** What was asked for and could not be had, in a sentence. */
  readonly notices: readonly string[];
}

type Table = { readonly [K in BackendKey]: BackendChoice };
type Report = Capabilities['backends'][number];

/**
 * The backend that is asked for, or the next that works: 'auto' goes through the table in its order.
 *
 * Only what is opened is loaded and tested; of the others it is known whether something is missing here.
 *
 * Throws   EngineError where nothing works
 */
export async function openBackend(table: Table, wish: BackendWish): Promise<OpenedBackend> {
  const keys = Object.keys(table) as BackendKey[];
  const reports = new Map<BackendKey, Report>(
    keys.map((key) => {
      const reason = table[key].missing();
      const report = { backend: key, isAvailable: reason === undefined, device: table[key].title };
      return [key, reason === undefined ? report : { ...report, reason }];
    }),
  );
  const notices: string[] = [];
  for (const key of wish === 'auto' ? keys : [wish, ...keys.filter((one) => one !== wish)]) {
    const tried = await tryBackend(table[key], reports.get(key) as Report);
    reports.set(key, tried.report);
    if (tried.backend) {
      const capabilities = {
        backend: key,
        backends: [...reports.values()],
        isIsolated: (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true,
      };
      return { backend: tried.backend, choice: table[key], capabilities, notices };
    }
    if (key === wish) notices.push(`${table[key].title} cannot be used: ${tried.report.reason}.`);
  }
  throw new EngineError('internal', 'Nothing that computes passes its self-test in this browser.', false);
}

async function tryBackend(
  choice: BackendChoice,
  report: Report,
): Promise<{ readonly report: Report; readonly backend?: Backend }> {
  if (!report.isAvailable) return { report };
  let backend: Backend | undefined;
  try {
    backend = await choice.open();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { report: { ...report, isAvailable: false, reason } };
  }
  const reason = await selfTest(backend, choice.selfTest);
  if (reason === undefined) return { report: { ...report, device: backend.device.description }, backend };
  backend.dispose();
  return { report: { ...report, isAvailable: false, reason } };
}
