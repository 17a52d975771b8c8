/**
 * @file Turns a program into steps.
 *
 * A value that does not depend on its leading axes is kept without them: a bias [1, n] stretched to [B, n] stays [n], a
 * literal stays a scalar. tfjs's elementwise kernels stretch such operands themselves, on their fast path (a column [B, 1]
 * takes their slow path, 20 to 200 times slower, so it is stretched by a copy first). Only an op that needs all elements
 * makes them.
 */
import {
  type DType,
  InternalError,
  isSameShape,
  type Node,
  nodesOf,
  type OpName,
  opInfo,
  type Program,
  type Shape,
  simplify,
  sizeOf,
} from '@polyneuron/graph';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TfjsDevice } from '../device/device.js';
import { type LoweringContext, type Run, reshapeRun } from '../kernels/lowering.js';
import { lower } from '../kernels/lowerings.js';
import { stretchRun } from '../kernels/move.js';
import type { Plan, Step } from './plan.js';
import { withoutEmpty } from './withoutEmpty.js';

/** A node's value in a slot, without its first `dropped` axes. */
interface Value {
  readonly slot: number;
  readonly dropped: number;
}

export function compilePlan(source: Program, device: TfjsDevice): Plan {
  const program = withoutEmpty(simplify(source));
  const builder = new PlanBuilder(device);
  try {
    for (const node of nodesOf(program)) builder.add(node);
    return builder.finish(source, program);
  } catch (error) {
    builder.dispose();
    throw error;
  }
}

class PlanBuilder {
  readonly #context: LoweringContext;
  readonly #values = new Map<Node, Value>();
  /** Longer forms of values that were made, by node and number of axes dropped. */
  readonly #stretched = new Map<Node, Map<number, number>>();
  readonly #steps: { run: Run; operands: readonly number[]; result: number }[] = [];
  /** Constants that steps read from slots, and those that lowerings hold themselves. */
  readonly #residents = new Map<number, TensorInfo>();
  readonly #held: TensorInfo[] = [];
  readonly #inputSlots: Record<string, number> = {};
  readonly #stateSlots: Record<string, number> = {};
  readonly #interpreted = new Set<OpName>();
  #slotCount = 0;

  constructor(device: TfjsDevice) {
    const resident = (values: ArrayLike<number>, shape: Shape, dtype: DType) => {
      const info = device.upload(values, shape, dtype);
      this.#held.push(info);
      return info;
    };
    this.#context = { ...device, resident };
  }

  add(node: Node): void {
    this.#values.set(node, this.#valueOf(node));
  }

  #valueOf(node: Node): Value {
    switch (node.op) {
      case 'input':
        return this.#leaf(this.#inputSlots, node.attributes.name);
      case 'state':
        return this.#leaf(this.#stateSlots, node.attributes.name);
      case 'constant':
        return this.#constant(node.attributes.values, node);
      case 'iota':
        return this.#iota(node, node.attributes.axis);
      case 'broadcast':
        return this.#broadcast(node);
      default:
        return opInfo[node.op].kind === 'elementwise' ? this.#elementwise(node) : this.#whole(node);
    }
  }

  #leaf(slots: Record<string, number>, name: string): Value {
    slots[name] ??= this.#slotCount++;
    return { slot: slots[name], dropped: 0 };
  }

  #constant(values: readonly number[], { shape, dtype }: Node): Value {
    if (sizeOf(shape) === 0) return { slot: this.#resident([], shape, dtype), dropped: 0 };
    const isScalar = values.length === 1;
    return {
      slot: this.#resident(values, isScalar ? [] : shape, dtype),
      dropped: isScalar ? shape.length : 0,
    };
  }

  #iota({ shape }: Node, axis: number): Value {
    const kept = shape.slice(axis);
    const inner = sizeOf(kept.slice(1));
    const values = Int32Array.from({ length: sizeOf(kept) }, (_, at) => Math.floor(at / inner));
    return { slot: this.#resident(values, kept, 'int32'), dropped: axis };
  }

  /** Drops the leading axes along which the operand is constant, and makes the others. */
  #broadcast(node: Node): Value {
    const [operand] = node.inputs;
    const value = this.#value(operand);
    let dropped = value.dropped;
    while (dropped < node.shape.length && operand.shape[dropped] === 1) dropped++;
    const from = operand.shape.slice(dropped);
    const kept = this.#step(
      reshapeRun(this.#context, from),
      [value.slot],
      dropped === value.dropped ? value.slot : undefined,
    );
    const to = node.shape.slice(dropped);
    if (isSameShape(from, to)) return { slot: kept, dropped };
    return {
      slot: this.#step(stretchRun(this.#context, from, { shape: to, dtype: node.dtype }), [kept]),
      dropped,
    };
  }

  #elementwise(node: Node): Value {
    const dropped = Math.min(...node.inputs.map((operand) => this.#value(operand).dropped));
    // Select stretches nothing; the other kernels do
    const isStretching = node.op !== 'select';
    const operands = node.inputs.map((operand) =>
      isStretching ? this.#value(operand).slot : this.#slotOf(operand, dropped),
    );
    return this.#lowered(node, operands, dropped);
  }

  #whole(node: Node): Value {
    const operands = node.inputs.map((operand) => this.#slotOf(operand, 0));
    return this.#lowered(node, operands, 0);
  }

  #lowered(node: Node, operands: readonly number[], dropped: number): Value {
    const { run, isInterpreted } = lower(node, this.#context);
    if (!isInterpreted) return { slot: this.#step(run, operands), dropped };
    // The interpreter knows the node's shape, not the shortened one
    this.#interpreted.add(node.op);
    const whole = node.inputs.map((operand) => this.#slotOf(operand, 0));
    return { slot: this.#step(run, whole), dropped: 0 };
  }

  /** A slot with the node's value from axis `dropped` on. */
  #slotOf(node: Node, dropped: number): number {
    const value = this.#value(node);
    if (value.dropped === dropped) return value.slot;
    const made = this.#stretched.get(node) ?? new Map<number, number>();
    this.#stretched.set(node, made);
    const known = made.get(dropped);
    if (known !== undefined) return known;
    const slot = this.#stretch(node, value, dropped);
    made.set(dropped, slot);
    return slot;
  }

  #stretch(node: Node, value: Value, dropped: number): number {
    const shape = node.shape.slice(dropped);
    if (node.op === 'constant')
      return this.#resident(
        new Float64Array(sizeOf(shape)).fill(node.attributes.values[0]),
        shape,
        node.dtype,
      );
    const from = shape.map((extent, axis) => (axis < value.dropped - dropped ? 1 : extent));
    const aligned = this.#step(reshapeRun(this.#context, from), [value.slot]);
    return isSameShape(from, shape)
      ? aligned
      : this.#step(stretchRun(this.#context, from, { shape, dtype: node.dtype }), [aligned]);
  }

  #value(node: Node): Value {
    return this.#values.get(node) as Value;
  }

  #resident(values: ArrayLike<number>, shape: Shape, dtype: DType): number {
    const slot = this.#slotCount++;
    this.#residents.set(slot, this.#context.upload(values, shape, dtype));
    return slot;
  }

  /** Appends a step, unless its result is known already. */
  #step(run: Run | undefined, operands: readonly number[], known?: number): number {
    if (known !== undefined) return known;
    if (!run)
      throw new InternalError(`tfjs backend '${this.#context.tfjsName}' registers neither Reshape nor Tile`);
    const result = this.#slotCount++;
    this.#steps.push({ run, operands, result });
    return result;
  }

  finish(source: Program, program: Program): Plan {
    const taken = new Set<number>();
    const own = (roots: Readonly<Record<string, Node>>) =>
      Object.fromEntries(Object.entries(roots).map(([name, node]) => [name, this.#ownedRoot(node, taken)]));
    const outputSlots = own(program.outputs);
    const updateSlots = own(program.updates);
    return {
      program: source,
      steps: withReleases(
        this.#steps,
        new Set([...Object.values(outputSlots), ...Object.values(updateSlots)]),
      ),
      inputSlots: this.#inputSlots,
      stateSlots: this.#stateSlots,
      outputSlots,
      updateSlots,
      residents: this.#residents,
      slotCount: this.#slotCount,
      interpretedOps: [...this.#interpreted],
      dispose: () => this.dispose(),
    };
  }

  /** A slot that belongs to this root alone: leaves, constants and shared values are passed on under a new handle. */
  #ownedRoot(node: Node, taken: Set<number>): number {
    const slot = this.#slotOf(node, 0);
    const isMade = this.#steps.some(({ result }) => result === slot);
    const owned =
      isMade && !taken.has(slot) ? slot : this.#step(reshapeRun(this.#context, node.shape), [slot]);
    taken.add(owned);
    return owned;
  }

  dispose(): void {
    for (const info of [...this.#residents.values(), ...this.#held]) this.#context.free(info);
    this.#residents.clear();
    this.#held.length = 0;
  }
}

/** Adds to each step the slots that it reads last; what is never read and is no root goes at once. */
function withReleases(steps: readonly Omit<Step, 'release'>[], roots: ReadonlySet<number>): Step[] {
  const lastUse = new Map<number, number>();
  steps.forEach(({ operands, result }, at) => {
    lastUse.set(result, at);
    for (const slot of operands) if (lastUse.has(slot)) lastUse.set(slot, at);
  });
  const releases = steps.map((): number[] => []);
  for (const [slot, at] of lastUse) if (!roots.has(slot)) releases[at].push(slot);
  return steps.map((step, at) => ({ ...step, release: releases[at] }));
}
