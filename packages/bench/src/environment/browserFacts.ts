/** What a figure from a browser depends on besides what `Environment` has for every runtime. */
export interface BrowserFacts {
  /** Names and versions, as the browser gives them: 'Chromium 150'; [] where it only has a user agent. */
  readonly brands: readonly string[];
  /** A class of sizes: browsers round it. null where they do not tell. */
  readonly deviceMemoryGiB: number | null;
  readonly isCrossOriginIsolated: boolean;
  /** Smallest step of the clock that was seen. */
  readonly clockStepMs: number;
  /** null where there is no WebGL 2. */
  readonly gpu: GpuFacts | null;
}

export interface GpuFacts {
  readonly renderer: string;
  /** Shaders run on the processor. */
  readonly isSoftware: boolean;
  /** Whether textures of 32-bit floats can be written. */
  readonly hasFloatTargets: boolean;
}

/** Parts of `navigator` that only some browsers have. */
interface HintedNavigator {
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
  };
  readonly deviceMemory?: number;
}

/** Asks this browser, in a page or in a worker. */
export function browserFacts(): BrowserFacts {
  const { userAgentData, deviceMemory } = navigator as HintedNavigator;
  return {
    brands: (userAgentData?.brands ?? []).map(({ brand, version }) => `${brand} ${version}`),
    deviceMemoryGiB: deviceMemory ?? null,
    isCrossOriginIsolated: globalThis.crossOriginIsolated ?? false,
    clockStepMs: clockStep(() => performance.now()),
    gpu: gpuFacts(),
  };
}

/** Steps that are looked at; the shortest counts. */
const observedSteps = 20;

/** The smallest difference between two readings of a clock that differ. */
export function clockStep(now: () => number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let steps = 0; steps < observedSteps; steps++) {
    const before = now();
    let after = before;
    while (after === before) after = now();
    smallest = Math.min(smallest, after - before);
  }
  return smallest;
}

/** Renderers that are programs: SwiftShader, Mesa's llvmpipe and softpipe, Microsoft's Basic Render Driver. */
export function isSoftwareRenderer(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|basic render|software/i.test(renderer);
}

function gpuFacts(): GpuFacts | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return null;
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  const facts = {
    renderer,
    isSoftware: isSoftwareRenderer(renderer),
    hasFloatTargets: gl.getExtension('EXT_color_buffer_float') !== null,
  };
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return facts;
}
