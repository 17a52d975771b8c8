import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseBinding } from '../locate/bindings.js';
import { recordOf } from '../locate/nativeCache.js';
import { probeBinding } from '../locate/probeBinding.js';
import { type BuildNativeOptions, buildNative } from './buildNative.js';
import { findCompiler } from './compileBinding.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'polyneuron-build-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(path: string, text = ''): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A TensorFlow that has all files, and nothing in them. */
function emptyTensorflow(): string {
  write('tensorflow/include/tensorflow/c/eager/c_api.h');
  write('tensorflow/include/tensorflow/core/platform/ctstring_internal.h');
  write('tensorflow/libtensorflow_cc.so.2');
  write('tensorflow/libtensorflow_framework.so.2');
  write('headers/node_api.h', '#error "these headers are empty"\n');
  return join(directory, 'tensorflow');
}

/** The error of a build, with the directory masked. */
async function failure(options: BuildNativeOptions): Promise<string> {
  const error = await buildNative({ output: join(directory, 'out'), ...options }).then(
    () => new Error('it was built'),
    (cause: Error) => cause,
  );
  return `${error.name}: ${error.message.replaceAll(directory, 'DIR')}`;
}

const compiler = await findCompiler().then(
  ({ command }) => command,
  () => undefined,
);
if (compiler === undefined)
  console.warn('SKIPPED: what native build makes of sources, which needs a C++ compiler');

describe.skipIf(process.platform !== 'linux')('buildNative', () => {
  it('needs a TensorFlow', async () => {
    expect(await failure({ python: join(directory, 'python') })).toMatchInlineSnapshot(`
      "NativeBuildError: native build expected a TensorFlow: --tensorflow DIR, or a package of DIR/python, got neither.

      Fix: pip install tensorflow (or tensorflow-cpu) and name that Python by --python or POLYNEURON_PYTHON"
    `);
    write('empty/readme');
    expect(await failure({ tensorflow: join(directory, 'empty') })).toMatchInlineSnapshot(`
      "NativeBuildError: native build expected a directory with the headers and libraries of TensorFlow, got 'DIR/empty' without include/tensorflow/c/eager/c_api.h.

      Fix: name the package directory of Python's tensorflow (site-packages/tensorflow), or an unpacked libtensorflow"
    `);
  });

  it('needs the headers of Node', async () => {
    const options = { tensorflow: emptyTensorflow(), nodeHeaders: directory };
    expect(await failure(options)).toMatchInlineSnapshot(`
      "NativeBuildError: native build expected the headers of Node (node_api.h), got none in 'DIR'.

      Fix: run 'npx node-gyp install', which downloads them, or name their directory by --node-headers"
    `);
  });

  it('needs a compiler', async () => {
    const nodeHeaders = join(directory, 'headers');
    const options = { tensorflow: emptyTensorflow(), nodeHeaders, compiler: '/nowhere/g++' };
    expect(await failure(options)).toMatchInlineSnapshot(`
      "NativeBuildError: native build expected a C++ compiler, got none that starts among /nowhere/g++.

      Fix: install one (Debian: apt install g++; Fedora: dnf install gcc-c++), or name one by the environment's CXX"
    `);
  });

  it('needs to write', async () => {
    const options = { tensorflow: emptyTensorflow(), nodeHeaders: join(directory, 'headers') };
    write('file');
    const text = await failure({ ...options, compiler: 'true', output: join(directory, 'file', 'out') });
    expect(text).toMatchInlineSnapshot(`
      "NativeBuildError: native build expected to write into 'DIR/file/out', got ENOTDIR: not a directory, mkdir 'DIR/file/out'.

      Fix: name another directory by --output"
    `);
    expect(await failure({ ...options, compiler: 'true', output: '/proc/out' })).toContain(
      "native build expected to write into '/proc/out', got ENOENT",
    );
  });

  it.skipIf(compiler === undefined)('says what the compiler says, and leaves nothing behind', async () => {
    const options = { tensorflow: emptyTensorflow(), nodeHeaders: join(directory, 'headers') };
    const text = await failure(options);
    expect(text).toMatch(
      /^NativeBuildError: native build expected \S+ to accept tfjs-node's sources against/,
    );
    expect(text).toMatch(/got an error: .*error: /);
    expect(text).toContain('Fix: check that headers and libraries are of one TensorFlow 2');
    expect(readdirSync(join(directory, 'out'))).toEqual([]);
  });

  it.skipIf(compiler === undefined)('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const options = { tensorflow: emptyTensorflow(), nodeHeaders: join(directory, 'headers') };
    expect(await failure({ ...options, signal: controller.signal })).toBe('Error: enough');
    expect(readdirSync(join(directory, 'out'))).toEqual([]);
  });
});

/** The TensorFlow of the binding in use, to build against once more. */
const { path } = chooseBinding();
const tensorflow = path === undefined ? undefined : recordOf(path)?.tensorflowDirectory;
const canBuild = compiler !== undefined && tensorflow !== undefined && existsSync(tensorflow);
if (!canBuild)
  console.warn(
    "SKIPPED: a whole native build, which needs a compiler, and a binding that 'polyneuron native build' made",
  );

describe.skipIf(!canBuild)('buildNative with a TensorFlow', () => {
  it('builds a binding that loads, with its record, in the place of an older one', async () => {
    const output = join(directory, 'out');
    write('out/tfjs_binding.node', 'an older one');
    const notes: string[] = [];
    const built = await buildNative({
      tensorflow: tensorflow as string,
      output,
      onProgress: ({ done, total, note }) => notes.push(`${done} of ${total}: ${note}`),
    });
    expect(notes.map((note) => note.replace(/tfjs_\w+/, 'UNIT'))).toEqual([
      '1 of 4: compiled UNIT.cc',
      '2 of 4: compiled UNIT.cc',
      '3 of 4: linked',
      '4 of 4: loaded',
    ]);
    expect(readdirSync(output).sort()).toEqual(['binding.json', 'tfjs_binding.node']);
    expect(built).toMatchObject({ path: join(output, 'tfjs_binding.node'), tfjsNode: '4.22.0' });
    const { path: _, isGpu, ...record } = built;
    expect(JSON.parse(readFileSync(join(output, 'binding.json'), 'utf8'))).toEqual(record);
    expect(probeBinding(built.path)).toEqual({ loads: true, tensorflow: built.tensorflow, isGpu });
  });
});
