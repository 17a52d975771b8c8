import type { TaskKind } from '../../cases/benchCase.js';
import type { Contender, ContenderSpec, Preparation } from '../../contenders/contender.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import type { JaxModule } from './jaxLayers.js';
import { trainWithJax } from './trainWithJax.js';

const preparations: { readonly [K in TaskKind]: (opened: OpenedTask<K>, jax: JaxModule) => Preparation } = {
  training: trainWithJax,
  lift: () => ({ unsupported: 'no jax-js form of the two-phase training is written here' }),
  matMul: () => ({ unsupported: 'jax-js takes part in training steps only' }),
  layer: () => ({ unsupported: 'jax-js takes part in training steps only' }),
  convolution: () => ({ unsupported: 'jax-js takes part in training steps only' }),
  inference: () => ({ unsupported: 'jax-js takes part in training steps only' }),
  compile: () => ({ unsupported: 'jax-js takes part in training steps only' }),
  convergence: () => ({ unsupported: 'jax-js takes part in training steps only' }),
};

export interface JaxJsOptions {
  /** default: an import of '@jax-js/jax' */
  readonly load?: () => Promise<JaxModule>;
  /** Of the package that `load` gives, where it is known. */
  readonly version?: string;
}

/** The contender `jax-js`: `@jax-js/jax` on its WebAssembly device, one thread, where the package is installed. */
export function jaxJsContender(options: JaxJsOptions = {}): ContenderSpec {
  const { load = () => import('@jax-js/jax') } = options;
  return {
    name: 'jax-js',
    title: 'jax-js, the update jitted',
    suites: ['steps', 'scaling'],
    async open() {
      try {
        const jax = await load();
        const devices = await jax.init('wasm');
        if (!devices.includes('wasm')) return { contenders: [], missing: ['jax-js has no wasm device here'] };
        jax.defaultDevice('wasm');
        return { contenders: [contenderOf(jax, options.version)], missing: [] };
      } catch (cause) {
        const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1);
        return { contenders: [], missing: [`${reason}: npm install @jax-js/jax`] };
      }
    },
  };
}

function contenderOf(jax: JaxModule, version: string | undefined): Contender {
  return {
    name: 'jax-js',
    threads: 1,
    device: 'jax-js wasm, jit',
    ...(version !== undefined && { versions: { '@jax-js/jax': version } }),
    prepare: async (opened) => prepareTask(opened as OpenedTask<TaskKind>, jax),
    dispose: () => {},
  };
}

function prepareTask<K extends TaskKind>(opened: OpenedTask<K>, jax: JaxModule): Preparation {
  return (preparations[opened.task.kind] as (opened: OpenedTask<K>, jax: JaxModule) => Preparation)(
    opened,
    jax,
  );
}
