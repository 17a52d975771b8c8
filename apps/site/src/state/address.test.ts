import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNetwork } from '../engine/testing/randomNetwork.js';
import { printAddress, printAddressWithPoints, readAddress } from './address.js';
import { snapToLink } from './pointsText.js';
import { defaultSettings, type Settings } from './settings.js';
import { type SettingSpec, settingNames, settingsTable } from './settingsTable.js';

/** Any value that the form of a setting offers. */
function anyValue(name: keyof Settings): fc.Arbitrary<unknown> {
  const { control } = settingsTable[name] as SettingSpec<unknown>;
  switch (control.kind) {
    case 'choice':
      return fc.constantFrom(...control.choices.map(({ value }) => value));
    case 'number':
      return control.values
        ? fc.constantFrom(...control.values)
        : control.step === 1
          ? fc.integer(control)
          : fc.double({ ...control, noNaN: true });
    case 'flags':
      return fc.subarray(control.flags.map(({ value }) => value));
    case 'network':
      return name === 'rival'
        ? fc.oneof(
            fc.record({ kind: fc.constant('auto'), factor: fc.constantFrom(1, 2, 4) }),
            fc.constant({ kind: 'features' }),
            fc.record({ kind: fc.constant('network'), network: randomNetwork }),
          )
        : randomNetwork;
  }
}

const anySettings = fc.record(
  Object.fromEntries(settingNames.map((name) => [name, anyValue(name)])),
) as unknown as fc.Arbitrary<Settings>;

describe('the address', () => {
  it('holds 500 random states, every one within 512 characters', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const hash = printAddress(settings);
        expect(hash.length).toBeLessThanOrEqual(512);
        expect(readAddress(hash)).toEqual({ settings, notices: [] });
        expect(readAddress(`#${hash}`).settings).toEqual(settings);
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('leaves defaults out', () => {
    expect(printAddress(defaultSettings)).toBe('');
    expect(readAddress('')).toEqual({ settings: defaultSettings, notices: [] });
  });

  // Links that were given away once: these rows are only ever added to
  it.each([
    ['v=1&d=xor&t=600&tt=95', { dataset: 'xor', stop: 600, target: 95 }],
    [
      'v=1&d=spiral&a=q4t.q4t&r=0.1&t=3000&tt=95',
      {
        dataset: 'spiral',
        rate: 0.1,
        stop: 3000,
        target: 95,
        network: [
          { kind: 'q', units: 4, options: { r: 0 }, activation: 't' },
          { kind: 'q', units: 4, options: { r: 0 }, activation: 't' },
        ],
      },
    ],
    ['v=1&b=features', { rival: { kind: 'features' } }],
    [
      'v=1&d=kink&b=d2r&l=squared&r=0.03&t=1500',
      {
        dataset: 'kink',
        loss: 'squared',
        rate: 0.03,
        stop: 1500,
        rival: { kind: 'network', network: [{ kind: 'd', units: 2, options: {}, activation: 'r' }] },
      },
    ],
    [
      'v=1&d=gate&dv=5&n=200&z=5&q=20&ds=7&a=h2w4&b=auto2&o=momentum&k=8&w2=0.001&gc=1&ws=9&s=100&x=flops&p=weights.units&th=dark',
      {
        dataset: 'gate',
        variant: 5,
        samples: 200,
        noise: 5,
        testShare: 20,
        dataSeed: 7,
        network: [{ kind: 'h', units: 2, options: { w: 4 }, activation: 'n' }],
        rival: { kind: 'auto', factor: 2 },
        optimizer: 'momentum',
        batch: 8,
        decay: 0.001,
        clip: 1,
        weightSeed: 9,
        silentSteps: 100,
        axis: 'flops',
        panels: ['weights', 'units'],
        theme: 'dark',
      },
    ],
    [
      'v=1&a=c4d5t.f1r3.x1d2.t2d3s',
      {
        network: [
          { kind: 'c', units: 4, options: { d: 5 }, activation: 't' },
          { kind: 'f', units: 1, options: { r: 3 }, activation: 'n' },
          { kind: 'x', units: 1, options: { d: 2 }, activation: 'n' },
          { kind: 't', units: 2, options: { d: 3 }, activation: 's' },
        ],
      },
    ],
  ] as [string, Partial<Settings>][])('reads %s for ever', (hash, change) => {
    expect(readAddress(hash)).toEqual({ settings: { ...defaultSettings, ...change }, notices: [] });
  });

  it.each([
    ['sizes beyond all bounds', 'v=1&n=99999999999999999999&a=q99.q99.q99.q99.q99.q99&t=1e300&k=-5'],
    ['numbers that are none', 'v=1&r=NaN&n=Infinity&t=0x10&z=&ws=1e400&ds=--1'],
    ['script', 'v=1&d=<script>alert(1)</script>&a=javascript:alert(1)&p="><img src=x onerror=alert(1)>'],
    ['names of objects', '__proto__=1&constructor=2&d=__proto__&l=toString&a=constructor'],
    ['another version', 'v=2&d=xor'],
    ['the same twice', 'd=xor&d=moons'],
    ['percent signs', '%E0%A4%A&d=%78or&=&&&=='],
    ['a hundred kilobytes', `v=1&d=xor&a=${'q1.'.repeat(33_000)}`],
  ])('takes %s for what it is: settings in range, and a notice', (_, hash) => {
    const { settings, notices } = readAddress(hash);
    expect(notices).toMatchSnapshot();
    expect(notices.every((notice) => notice.length < 200 && !/[<>"]/.test(notice))).toBe(true);
    // What was read is a state like any other
    expect(readAddress(printAddress(settings))).toEqual({ settings, notices: [] });
  });

  it('holds drawn points behind the settings, and leaves those of other data sets out', () => {
    const settings: Settings = { ...defaultSettings, dataset: 'drawn', batch: 4 };
    const points = [
      [snapToLink(0.25), snapToLink(-0.5), 1],
      [0, snapToLink(1), 0],
    ] as const;
    const hash = printAddressWithPoints(settings, points);
    expect(hash).toMatchInlineSnapshot(`"v=1&d=drawn&k=4&pt=ipEtf-Yk"`);
    expect(readAddress(hash)).toEqual({ settings, notices: [], points });
    expect(readAddress(hash.replace('drawn', 'ring'))).toEqual({
      settings: { ...defaultSettings, batch: 4 },
      notices: ['the link holds points, but its data set has its own: they were left out'],
    });
    expect(readAddress('v=1&d=drawn&pt=').points).toBeUndefined();
    const long = readAddress(`v=1&d=drawn&pt=${'AAAA'.repeat(50_000)}`);
    expect([long.points?.length, long.notices]).toEqual([
      1500,
      ['the link holds more than 1500 points: the rest was left out'],
    ]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const { settings } = readAddress(text);
        expect(readAddress(printAddress(settings))).toEqual({ settings, notices: [] });
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
