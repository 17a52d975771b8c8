/** @file Command-line flags of Chromium. */

/** Headless and alone: nothing is fetched, nothing asks. */
const quietFlags: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** WebGL 2 on the processor alone: the same on every machine. */
export const softwareFlags: readonly string[] = [
  ...quietFlags,
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** WebGL 2 on the GPU, or on the processor where there is none. */
export const measuringFlags: readonly string[] = [...quietFlags, '--enable-unsafe-swiftshader'];
