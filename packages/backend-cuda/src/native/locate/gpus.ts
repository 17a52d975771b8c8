import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where NVIDIA's driver for Linux lists what it drives. */
const driverDirectory = '/proc/driver/nvidia';

export interface GpuFacts {
  /** Models, one per GPU. */
  readonly gpus: readonly string[];
  /** Version of the kernel module; undefined without one. */
  readonly driver: string | undefined;
}

/** NVIDIA GPUs as the driver lists them; asks no library, loads nothing. Sees none on other systems than Linux. */
export function findGpus(directory: string = driverDirectory): GpuFacts {
  const list = join(directory, 'gpus');
  const gpus = existsSync(list)
    ? readdirSync(list).map((bus) => {
        const text = read(join(list, bus, 'information'));
        return /^Model:\s*(.+)$/m.exec(text)?.[1].trim() ?? `NVIDIA GPU at ${bus}`;
      })
    : [];
  const driver = /Module\s+(\d[\d.]*)/.exec(read(join(directory, 'version')))?.[1];
  return { gpus, driver };
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
