import type { Shape } from '@polyneuron/graph';
import type { LayerSpec } from '@polyneuron/kernels';

/** What a figure draws: a layer of some options on inputs of some shapes, which leave the batch axis out. */
export interface FigureSubject {
  readonly spec: LayerSpec;
  readonly config: object;
  readonly inputShapes: readonly Shape[];
}

export interface LayerFigure {
  /** A whole SVG file. */
  readonly svg: string;
  /** One sentence that says what is drawn, without the words "Figure of". */
  readonly caption: string;
}
