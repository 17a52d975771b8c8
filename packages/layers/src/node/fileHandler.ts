import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ValueError } from '@polyneuron/graph';
import { io, util } from '@tensorflow/tfjs-core';

const modelFile = 'model.json';
/** Name of a weights file: its content's digest is part of it. */
const weightsPattern = /^weights-([0-9a-f]{64})\.bin$/;

/**
 * Saves a tfjs model to a directory and loads it again, in Node, where pure tfjs has no `file://`.
 *
 * The directory holds `model.json`, in the format of every tfjs loader, and the weights file that it names. Both are
 * written under a temporary name and renamed, `model.json` last: whatever interrupts a save, the directory holds the
 * old model or the new one. Weights carry their SHA-256 in their name and are checked against it.
 *
 * Throws   ValueError when the directory cannot be written, holds no model, or holds a damaged one
 *
 * @example
 * await model.save(fileHandler('models/cross'));
 * const loaded = await loadLayersModel(fileHandler('models/cross'));
 */
export function fileHandler(directory: string): Required<io.IOHandler> {
  return {
    save: (artifacts) => save(directory, artifacts),
    load: () => load(directory),
  };
}

async function save(directory: string, artifacts: io.ModelArtifacts): Promise<io.SaveResult> {
  const { weightData, weightSpecs = [], modelTopology, ...rest } = artifacts;
  if (modelTopology === undefined || modelTopology instanceof ArrayBuffer) {
    throw new ValueError({
      subject: 'fileHandler',
      expected: 'a layers model with a JSON topology',
      received: modelTopology === undefined ? 'no topology' : 'binary topology',
      fix: 'save a model made with tf.sequential, tf.model or loadLayersModel',
    });
  }
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(weightData));
  const weightsFile = `weights-${digestOf(weights)}.bin`;
  const manifest: io.WeightsManifestConfig = [{ paths: [weightsFile], weights: weightSpecs }];
  const json: io.ModelJSON = { modelTopology, weightsManifest: manifest, ...jsonFields(rest) };
  try {
    await mkdir(directory, { recursive: true });
    await replaceFile(directory, weightsFile, weights);
    await replaceFile(directory, modelFile, JSON.stringify(json));
    const stale = (await readdir(directory)).filter(
      (name) => weightsPattern.test(name) && name !== weightsFile,
    );
    await Promise.all(stale.map((name) => rm(join(directory, name), { force: true })));
  } catch (error) {
    throw damaged(
      directory,
      'a directory that can be written',
      reasonOf(error),
      'check the path, its permissions and the free space',
    );
  }
  return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
}

async function load(directory: string): Promise<io.ModelArtifacts> {
  const json = await readModel(directory);
  return io.getModelArtifactsForJSON(json, async (manifest) => {
    const files = await Promise.all(
      manifest.flatMap(({ paths }) => paths).map((path) => readWeights(directory, path)),
    );
    const data = io.CompositeArrayBuffer.join(files);
    const specs = manifest.flatMap(({ weights }) => weights);
    const expected = specs.reduce((bytes, spec) => bytes + bytesOf(spec), 0);
    if (specs.every(({ dtype }) => dtype !== 'string') && data.byteLength !== expected) {
      throw damaged(directory, `${expected} bytes of weights`, `${data.byteLength} bytes`);
    }
    return [specs, data];
  });
}

async function readModel(directory: string): Promise<io.ModelJSON> {
  const text = await readFile(join(directory, modelFile), 'utf8').catch((error: unknown) => {
    throw damaged(directory, `a directory with ${modelFile}`, reasonOf(error), 'check the path');
  });
  try {
    const json = JSON.parse(text) as io.ModelJSON;
    if (Array.isArray(json.weightsManifest) && json.modelTopology) return json;
  } catch {
    // Reported below: a file that is no JSON is as damaged as one without its fields.
  }
  throw damaged(
    directory,
    `${modelFile} with modelTopology and weightsManifest`,
    `${text.length} characters of other text`,
  );
}

async function readWeights(directory: string, path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(join(directory, path)).catch((error: unknown) => {
    throw damaged(directory, `the weights file ${path}`, reasonOf(error));
  });
  const expected = weightsPattern.exec(path)?.[1];
  if (expected !== undefined && digestOf(bytes) !== expected) {
    throw damaged(
      directory,
      `${path} to have the SHA-256 in its name`,
      `${digestOf(bytes)} (${bytes.length} bytes)`,
    );
  }
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** Never leaves a half-written file under `name`. */
async function replaceFile(directory: string, name: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(directory, `.${name}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, data);
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

type TextFields = Pick<
  io.ModelJSON,
  'format' | 'generatedBy' | 'convertedBy' | 'trainingConfig' | 'userDefinedMetadata' | 'signature'
>;

/** What of the artifacts belongs into model.json beside topology and weights. */
function jsonFields({
  format,
  generatedBy,
  convertedBy,
  trainingConfig,
  userDefinedMetadata,
  signature,
}: io.ModelArtifacts): TextFields {
  return { format, generatedBy, convertedBy, trainingConfig, userDefinedMetadata, signature };
}

function bytesOf({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  // An unknown dtype counts 0, so that the sum does not fit the file
  const width = { float32: 4, int32: 4, bool: 1, complex64: 8, string: 0, uint16: 2, uint8: 1, float16: 2 };
  return util.sizeFromShape(shape) * (width[quantization?.dtype ?? dtype] ?? 0);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function damaged(
  directory: string,
  expected: string,
  received: string,
  fix = 'the save was damaged after it was written: save the model again',
): ValueError {
  return new ValueError({ subject: 'fileHandler', expected, received, details: { directory }, fix });
}
