import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Suite } from '../../cases/benchCase.js';
import type { Contender, ContenderSpec, Opening } from '../../contenders/contender.js';
import { preparedWithMemory } from '../../remote/residentPeak.js';
import { preparePython } from './preparePython.js';
import { PythonPeerError } from './pythonPeerError.js';
import { type Message, PythonProcess } from './pythonProcess.js';

/** A contender in Python, as data. */
export interface PythonPeer {
  readonly name: string;
  readonly title: string;
  /** `<framework>_peer.py` beside the script. */
  readonly framework: string;
  readonly mode?: string;
  /** What answers, as the package's `python/main.py` does, which is the default. */
  readonly script?: string;
  /** What `pip install` takes. */
  readonly packages: string;
  readonly suites: readonly Suite[];
}

export interface PythonOptions {
  /** Interpreter: a name on the path, or a path. default: environment variable POLYNEURON_PYTHON, else 'python3' */
  readonly command?: string;
  /** Each is one process, bound to as many cores, and one result. default: one, and all cores */
  readonly threads?: readonly number[];
  /** No answer may take longer: the import of a framework, a compilation, one timing. default 120 000 */
  readonly answerLimitMs?: number;
}

/** Whether a process can be bound to some of the cores, so that thread pools of every kind count no others. */
const canBind = process.platform === 'linux';

const ownScript = fileURLToPath(new URL('../../../python/main.py', import.meta.url));

/**
 * A native framework in a Python process of its own, one per thread count. What the interpreter, the framework or the
 * machine lacks makes it missing, with the reason and the remedy; a process that dies is started again for the next
 * case.
 */
export function pythonContender(peer: PythonPeer, options: PythonOptions = {}): ContenderSpec {
  const { name, title, suites } = peer;
  return { name, title, suites, open: () => openSettings(peer, options) };
}

async function openSettings(peer: PythonPeer, options: PythonOptions): Promise<Opening> {
  const cores = availableParallelism();
  const { threads = [...new Set([1, cores])] } = options;
  const contenders: Contender[] = [];
  const missing: string[] = [];
  for (const count of threads) {
    const setting = `${count} ${count === 1 ? 'thread' : 'threads'}`;
    const reason = whyNotBound(count, cores);
    if (reason) {
      missing.push(`${setting}: ${reason}`);
      continue;
    }
    try {
      const started = await start(peer, options, count);
      const taken = started.hello.threads;
      if (taken === count) contenders.push(contenderOf(peer, options, started));
      else {
        started.process.dispose();
        missing.push(
          `${setting}: it takes ${taken}; look for OMP_NUM_THREADS and the like in the environment`,
        );
      }
    } catch (cause) {
      // What one setting lacks, the others lack too.
      missing.push(reasonOf(cause));
      break;
    }
  }
  return { contenders, missing };
}

function whyNotBound(count: number, cores: number): string | undefined {
  if (count > cores) return `this process may use ${cores} cores`;
  if (count < cores && !canBind) return `binding a framework to some of ${cores} cores is done on Linux only`;
  return undefined;
}

interface Hello {
  readonly versions: Readonly<Record<string, string>>;
  readonly threads: number;
  readonly device: string;
}

interface Started {
  readonly process: PythonProcess;
  readonly hello: Hello;
}

async function start(
  { name, framework, mode, packages, script = ownScript }: PythonPeer,
  { command = process.env.POLYNEURON_PYTHON || 'python3', answerLimitMs = 120_000 }: PythonOptions,
  threads: number,
): Promise<Started> {
  const modeArgs = mode === undefined ? [] : ['--mode', mode];
  const coreArgs = canBind ? ['--cores', String(threads)] : [];
  const args = [script, framework, ...modeArgs, ...coreArgs];
  const child = new PythonProcess({ name, command, args, answerLimitMs });
  try {
    const message = await child.hello();
    if (isHello(message.ready)) return { process: child, hello: message.ready };
    throw new PythonPeerError({
      subject: `'${name}' in ${command}`,
      expected: `to import ${framework}`,
      received: describeHello(message),
      fix: `install it: ${command} -m pip install ${packages}; or name another interpreter by --python or POLYNEURON_PYTHON`,
    });
  } catch (cause) {
    child.dispose();
    throw cause;
  }
}

function isHello(ready: unknown): ready is Hello {
  if (typeof ready !== 'object' || ready === null) return false;
  const { versions, threads, device } = ready as Partial<Hello>;
  return typeof versions === 'object' && typeof threads === 'number' && typeof device === 'string';
}

function describeHello(message: Message): string {
  return typeof message.missing === 'string' ? message.missing : JSON.stringify(message).slice(0, 80);
}

function contenderOf(peer: PythonPeer, options: PythonOptions, { process, hello }: Started): Contender {
  let current = process;
  const { versions, threads, device } = hello;
  return {
    name: peer.name,
    threads,
    device,
    versions,
    async prepare(opened) {
      if (!current.isAlive) current = (await start(peer, options, threads)).process;
      const process = current;
      return preparedWithMemory(
        async () => process.processIds,
        () => preparePython(process, peer.name, opened),
      );
    },
    dispose: () => current.dispose(),
  };
}

/** One line: what is wrong, then what to do. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof PythonPeerError)) throw cause;
  const { expected, received, fix } = cause;
  const reason = `expected ${expected}, got ${received}`.replaceAll('\n', ' ');
  return fix === undefined ? reason : `${reason}; ${fix}`;
}
