import { createReferenceBackend } from '@polyneuron/backend';
import { describe, expect, it } from 'vitest';
import { LabSession } from './labSession.js';
import { LayerLab } from './layerLab.js';
import type { FromLab, UnitPicture } from './messages.js';

/** The real worker's lab behind a port in this process: Node has no module workers of the web. */
function openSession(): { readonly session: LabSession; readonly requests: string[] } {
  const lab = new LayerLab(createReferenceBackend());
  const requests: string[] = [];
  let listener: (answer: FromLab) => void = () => {};
  const session = new LabSession({
    postMessage: (message) => {
      requests.push(message.kind);
      void lab.answer(message).then(({ message: answer }) => listener(answer));
    },
    onMessage: (own) => {
      listener = own;
    },
    onFailure: () => {},
    terminate: () => {},
  });
  return { session, requests };
}

const values = (a: number) => Float64Array.of(a, 0, 0, 0, 0, 0);

describe('LabSession', () => {
  it('configures, draws and checks', async () => {
    const { session } = openSession();
    const configured = await session.configure('quadraticForm', { units: 1 }, 1);
    expect(configured).toMatchObject({ unit: { parameterCount: 6 }, device: 'float64 interpreter' });
    expect(await session.check(values(1))).toMatchObject({ passes: true, coefficientCount: 6 });
  });

  it('forgets all wishes but the last while a picture is under way', async () => {
    const { session, requests } = openSession();
    await session.configure('quadraticForm', { units: 1 }, 1);
    const pictures: UnitPicture[] = [];
    const done = new Promise<void>((resolve) => {
      session.onPicture = (picture) => {
        pictures.push(picture);
        // y(1, 0) is the coefficient of x1²
        if (picture.alongX1.at(-1) === 9) resolve();
      };
    });
    for (let a = 0; a <= 9; a++) session.draw({ values: values(a), output: 0, extent: 1 });
    await done;
    expect(pictures.map(({ alongX1 }) => alongX1.at(-1))).toEqual([0, 9]);
    expect(requests).toEqual(['configure', 'draw', 'draw']);
  });

  it('passes on what a record refuses, and goes on with the unit before', async () => {
    const { session } = openSession();
    await session.configure('quadraticForm', { units: 1 }, 1);
    expect(await session.configure('quadraticForm', { units: 0 }, 1)).toMatchInlineSnapshot(`
      {
        "refusal": "quadraticForm expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on",
      }
    `);
    expect(await session.configure('conv2d', {}, 1)).toMatchInlineSnapshot(`
      {
        "refusal": "layer page expected a layer that takes two numbers, got 'conv2d'.

      Fix: open the page of a layer with a live unit",
      }
    `);
    expect(await session.check(values(2))).toMatchObject({ passes: true });
  });

  it('says what it is asked before there is a unit', async () => {
    const { session } = openSession();
    expect(await session.check(values(1))).toBeUndefined();
  });
});
