/**
 * @file Sparse polynomials while they are computed. A monomial is a string of sorted variable numbers, one character per
 * factor ('\u0000\u0000\u0003' is x0² x3, '' is 1), so that its length is its degree and a product is a merge. A
 * polynomial without variables is a plain number, and most of a model's elements stay plain numbers.
 */

/** Coefficients by monomial; no coefficient is 0, and '' is never alone. */
export type Terms = ReadonlyMap<string, number>;

/** An element of the ring of polynomials. */
export type Element = number | Terms;

/** What makes a computation too large. */
export interface RingLimits {
  readonly maxDegree: number;
  /** Of one polynomial. */
  readonly maxTerms: number;
}

/** A limit was passed; `toPolynomial` says where. */
export class RingLimit extends Error {
  readonly limit: keyof RingLimits;

  constructor(limit: keyof RingLimits) {
    super(limit);
    this.limit = limit;
  }
}

export const variableElement = (at: number): Element => new Map([[String.fromCharCode(at), 1]]);

export function degreeOf(element: Element): number {
  if (typeof element === 'number') return 0;
  let degree = 0;
  for (const monomial of element.keys()) degree = Math.max(degree, monomial.length);
  return degree;
}

/** A sum that is being gathered: Σ of elements and of products of elements. */
export class Sum {
  private readonly limits: RingLimits;
  private readonly terms = new Map<string, number>();

  constructor(limits: RingLimits) {
    this.limits = limits;
  }

  add(element: Element, factor = 1): void {
    if (typeof element === 'number') this.addTerm('', element * factor);
    else for (const [monomial, coefficient] of element) this.addTerm(monomial, coefficient * factor);
  }

  addProduct(a: Element, b: Element): void {
    if (typeof a === 'number') this.add(b, a);
    else if (typeof b === 'number') this.add(a, b);
    else
      for (const [left, p] of a) for (const [right, q] of b) this.addTerm(mergeMonomials(left, right), p * q);
  }

  /** What was gathered, without the terms that cancelled exactly. */
  result(): Element {
    for (const [monomial, coefficient] of this.terms) if (coefficient === 0) this.terms.delete(monomial);
    if (this.terms.size === 0) return 0;
    return this.terms.size === 1 && this.terms.has('') ? (this.terms.get('') as number) : this.terms;
  }

  private addTerm(monomial: string, coefficient: number): void {
    if (coefficient === 0) return;
    const known = this.terms.get(monomial);
    if (known === undefined) {
      if (monomial.length > this.limits.maxDegree) throw new RingLimit('maxDegree');
      if (this.terms.size >= this.limits.maxTerms) throw new RingLimit('maxTerms');
    }
    this.terms.set(monomial, (known ?? 0) + coefficient);
  }
}

/** Sorted factors of both. */
function mergeMonomials(a: string, b: string): string {
  if (a.length === 0 || b.length === 0) return a + b;
  if (a.charCodeAt(a.length - 1) <= b.charCodeAt(0)) return a + b;
  if (b.charCodeAt(b.length - 1) <= a.charCodeAt(0)) return b + a;
  let [merged, i, j] = ['', 0, 0];
  while (i < a.length && j < b.length) merged += a.charCodeAt(i) <= b.charCodeAt(j) ? a[i++] : b[j++];
  return merged + a.slice(i) + b.slice(j);
}
