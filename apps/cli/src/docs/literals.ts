/** @file Values of options as one types them. */
import { type InitializerConfig, initializers } from '@polyneuron/kernels';

/** A value as TypeScript: 'tanh', [2, 3], { kind: 'normal', mean: 0, stddev: 0.05 }; a law that has a name by that. */
export function literal(value: unknown): string {
  if (isLaw(value)) return nameOfLaw(value) ?? objectText(value);
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return objectText(value);
  return String(value);
}

/** A call of the factory: quadDense({ units: 2 }). */
export function configText(name: string, config: object): string {
  return Object.keys(config).length === 0 ? `${name}()` : `${name}(${objectText(config)})`;
}

/** A law in words: glorotUniform, 'normal, stddev 0.1', 'variance 0.5 / fanIn, uniform'. */
export function lawText(law: InitializerConfig): string {
  const name = nameOfLaw(law)?.slice(1, -1);
  if (name && !isBare(name)) return name;
  if (law.kind === 'stacked') return stackedText(law.laws);
  if (law.kind === 'constant') return `constant ${short(law.value)}`;
  if (law.kind === 'varianceScaling')
    return `variance ${short(law.scale)} / ${law.mode}, ${law.distribution}`;
  const { kind, ...numbers } = law;
  const parts = Object.entries(numbers).filter(([field, value]) => !(field === 'mean' && value === 0));
  return [kind, ...parts.map(([field, value]) => `${field} ${short(value)}`)].join(', ');
}

/** Names that leave out the numbers, of which a reader would have to know the defaults. */
const isBare = (name: string) =>
  ['varianceScaling', 'randomNormal', 'randomUniform', 'truncatedNormal'].includes(name);

/** Laws along an axis; equal neighbours are told once, with their number. */
function stackedText(laws: readonly InitializerConfig[]): string {
  const runs: { text: string; count: number }[] = [];
  for (const text of laws.map(lawText)) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  if (runs.length === 1) return runs[0].text;
  return runs.map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`)).join('; ');
}

function nameOfLaw(law: InitializerConfig): string | undefined {
  const text = JSON.stringify(law);
  const found = Object.entries(initializers).find(([, known]) => JSON.stringify(known) === text);
  return found && `'${found[0]}'`;
}

function objectText(value: object): string {
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${literal(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isLaw(value: unknown): value is InitializerConfig {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Four digits. */
const short = (value: number): string => String(Number(value.toPrecision(4)));
