/**
 * The arrows of DESIGN section 2: what a package's sources may import, and nothing else.
 * `layers` and `trainer` may also import `backend-tfjs`: a tfjs layer needs an executor that is there synchronously
 * and without a registration call, and the compatibility path is that executor.
 */
const mayImport = {
  graph: [],
  kernels: ['graph'],
  backend: ['graph'],
  'backend-tfjs': ['graph', 'backend'],
  fusion: ['graph'],
  'backend-wasm': ['graph', 'backend', 'fusion'],
  'backend-webgl': ['graph', 'backend', 'fusion'],
  'backend-cuda': ['graph', 'backend', 'fusion', 'backend-tfjs'],
  layers: ['graph', 'kernels', 'backend', 'backend-tfjs'],
  trainer: ['graph', 'kernels', 'backend', 'backend-tfjs', 'layers'],
  analysis: ['graph', 'kernels', 'backend', 'backend-tfjs', 'layers', 'trainer'],
  experiments: ['graph', 'kernels', 'backend', 'backend-tfjs', 'layers', 'trainer', 'analysis', 'datasets'],
  bench: ['graph', 'backend', 'kernels', 'datasets', 'trainer', 'layers'],
  datasets: [],
  testing: [],
  conformance: ['graph', 'kernels', 'backend', 'testing'],
  'browser-tests': ['bench'],
  'release-checks': [],
};

const source = '^(packages|apps)/[^/]+/src/';
const tests = '\\.test(-d)?\\.ts$|/testing/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: source },
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-deep-imports',
      comment: 'Another package is used through its public entry point only.',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/(src|dist)/',
        pathNot: ['^packages/$2/', '^packages/[^/]+/(src|dist)/(index|node|tfjs|native)\\.(d\\.)?[tj]s$'],
      },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { path: source },
      to: { couldNotResolve: true, pathNot: ['^node:'] },
    },
    ...Object.entries(mayImport).map(([name, allowed]) => ({
      name: `${name}-imports-only-${allowed.join('-') || 'nothing'}`,
      severity: 'error',
      from: { path: `^packages/${name}/src/`, pathNot: tests },
      to: { path: '^(packages|apps)/', pathNot: [name, ...allowed].map((p) => `^packages/${p}/`) },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: 'node_modules|/dist/.*\\.map$' },
    includeOnly: '^(packages|apps)/',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
