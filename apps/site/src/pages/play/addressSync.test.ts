import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../state/settings.js';
import { type AddressWindow, syncAddress } from './addressSync.js';

/** A window's address bar: node has none. */
function addressBar(hash: string) {
  const written: string[] = [];
  const listeners: (() => void)[] = [];
  const location = { hash, pathname: '/play/' };
  const put = (how: string) => (_: unknown, __: string, url?: string | URL | null) => {
    written.push(`${how} ${url}`);
    location.hash = new URL(String(url), 'http://site').hash;
  };
  const view: AddressWindow = {
    location,
    history: { pushState: put('push'), replaceState: put('replace') },
    addEventListener: (_, listener) => listeners.push(listener),
  };
  const goTo = (next: string) => {
    location.hash = next;
    for (const listener of listeners) listener();
  };
  return { view, written, goTo };
}

describe('syncAddress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes in place once after a burst of changes', () => {
    const { view, written } = addressBar('');
    const sync = syncAddress(view, () => {});
    for (const samples of [200, 300, 400]) sync.write({ ...defaultSettings, samples }, 'replace');
    expect(written).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(written).toEqual(['replace /play/#v=1&n=400']);
  });

  it('makes an entry at once, and none for what is shown', () => {
    const { view, written } = addressBar('');
    const sync = syncAddress(view, () => {});
    sync.write({ ...defaultSettings, dataset: 'xor' }, 'push');
    sync.write({ ...defaultSettings, dataset: 'xor' }, 'push');
    sync.write(defaultSettings, 'push');
    expect(written).toEqual(['push /play/#v=1&d=xor', 'push /play/']);
  });

  it('obeys Back and edits of the hash, with notices, and not its own writes', () => {
    const { view, goTo } = addressBar('');
    const read: unknown[] = [];
    const sync = syncAddress(view, ({ settings, notices }) =>
      read.push([settings.dataset, settings.samples, notices]),
    );
    sync.write({ ...defaultSettings, dataset: 'xor' }, 'push');
    goTo('#v=1&d=xor');
    expect(read).toEqual([]);
    goTo('');
    goTo('#v=1&n=9000');
    expect(read).toEqual([
      ['ring', 500, []],
      ['ring', 2000, ['Samples is a whole number of 100 to 2000: used 2000 instead of 9000']],
    ]);
  });
});
