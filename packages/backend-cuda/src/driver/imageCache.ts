import type { CompileTarget } from './nvrtc.js';

export interface ImageCacheOptions {
  /** Bytes kept in memory; the image used longest ago leaves first. default 64 MiB */
  readonly capacityBytes?: number;
  /** Where images stay between processes. */
  readonly files?: ImageFiles;
}

/** Compiled code by a key, between processes. */
export interface ImageFiles {
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, image: Uint8Array): Promise<void>;
}

/** Everything that decides what an image is. */
export interface ImageKey {
  readonly source: string;
  readonly target: CompileTarget;
  readonly compiler: string;
}

/** Compiled code by source, target and compiler. Calls for one image at a time share its making. */
export class ImageCache {
  readonly #capacityBytes: number;
  readonly #files: ImageFiles | undefined;
  /** In order of last use. */
  readonly #images = new Map<string, Uint8Array>();
  readonly #pending = new Map<string, Promise<Uint8Array>>();
  #bytes = 0;

  constructor({ capacityBytes = 64 * 2 ** 20, files }: ImageCacheOptions = {}) {
    this.#capacityBytes = capacityBytes;
    this.#files = files;
  }

  /** Bytes in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The image of a key, made where it is not known. A making that fails is forgotten. */
  async get(key: ImageKey, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const text = [key.compiler, key.target.kind, key.target.architecture, key.source].join('\n');
    const known = this.#images.get(text);
    if (known) {
      this.#images.delete(text);
      this.#images.set(text, known);
      return known;
    }
    const pending = this.#pending.get(text) ?? this.#load(text, make);
    this.#pending.set(text, pending);
    try {
      return await pending;
    } finally {
      this.#pending.delete(text);
    }
  }

  async #load(text: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const stored = await this.#files?.read(text);
    const image = stored ?? (await make());
    if (!stored) await this.#files?.write(text, image);
    this.#images.set(text, image);
    this.#bytes += image.length;
    for (const [oldest, { length }] of this.#images) {
      if (this.#bytes <= this.#capacityBytes) break;
      this.#images.delete(oldest);
      this.#bytes -= length;
    }
    return image;
  }
}
