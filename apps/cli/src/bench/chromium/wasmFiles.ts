/** @file The WebAssembly binaries of stock tfjs, as they are published, by the paths under which browsers find them. */

const names = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
] as const;

const pathOf = (name: string) => `/tfjs/${name}`;

/** For `setWasmPaths`. */
export const wasmPaths: Readonly<Record<string, string>> = Object.fromEntries(
  names.map((name) => [name, pathOf(name)]),
);

/** For the site: path, and where Node finds the file. */
export function wasmFiles(resolve: (specifier: string) => string): Readonly<Record<string, string>> {
  const folder = '@tensorflow/tfjs-backend-wasm/dist';
  return Object.fromEntries(names.map((name) => [pathOf(name), resolve(`${folder}/${name}`)]));
}
