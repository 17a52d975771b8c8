export { type CondConv2dConfig, condConv2dSpec } from './condConv2d.js';
export { type CondDenseConfig, condDenseSpec } from './condDense.js';
export { type FilmConfig, type FilmScale, filmSpec } from './film.js';
export type { GeneratorConfig, WeightSource, ZEncoding } from './generatorOptions.js';
export { type HyperDenseConfig, hyperDenseSpec } from './hyperDense.js';
export type { HyperStart } from './hyperfan.js';
export { type HyperNetworkConfig, hyperNetworkSpec } from './hyperNetwork.js';
export type { Routing, RoutingConfig } from './routing.js';
export type { RankForm } from './taskNetwork.js';
