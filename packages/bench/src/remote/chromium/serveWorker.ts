import type { NumberedRequest } from '../protocol.js';
import { type FindContenders, type ServingOptions, serveContenders } from '../serveContenders.js';

/** The part of a worker's global scope that this needs. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}

interface BrandedNavigator {
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
  };
}

/** Makes the worker of a page that `chromiumHost` opened serve contenders. */
export function serveWorker(find: FindContenders, options: ServingOptions = {}): void {
  const scope = globalThis as unknown as WorkerScope;
  const answer = serveContenders(find, { versions: browserVersion, ...options });
  scope.onmessage = ({ data }) => {
    void answer(data as NumberedRequest).then((one) => scope.postMessage(one));
  };
}

function browserVersion(): Readonly<Record<string, string>> {
  const { userAgentData } = navigator as BrandedNavigator;
  const chromium = userAgentData?.brands.find(({ brand }) => brand === 'Chromium');
  return chromium ? { Chromium: chromium.version } : {};
}
