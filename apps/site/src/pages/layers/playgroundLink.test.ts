import { describe, expect, it } from 'vitest';
import { readAddress } from '../../state/address.js';
import { layerKinds } from '../../state/network.js';
import { playgroundLink } from './playgroundLink.js';

describe('playgroundLink', () => {
  it('opens one unit of every kind that the playground has', () => {
    for (const [kind, { layer }] of Object.entries(layerKinds)) {
      const link = playgroundLink(layer)!;
      const { settings, notices } = readAddress(link.split('#')[1] ?? '');
      expect(notices).toEqual([]);
      expect(settings.network[0]).toMatchObject({ kind });
    }
  });

  it('is none for other layers', () => {
    expect(playgroundLink('rational')).toBeUndefined();
  });
});
