import type { ContenderSpec } from '@polyneuron/bench';

/** A context with the attributes that tfjs asks for, but for the refusal of software rendering: that becomes a warning. */
export function openStockContext(): WebGL2RenderingContext {
  const context = new OffscreenCanvas(300, 150).getContext('webgl2', {
    alpha: false,
    antialias: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    depth: false,
    stencil: false,
  });
  if (!context) throw new Error('this Chromium has no WebGL 2');
  return context;
}

export function rendererOf(context: WebGL2RenderingContext): string {
  const extension = context.getExtension('WEBGL_debug_renderer_info');
  return String(context.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : context.RENDERER));
}

/** A contender on a GPU that is a program says so. */
export function warnOfSoftware(spec: ContenderSpec): ContenderSpec {
  return {
    ...spec,
    async open() {
      const opening = await spec.open();
      const isSoftware = opening.contenders.some(({ device }) =>
        /swiftshader|llvmpipe|softpipe/i.test(device),
      );
      if (!isSoftware) return opening;
      const warning = `${spec.name} computes by software on the processor (SwiftShader or the like): its times say nothing about a GPU`;
      return { ...opening, warnings: [warning] };
    },
  };
}
