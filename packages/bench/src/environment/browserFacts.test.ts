import { describe, expect, it } from 'vitest';
import { clockStep, isSoftwareRenderer } from './browserFacts.js';

describe('clockStep', () => {
  it('is the smallest step between readings that differ', () => {
    // 0.1 ms steps, four readings each, with a pause of 5 ms now and then
    let reading = 0;
    const now = () => {
      const tick = Math.floor(reading++ / 4);
      return tick * 0.1 + Math.floor(tick / 3) * 5;
    };
    expect(clockStep(now)).toBeCloseTo(0.1, 10);
  });
});

describe('isSoftwareRenderer', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
    ['llvmpipe (LLVM 15.0.7, 256 bits)', true],
    ['ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11)', true],
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
    ['Apple GPU', false],
  ])('%s: %s', (renderer, expected) => {
    expect(isSoftwareRenderer(renderer)).toBe(expected);
  });
});
