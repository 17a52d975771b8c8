// Compiles every kernel of the conformance suites with nvcc for sm_80 and sm_90: node packages/backend-cuda/scripts/compileAll.mjs
// Needs the CUDA toolkit and no GPU; takes about a quarter of an hour on two cores.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { status } = spawnSync('npx', ['vitest', 'run', 'packages/backend-cuda/src/nvcc.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, POLYNEURON_COMPILE_ALL: '1' },
});
process.exit(status ?? 1);
