/**
 * @file Runs a plan in float64, as obviously as it can be said: the reference for planning, and for every lowering of
 * a plan. All buffers share one memory at the addresses of the memory plan, so that a wrong lifetime shows.
 */
import { type DType, forEachCoordinate, scalarOps, storedAs, uniformValues } from '@polyneuron/graph';
import type { Access, Body, Kernel, LanesKernel, Plan, ScalarOpName, Statement } from './plan.js';
import { planMemory } from './planMemory.js';

export interface PlanResult {
  readonly outputs: Record<string, Float64Array>;
  readonly state: Record<string, Float64Array>;
}

export type PlanValues = Readonly<Record<string, ArrayLike<number>>>;

const offsetOf = ({ offset, strides }: Access, coordinate: readonly number[]) =>
  strides.reduce((sum, stride, axis) => sum + stride * coordinate[axis], offset);

export function runPlan(plan: Plan, inputs: PlanValues, state: PlanValues = {}): PlanResult {
  const { addresses, end } = planMemory(plan, 0);
  // Rubbish shows a read of what nobody wrote
  const memory = new Float64Array(end / 4).fill(Number.NaN);
  const startOf = (buffer: number) => (addresses.get(buffer) as number) / 4;
  const sizeOf = (buffer: number) => plan.buffers[buffer].size;
  for (const { id, kind, size, values } of plan.buffers)
    if (kind === 'constant' && values)
      memory.set(
        Float64Array.from({ length: size }, (_, i) =>
          storedAs(values[values.length === 1 ? 0 : i], plan.buffers[id].dtype),
        ),
        startOf(id),
      );
  for (const [name, buffer] of Object.entries(plan.inputs))
    memory.set(Float64Array.from(inputs[name]), startOf(buffer));
  for (const [name, buffer] of Object.entries(plan.state))
    memory.set(Float64Array.from(state[name]), startOf(buffer));
  const read = (access: Access, coordinate: readonly number[]) =>
    memory[startOf(access.buffer) + offsetOf(access, coordinate)];
  const write = (access: Access, coordinate: readonly number[], value: number) => {
    memory[startOf(access.buffer) + offsetOf(access, coordinate)] = value;
  };
  const runners: { readonly [K in Kernel['kind']]: (kernel: Extract<Kernel, { kind: K }>) => void } = {
    loop: ({ body }) => runBody(body, () => Number.NaN),
    contraction: ({ batch, rows, depth, left, right, epilogue }) => {
      const [b, r] = [batch.length, batch.length + rows.length];
      runBody(epilogue, (at) => {
        let sum = 0;
        forEachCoordinate(depth, (k) => {
          sum +=
            read(left, [...at.slice(0, r), ...k]) * read(right, [...at.slice(0, b), ...k, ...at.slice(r)]);
        });
        return sum;
      });
    },
    cumulative: ({ domain, axis, exclusive, reverse, source, target, dtype }) =>
      forEachCoordinate(domain, (at) => {
        let sum = 0;
        const [from, to] = reverse
          ? [at[axis] + (exclusive ? 1 : 0), domain[axis]]
          : [0, at[axis] + (exclusive ? 0 : 1)];
        for (let k = from; k < to; k++)
          sum += read(
            source,
            at.map((c, i) => (i === axis ? k : c)),
          );
        write(target, at, storedAs(sum, dtype));
      }),
    gather: ({ outer, count, inner, size, table, indices, target }) =>
      forEachCoordinate([outer, count, inner], ([o, i, k], at) => {
        const row = memory[startOf(indices.buffer) + i];
        memory[startOf(target.buffer) + at] = memory[startOf(table.buffer) + (o * size + row) * inner + k];
      }),
    scatterAdd: ({ outer, count, inner, size, updates, indices, target, dtype }) => {
      memory.fill(0, startOf(target.buffer), startOf(target.buffer) + sizeOf(target.buffer));
      forEachCoordinate([outer, count, inner], ([o, i, k], at) => {
        const place = startOf(target.buffer) + (o * size + memory[startOf(indices.buffer) + i]) * inner + k;
        memory[place] = storedAs(memory[place] + memory[startOf(updates.buffer) + at], dtype);
      });
    },
    argMax: ({ domain, source, target }) =>
      forEachCoordinate(domain.slice(0, -1), (at) => {
        let best = 0;
        for (let k = 1; k < domain[domain.length - 1]; k++)
          if (read(source, [...at, k]) > read(source, [...at, best])) best = k;
        write(target, at, best);
      }),
    lanes: (kernel) => runLanes(kernel),
    random: ({ count, key, target }) => {
      const [seed, counter] = [memory[startOf(key.buffer)], memory[startOf(key.buffer) + 1]];
      memory.set(Float64Array.from(uniformValues(seed, counter, count)), startOf(target.buffer));
    },
  };
  const runLanes = ({ batch, statements, stores, sums }: LanesKernel) => {
    for (const { buffer, offset } of sums) memory[startOf(buffer) + offset] = 0;
    for (let sample = 0; sample < batch; sample++) {
      const values: number[] = [];
      for (const statement of statements) {
        const at = () => startOf((statement as { buffer: number }).buffer);
        if (statement.op === 'sample')
          values.push(memory[at() + statement.offset + sample * statement.stride]);
        else if (statement.op === 'gathered')
          values.push(memory[at() + statement.offset + values[statement.index] * statement.stride]);
        else if (statement.op === 'uniform') values.push(memory[at() + statement.offset]);
        else if (statement.op === 'literal') values.push(storedAs(statement.value, statement.dtype));
        else values.push(compute(statement, values));
      }
      for (const { value, buffer, offset, stride } of stores)
        memory[startOf(buffer) + offset + sample * stride] = values[value];
      for (const { value, buffer, offset } of sums) memory[startOf(buffer) + offset] += values[value];
    }
  };
  const compute = (
    { op, operands, dtype }: { op: ScalarOpName; operands: readonly number[]; dtype: DType },
    values: readonly number[],
  ): number => {
    const [a, b, c] = operands.map((operand) => values[operand]);
    return storedAs(op === 'cast' ? a : scalarOps[op](a, b, c), dtype);
  };
  const runBody = (
    { domain, statements, stores, reductions }: Body,
    product: (at: readonly number[]) => number,
  ) => {
    for (const { access, op, dtype, axes } of reductions)
      forEachCoordinate(
        domain.map((extent, axis) => (axes.includes(axis) ? 1 : extent)),
        (at) =>
          write(access, at, op === 'sum' ? 0 : dtype === 'int32' ? -(2 ** 31) : Number.NEGATIVE_INFINITY),
      );
    forEachCoordinate(domain, (at) => {
      const values: number[] = [];
      for (const statement of statements) values.push(runStatement(statement, at, values, product));
      for (const { value, access } of stores) write(access, at, values[value]);
      for (const { value, op, access, dtype } of reductions)
        write(
          access,
          at,
          op === 'sum'
            ? storedAs(read(access, at) + values[value], dtype)
            : Math.max(read(access, at), values[value]),
        );
    });
  };
  const runStatement = (
    statement: Statement,
    at: readonly number[],
    values: readonly number[],
    product: (at: readonly number[]) => number,
  ): number => {
    if (statement.op === 'load') return read(statement.access, at);
    if (statement.op === 'literal') return storedAs(statement.value, statement.dtype);
    if (statement.op === 'index') return at[statement.axis];
    if (statement.op === 'product') return product(at);
    return compute(statement, values);
  };
  for (const kernel of plan.kernels) (runners[kernel.kind] as (kernel: Kernel) => void)(kernel);
  const collect = (buffers: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(buffers).map(([name, id]) => [
        name,
        memory.slice(startOf(id), startOf(id) + sizeOf(id)),
      ]),
    );
  return { outputs: collect(plan.outputs), state: collect(plan.state) };
}
