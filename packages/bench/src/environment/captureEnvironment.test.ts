import { describe, expect, it } from 'vitest';
import { captureEnvironment, warningsAbout } from './captureEnvironment.js';

describe('captureEnvironment', () => {
  it('says what a figure depends on', async () => {
    const environment = await captureEnvironment();
    expect(environment.runtime).toBe(`Node ${process.versions.node}`);
    expect(environment.v8).toBe(process.versions.v8);
    expect(environment.cores).toBeGreaterThan(0);
    expect(environment.memoryBytes).toBeGreaterThan(0);
    expect(environment.simd).toContain('simd');
    expect(environment.calibration?.slowdown).toBeGreaterThanOrEqual(1);
    expect(environment.calibration?.processorShare).toBeGreaterThan(0);
    expect(environment.cpu).not.toBe('');
    expect(Number.isNaN(Date.parse(environment.date))).toBe(false);
    expect(JSON.parse(JSON.stringify(environment))).toEqual(environment);
  });
});

describe('warningsAbout', () => {
  it('has nothing to say about a quiet machine', () => {
    expect(warningsAbout({ loadAverage: 0.2, cores: 2, flags: ['--max-old-space-size=4096'] })).toEqual([]);
    expect(warningsAbout({ loadAverage: null, cores: 8, flags: [] })).toEqual([]);
    const calibration = { slowdown: 1.04, processorShare: 0.99 };
    expect(warningsAbout({ loadAverage: 0.2, cores: 2, calibration, flags: [] })).toEqual([]);
  });

  it('warns of a GPU that is a program', () => {
    const gpu = { renderer: 'SwiftShader', isSoftware: true, hasFloatTargets: true };
    const browser = { brands: [], deviceMemoryGiB: 8, isCrossOriginIsolated: true, clockStepMs: 0.005, gpu };
    expect(warningsAbout({ loadAverage: null, cores: 8, flags: [], browser })).toMatchInlineSnapshot(`
      [
        "WebGL is drawn by software on the processor: its times say nothing about a GPU",
      ]
    `);
  });

  it('warns of other load and of flags that slow code down', () => {
    expect(
      warningsAbout({
        loadAverage: 3.456,
        cores: 2,
        calibration: { slowdown: 2.654, processorShare: 0.385 },
        flags: ['--inspect', '--jitless'],
      }),
    ).toMatchInlineSnapshot(`
      [
        "the load average is 3.46 on 2 cores: others are working, times are too long",
        "a fixed loop took 2.65 times its shortest time on average, with 39 % of a core: the machine is busy, times are too long",
        "the runtime was started with --inspect --jitless, which slows it down",
      ]
    `);
  });
});
