/**
 * The address of a layer's page.
 *
 * @example
 * layerPath('kervolution2d') // => '/layers/kervolution-2d/'
 */
export function layerPath(layer: string): string {
  return `/layers/${layer.replaceAll(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)}/`;
}
