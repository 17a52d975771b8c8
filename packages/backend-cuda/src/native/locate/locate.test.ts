import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseBinding, locateBindings } from './bindings.js';
import { findGpus } from './gpus.js';
import { bindingDirectory, cachedBindings, nativeCacheDirectory, recordOf } from './nativeCache.js';
import { probeBinding } from './probeBinding.js';
import { findPythonTensorflow } from './pythonTensorflow.js';
import { findTfjsNode, packagedBinding } from './tfjsNodePackage.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'polyneuron-locate-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.unstubAllEnvs();
});

function write(path: string, text = ''): string {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('the cache of bindings', () => {
  it('lies in POLYNEURON_CACHE, XDG_CACHE_HOME or the home', () => {
    expect(nativeCacheDirectory({ POLYNEURON_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/h')).toBe('/c/native');
    expect(nativeCacheDirectory({ XDG_CACHE_HOME: '/x' }, '/h')).toBe('/x/polyneuron/native');
    expect(nativeCacheDirectory({}, '/h')).toBe('/h/.cache/polyneuron/native');
  });

  it('has the newest first, and those of this machine alone', () => {
    const old = write(`${bindingDirectory('4.22.0', '2.9.1')}/tfjs_binding.node`);
    const young = write(`${bindingDirectory('4.22.0', '2.21.0')}/tfjs_binding.node`);
    write('tfjs-node-4.22.0-tensorflow-2.21.0-plan9-vax/tfjs_binding.node');
    write('.building-abc/tfjs_binding.node');
    utimesSync(old, 1, 1);
    expect(cachedBindings(directory)).toEqual([young, old]);
    expect(cachedBindings(join(directory, 'nowhere'))).toEqual([]);
  });

  it('has records beside those it built', () => {
    const built = write('a/tfjs_binding.node');
    write('a/binding.json', '{"tensorflow":"2.21.0"}');
    expect(recordOf(built)).toEqual({ tensorflow: '2.21.0' });
    expect(recordOf(write('b/tfjs_binding.node'))).toBeUndefined();
  });
});

describe('chooseBinding', () => {
  it('takes the one named first, then one built', () => {
    const built = write(`native/${bindingDirectory('4.22.0', '2.21.0')}/tfjs_binding.node`);
    const named = write('named.node');
    vi.stubEnv('POLYNEURON_CACHE', directory);
    vi.stubEnv('POLYNEURON_TFJS_BINDING', '');
    expect(locateBindings()[0]).toEqual({ path: built, origin: 'built', exists: true });
    vi.stubEnv('POLYNEURON_TFJS_BINDING', named);
    expect(chooseBinding()).toEqual({ path: named });
  });

  it('does not fall back when the one named is not there', () => {
    expect(chooseBinding([{ path: '/x', origin: 'named', exists: false }])).toMatchInlineSnapshot(`
      {
        "reason": "no file '/x', which POLYNEURON_TFJS_BINDING names",
        "remedy": "correct the variable, or unset it",
      }
    `);
    expect(chooseBinding([])).toMatchInlineSnapshot(`
      {
        "reason": "no binding of tfjs-node: neither did it come with one, nor has one been built",
        "remedy": "run 'polyneuron native build', which needs @tensorflow/tfjs-node, a C++ compiler and the TensorFlow of a Python",
      }
    `);
  });
});

describe('tfjs-node', () => {
  it('is found from here, with the sources of its binding', () => {
    const [{ name, version }] = findTfjsNode();
    expect([name, version]).toEqual(['@tensorflow/tfjs-node', '4.22.0']);
  });

  it('brings a binding for the highest Node-API that there is', () => {
    const tfjsNode = { name: '@tensorflow/tfjs-node', version: '4.22.0', directory } as const;
    expect(packagedBinding(tfjsNode)).toBeUndefined();
    write('lib/napi-v3/tfjs_binding.node');
    const fitting = write('lib/napi-v8/tfjs_binding.node');
    write('lib/napi-v999/tfjs_binding.node');
    expect(packagedBinding(tfjsNode)).toBe(fitting);
  });
});

describe('the machine', () => {
  it('has the GPUs that the driver lists', () => {
    expect(findGpus(directory)).toEqual({ gpus: [], driver: undefined });
    write('gpus/0000:01:00.0/information', 'Model: \t\t NVIDIA H100 PCIe\nIRQ:   120\n');
    write('gpus/0000:02:00.0/information', '');
    write('version', 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5\n');
    expect(findGpus(directory)).toEqual({
      gpus: ['NVIDIA H100 PCIe', 'NVIDIA GPU at 0000:02:00.0'],
      driver: '550.54.15',
    });
  });

  it('has no TensorFlow without Python', () => {
    expect(findPythonTensorflow(join(directory, 'python'))).toBeUndefined();
  });

  it('says why a file is no binding', () => {
    const probe = probeBinding(write('tfjs_binding.node', 'text'));
    expect(probe).toMatchObject({ loads: false, reason: expect.stringContaining('tfjs_binding.node: ') });
    expect(probeBinding(write('exit.js', 'process.exit(7)'))).toEqual({
      loads: false,
      reason: 'the process ended with 7',
    });
  });
});
