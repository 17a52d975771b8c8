import type { DType, Node, Shape } from '@polyneuron/graph';
import type { Access, Body, ContractionKernel, Reduction, Statement, Store } from './plan.js';

/** Bodies beyond this many statements are closed: their values would no longer fit in registers or compile quickly. */
const statementLimit = 400;

/** A loop nest under construction. */
export class Group {
  readonly statements: Statement[] = [];
  readonly stores: Store[] = [];
  readonly reductions: Reduction[] = [];
  /** Statement that computes a node at every point of the domain. */
  readonly members = new Map<Node, number>();
  private readonly loads = new Map<string, number>();
  readonly index: number;
  readonly domain: Shape;
  /** What the loop nest finishes, when it is an epilogue. */
  readonly contraction: Omit<ContractionKernel, 'kind' | 'epilogue'> | undefined;

  constructor(index: number, domain: Shape, contraction?: Omit<ContractionKernel, 'kind' | 'epilogue'>) {
    this.index = index;
    this.domain = domain;
    this.contraction = contraction;
  }

  get isOpen(): boolean {
    return this.statements.length < statementLimit;
  }

  push(statement: Statement): number {
    return this.statements.push(statement) - 1;
  }

  /** Loads are shared: the same access is read once per point. */
  load(access: Access, dtype: DType): number {
    const key = `${access.buffer}+${access.offset}:${access.strides.join()}`;
    const known = this.loads.get(key);
    if (known !== undefined) return known;
    const statement = this.push({ op: 'load', access, dtype });
    this.loads.set(key, statement);
    return statement;
  }

  body(): Body {
    const { domain, statements, stores, reductions } = this;
    return { domain, statements, stores, reductions };
  }
}
