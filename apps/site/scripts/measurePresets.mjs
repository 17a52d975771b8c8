/**
 * Measures the presets with the engine of the page on one thread of WebAssembly, from 20 seeds each, and writes
 * src/engine/measured.ts: the figures that the pages print. Takes about ten minutes.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/engine/measured.ts`;
const server = await createServer({
  root,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { measurePresets } = await server.ssrLoadModule('/src/engine/measure/measurePresets.ts');
  const { createWasmBackend } = await server.ssrLoadModule('@polyneuron/backend-wasm');
  const backend = createWasmBackend();
  const presets = await measurePresets(backend, ({ preset, ours, rivals }) => {
    const lines = [ours, ...rivals].map(
      (one) =>
        `  ${one.network.padEnd(8)} ${one.parameters} parameters, rate ${one.rate}: ${one.reached} of ${one.seeds}` +
        (one.reached > 0 ? `, median ${one.medianSteps} steps, slowest ${one.slowestSteps}` : '') +
        `; scores ${one.scores.least.toPrecision(3)} to ${one.scores.largest.toPrecision(3)}`,
    );
    console.log([preset, ...lines].join('\n'));
  });
  const measured = {
    machine: `${cpus().length} x ${cpus()[0].model.trim()}, Node ${process.versions.node}`,
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
    backend: backend.device.description,
    presets,
  };
  const text = [
    '/** @file Written by scripts/measurePresets.mjs; a test measures a part of it again. */',
    "import type { Measurements } from './measure/measurements.js';",
    '',
    `export const measured: Measurements = ${JSON.stringify(measured, undefined, 2)};`,
    '',
  ];
  writeFileSync(target, text.join('\n'));
  execFileSync('npx', ['biome', 'check', '--write', '--unsafe', target], { cwd: root, stdio: 'ignore' });
  console.log(`wrote ${target}`);
} finally {
  await server.close();
}
