import util from 'node:util';

/** Functions of `node:util` that tfjs-node calls and that Node 23 took away. */
interface RemovedFunctions {
  isNullOrUndefined?(value: unknown): boolean;
  isArray?(value: unknown): boolean;
}

/** Puts back what tfjs-node needs of `util`, where it is missing; returns the names. */
export function supplyUtilFunctions(target: object = util): readonly string[] {
  const functions = target as RemovedFunctions;
  const missing = (['isNullOrUndefined', 'isArray'] as const).filter((name) => !functions[name]);
  functions.isNullOrUndefined ??= (value) => value === null || value === undefined;
  functions.isArray ??= Array.isArray;
  return missing;
}
