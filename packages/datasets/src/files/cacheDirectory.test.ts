import { describe, expect, it } from 'vitest';
import { cacheDirectory } from './cacheDirectory.js';

describe('cacheDirectory', () => {
  it('obeys POLYNEURON_CACHE, then the system', () => {
    const home = '/home/ada';
    expect(cacheDirectory({ POLYNEURON_CACHE: '/c' }, 'linux', home)).toBe('/c');
    expect(cacheDirectory({}, 'linux', home)).toBe('/home/ada/.cache/polyneuron');
    expect(cacheDirectory({ XDG_CACHE_HOME: '/x' }, 'linux', home)).toBe('/x/polyneuron');
    expect(cacheDirectory({}, 'darwin', home)).toBe('/home/ada/Library/Caches/polyneuron');
    expect(cacheDirectory({ LOCALAPPDATA: '/local' }, 'win32', home)).toBe('/local/polyneuron/Cache');
    expect(cacheDirectory({}, 'win32', home)).toBe('/home/ada/AppData/Local/polyneuron/Cache');
  });
});
