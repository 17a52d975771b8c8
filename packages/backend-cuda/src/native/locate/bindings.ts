import { existsSync } from 'node:fs';
import { cachedBindings } from './nativeCache.js';
import { findTfjsNode, packagedBinding } from './tfjsNodePackage.js';

/** Names a binding to be taken before all others. */
export const bindingVariable = 'POLYNEURON_TFJS_BINDING';

/** How a binding came to be here. */
export type BindingOrigin = 'named' | 'built' | 'packaged';

export interface LocatedBinding {
  readonly path: string;
  readonly origin: BindingOrigin;
  /** Whether the file is there: one that was named may not be. */
  readonly exists: boolean;
}

/**
 * Bindings in the order in which they are taken: the one named by `POLYNEURON_TFJS_BINDING`, those that `polyneuron native build`
 * made, the newest first, then the one that a tfjs-node package downloaded when it was installed.
 */
export function locateBindings(): readonly LocatedBinding[] {
  const named = process.env[bindingVariable];
  const built = cachedBindings().map((path): LocatedBinding => ({ path, origin: 'built', exists: true }));
  const packaged = findTfjsNode()
    .map(packagedBinding)
    .filter((path) => path !== undefined)
    .map((path): LocatedBinding => ({ path, origin: 'packaged', exists: true }));
  return [
    ...(named ? [{ path: named, origin: 'named', exists: existsSync(named) } as const] : []),
    ...built,
    ...packaged,
  ];
}

/** The binding to load, or why there is none. */
export type BindingChoice =
  | { readonly path: string }
  | { readonly path?: undefined; readonly reason: string; readonly remedy: string };

export function chooseBinding(located: readonly LocatedBinding[] = locateBindings()): BindingChoice {
  const [first] = located;
  if (first?.exists) return { path: first.path };
  return first
    ? {
        reason: `no file '${first.path}', which ${bindingVariable} names`,
        remedy: 'correct the variable, or unset it',
      }
    : {
        reason: 'no binding of tfjs-node: neither did it come with one, nor has one been built',
        remedy:
          "run 'polyneuron native build', which needs @tensorflow/tfjs-node, a C++ compiler and the TensorFlow of a Python",
      };
}
