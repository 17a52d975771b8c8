import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type BindingRecord,
  bindingDirectory,
  bindingFile,
  nativeCacheDirectory,
  recordFile,
} from '../locate/nativeCache.js';
import { probeBinding } from '../locate/probeBinding.js';
import { findTfjsNode, type TfjsNodePackage } from '../locate/tfjsNodePackage.js';
import { compileBinding, findCompiler, units } from './compileBinding.js';
import { makeDirectory } from './makeDirectory.js';
import { NativeBuildError } from './nativeBuildError.js';
import { findNodeHeaders } from './nodeHeaders.js';
import { locateTensorflow, type TensorflowChoice } from './tensorflowLibrary.js';

export interface BuildNativeOptions extends TensorflowChoice {
  /** Directory of the result. default: one named after the versions in the native cache, where it is found again */
  readonly output?: string;
  readonly nodeHeaders?: string;
  readonly compiler?: string;
  readonly onProgress?: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
}

export interface BuildProgress {
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

export interface BuiltBinding extends BindingRecord {
  readonly path: string;
  readonly isGpu: boolean;
}

/** Sources that are known to compile: the API of the binding has not changed within this major version. */
const sourceMajor = '4';

/**
 * Compiles the sources of @tensorflow/tfjs-node against a TensorFlow of today, loads the result once in a process of its own, and
 * moves it into place in one step: a file of that name is whole at any time.
 *
 * Throws   NativeBuildError with what is missing and how to get it
 */
export async function buildNative(options: BuildNativeOptions = {}): Promise<BuiltBinding> {
  requireLinux();
  const source = requireSources(findTfjsNode());
  const tensorflow = locateTensorflow(options);
  const nodeHeaders = findNodeHeaders(options.nodeHeaders);
  const { command, version: compiler } = await findCompiler(options.compiler);
  const cache = options.output === undefined ? nativeCacheDirectory() : resolve(options.output);
  const work = makeWorkDirectory(cache);
  try {
    // Compiled, linked, loaded
    const total = units.length + 2;
    let done = 0;
    const step = (note: string) => options.onProgress?.({ done: ++done, total, note });
    const file = join(work, bindingFile);
    await compileBinding(
      {
        compiler: command,
        sources: source.directory,
        nodeHeaders,
        tensorflow,
        output: work,
        onDone: step,
        ...(options.signal && { signal: options.signal }),
      },
      file,
    );
    const probe = probeBinding(file);
    if (!probe.loads) throw doesNotLoad(probe.reason, tensorflow.directory);
    step('loaded');
    const record: BindingRecord = {
      tfjsNode: source.version,
      tensorflow: probe.tensorflow,
      tensorflowDirectory: tensorflow.directory,
      compiler,
    };
    const target =
      options.output === undefined ? join(cache, bindingDirectory(source.version, probe.tensorflow)) : cache;
    place(work, target, record);
    return { ...record, path: join(target, bindingFile), isGpu: probe.isGpu };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function requireLinux(): void {
  if (process.platform === 'linux') return;
  throw new NativeBuildError({
    expected: 'Linux',
    received: process.platform,
    fix: 'use the wasm backend, or a binding that tfjs-node brings for this system',
  });
}

function requireSources(packages: readonly TfjsNodePackage[]): TfjsNodePackage {
  const fitting = packages.find(({ version }) => version.startsWith(`${sourceMajor}.`));
  if (fitting) return fitting;
  const [other] = packages;
  throw new NativeBuildError({
    expected: `the sources of @tensorflow/tfjs-node ${sourceMajor}`,
    received: other ? `${other.name} ${other.version}` : 'no such package',
    fix: 'npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0',
  });
}

/** Beside the result, so that moving it is one step on one file system. */
function makeWorkDirectory(parent: string): string {
  try {
    makeDirectory(parent);
    return mkdtempSync(join(parent, '.building-'));
  } catch (cause) {
    throw new NativeBuildError({
      expected: `to write into '${parent}'`,
      received: (cause as Error).message,
      fix: 'name another directory by --output',
    });
  }
}

function doesNotLoad(reason: string, directory: string): NativeBuildError {
  return new NativeBuildError({
    expected: 'a binding that loads',
    received: reason,
    details: { tensorflow: directory },
    fix: 'check that this TensorFlow works: its Python should import it',
  });
}

/** The binding last: whoever finds one finds its record. */
function place(work: string, target: string, record: BindingRecord): void {
  writeFileSync(join(work, recordFile), `${JSON.stringify(record, null, 2)}\n`);
  makeDirectory(target);
  for (const name of [recordFile, bindingFile]) renameSync(join(work, name), join(target, name));
}
