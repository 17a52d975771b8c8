/**
 * @file Registers tfjs's own gradients, for tests that mix stock ops with ours on one tape. tfjs-core alone has none, and its
 * registration file cannot be imported by Node; tfjs-layers, which applications import, registers them.
 */
import { createRequire } from 'node:module';

export function registerStockGradients(): void {
  createRequire(import.meta.url)('@tensorflow/tfjs-layers');
}
