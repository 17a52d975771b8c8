import type { NetworkLayer } from '../../state/network.js';
import {
  type ActivationLetter,
  activationLetters,
  type LayerKind,
  layerCountRange,
  layerKinds,
  type OptionLetter,
  unitsRange,
} from '../../state/network.js';

export interface NetworkBuilderProps {
  readonly network: readonly NetworkLayer[];
  readonly onChange: (network: readonly NetworkLayer[]) => void;
  /** 'ours' or 'rival', for the names of the controls. */
  readonly owner: string;
}

/** The layers of a network as rows of controls: kind, units, options, activation, order. */
export function NetworkBuilder({ network, onChange, owner }: NetworkBuilderProps) {
  const replace = (at: number, layer: NetworkLayer) =>
    onChange(network.map((one, index) => (index === at ? layer : one)));
  return (
    <ol class="builder">
      {network.map((layer, at) => (
        <li key={at}>
          <fieldset>
            <legend>
              Layer {at + 1} of {owner}
            </legend>
            <LayerControls layer={layer} onChange={(next) => replace(at, next)} />
            <span class="builder-moves">
              <button
                type="button"
                aria-label={`Move layer ${at + 1} up`}
                disabled={at === 0}
                onClick={() => onChange(swap(network, at - 1))}
              >
                ↑
              </button>
              <button
                type="button"
                aria-label={`Move layer ${at + 1} down`}
                disabled={at === network.length - 1}
                onClick={() => onChange(swap(network, at))}
              >
                ↓
              </button>
              <button
                type="button"
                aria-label={`Remove layer ${at + 1}`}
                disabled={network.length <= layerCountRange.min}
                onClick={() => onChange(network.filter((_, index) => index !== at))}
              >
                ✕
              </button>
            </span>
          </fieldset>
        </li>
      ))}
      <li class="builder-add">
        <button
          type="button"
          disabled={network.length >= layerCountRange.max}
          onClick={() => onChange([...network, layerOf(network.at(-1)?.kind ?? 'd')])}
        >
          Add a layer
        </button>
      </li>
    </ol>
  );
}

function LayerControls({
  layer,
  onChange,
}: {
  readonly layer: NetworkLayer;
  readonly onChange: (layer: NetworkLayer) => void;
}) {
  const { title: _, hasUnits, options } = layerKinds[layer.kind];
  return (
    <>
      <label>
        <span>kind</span>
        <select
          value={layer.kind}
          onChange={({ currentTarget }) => onChange(changeKind(layer, currentTarget.value as LayerKind))}
        >
          {Object.entries(layerKinds).map(([kind, { title }]) => (
            <option key={kind} value={kind} selected={kind === layer.kind}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {hasUnits && (
        <NumberField
          title="units"
          value={layer.units}
          {...unitsRange}
          onChange={(units) => onChange({ ...layer, units })}
        />
      )}
      {(Object.entries(options) as [OptionLetter, NonNullable<(typeof options)[OptionLetter]>][]).map(
        ([letter, spec]) => (
          <NumberField
            key={letter}
            title={spec.title}
            value={layer.options[letter] ?? spec.default}
            min={spec.min}
            max={spec.max}
            onChange={(value) => onChange({ ...layer, options: { ...layer.options, [letter]: value } })}
          />
        ),
      )}
      <label>
        <span>activation</span>
        <select
          value={layer.activation}
          onChange={({ currentTarget }) =>
            onChange({ ...layer, activation: currentTarget.value as ActivationLetter })
          }
        >
          {Object.entries(activationLetters).map(([letter, { title }]) => (
            <option key={letter} value={letter} selected={letter === layer.activation}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface NumberFieldProps {
  readonly title: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ title, value, min, max, onChange }: NumberFieldProps) {
  return (
    <label>
      <span>{title}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={1}
        value={value}
        onChange={({ currentTarget }) => {
          const given = Math.round(Number(currentTarget.value));
          const used = Number.isFinite(given) ? Math.min(max, Math.max(min, given)) : value;
          currentTarget.value = String(used);
          if (used !== value) onChange(used);
        }}
      />
    </label>
  );
}

/** A new layer of a kind, its options at their defaults. */
export function layerOf(kind: LayerKind, units = 4): NetworkLayer {
  const options = Object.fromEntries(
    Object.entries(layerKinds[kind].options).map(([letter, spec]) => [letter, spec.default]),
  );
  return { kind, units, options, activation: 'n' };
}

function changeKind(layer: NetworkLayer, kind: LayerKind): NetworkLayer {
  return { ...layerOf(kind, layer.units), activation: layer.activation };
}

/** A layer and the next one change places. */
function swap(network: readonly NetworkLayer[], at: number): readonly NetworkLayer[] {
  const next = [...network];
  [next[at], next[at + 1]] = [next[at + 1], next[at]];
  return next;
}
