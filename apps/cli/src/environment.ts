import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Environment } from './output/results.js';

/** The machine and the versions that a result depends on. */
export function describeEnvironment(): Environment {
  return {
    date: new Date().toISOString(),
    node: process.versions.node,
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    tfjs: packageVersion('@tensorflow/tfjs-core'),
  };
}

/** Version of a package as it is installed here. */
export function packageVersion(name: string): string {
  const require = createRequire(import.meta.url);
  return (require(`${name}/package.json`) as { version: string }).version;
}
