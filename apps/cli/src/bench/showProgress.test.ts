import { expect, it } from 'vitest';
import { showProgress } from './showProgress.js';

it('shows a bar per case, and what goes on before its rounds', () => {
  const said: string[] = [];
  const show = showProgress(
    {
      begin: (label, total) => said.push(`begin ${label}, ${total}`),
      update: (done, note) => said.push(`${done} ${note}`),
      end: () => said.push('end'),
    },
    ['cross', 'lift'],
    3,
  );
  show({ case: '*', phase: 'open', contender: 'jax' });
  show({ case: 'cross', phase: 'reference' });
  show({ case: 'cross', phase: 'check', contender: 'polyneuron-wasm', threads: 2 });
  show({ case: 'cross', phase: 'warm-up', contender: 'tfjs-wasm', threads: 1, runtime: 'chromium' });
  show({ case: 'cross', phase: 'rounds', round: 1, rounds: 3 });
  show({ case: 'lift', phase: 'reference' });
  expect(said).toEqual([
    'begin contenders, 3',
    '0 starting jax',
    'begin cross (1 of 2), 3',
    '0 float64 reference',
    '0 checking polyneuron-wasm, 2 threads',
    '0 warming up tfjs-wasm in chromium, 1 thread',
    '1 round 1 of 3',
    'begin lift (2 of 2), 3',
    '0 float64 reference',
  ]);
});
