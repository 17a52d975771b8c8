/** @file The checks every backend makes before it touches its device; all faults of one call are reported together. */
import {
  type DType,
  DTypeError,
  type ErrorFields,
  formatSpec,
  type Program,
  ShapeError,
  sizeOf,
  type TensorSpec,
  ValueError,
} from '@polyneuron/graph';
import type { TensorData, TensorMap } from './contract.js';
import { arrayKinds } from './tensorData.js';

/**
 * Checks names, lengths and array kinds of what is fed to a run.
 *
 * Throws   ValueError for a missing or unknown name, DTypeError for a wrong array kind, ShapeError for a wrong length;
 *          the message lists every input
 */
export function checkInputs(program: Program, inputs: TensorMap): void {
  checkValues(`program '${program.name}'`, 'input', program.inputs, inputs);
}

/** The same for `scan`, where every input carries a leading axis of extent `steps`. */
export function checkScanInputs(program: Program, steps: number, inputs: TensorMap): void {
  if (!Number.isInteger(steps) || steps < 0) {
    throw new ValueError({
      subject: `scan of program '${program.name}'`,
      expected: 'a whole, non-negative number of steps',
      received: String(steps),
      fix: 'divide the samples by the batch and round down',
    });
  }
  const specs = Object.entries(program.inputs).map(
    ([name, { shape, dtype }]) => [name, { shape: [steps, ...shape], dtype }] as const,
  );
  checkValues(`scan of program '${program.name}'`, 'input', Object.fromEntries(specs), inputs);
}

/** Checks one state entry before an upload. */
export function checkStateData(program: Program, name: string, data: TensorData): void {
  checkStateName(program, name);
  checkValues(`program '${program.name}'`, 'state', { [name]: program.state[name] }, { [name]: data });
}

/** Throws ValueError when the program has no state entry of that name. */
export function checkStateName(program: Program, name: string): void {
  if (Object.hasOwn(program.state, name)) return;
  throw new ValueError({
    subject: `program '${program.name}'`,
    expected: `a state entry among ${listNames(Object.keys(program.state))}`,
    received: `'${name}'`,
    fix: 'use a name from program.state',
  });
}

interface Fault {
  readonly error: new (fields: ErrorFields) => Error;
  readonly expected: string;
  readonly received: string;
  readonly fix: string;
}

function checkValues(
  subject: string,
  kind: string,
  specs: Readonly<Record<string, TensorSpec>>,
  values: TensorMap,
): void {
  let first: Fault | undefined;
  for (const name in specs) first ??= faultOf(`${kind} '${name}'`, specs[name], values[name]);
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(specs, name));
  if (unknown.length > 0) {
    first ??= {
      error: ValueError,
      expected: `${kind}s ${listNames(Object.keys(specs))}`,
      received: `also ${listNames(unknown)}`,
      fix: 'leave it out, or correct the name',
    };
  }
  if (!first) return;
  const { error: FaultError, expected, received, fix } = first;
  const formatted = Object.entries(specs).map(([name, spec]) => [name, spec, formatSpec(spec)] as const);
  const width = Math.max(0, ...formatted.map(([, , text]) => text.length));
  const details = Object.fromEntries([
    ...formatted.map(([name, spec, text]) => [
      name,
      `${text.padEnd(width)}   ${describe(spec, values[name])}`,
    ]),
    ...unknown.map((name) => [name, 'unknown']),
  ]);
  throw new FaultError({ subject, expected, received, details, fix });
}

function faultOf(what: string, spec: TensorSpec, data: TensorData | undefined): Fault | undefined {
  if (data === undefined)
    return {
      error: ValueError,
      expected: `${what} ${formatSpec(spec)}`,
      received: 'nothing',
      fix: 'pass every one by its name',
    };
  if (!arrayKinds[spec.dtype].includes(kindOf(data)))
    return {
      error: DTypeError,
      expected: `${what} as ${arrayKinds[spec.dtype].join(' or ')}`,
      received: kindOf(data),
      fix: conversions[spec.dtype],
    };
  if (data.length !== sizeOf(spec.shape)) {
    const expected = `${sizeOf(spec.shape)} elements for ${what} ${formatSpec(spec)}`;
    return {
      error: ShapeError,
      expected,
      received: String(data.length),
      fix: 'shapes are static: compile the program for this shape, or pad the data',
    };
  }
  return undefined;
}

const conversions: Readonly<Record<DType, string>> = {
  float32: 'convert with Float32Array.from(values)',
  int32: 'convert with Int32Array.from(values)',
  bool: 'convert with Uint8Array.from(values)',
};

function kindOf(data: unknown): string {
  if (Array.isArray(data)) return 'Array';
  return data === null || typeof data !== 'object' ? typeof data : (data.constructor?.name ?? 'object');
}

function describe(spec: TensorSpec, data: TensorData | undefined): string {
  return faultOf('', spec, data)
    ? data === undefined
      ? 'missing'
      : `${kindOf(data)}(${data.length})`
    : 'ok';
}

function listNames(names: readonly string[]): string {
  return names.length === 0 ? '(none)' : names.map((name) => `'${name}'`).join(', ');
}
