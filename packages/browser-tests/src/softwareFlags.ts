/** Chromium with WebGL 2 and WebAssembly on the processor alone: the same on every machine. */
export const softwareFlags: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
