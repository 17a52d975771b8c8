import { mkdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runServer } from 'verdaccio';
import { runCommand, runPnpm } from './pack.js';
import { root } from './workspace.js';

export interface LocalRegistry {
  readonly url: string;
  /** Environment in which npm and pnpm use it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A registry of this machine, in a folder: ours are published here alone, all others come from the configured registry. */
export async function startRegistry(folder: string): Promise<LocalRegistry> {
  const upstream = (await runCommand('npm', ['config', 'get', 'registry'])).trim();
  mkdirSync(folder, { recursive: true });
  const anyone = { access: '$all', publish: '$all', unpublish: '$all' };
  const server = (await runServer({
    configPath: join(folder, 'config.yaml'),
    self_path: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    uplinks: { npmjs: { url: upstream, cache: true, maxage: '1h', timeout: '60s' } },
    packages: { '@polyneuron/*': anyone, polyneuron: anyone, '**': { ...anyone, proxy: 'npmjs' } },
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
    max_body_size: '100mb',
    web: { enable: false },
  } as never)) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const settings = join(folder, 'npmrc');
  // Anyone may publish, but the clients insist on some token
  writeFileSync(settings, `registry=${url}\n//127.0.0.1:${port}/:_authToken=local\n`);
  return {
    url,
    env: { npm_config_userconfig: settings, npm_config_registry: url },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

/** Publishes every public package of the workspace, as `pnpm release` would. */
export function publishAll({ env, url }: LocalRegistry): Promise<string> {
  return runPnpm(['--recursive', 'publish', '--no-git-checks', '--registry', url, '--access', 'public'], {
    cwd: root,
    env,
  });
}
