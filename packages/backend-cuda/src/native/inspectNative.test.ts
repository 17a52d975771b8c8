import { describe, expect, it } from 'vitest';
import { type InspectedBinding, inspectNative, type NativeReport, remediesFor } from './inspectNative.js';

const binding = (probe: InspectedBinding['probe'], origin: InspectedBinding['origin'] = 'built') => ({
  path: '/cache/tfjs_binding.node',
  origin,
  exists: true,
  probe,
  record: undefined,
});

const complete: Omit<NativeReport, 'remedies'> = {
  node: '24.0.0',
  suppliesUtilFunctions: true,
  packages: [{ name: '@tensorflow/tfjs-node', version: '4.22.0', directory: '/p' }],
  bindings: [binding({ loads: true, tensorflow: '2.21.0', isGpu: false })],
  cacheDirectory: '/cache',
  python: { directory: '/python/tensorflow', version: '2.21.0' },
  compiler: 'g++ 12',
  nodeHeaders: '/usr/include/node',
  gpu: { gpus: [], driver: undefined },
};

const gpu = { gpus: ['NVIDIA H100'], driver: '550' };

describe('remediesFor', () => {
  it('has nothing to say where everything runs', () => {
    expect(remediesFor(complete)).toEqual([]);
    const onGpu = binding({ loads: true, tensorflow: '2.21.0', isGpu: true });
    expect(remediesFor({ ...complete, gpu, bindings: [onGpu] })).toEqual([]);
  });

  it('names what is missing, and then the build', () => {
    expect(
      remediesFor({
        ...complete,
        packages: [],
        bindings: [],
        python: undefined,
        compiler: undefined,
        nodeHeaders: undefined,
        gpu,
      }).map((remedy) => remedy.replace(/\(now .*\)/, '(now PYTHON)')),
    ).toMatchInlineSnapshot(`
      [
        "install the sources of the binding: npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0",
        "install a TensorFlow: pip install 'tensorflow[and-cuda]', and name its Python by POLYNEURON_PYTHON (now PYTHON)",
        "install a C++ compiler, such as g++",
        "fetch the headers of Node: 'npx node-gyp install'",
        "then run 'polyneuron native build'",
      ]
    `);
    expect(remediesFor({ ...complete, bindings: [] })).toEqual(["then run 'polyneuron native build'"]);
  });

  it('sends an old TensorFlow, a blind one and a broken one to the build', () => {
    const old = binding({ loads: true, tensorflow: '2.9.1', isGpu: false }, 'packaged');
    const blind = binding({ loads: true, tensorflow: '2.21.0', isGpu: false });
    const broken = binding({ loads: false, reason: 'libtensorflow_cc.so.2: no such file' });
    expect(remediesFor({ ...complete, bindings: [old] })).toMatchInlineSnapshot(`
      [
        "then run 'polyneuron native build'",
      ]
    `);
    expect(remediesFor({ ...complete, bindings: [blind], gpu })).toMatchInlineSnapshot(`
      [
        "then run 'polyneuron native build'",
      ]
    `);
    expect(remediesFor({ ...complete, bindings: [broken] })).toMatchInlineSnapshot(`
      [
        "build the binding again, as /cache/tfjs_binding.node does not load: libtensorflow_cc.so.2: no such file",
        "then run 'polyneuron native build'",
      ]
    `);
    expect(remediesFor({ ...complete, bindings: [{ ...broken, origin: 'named' }] })).toMatchInlineSnapshot(`
      [
        "correct or unset POLYNEURON_TFJS_BINDING: libtensorflow_cc.so.2: no such file",
        "then run 'polyneuron native build'",
      ]
    `);
  });
});

describe('inspectNative', () => {
  it('reports this machine, whatever it has', async () => {
    const report = await inspectNative();
    expect(report.node).toBe(process.versions.node);
    expect(report.packages.map(({ name }) => name)).toContain('@tensorflow/tfjs-node');
    for (const { probe } of report.bindings)
      expect(probe).toEqual(
        probe.loads
          ? { loads: true, tensorflow: expect.stringMatching(/^2\.\d+/), isGpu: expect.any(Boolean) }
          : { loads: false, reason: expect.any(String) },
      );
    const { remedies, ...facts } = report;
    expect(remedies).toEqual(remediesFor(facts));
  });
});
