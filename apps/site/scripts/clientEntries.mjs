/** One script per kind of page; a page names its own in src/pages.tsx. */
export const clientEntries = {
  home: 'src/clients/home.tsx',
  play: 'src/clients/play.tsx',
  layer: 'src/clients/layer.tsx',
  experiments: 'src/clients/experiments.tsx',
  bench: 'src/clients/bench.tsx',
  text: 'src/clients/text.ts',
};
