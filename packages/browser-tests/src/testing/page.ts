export function describePage() {
  const context = document.createElement('canvas').getContext('webgl2');
  return {
    isIsolated: globalThis.crossOriginIsolated,
    hasSharedMemory: typeof SharedArrayBuffer !== 'undefined',
    hasWebgl2: context !== null,
    hasFloatTargets: context?.getExtension('EXT_color_buffer_float') !== null,
  };
}

export const addAll = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

export function fail(reason: string): never {
  throw new Error(reason);
}
