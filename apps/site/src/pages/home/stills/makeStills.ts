import type { Frame } from '../../../protocol/messages.js';
import { presets } from '../../../state/presets.js';
import { cloudOf, pictureOf, printScore } from '../../../views/duelPictures.js';
import { drawLoss, drawSurface } from './drawStill.js';
import { trainStill } from './trainStill.js';

/** What the home page says of the run without its script. */
export interface StillResult {
  readonly stop: number;
  readonly titles: readonly string[];
  readonly parameters: readonly number[];
  readonly scores: readonly string[];
  readonly formula?: Frame['formula'];
  readonly names: readonly string[];
}

/** The duel of the home page from seed 1: its pictures by file name, and its result. */
export async function makeStills(): Promise<{
  readonly files: Readonly<Record<string, string>>;
  readonly result: StillResult;
}> {
  const { settings, extent } = presets[0];
  const { configured, start, end, curve } = await trainStill(settings);
  const cloud = cloudOf(configured.problem);
  const files: Record<string, string> = {};
  for (const theme of ['light', 'dark'] as const) {
    for (const contestant of [0, 1] as const) {
      for (const [when, frame] of [
        ['start', start],
        ['end', end],
      ] as const) {
        const picture = pictureOf(frame, configured, cloud, contestant, extent);
        if (!picture) throw new Error('internal: a frame of the still run has no surface');
        files[`${contestant === 0 ? 'ours' : 'rival'}-${when}-${theme}.svg`] = drawSurface(picture, theme);
      }
    }
    files[`loss-${theme}.svg`] = drawLoss(curve, settings.stop, theme);
  }
  return {
    files,
    result: {
      stop: settings.stop,
      titles: configured.contestants.map(({ title }) => title),
      parameters: configured.contestants.map(({ parameters }) => parameters),
      scores: end.scores.map(({ score }) => printScore(score, configured.problem.task)),
      ...(end.formula && { formula: end.formula }),
      names: configured.problem.inputNames,
    },
  };
}
