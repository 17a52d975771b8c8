import type { TaskKind } from '../../cases/benchCase.js';
import type { Preparation } from '../../contenders/contender.js';
import type { OpenedCase, OpenedTask } from '../../programs/caseProgram.js';
import { describeTask } from './describeTask.js';
import { PythonPeerError } from './pythonPeerError.js';
import type { Message, PythonProcess } from './pythonProcess.js';
import { decodeFloats } from './wireTensor.js';

/** Builds a case in a process that has said hello. The process keeps one case: the next one replaces it. */
export async function preparePython(
  process: PythonProcess,
  name: string,
  taken: OpenedCase,
): Promise<Preparation> {
  const task = describeTask(taken as OpenedTask<TaskKind>);
  if (!task) return { unsupported: `${name} has few of the layers: it takes part in the other suites` };
  let lastId = 0;
  const ask = async (message: Message): Promise<Message> => {
    const id = ++lastId;
    const answer = await process.request({ ...message, id });
    if (answer.id !== id) throw wrongAnswer(name, `an answer with id ${id}`, answer.id);
    return answer;
  };
  const opening = await ask({ do: 'open', task });
  if (typeof opening.unsupported === 'string') return { unsupported: opening.unsupported };
  const opened = resultOf(name, opening);
  return {
    granularity: numberIn(name, opened, 'granularity'),
    ...('maximumRuns' in opened && { maximumRuns: numberIn(name, opened, 'maximumRuns') }),
    async check() {
      const { values } = resultOf(name, await ask({ do: 'check' }));
      return Object.fromEntries(
        Object.entries(values as Readonly<Record<string, string>>).map(([entry, data]) => [
          entry,
          decodeFloats(data),
        ]),
      );
    },
    async run(runs) {
      return numberIn(name, resultOf(name, await ask({ do: 'run', runs })), 'elapsedMs');
    },
    dispose: () => {},
  };
}

function resultOf(name: string, { ok, error }: Message): Message {
  if (typeof ok === 'object' && ok !== null) return ok as Message;
  throw wrongAnswer(name, 'a result', error);
}

function numberIn(name: string, result: Message, field: string): number {
  const value = result[field];
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw wrongAnswer(name, `a positive number as ${field}`, value);
}

function wrongAnswer(name: string, expected: string, received: unknown): PythonPeerError {
  return new PythonPeerError({
    subject: `'${name}' in Python`,
    expected,
    received: typeof received === 'string' ? received : String(JSON.stringify(received)),
    fix: 'leave the contender out, or take a version of the framework that the README names',
  });
}
