import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeTransport } from './node/nodeTransport.js';
import { remoteContender } from './remoteContender.js';
import type { StartTransport } from './remoteProcess.js';
import { bundleForNode } from './testing/bundleForNode.js';
import { benchRemotely } from './testing/remoteWorld.js';
import { servedContenders } from './testing/servedContenders.js';
import { watched } from './testing/watched.js';

let child: { readonly folder: string; readonly script: string };
beforeAll(async () => {
  child = await bundleForNode(new URL('./testing/childScript.ts', import.meta.url));
});
afterAll(() => rmSync(child.folder, { recursive: true }));

const ofNode = (start: StartTransport = nodeTransport(child.script)) => ({ runtime: 'node', start }) as const;
const specNamed = (name: string) => servedContenders(() => {}).find((one) => one.name === name)!;

describe('a contender in a Node process of its own', () => {
  it('is checked here, times itself, and says where and with how much memory it ran', async () => {
    const { results, errors, missing } = await benchRemotely(['right'], ['small'], ofNode());
    expect({ errors, missing }).toEqual({ errors: [], missing: [] });
    const [result] = results;
    expect(result).toMatchObject({
      case: 'small',
      contender: 'right',
      runtime: 'node',
      threads: 1,
      device: 'a test',
      versions: { engine: '1.2' },
      maxError: 0,
      samples: 2,
    });
    expect(result.median).toBeGreaterThan(0);
    expect(result.firstCallMs).toBeGreaterThan(0);
    if (process.platform === 'linux') expect(result.memoryBytes).toBeGreaterThan(2 ** 20);
  });

  it('is refused where its result is wrong', async () => {
    const { results, errors } = await benchRemotely(['wrong'], ['small'], ofNode());
    expect(results).toEqual([]);
    expect(errors).toMatchObject([{ contender: 'wrong', runtime: 'node' }]);
    expect(errors[0].message).toMatch(/^not timed: the result is off by /);
  });

  it('that dies is an error of the case, says how, and is there again for the next case', async () => {
    const { start, ends } = watched(nodeTransport(child.script));
    const { results, errors } = await benchRemotely(['dies on small'], ['small', 'other'], ofNode(start));
    expect(results.map((one) => one.case)).toEqual(['other']);
    expect(errors.map((one) => one.case)).toEqual(['small']);
    expect(errors[0].message).toMatchInlineSnapshot(`
      "'dies on small' in a Node process of its own expected an answer, got its end by exit code 7: FATAL ERROR: out of everything.

      Fix: run again with more free memory, or leave the contender out"
    `);
    expect(await Promise.all(ends)).toHaveLength(2);
  });

  it('that throws says what', async () => {
    const { errors } = await benchRemotely(['throws'], ['small'], ofNode());
    expect(errors[0].message).toBe('no such kernel\nand more');
  });

  it('that gives no answer is ended by the limit', async () => {
    const { start, ends } = watched(nodeTransport(child.script));
    const spec = remoteContender(specNamed('endless'), { ...ofNode(start), answerLimitMs: 200 });
    const { contenders, missing } = await spec.open();
    expect(contenders).toEqual([]);
    expect(missing).toMatchInlineSnapshot(`
      [
        "'endless' in a Node process of its own expected an answer, got none within 0.2 s.",
      ]
    `);
    expect(await ends[0]).toBe('its end by signal SIGKILL');
  });

  it('that cannot be had is missing with its reason', async () => {
    const { missing } = await remoteContender(specNamed('absent'), ofNode()).open();
    expect(missing).toEqual(['it is not installed']);
  });

  it('that takes other threads than it is asked for is missing in that setting', async () => {
    const { contenders, missing } = await remoteContender(specNamed('crowded'), ofNode()).open();
    expect(contenders.map(({ threads }) => threads)).toEqual([1]);
    expect(missing).toEqual(['2 threads: it takes 1 here']);
    for (const one of contenders) one.dispose();
  });

  it('whose script is not there is missing', async () => {
    const { missing } = await remoteContender(
      specNamed('right'),
      ofNode(nodeTransport(`${child.folder}/none.mjs`)),
    ).open();
    expect(missing[0].replaceAll(child.folder, '')).toMatchInlineSnapshot(
      `"'right' in a Node process of its own expected an answer, got its end by exit code 1: Error: Cannot find module '/none.mjs'."`,
    );
  });

  it('ends when the run is aborted', async () => {
    const controller = new AbortController();
    const { start, ends } = watched(nodeTransport(child.script), () => {
      queueMicrotask(() => controller.abort(new Error('enough')));
    });
    const running = benchRemotely(['endless'], ['small'], { ...ofNode(start), signal: controller.signal });
    await expect(running).rejects.toThrow('enough');
    expect(await Promise.all(ends)).toEqual(['its end by signal SIGKILL']);
  });

  it('ends when the process that started it is gone', async () => {
    const orphan = fork(child.script, { serialization: 'advanced' });
    orphan.send({ id: 1, do: 'open', contender: 'right', threads: 1 });
    await once(orphan, 'message');
    orphan.disconnect();
    expect(await once(orphan, 'exit')).toEqual([0, null]);
  });
});
