import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { workspaceSource } from '../testing/bundleForNode.js';
import { benchRemotely } from '../testing/remoteWorld.js';
import { watched } from '../testing/watched.js';
import { chromiumHost } from './chromiumHost.js';
import { findBrowser } from './findBrowser.js';

const hasBrowser = findBrowser() !== undefined;
if (!hasBrowser) console.warn('SKIPPED: contenders in Chromium: no Chromium here');

describe.skipIf(!hasBrowser)('contenders in Chromiums of their own', () => {
  const entry = fileURLToPath(new URL('../testing/workerScript.ts', import.meta.url));
  const host = chromiumHost({ entry, find: workspaceSource });
  afterAll(() => host.close());

  it('are checked here, one right and one wrong', async () => {
    const remote = { runtime: 'chromium', start: host.transport() } as const;
    const { results, errors, missing } = await benchRemotely(['right', 'wrong'], ['small'], remote);
    expect(missing).toEqual([]);
    expect(errors).toMatchObject([{ contender: 'wrong', runtime: 'chromium' }]);
    expect(errors[0].message).toMatch(/^not timed: the result is off by /);
    const [result] = results;
    expect(result).toMatchObject({ contender: 'right', runtime: 'chromium', maxError: 0, samples: 2 });
    expect(result.versions).toEqual({ engine: '1.2', Chromium: expect.stringMatching(/^\d+$/) });
    expect(result.median).toBeGreaterThan(0);
    if (process.platform === 'linux') expect(result.memoryBytes).toBeGreaterThan(2 ** 20);
  });

  it('end when the run is aborted', async () => {
    const controller = new AbortController();
    const { start, ends } = watched(host.transport(), () => {
      queueMicrotask(() => controller.abort(new Error('enough')));
    });
    const remote = { runtime: 'chromium', start, signal: controller.signal } as const;
    await expect(benchRemotely(['endless'], ['small'], remote)).rejects.toThrow('enough');
    expect(await Promise.all(ends)).toEqual(['the end of the browser']);
  });
});

describe('chromiumHost', () => {
  it('says what is wrong with its module', async () => {
    const host = chromiumHost({ entry: '/nowhere/worker.js' });
    const remote = { runtime: 'chromium', start: host.transport() } as const;
    const { missing } = await benchRemotely(['right'], ['small'], remote);
    expect(missing[0].reason.replace(/\S+nowhere/, '/nowhere')).toMatchInlineSnapshot(
      `"'right' in a Chromium of its own expected an answer, got Build failed with 1 error: [UNRESOLVED_ENTRY] Cannot resolve entry module /nowhere/worker.js."`,
    );
  });
});
