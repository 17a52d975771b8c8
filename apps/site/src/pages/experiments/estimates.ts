/** Seconds per seed with the usual sizes, and where that was measured. */
export const estimates = {
  machine: 'two cores of a shared x86-64 server, Chromium 150, one thread',
  date: '2026-11-22',
  commit: 'eeb5f60',
  secondsPerSeed: {
    'quad-autoencoder': 12,
    cross: 8,
    lift: 4,
    taylor: 6,
    mlp: 5,
  } as Readonly<Record<string, number>>,
};
