/** Extents of a contraction, each group of axes as one. */
export interface ContractionSize {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

interface TileExtents {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

/** In float32; results of one thread are `perThread` by `perThread`. */
export interface FloatTile extends TileExtents {
  readonly arithmetic: 'float32';
  readonly perThread: 4 | 8;
}

/** Formats that tensor cores round operands to. */
export type TensorFormat = 'tf32' | 'bf16';

export interface TensorTile extends TileExtents {
  readonly arithmetic: TensorFormat;
}

/** A block of threads computes `rows` by `columns` results, `depth` terms at a time from shared memory. */
export type Tile = FloatTile | TensorTile;

export const tiles = {
  small: { arithmetic: 'float32', rows: 32, columns: 32, depth: 16, perThread: 4 },
  middle: { arithmetic: 'float32', rows: 64, columns: 64, depth: 16, perThread: 4 },
  large: { arithmetic: 'float32', rows: 128, columns: 128, depth: 8, perThread: 8 },
} as const satisfies Readonly<Record<string, FloatTile>>;

export const tensorTiles: { readonly [K in TensorFormat]: TensorTile } = {
  tf32: { arithmetic: 'tf32', rows: 64, columns: 64, depth: 16 },
  bf16: { arithmetic: 'bf16', rows: 64, columns: 64, depth: 32 },
};

export type ContractionForm =
  /** As a fold: products are summed by threads that read the operands themselves. */
  { readonly kind: 'fold' } | { readonly kind: 'tiles'; readonly tile: Tile; readonly splits: number };

/** Fewer rows or columns than this leave most of the smallest tile empty. */
const leastExtent = 12;
const leastDepth = 8;
/** Blocks that fill a device with some 130 multiprocessors. */
const enoughBlocks = 132;
/** A split keeps at least this many terms, or its second launch costs more than it gains. */
const splitDepth = 128;

/**
 * The largest tile that still gives every multiprocessor a block; the depth is split where even the smallest does not.
 * `tensorCores` takes tiles for them where they are at least half full.
 */
export function contractionForm(size: ContractionSize, tensorCores?: TensorFormat): ContractionForm {
  const { batch, rows, columns, depth } = size;
  if (Math.min(rows, columns) < leastExtent || depth < leastDepth) return { kind: 'fold' };
  const blocksOf = (tile: Tile) => batch * Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
  // Half a tile and more is full
  const fits = (tile: Tile) => rows > tile.rows / 2 && columns > tile.columns / 2;
  const tensorTile = tensorCores && tensorTiles[tensorCores];
  const tile: Tile =
    tensorTile && fits(tensorTile) && depth >= tensorTile.depth / 2
      ? tensorTile
      : ([tiles.large, tiles.middle].find((one) => fits(one) && blocksOf(one) >= enoughBlocks) ??
        (fits(tiles.middle) && depth >= 2 * splitDepth ? tiles.middle : tiles.small));
  const wanted = Math.ceil(enoughBlocks / blocksOf(tile));
  return { kind: 'tiles', tile, splits: Math.max(1, Math.min(wanted, Math.floor(depth / splitDepth))) };
}
