import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ParameterKind, SignatureTable } from '../driver/signature.js';

/** Folders with NVIDIA's headers: of the toolkit, and of the Python package that POLYNEURON_LIBNVRTC lies in. */
export function findHeader(header: string): string | undefined {
  const { CUDA_PATH, CUDA_HOME, POLYNEURON_LIBNVRTC } = process.env;
  const roots = [
    CUDA_PATH,
    CUDA_HOME,
    POLYNEURON_LIBNVRTC && dirname(dirname(POLYNEURON_LIBNVRTC)),
    ...(existsSync('/usr/local') ? readdirSync('/usr/local') : [])
      .filter((name) => name.startsWith('cuda'))
      .map((name) => join('/usr/local', name)),
  ];
  const folder = roots
    .filter((root): root is string => root !== undefined && root !== '')
    .map((root) => join(root, 'include'))
    .find((include) => existsSync(join(include, header)));
  if (folder === undefined)
    console.warn(
      `SKIPPED: signatures against ${header}: it is not here. Install the CUDA toolkit (no GPU is needed), and set CUDA_PATH unless it is in /usr/local.`,
    );
  return folder;
}

/** What a parameter of C may be, as a C++ expression over its type T. */
const conditions: { readonly [K in ParameterKind]: string } = {
  int32: '(std::is_integral_v<T> || std::is_enum_v<T>) && sizeof(T) == 4',
  // cuMemsetD8Async takes one byte, in a register of its own
  uint32: '(std::is_integral_v<T> || std::is_enum_v<T>) && sizeof(T) <= 4',
  size: 'std::is_unsigned_v<T> && sizeof(T) == 8',
  handle: '(std::is_pointer_v<T> || std::is_unsigned_v<T>) && sizeof(T) == 8',
  text: 'std::is_same_v<T, const char*>',
  texts: 'std::is_same_v<T, const char* const*>',
  data: 'std::is_pointer_v<T>',
  outHandle: 'std::is_pointer_v<T> && sizeof(std::remove_pointer_t<T>) == 8',
  outInt32: 'std::is_pointer_v<T> && sizeof(std::remove_pointer_t<T>) == 4',
  outSize: 'std::is_same_v<T, size_t*>',
};

/** Checks every signature of a table against the header that declares it; throws what does not fit. */
export function matchHeader(folder: string, header: string, table: SignatureTable): void {
  const checks = Object.values(table).map(
    ({ symbol, parameters }) =>
      `check<${['decltype(&', symbol, ')'].join('')}${Object.values(parameters)
        .map((kind) => `, ${kind}_`)
        .join('')}>();`,
  );
  compile(folder, header, [
    ...Object.entries(conditions).map(
      ([kind, condition]) =>
        `struct ${kind}_ { template <class T> static constexpr bool fits = ${condition}; };`,
    ),
    'template <class F> struct Fits;',
    'template <class R, class... A> struct Fits<R (*)(A...)> {',
    '  template <class... K> static constexpr bool by() {',
    '    static_assert(sizeof(R) == 4, "a status");',
    '    static_assert(sizeof...(A) == sizeof...(K), "as many parameters");',
    '    return (K::template fits<A> && ...);',
    '  }',
    '};',
    'template <class F, class... K> void check() { static_assert(Fits<F>::template by<K...>(), "parameters that fit"); }',
    'void all() {',
    ...checks,
    '}',
  ]);
}

/** Checks values of enumerations. */
export function matchConstants(
  folder: string,
  header: string,
  values: Readonly<Record<string, number>>,
): void {
  const checks = Object.entries(values).map(
    ([name, value]) => `static_assert(${name} == ${value}, "a value");`,
  );
  compile(folder, header, checks);
}

function compile(folder: string, header: string, lines: readonly string[]): void {
  const source = ['#include <type_traits>', '#include <cstddef>', `#include "${header}"`, ...lines].join(
    '\n',
  );
  const scratch = mkdtempSync(join(tmpdir(), 'polyneuron-header-'));
  try {
    writeFileSync(join(scratch, 'check.cpp'), source);
    execFileSync('g++', ['-std=c++17', '-fsyntax-only', `-I${folder}`, join(scratch, 'check.cpp')], {
      stdio: 'pipe',
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
