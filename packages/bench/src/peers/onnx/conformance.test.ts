/** @file Every op and its derivatives as an ONNX file that onnxruntime-node runs, against the float64 interpreter. */
import { expectJoined, joinCases, opCases } from '@polyneuron/conformance';
import { opNames } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { runExported } from './testing/runExported.js';

/** `state` updates its own: onnxContender.test.ts trains whole steps. */
const stateless = opNames.filter((op) => op !== 'state');

describe('exportProgram', () => {
  it.each(stateless)('has %s and its derivatives computed as the interpreter does', async (op) => {
    const cases = opCases(op);
    expect(cases.length).toBeGreaterThan(0);
    const { program, inputs } = joinCases(op, cases);
    expectJoined(cases, [await runExported(program, inputs[0])]);
  });
});
