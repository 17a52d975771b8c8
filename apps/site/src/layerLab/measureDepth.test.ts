import { createWasmBackend } from '@polyneuron/backend-wasm';
import { type LayerSpec, layers } from '@polyneuron/kernels';
import { it } from 'vitest';
import { measureDepth } from './measureDepth.js';

it('x', async () => {
  for (const spec of Object.values(layers) as LayerSpec[]) {
    if (!spec.starts) continue;
    const t = performance.now();
    const rows = await measureDepth(createWasmBackend(), spec);
    console.log(spec.name, (performance.now() - t).toFixed(0), JSON.stringify(rows).slice(0, 150));
  }
});
