import { protocolVersion } from '../../protocol/messages.js';
import type { PlayState } from './playState.js';

/** Settings, versions and results of the run as it is, for a file. */
export function runRecord(play: PlayState, link: string) {
  const { session } = play;
  const frame = session.frame.peek();
  const configured = session.configured.peek();
  return {
    format: 'polyneuron-run',
    version: 1,
    protocol: protocolVersion,
    date: new Date().toISOString(),
    browser: navigator.userAgent,
    link,
    settings: play.settings.peek(),
    ...(play.points.peek() && { points: play.points.peek() }),
    capabilities: session.capabilities.peek(),
    contestants: configured?.contestants.map(({ title, parameters, flopsPerStep, degree }) => ({
      title,
      parameters,
      flopsPerStep,
      degree,
    })),
    step: frame?.step,
    secondsOfTraining: frame?.seconds,
    scores: frame?.scores,
    formula: play.duel.formula.peek(),
    curves: {
      columns: ['step', 'ours train', 'ours test', 'rival train', 'rival test'],
      values: Array.from(session.curve.toArray()),
    },
    repeats: session.repeats.peek(),
  };
}
