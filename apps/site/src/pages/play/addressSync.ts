import { printAddress, type ReadAddress, readAddress } from '../../state/address.js';
import type { Settings } from '../../state/settings.js';
import type { ChangeKind } from './playState.js';

const writeDelayMs = 300;

/** What the sync needs of the browser's window. */
export interface AddressWindow {
  readonly location: { readonly hash: string; readonly pathname: string };
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  addEventListener(kind: 'popstate' | 'hashchange', listener: () => void): void;
}

export interface AddressSync {
  /** Writes settings: at once with an entry in the browser's history, or in place after 300 ms without another change. */
  write(settings: Settings, kind: ChangeKind): void;
}

/**
 * Keeps the hash of the address and the settings alike. Back, Forward and edits of the hash call `onRead`.
 *
 * Safari throws after 100 writes in 30 s: changes in place are written at most every 300 ms.
 */
export function syncAddress(view: AddressWindow, onRead: (read: ReadAddress) => void): AddressSync {
  let shown = view.location.hash.replace(/^#/, '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = () => {
    const hash = view.location.hash.replace(/^#/, '');
    if (hash === shown) return;
    clearTimeout(timer);
    shown = hash;
    onRead(readAddress(hash));
  };
  view.addEventListener('popstate', read);
  view.addEventListener('hashchange', read);
  return {
    write(settings, kind) {
      clearTimeout(timer);
      const write = () => {
        const hash = printAddress(settings);
        if (hash === shown) return;
        shown = hash;
        const url = `${view.location.pathname}${hash === '' ? '' : `#${hash}`}`;
        if (kind === 'push') view.history.pushState(null, '', url);
        else view.history.replaceState(null, '', url);
      };
      if (kind === 'push') write();
      else timer = setTimeout(write, writeDelayMs);
    },
  };
}
