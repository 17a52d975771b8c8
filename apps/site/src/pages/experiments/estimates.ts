/** Seconds per seed with the usual sizes, and where that was measured. */
export const estimates = {
  machine: 'two cores of an x86-64 server that others used too, Chromium 150, one thread',
  date: '2026-11-22',
  commit: 'eeb5f60',
  secondsPerSeed: {
    'quad-autoencoder': 21,
    cross: 3,
    lift: 1.5,
    taylor: 6,
    mlp: 5.5,
  } as Readonly<Record<string, number>>,
};
