type Uniforms = Readonly<Record<string, number | readonly [number, number]>>;

interface Target {
  readonly texture: WebGLTexture;
  readonly frame: WebGLFramebuffer;
}

const vertexSource = `#version 300 es
void main() { gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0); }`;

const fragmentHead = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
out vec4 result;`;

/** Fragment shaders over two square textures of four 32-bit floats each: one is read, the other written, in turn. */
export class GraphicsDevice {
  readonly renderer: string;
  readonly #gl: WebGL2RenderingContext;
  readonly #side: number;
  readonly #targets: readonly [Target, Target];
  #written = 0;

  private constructor(gl: WebGL2RenderingContext, side: number) {
    this.#gl = gl;
    this.#side = side;
    const unmasked = gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL;
    this.renderer = String(gl.getParameter(unmasked ?? gl.RENDERER));
    this.#targets = [makeTarget(gl, side), makeTarget(gl, side)];
    gl.viewport(0, 0, side, side);
  }

  /** Undefined without WebGL 2, or where its shaders cannot write 32-bit floats. */
  static open(side: number): GraphicsDevice | undefined {
    if (typeof OffscreenCanvas === 'undefined') return undefined;
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2', { antialias: false, depth: false });
    if (!gl?.getExtension('EXT_color_buffer_float')) return undefined;
    return new GraphicsDevice(gl, side);
  }

  /** The program of a fragment shader that sets `result` from its uniforms and the texture `source`. */
  program(fragmentSource: string): WebGLProgram {
    const gl = this.#gl;
    const program = gl.createProgram();
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, vertexSource],
      [gl.FRAGMENT_SHADER, fragmentHead + fragmentSource],
    ] as const) {
      const shader = gl.createShader(kind) as WebGLShader;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS))
      throw new Error(`internal: a shader of the benchmark does not link: ${gl.getProgramInfoLog(program)}`);
    return program;
  }

  /** Writes every pixel of the texture whose turn it is; the other is `source`. */
  draw(program: WebGLProgram, uniforms: Uniforms): void {
    const gl = this.#gl;
    const source = this.#targets[this.#written];
    this.#written = 1 - this.#written;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#targets[this.#written].frame);
    gl.bindTexture(gl.TEXTURE_2D, source.texture);
    gl.useProgram(program);
    for (const [name, value] of Object.entries(uniforms)) {
      const place = gl.getUniformLocation(program, name);
      if (typeof value === 'number') gl.uniform1i(place, value);
      else gl.uniform2f(place, value[0], value[1]);
    }
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** First component of the first pixel that was written last; waits until it is there. */
  read(): number {
    const gl = this.#gl;
    const pixel = new Float32Array(4);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, pixel);
    return pixel[0];
  }

  /** Draws so many single pixels, one after the other, each read back. */
  readSmall(program: WebGLProgram, uniforms: Uniforms, count: number): void {
    const gl = this.#gl;
    gl.viewport(0, 0, 1, 1);
    for (let at = 0; at < count; at++) {
      this.draw(program, uniforms);
      this.read();
    }
    gl.viewport(0, 0, this.#side, this.#side);
  }

  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function makeTarget(gl: WebGL2RenderingContext, side: number): Target {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, side, side);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  const frame = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  return { texture, frame };
}
