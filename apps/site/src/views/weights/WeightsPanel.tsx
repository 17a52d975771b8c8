import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Contestant, Frame } from '../../protocol/messages.js';
import type { DuelState } from '../duelState.js';
import { useOnScreen } from '../useOnScreen.js';
import { useThrottled } from '../useThrottled.js';
import { layerWeights } from './layerWeights.js';
import { showsOneUnit, weightViews } from './weightViews.js';

/** The weights of a contestant, a layer at a time, as what they are; a click or Enter edits one. */
export function WeightsPanel({
  duel,
  contestant,
}: {
  readonly duel: DuelState;
  readonly contestant: Contestant;
}) {
  const element = useRef<HTMLDivElement>(null);
  useOnScreen(element, duel.session, 'weights');
  const layer = useSignal(0);
  const unit = useSignal(0);
  const { value: configured } = duel.session.configured;
  // Five times a second; the arrays are those of the latest frame, since older ones have gone back to the worker
  useThrottled(duel.session.frame, 200, stepOf).value;
  const frame = duel.session.frame.peek();
  const packed =
    frame && configured && frame.run === configured.run ? frame.weights?.[contestant] : undefined;
  const info = configured?.contestants[contestant];
  const owner = contestant === 0 ? 'ours' : 'rival';
  const at = Math.min(layer.value, (info?.layers.length ?? 1) - 1);
  const shownUnit = Math.min(unit.value, (info?.layers[at]?.units ?? 1) - 1);
  const View = info && weightViews[info.layers[at].layer];
  return (
    <div ref={element} class="weights-panel">
      {info && (
        <p class="weights-choice">
          {info.layers.length > 1 && (
            <select
              aria-label={`Layer of ${owner}`}
              value={String(at)}
              onChange={({ currentTarget }) => {
                layer.value = Number(currentTarget.value);
              }}
            >
              {info.layers.map(({ title }, index) => (
                <option key={index} value={String(index)} selected={index === at}>
                  {index + 1}: {title}
                </option>
              ))}
            </select>
          )}
          {showsOneUnit[info.layers[at].layer] && info.layers[at].units > 1 && (
            <select
              aria-label={`Unit of ${owner}`}
              value={String(shownUnit)}
              onChange={({ currentTarget }) => {
                unit.value = Number(currentTarget.value);
              }}
            >
              {Array.from({ length: info.layers[at].units }, (_, index) => (
                <option key={index} value={String(index)} selected={index === shownUnit}>
                  unit {index + 1}
                </option>
              ))}
            </select>
          )}
        </p>
      )}
      {packed && info && configured && View ? (
        <View
          weights={layerWeights(info, packed, at, configured.problem.inputNames)}
          unit={shownUnit}
          cloud={duel.cloud.value}
          probe={duel.probe.value}
          onEdit={({ weight, index }, value) => duel.session.edit(contestant, weight, index, value)}
        />
      ) : (
        <p class="hint">Weights come with the next picture.</p>
      )}
    </div>
  );
}

// A new array each time: weights change without a step where one is edited
const stepOf = (frame: Frame | undefined) => [frame?.step];
