import type { ContenderKey } from '../../benchLab/plan.js';

/** How a contender is named and drawn. Shape and dash say what the colour says. */
export interface ContenderText {
  readonly title: string;
  readonly about: string;
  /** Where its source is to be read; '' for those of other machines. */
  readonly source: string;
  readonly isOurs: boolean;
  readonly shape: 'circle' | 'square' | 'diamond' | 'triangle' | 'cross';
  readonly dash: string;
}

const ourSource = '/bench/sources/#ours';
const stockSource = '/bench/sources/#stock';

export const contenderTexts: { readonly [K in ContenderKey]: ContenderText } = {
  'polyneuron-wasm': {
    title: 'Polyneuron, WebAssembly',
    about: 'the whole case as one SIMD module; with one thread, and with as many as chosen below',
    source: ourSource,
    isOurs: true,
    shape: 'circle',
    dash: '',
  },
  'polyneuron-webgl': {
    title: 'Polyneuron, WebGL',
    about: 'the whole case as fused shaders; loads when chosen',
    source: ourSource,
    isOurs: true,
    shape: 'diamond',
    dash: '6 3',
  },
  'tfjs-wasm': {
    title: 'Stock TensorFlow.js, WebAssembly',
    about: 'model.fit and tf.matMul as published, on the same number of threads; loads when chosen',
    source: stockSource,
    isOurs: false,
    shape: 'square',
    dash: '',
  },
  'tfjs-webgl': {
    title: 'Stock TensorFlow.js, WebGL',
    about: 'the same on its WebGL backend; loads when chosen',
    source: stockSource,
    isOurs: false,
    shape: 'triangle',
    dash: '6 3',
  },
  'tfjs-cpu': {
    title: 'Stock TensorFlow.js, plain JavaScript',
    about: 'the same on its cpu backend: minutes for the image cases',
    source: stockSource,
    isOurs: false,
    shape: 'cross',
    dash: '2 3',
  },
};

const unknown: Omit<ContenderText, 'title'> = {
  about: '',
  source: '',
  isOurs: false,
  shape: 'cross',
  dash: '1 3',
};

/** The text of any contender, those of imported reports among them. */
export function textOf(name: string): ContenderText {
  return (contenderTexts as Readonly<Record<string, ContenderText>>)[name] ?? { ...unknown, title: name };
}

/** 'Polyneuron, WebAssembly, 2 threads'. */
export function settingTitle({
  contender,
  threads,
}: {
  readonly contender: string;
  readonly threads: number;
}): string {
  return threads === 1 ? textOf(contender).title : `${textOf(contender).title}, ${threads} threads`;
}
