import { InternalError } from '@polyneuron/graph';
import { ContextLostError } from './contextLostError.js';
import type { Layout } from './layout.js';
import { formatsOf, roomOf, type Texture, type TextureFormat } from './texture.js';

/** Shaders kept; the one used longest ago leaves first. */
const programLimit = 2048;
/** Bytes of textures kept for later use. */
const spareLimit = 2 ** 28;
const framebufferLimit = 1024;

const vertexText = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}
`;

/** A linked shader; its status is asked for at first use, so that drivers compile several at once. */
export interface ShaderProgram {
  readonly program: WebGLProgram;
  readonly fragment: WebGLShader;
  readonly text: string;
  /** Uniform locations of the origins of inputs, by sampler. */
  origins: (WebGLUniformLocation | null)[];
  isReady: boolean;
}

export interface DrawCall {
  readonly program: ShaderProgram;
  readonly reads: readonly { readonly texture: Texture; readonly origin: number }[];
  readonly targets: readonly Texture[];
}

/**
 * A WebGL 2 context and what lives in it: shaders by their text, textures by their size, framebuffers. All of it is
 * lost together; `generation` then grows, and whoever holds a texture makes it again.
 */
export class GlDevice {
  readonly gl: WebGL2RenderingContext;
  readonly limits: { readonly samplers: number; readonly targets: number; readonly textureSize: number };
  /** Shader passes drawn. */
  passes = 0;
  generation = 0;
  private readonly formats: ReturnType<typeof formatsOf>;
  private programs = new Map<string, ShaderProgram>();
  private spare = new Map<string, Texture[]>();
  private spareBytes = 0;
  private framebuffers = new Map<string, WebGLFramebuffer>();
  private vertexShader: WebGLShader | null = null;
  private vertexArray: WebGLVertexArrayObject | null = null;
  private nextId = 1;
  private readonly bound: (Texture | undefined)[] = [];
  private current: ShaderProgram | undefined;
  private restored: (() => void)[] = [];
  private enabled: number[] = [];

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.formats = formatsOf(gl);
    gl.getExtension('EXT_color_buffer_float');
    this.limits = {
      samplers: gl.getParameter(gl.MAX_TEXTURE_IMAGE_UNITS) as number,
      targets: Math.min(
        gl.getParameter(gl.MAX_DRAW_BUFFERS) as number,
        gl.getParameter(gl.MAX_COLOR_ATTACHMENTS) as number,
      ),
      textureSize: gl.getParameter(gl.MAX_TEXTURE_SIZE) as number,
    };
    gl.canvas.addEventListener('webglcontextlost', this.onLost);
    gl.canvas.addEventListener('webglcontextrestored', this.onRestored);
  }

  get isLost(): boolean {
    return this.gl.isContextLost();
  }

  requireLive(subject: string): void {
    if (this.isLost) throw new ContextLostError(subject);
  }

  /** Resolves when the context works, at once if it does now. */
  whenRestored(): Promise<void> {
    return this.isLost ? new Promise((resolve) => this.restored.push(resolve)) : Promise.resolve();
  }

  /** Sets what passes expect; call it first after somebody else used the context. */
  begin(): void {
    const { gl } = this;
    this.bound.length = 0;
    this.current = undefined;
    this.enabled = [gl.SCISSOR_TEST, gl.CULL_FACE].filter((capability) => gl.isEnabled(capability));
    this.vertexArray ??= gl.createVertexArray();
    gl.bindVertexArray(this.vertexArray);
    for (const capability of [gl.BLEND, gl.DEPTH_TEST, gl.SCISSOR_TEST, gl.CULL_FACE, gl.STENCIL_TEST])
      gl.disable(capability);
    gl.colorMask(true, true, true, true);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.pixelStorei(gl.PACK_ALIGNMENT, 4);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
  }

  /** Leaves nothing bound that somebody else may trip over, and switches on what was on: tfjs sets that once. */
  end(): void {
    const { gl } = this;
    for (const capability of this.enabled) gl.enable(capability);
    gl.bindVertexArray(null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.useProgram(null);
  }

  /** The shader of this text, compiled on first use of it. */
  program(text: string): ShaderProgram {
    const known = this.programs.get(text);
    if (known) {
      this.programs.delete(text);
      this.programs.set(text, known);
      return known;
    }
    const { gl } = this;
    this.vertexShader ??= this.compile(gl.VERTEX_SHADER, vertexText);
    const fragment = this.compile(gl.FRAGMENT_SHADER, text);
    const program = gl.createProgram() as WebGLProgram;
    gl.attachShader(program, this.vertexShader);
    gl.attachShader(program, fragment);
    gl.linkProgram(program);
    const made = { program, fragment, text, origins: [], isReady: false };
    this.programs.set(text, made);
    if (this.programs.size > programLimit) {
      const [[oldest, { program: dropped }]] = this.programs;
      this.programs.delete(oldest);
      gl.deleteProgram(dropped);
    }
    return made;
  }

  acquire(format: TextureFormat, layout: Layout): Texture {
    const spare = this.spare.get(keyOf(format, layout))?.pop();
    if (spare) {
      this.spareBytes -= 4 * roomOf(layout);
      spare.holders = 1;
      return spare;
    }
    return this.create(format, layout);
  }

  release(texture: Texture): void {
    texture.holders--;
    if (texture.holders > 0) return;
    const bytes = 4 * roomOf(texture);
    if (this.spareBytes + bytes > spareLimit) {
      this.deleteTexture(texture);
      return;
    }
    const key = keyOf(texture.format, texture);
    const list = this.spare.get(key) ?? [];
    list.push(texture);
    this.spare.set(key, list);
    this.spareBytes += bytes;
  }

  /** All texels, layer after layer. */
  upload(texture: Texture, data: Float32Array | Int32Array): void {
    const { gl } = this;
    const { width, height, layers } = texture;
    const { format, type } = this.formats[texture.format];
    this.bindTexture(0, undefined);
    gl.bindTexture(this.targetOf(texture), texture.texture);
    if (layers === 1) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, format, type, data);
    else gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, 0, width, height, layers, format, type, data);
  }

  draw({ program, reads, targets }: DrawCall): void {
    const { gl } = this;
    if (!program.isReady) this.finish(program, reads.length);
    if (this.current !== program) gl.useProgram(program.program);
    this.current = program;
    reads.forEach(({ texture, origin }, unit) => {
      this.bindTexture(unit, texture);
      const location = program.origins[unit];
      if (location) gl.uniform1i(location, origin);
    });
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer(targets));
    gl.viewport(0, 0, targets[0].width, targets[0].height);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    this.passes++;
  }

  /** Copies a texture into rows of another from `row` on. */
  copyRows(from: Texture, to: Texture, row: number): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer([from]));
    this.bindTexture(0, undefined);
    gl.bindTexture(gl.TEXTURE_2D, to.texture);
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, 0, row, 0, 0, from.width, from.height);
  }

  /** All texels of a texture, layer after layer; waits for the device. */
  read(texture: Texture, subject: string): Float32Array | Int32Array {
    const { gl } = this;
    const { width, height, layers, format } = texture;
    const length = roomOf(texture);
    const data = format === 'float' ? new Float32Array(length) : new Int32Array(length);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer([texture]));
    const constants = this.formats[format];
    for (let layer = 0; layer < layers; layer++) {
      if (layers > 1) gl.readBuffer(gl.COLOR_ATTACHMENT0 + layer);
      const part = data.subarray((layer * length) / layers, ((layer + 1) * length) / layers);
      gl.readPixels(0, 0, width, height, constants.format, constants.type, part);
    }
    if (layers > 1) gl.readBuffer(gl.COLOR_ATTACHMENT0);
    this.requireLive(subject);
    return data;
  }

  dispose(): void {
    const { gl } = this;
    gl.canvas.removeEventListener('webglcontextlost', this.onLost);
    gl.canvas.removeEventListener('webglcontextrestored', this.onRestored);
    for (const { program, fragment } of this.programs.values()) {
      gl.deleteProgram(program);
      gl.deleteShader(fragment);
    }
    for (const list of this.spare.values()) for (const texture of list) this.deleteTexture(texture);
    for (const framebuffer of this.framebuffers.values()) gl.deleteFramebuffer(framebuffer);
    gl.deleteVertexArray(this.vertexArray);
    this.forget();
  }

  private readonly onLost = (event: Event): void => {
    // Without this browsers never restore the context
    event.preventDefault();
  };

  private readonly onRestored = (): void => {
    this.gl.getExtension('EXT_color_buffer_float');
    this.forget();
    this.generation++;
    for (const resolve of this.restored.splice(0)) resolve();
  };

  /** Nothing of the context before exists any more. */
  private forget(): void {
    this.programs = new Map();
    this.spare = new Map();
    this.spareBytes = 0;
    this.framebuffers = new Map();
    this.vertexShader = null;
    this.vertexArray = null;
    this.bound.length = 0;
    this.current = undefined;
  }

  private compile(kind: number, text: string): WebGLShader {
    const { gl } = this;
    const shader = gl.createShader(kind) as WebGLShader;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    return shader;
  }

  private finish(made: ShaderProgram, samplers: number): void {
    const { gl } = this;
    const { program, fragment, text } = made;
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
      this.requireLive('a shader of backend-webgl');
      const log = gl.getShaderInfoLog(fragment) || gl.getProgramInfoLog(program);
      throw new InternalError(`backend-webgl: a shader does not compile: ${log}\n${text}`);
    }
    gl.useProgram(program);
    this.current = made;
    for (let unit = 0; unit < samplers; unit++)
      gl.uniform1i(gl.getUniformLocation(program, `s${unit}`), unit);
    made.origins = Array.from({ length: samplers }, (_, unit) => gl.getUniformLocation(program, `b${unit}`));
    made.isReady = true;
  }

  private create(format: TextureFormat, { width, height, layers }: Layout): Texture {
    const { gl } = this;
    const made: Texture = {
      id: this.nextId++,
      texture: gl.createTexture() as WebGLTexture,
      format,
      width,
      height,
      layers,
      holders: 1,
    };
    const target = this.targetOf(made);
    const { internal } = this.formats[format];
    this.bindTexture(0, undefined);
    gl.bindTexture(target, made.texture);
    if (layers === 1) gl.texStorage2D(target, 1, internal, width, height);
    else gl.texStorage3D(target, 1, internal, width, height, layers);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(target, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
      gl.texParameteri(target, name, gl.CLAMP_TO_EDGE);
    return made;
  }

  private targetOf({ layers }: Layout): number {
    return layers === 1 ? this.gl.TEXTURE_2D : this.gl.TEXTURE_2D_ARRAY;
  }

  private deleteTexture({ texture, id }: Texture): void {
    const { gl } = this;
    gl.deleteTexture(texture);
    for (const [key, framebuffer] of this.framebuffers) {
      if (!key.split(',').includes(String(id))) continue;
      gl.deleteFramebuffer(framebuffer);
      this.framebuffers.delete(key);
    }
  }

  /** Makes the unit active and binds the texture, or only forgets what is bound there. */
  private bindTexture(unit: number, texture: Texture | undefined): void {
    const { gl, bound } = this;
    if (texture && bound[unit] === texture) return;
    gl.activeTexture(gl.TEXTURE0 + unit);
    if (texture) gl.bindTexture(this.targetOf(texture), texture.texture);
    bound[unit] = texture;
  }

  private framebuffer(targets: readonly Texture[]): WebGLFramebuffer {
    const { gl } = this;
    const key = targets.map(({ id }) => id).join();
    const known = this.framebuffers.get(key);
    if (known) return known;
    if (this.framebuffers.size >= framebufferLimit) {
      for (const framebuffer of this.framebuffers.values()) gl.deleteFramebuffer(framebuffer);
      this.framebuffers.clear();
    }
    const made = gl.createFramebuffer() as WebGLFramebuffer;
    gl.bindFramebuffer(gl.FRAMEBUFFER, made);
    const attachments: number[] = [];
    for (const { texture, layers } of targets)
      for (let layer = 0; layer < layers; layer++) {
        const place = gl.COLOR_ATTACHMENT0 + attachments.length;
        attachments.push(place);
        if (layers === 1) gl.framebufferTexture2D(gl.FRAMEBUFFER, place, gl.TEXTURE_2D, texture, 0);
        else gl.framebufferTextureLayer(gl.FRAMEBUFFER, place, texture, 0, layer);
      }
    gl.drawBuffers(attachments);
    this.framebuffers.set(key, made);
    return made;
  }
}

const keyOf = (format: TextureFormat, { width, height, layers }: Layout): string =>
  `${format}:${width}x${height}x${layers}`;
