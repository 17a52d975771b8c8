import { type FactorizationMachineConfig, factorizationMachineSpec } from '@polyneuron/kernels';
import type { LayerArguments } from '../../layerArguments.js';
import { SpecLayer } from '../../specLayer.js';

/**
 * Factorization machine: y = activation(b + Σ_i w[i] x[i] + Σ_{i<j} ⟨v[i], v[j]⟩ x[i] x[j]).
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]
 * Record   `factorizationMachineSpec` of @polyneuron/kernels: options, defaults, source
 *
 * @example
 * model.add(factorizationMachine({ factors: 8, activation: 'sigmoid', inputShape: [100] }));
 */
export class FactorizationMachine extends SpecLayer<FactorizationMachineConfig> {
  static readonly className = 'FactorizationMachine';
  static readonly spec = factorizationMachineSpec;

  constructor(options: LayerArguments<FactorizationMachineConfig, 'factors'>) {
    super(FactorizationMachine.spec, options);
  }
}

export function factorizationMachine(
  options: LayerArguments<FactorizationMachineConfig, 'factors'>,
): FactorizationMachine {
  return new FactorizationMachine(options);
}
