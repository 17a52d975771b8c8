import { describe, expect, it } from 'vitest';
import { announcementOf } from './announcement.js';

describe('announcementOf', () => {
  it('speaks on start and end, and is silent before', () => {
    expect(announcementOf('starting', undefined, undefined, undefined)).toBe('');
    expect(announcementOf('running', undefined, undefined, undefined)).toBe('Training runs.');
    expect(
      announcementOf('idle', { kind: 'done', run: 1, step: 300, reason: 'limit' }, undefined, [
        '99 %',
        '80 %',
      ]),
    ).toBe('Training ended at step 300. Ours 99 %, rival 80 %.');
    expect(
      announcementOf(
        'idle',
        { kind: 'diverged', run: 1, step: 7, contestant: 0, layer: 'taylor', tensor: 'layer0/kernel' },
        undefined,
        undefined,
      ),
    ).toBe('A network diverged at step 7. No longer finite: layer0/kernel of taylor.');
  });
});
