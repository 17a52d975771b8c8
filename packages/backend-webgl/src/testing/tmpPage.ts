import { layerProgram, layers, type LayerSpec } from '@polyneuron/kernels';
import { gradientProgram, simplify, sizeOf } from '@polyneuron/graph';
import { createWebglBackend } from '../webglBackend.js';
export async function go(name: string) {
  const backend = createWebglBackend();
  const gl = backend.context;
  const orig = gl.drawArrays.bind(gl);
  const sources = new Map<object, string>(); const shaders = new Map<object, string>(); let cur: object | null = null;
  const ss = gl.shaderSource.bind(gl), as = gl.attachShader.bind(gl), up = gl.useProgram.bind(gl);
  gl.shaderSource = (s: any, t: any) => { shaders.set(s, t); ss(s, t); };
  gl.attachShader = (p: any, s: any) => { sources.set(p, shaders.get(s)!); as(p, s); };
  gl.useProgram = (p: any) => { cur = p; up(p); };
  let count = 0;
  (gl as any).drawArrays = (a: any, b: any, c: any) => { const t = performance.now(); orig(a, b, c); const px = new Float32Array(4); gl.readPixels(0,0,1,1,gl.RGBA,gl.FLOAT,px); const d = performance.now() - t; if (d > 400 && count++ < 3) console.log('SLOW', d, sources.get(cur!)); };
  const spec = (layers as Record<string, LayerSpec>)[name];
  for (const { config, inputShapes } of spec.samples) {
    let program = layerProgram(spec, config, { batch: 3, inputShapes, isTraining: true });
    for (let order = 0; order < 3; order++) {
      const t0 = performance.now();
      const e = await backend.compile(program);
      gl.finish();
      const t1 = performance.now();
      const inputs = Object.fromEntries(Object.entries(program.inputs).map(([n, s]) => [n, s.dtype === 'float32' ? new Float32Array(sizeOf(s.shape)).fill(.5) : new Int32Array(sizeOf(s.shape))]));
      let worst = 0, text = '';
      const device = (e as any);
      await e.run(inputs);
      const t2 = performance.now();
      await e.run(inputs);
      const t3 = performance.now();
      console.log(JSON.stringify(config), order, 'passes', e.passCount, 'compile', (t1 - t0).toFixed(), 'first', (t2 - t1).toFixed(), 'second', (t3 - t2).toFixed());
      program = gradientProgram(program);
    }
  }
}
