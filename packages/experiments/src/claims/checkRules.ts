import type { Check } from './claim.js';

type CheckKind = Check['kind'];
type CheckOf<K extends CheckKind> = Extract<Check, { readonly kind: K }>;

interface CheckRule<K extends CheckKind> {
  /** `other` is the figure of the contender that the check names, where it names one. */
  holds(check: CheckOf<K>, figure: number, other: number | undefined): boolean;
  /** Tolerance in words. */
  describe(check: CheckOf<K>): string;
  /** Published figures. */
  published(check: CheckOf<K>): readonly number[];
  /** Whether its figures are compared by factors, so that means are geometric. */
  readonly isByFactor: boolean;
}

const print = (value: number) => String(Number(value.toPrecision(4)));

/** What each kind of check means. A figure that is not finite passes none. */
export const checkRules: { readonly [K in CheckKind]: CheckRule<K> } = {
  within: {
    holds: ({ published, factor }, figure) => figure >= published / factor && figure <= published * factor,
    describe: ({ published, factor }) => `within a factor of ${factor} of ${print(published)}`,
    published: ({ published }) => [published],
    isByFactor: true,
  },
  between: {
    holds: ({ low, high, factor }, figure) => figure >= low / factor && figure <= high * factor,
    describe: ({ low, high, factor }) =>
      `between the two published figures, ${print(low)} and ${print(high)}, or within a factor of ${factor} of them`,
    published: ({ low, high }) => [low, high],
    isByFactor: true,
  },
  near: {
    holds: ({ published, margin }, figure) => Math.abs(figure - published) <= margin,
    describe: ({ published, margin }) => `${print(published)} ± ${print(margin)}`,
    published: ({ published }) => [published],
    isByFactor: false,
  },
  atMost: {
    holds: ({ published, factor }, figure) => figure <= published * factor,
    describe: ({ published, factor }) =>
      factor === 1 ? `at most ${print(published)}` : `at most ${factor} times ${print(published)}`,
    published: ({ published }) => [published],
    isByFactor: true,
  },
  equals: {
    holds: ({ published }, figure) => figure === published,
    describe: ({ published }) => `exactly ${published.toLocaleString('en-US')}`,
    published: ({ published }) => [published],
    isByFactor: false,
  },
  below: {
    holds: ({ factor }, figure, other) => other !== undefined && figure * factor < other,
    describe: ({ other, factor }) =>
      factor === 1 ? `below ${other}` : `at least ${factor} times below ${other}`,
    published: () => [],
    isByFactor: true,
  },
};

/** The rule of a check, typed for it. */
export function ruleOf<K extends CheckKind>(check: CheckOf<K>): CheckRule<K> {
  return checkRules[check.kind] as unknown as CheckRule<K>;
}
