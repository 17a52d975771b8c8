/** @file Cross-origin isolation by a service worker, where a host cannot send its headers. */

export type Isolation =
  /** By the host's own headers. */
  | 'given'
  /** By our service worker, which can be taken away again. */
  | 'added'
  /** Not, but a service worker can add it. */
  | 'offered'
  /** Not, although our service worker is there: this browser does not obey it. */
  | 'refused'
  /** Not, and there are no service workers here. */
  | 'impossible';

const script = '/isolate.js';

/** How it is with this page now. Registers nothing. */
export async function isolationHere(): Promise<Isolation> {
  const isIsolated = globalThis.crossOriginIsolated === true;
  const hasOurs = (await registrationHere()) !== undefined;
  if (isIsolated) return hasOurs ? 'added' : 'given';
  if (hasOurs) return 'refused';
  return container() ? 'offered' : 'impossible';
}

/** Adds the headers from now on and loads the page once more. Nothing else ever reloads it, so that it cannot loop. */
export async function addIsolation(): Promise<void> {
  const found = container();
  if (!found) return;
  await found.register(script);
  await found.ready;
  location.reload();
}

/** Takes our service worker away and loads the page once more. */
export async function removeIsolation(): Promise<void> {
  await (await registrationHere())?.unregister();
  location.reload();
}

async function registrationHere(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await container()?.getRegistration();
  return registration?.active?.scriptURL.endsWith(script) ? registration : undefined;
}

/** Absent in insecure contexts and in some private windows. */
function container(): ServiceWorkerContainer | undefined {
  return typeof navigator === 'object' && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
}
