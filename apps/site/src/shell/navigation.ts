export const navigation = [
  { path: '/play/', title: 'Playground' },
  { path: '/layers/', title: 'Layers' },
  { path: '/experiments/', title: 'Experiments' },
  { path: '/bench/', title: 'Benchmark' },
  { path: '/about/', title: 'About' },
] as const;
