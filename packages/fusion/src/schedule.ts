import { type DType, InternalError, type Node, type Program, type Shape, sizeOf } from '@polyneuron/graph';
import { contiguous } from './access.js';
import { Group } from './group.js';
import type { Access, Buffer, BufferId, BufferKind, ContractionKernel, Kernel } from './plan.js';

/** A value in memory: how to read it, and the first place of the schedule that may. */
export interface Stored {
  readonly access: Access;
  readonly from: number;
}

/** A kernel that is complete from the start, or a group that nodes may still join. */
export type Step = Group | Exclude<Kernel, { kind: 'loop' | 'contraction' }>;

/**
 * The schedule under construction: steps in order, buffers, and where each node's value is: in memory, in the body of
 * a group, or both.
 */
export class Schedule {
  readonly buffers: Buffer[] = [];
  readonly steps: Step[] = [];
  readonly leaves = { input: new Map<string, BufferId>(), state: new Map<string, BufferId>() };
  private readonly stored = new Map<Node, Stored>();
  private readonly homes = new Map<Node, Group>();
  private readonly deferred = new Map<Node, { readonly depth: number; readonly place: () => void }>();

  constructor(program: Program) {
    for (const kind of ['input', 'state'] as const) {
      const specs = kind === 'input' ? program.inputs : program.state;
      for (const [name, { shape, dtype }] of Object.entries(specs))
        this.leaves[kind].set(name, this.buffer(kind, name, dtype, sizeOf(shape)));
    }
  }

  buffer(kind: BufferKind, name: string, dtype: DType, size: number, values?: readonly number[]): BufferId {
    return (
      this.buffers.push({ id: this.buffers.length, kind, name, dtype, size, ...(values && { values }) }) - 1
    );
  }

  scratch(node: Node, shape: Shape = node.shape): Access {
    return contiguous(this.buffer('scratch', node.op, node.dtype, sizeOf(shape)), shape);
  }

  openGroup(domain: Shape, contraction?: Omit<ContractionKernel, 'kind' | 'epilogue'>): Group {
    const group = new Group(this.steps.length, domain, contraction);
    this.steps.push(group);
    return group;
  }

  append(kernel: Exclude<Step, Group>): number {
    return this.steps.push(kernel);
  }

  /** Leaves a node unplaced until somebody reads it; `place` then puts it into a group of its own choice. */
  defer(node: Node, place: () => void): void {
    this.deferred.set(node, {
      depth: 1 + Math.max(0, ...node.inputs.map((operand) => this.deferredDepth(operand))),
      place,
    });
  }

  /** Length of the longest chain of deferred nodes that ends here; 0 for a node that is placed. */
  deferredDepth(node: Node): number {
    return this.deferred.get(node)?.depth ?? 0;
  }

  isDeferred(node: Node): boolean {
    return this.deferred.has(node);
  }

  /** Places a deferred node; does nothing for others. */
  resolve(node: Node): void {
    const entry = this.deferred.get(node);
    this.deferred.delete(node);
    entry?.place();
  }

  settle(node: Node, group: Group, statement: number): void {
    this.deferred.delete(node);
    group.members.set(node, statement);
    this.homes.set(node, group);
  }

  setStored(node: Node, stored: Stored): void {
    this.stored.set(node, stored);
  }

  storedOf(node: Node): Stored | undefined {
    return this.stored.get(node);
  }

  homeOf(node: Node): Group | undefined {
    this.resolve(node);
    return this.homes.get(node);
  }

  /** Memory of a value, written by its group when it was only in registers so far. */
  materialize(node: Node): Stored {
    const known = this.stored.get(node);
    if (known) return known;
    const home = this.homeOf(node);
    if (!home) throw new InternalError(`fusion: ${node.op} has no value yet`);
    const access = this.scratch(node);
    home.stores.push({ value: home.members.get(node) as number, access });
    const stored = { access, from: home.index + 1 };
    this.stored.set(node, stored);
    return stored;
  }
}
