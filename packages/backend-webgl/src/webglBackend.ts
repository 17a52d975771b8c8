import {
  type Backend,
  type BackendEntry,
  BackendUnavailableError,
  DisposedError,
  type Probe,
} from '@polyneuron/backend';
import { planProgram } from '@polyneuron/fusion';
import { type Program, simplify, verify } from '@polyneuron/graph';
import { GlDevice } from './device/glDevice.js';
import { createExecutable, type WebglExecutable } from './executable.js';

export interface WebglBackendOptions {
  /** A context to use. default: one of its own, on a canvas that is never shown */
  readonly context?: WebGL2RenderingContext;
}

export interface WebglBackend extends Backend {
  readonly context: WebGL2RenderingContext;
  compile(program: Program): Promise<WebglExecutable>;
  compileSync(program: Program): WebglExecutable;
  /** Shader passes drawn so far. */
  readonly passes: number;
  /** Whether the browser took the context away. */
  readonly isLost: boolean;
  /**
   * Resolves when the context works again, at once if it does now. Executables then go on with the state that was last
   * written or read.
   */
  whenRestored(): Promise<void>;
}

/**
 * Compiles each program to fragment shaders of WebGL 2.
 *
 * Throws   BackendUnavailableError without WebGL 2, without textures of floats as targets, or when the context is lost
 */
export function createWebglBackend({ context }: WebglBackendOptions = {}): WebglBackend {
  const gl = context ?? openContext();
  const missing = missingOf(gl);
  if (missing) throw new BackendUnavailableError({ backend: 'webgl', ...missing });
  const device = new GlDevice(gl as WebGL2RenderingContext);
  let isDisposed = false;
  const compileSync = (program: Program): WebglExecutable => {
    if (isDisposed) throw new DisposedError("backend 'webgl'");
    device.requireLive("backend 'webgl'");
    device.begin();
    const executable = createExecutable(
      program,
      planProgram(simplify(verify(program)), { lanes: false }),
      device,
    );
    device.end();
    return executable;
  };
  return {
    name: 'webgl',
    device: {
      description: `WebGL 2, ${rendererOf(device.gl)}`,
      threads: 1,
      facts: {
        renderer: rendererOf(device.gl),
        samplers: device.limits.samplers,
        targets: device.limits.targets,
        textureSize: device.limits.textureSize,
      },
    },
    context: device.gl,
    compile: async (program) => compileSync(program),
    compileSync,
    get passes() {
      return device.passes;
    },
    get isLost() {
      return device.isLost;
    },
    whenRestored: () => device.whenRestored(),
    dispose: () => {
      if (!isDisposed) device.dispose();
      isDisposed = true;
    },
  };
}

function openContext(): WebGL2RenderingContext | undefined {
  const canvas =
    typeof OffscreenCanvas !== 'undefined'
      ? new OffscreenCanvas(1, 1)
      : typeof document !== 'undefined'
        ? document.createElement('canvas')
        : undefined;
  const context = canvas?.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: 'high-performance',
    failIfMajorPerformanceCaveat: false,
  });
  return (context as WebGL2RenderingContext | null) ?? undefined;
}

/** Why a context cannot be used, if so. */
function missingOf(
  gl: WebGL2RenderingContext | undefined,
): { readonly reason: string; readonly remedy: string } | undefined {
  if (!gl)
    return {
      reason: 'this environment has no WebGL 2',
      remedy: 'use a browser with hardware acceleration switched on, or the wasm backend',
    };
  if (gl.isContextLost())
    return {
      reason: 'the WebGL context is lost',
      remedy: "wait for 'webglcontextrestored' on its canvas, or reload the page",
    };
  if (!gl.getExtension('EXT_color_buffer_float'))
    return {
      reason: 'this device cannot write textures of 32-bit floats (EXT_color_buffer_float)',
      remedy: 'use another device, or the wasm backend',
    };
  return undefined;
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** Registry entry: available where a WebGL 2 context with float textures can be had. */
export const webglEntry: BackendEntry = {
  name: 'webgl',
  title: 'WebGL 2 shaders',
  priority: 50,
  probe: async (): Promise<Probe> => {
    const gl = openContext();
    const missing = missingOf(gl);
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    return missing ? { available: false, ...missing } : { available: true };
  },
  load: async () => createWebglBackend(),
};
