import { ValueError } from '@polyneuron/graph';
import type { OptimizerConfig, OptimizerSpec } from './optimizerSpec.js';

/**
 * Completes the options of an optimizer with its defaults, those of Keras where `dialect` is 'keras'.
 *
 * Throws   ValueError on an option or a dialect that does not exist
 */
export function optimizerConfig<C extends OptimizerConfig>(
  spec: OptimizerSpec<C>,
  options: Partial<C> = {},
): C {
  const known = Object.keys(spec.defaults);
  const unknown = Object.keys(options).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new ValueError({
      subject: spec.name,
      expected: `options among ${known.join(', ')}`,
      received: unknown.map((option) => `'${option}'`).join(', '),
      fix: 'check the spelling of the option',
    });
  }
  const { dialect = 'tfjs' } = options;
  if (dialect !== 'tfjs' && dialect !== 'keras') {
    throw new ValueError({
      subject: spec.name,
      expected: "dialect 'tfjs' or 'keras'",
      received: `'${dialect}'`,
      fix: "leave it out for 'tfjs'",
    });
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...spec.defaults, ...(dialect === 'keras' ? spec.kerasDefaults : {}), ...given };
}
