import { createWasmBackend } from '@polyneuron/backend-wasm';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../state/settings.js';
import { Duel } from './duel.js';

describe('Duel', () => {
  it('tries', async () => {
    const backend = createWasmBackend();
    for (let seed = 1; seed <= 20; seed++) {
      const duel = await Duel.create(backend, {
        ...defaultSettings,
        dataSeed: seed,
        weightSeed: seed,
        target: 99,
        stop: 300,
      });
      for (;;) {
        const o = await duel.advance(7);
        if (o.kind !== 'going') {
          const s = await duel.scores();
          console.log(
            seed,
            o.kind,
            duel.step,
            s[0].score,
            s[1].score,
            s[0].stepsToTarget,
            duel.contestants[0].network.parameters,
            duel.contestants[1].network.parameters,
            duel.seconds.toFixed(4),
          );
          break;
        }
      }
    }
    expect(1).toBe(1);
  });
});
