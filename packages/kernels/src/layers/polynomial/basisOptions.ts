import { ValueError } from '@polyneuron/graph';
import type { BasisName } from './basisFunctions.js';
import { type BasisOption, type BasisOptions, polynomialBases } from './orthogonalBases.js';

/** Options as a config holds them: null leaves the basis its own value. */
export type GivenBasisOptions = Readonly<Record<BasisOption, number | null>>;

const names: readonly BasisOption[] = ['alpha', 'beta', 'lambda'];

const optionsOf = (basis: BasisName) => (basis === 'fourier' ? {} : polynomialBases[basis].options);

/** The options that the recurrence gets; those that the basis has not are 0. */
export function basisOptions(basis: BasisName, given: GivenBasisOptions): BasisOptions {
  const known = optionsOf(basis);
  const optionValue = (name: BasisOption) => given[name] ?? known[name]?.value ?? 0;
  return { alpha: optionValue('alpha'), beta: optionValue('beta'), lambda: optionValue('lambda') };
}

/** Throws ValueError on an option that the basis does not have, or one outside its range. */
export function requireBasisOptions(layer: string, basis: BasisName, given: GivenBasisOptions): void {
  const known = optionsOf(basis);
  for (const name of names) {
    const value = given[name];
    if (value === null) continue;
    const option = known[name];
    if (!option) {
      const having = Object.entries(polynomialBases).filter(([, { options }]) => name in options);
      throw new ValueError({
        subject: layer,
        expected: `no ${name} with basis '${basis}'`,
        received: `${name}: ${value}`,
        fix: `leave ${name} out, or pass basis: ${having.map(([other]) => `'${other}'`).join(' or ')}`,
      });
    }
    if (Number.isFinite(value) && value > option.above) continue;
    throw new ValueError({
      subject: layer,
      expected: `${name} to be a finite number above ${option.above} with basis '${basis}'`,
      received: String(value),
      fix: `pass ${name}: ${option.value}, or leave it out`,
    });
  }
}
