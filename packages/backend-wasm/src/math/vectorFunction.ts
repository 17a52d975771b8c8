import type { Code, Local } from '../assembler/code.js';
import type { Module } from '../assembler/module.js';

/** A function of four lanes at a time. */
export interface VectorFunction {
  readonly name: string;
  readonly arity: 1 | 2;
  /** Leaves the result on the stack; may overwrite the locals that carry its operands. */
  emit(code: Code, a: Local, b: Local): void;
}

/** Applies a function to the operands on the stack, in place: the engine can then overlap it with what stands around. */
export function inline(code: Code, { arity, emit }: VectorFunction): Code {
  const operands = Array.from({ length: arity }, () => code.local('v128'));
  for (const operand of [...operands].reverse()) code.set(operand);
  emit(code, operands[0], operands[1]);
  return code;
}

/** Applies a function to the operands on the stack through a function of the module, which many places share. */
export function call(code: Code, module: Module, { name, arity, emit }: VectorFunction): Code {
  const parameters = Array.from({ length: arity }, () => 'v128' as const);
  return code.call(
    module.shared(name, { parameters, results: ['v128'] }, (body, [a, b]) => emit(body, a, b)),
  );
}
