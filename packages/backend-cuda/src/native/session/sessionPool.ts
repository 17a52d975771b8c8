import { type Program, print, simplify } from '@polyneuron/graph';
import { type ProgramCalls, programGraph } from '../graph/programGraph.js';
import type { TensorflowBinding } from './binding.js';
import { GraphSession } from './graphSession.js';

/** A program in a session. */
export interface OpenProgram {
  readonly key: string;
  readonly calls: ProgramCalls;
  readonly session: GraphSession;
}

/** Sessions that are kept; they hold no state, but TensorFlow's plans for the graph. */
const capacity = 16;

/**
 * Sessions by program. One that is given back is taken again by the next program that prints alike: TensorFlow takes a
 * quarter of a second to start a training step.
 */
export class SessionPool {
  readonly #binding: TensorflowBinding;
  /** The one given back longest ago first. */
  readonly #idle: OpenProgram[] = [];

  constructor(binding: TensorflowBinding) {
    this.#binding = binding;
  }

  /** A session with all state zero. */
  take(program: Program): OpenProgram {
    const simplified = simplify(program);
    const key = print(simplified);
    const at = this.#idle.findIndex((idle) => idle.key === key);
    const open = at < 0 ? this.#open(key, simplified) : this.#idle.splice(at, 1)[0];
    open.session.call(open.calls.initialise, []);
    return open;
  }

  giveBack(open: OpenProgram): void {
    open.session.call(open.calls.release, []);
    this.#idle.push(open);
    if (this.#idle.length > capacity) this.#idle.shift()?.session.dispose();
  }

  dispose(): void {
    for (const { session } of this.#idle.splice(0)) session.dispose();
  }

  #open(key: string, program: Program): OpenProgram {
    const { savedModel, ...calls } = programGraph(program);
    return { key, calls, session: new GraphSession(this.#binding, program.name, savedModel) };
  }
}
