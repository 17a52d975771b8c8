import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Surface } from '../../../views/Surface.js';
import { signedLook } from '../../../views/surfacePicture.js';
import { CoefficientFields } from './CoefficientFields.js';
import { GradientCheck } from './GradientCheck.js';
import { OptionFields } from './OptionFields.js';
import { SliceChart } from './SliceChart.js';
import { UnitCode } from './UnitCode.js';
import { UnitFacts } from './UnitFacts.js';
import { UnitReading } from './UnitReading.js';
import type { UnitState } from './unitState.js';
import { ViewFields } from './ViewFields.js';

/** One unit of a layer: its surface and slices beside its coefficients, counts, gradient check, options and code. */
export function UnitLab({ state }: { readonly state: UnitState }) {
  const { picture, scale, data, spoken, failure } = state;
  const shown = useMemo(
    () =>
      computed(() => {
        const { value } = picture;
        return (
          value && {
            values: value.surface,
            size: value.gridSize,
            extent: value.extent,
            ...signedLook(scale.value || 1),
          }
        );
      }),
    [picture, scale],
  );
  return (
    <>
      <div role="alert">{failure.value && <p class="refusal">{failure}</p>}</div>
      <div class="unit-grid">
        <div class="unit-pictures">
          <figure class="unit-surface">
            <figcaption>Surface: y over x1 and x2</figcaption>
            <Surface name={`${data.title}: y over x1 and x2`} picture={shown} />
            <Scale limit={shown.value?.scale.high} />
          </figure>
          <SliceChart picture={picture} limit={scale.value || 1} />
        </div>
        <div class="unit-side">
          <CoefficientFields state={state} />
          <ViewFields state={state} />
        </div>
        <div class="unit-reading">
          <UnitReading state={state} />
          <GradientCheck state={state} />
          <UnitFacts state={state} />
        </div>
      </div>
      <OptionFields state={state} />
      <UnitCode state={state} />
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
    </>
  );
}

/** Both ends of the colours in numbers. */
function Scale({ limit }: { readonly limit: number | undefined }) {
  return (
    <p class="scale">
      <span class="scale-bar" aria-hidden="true" />
      <span class="scale-ends">
        {limit === undefined ? 'y = 0 solid' : `−${limit} to ${limit}; y = 0 solid, ±${limit / 2} dashed`}
      </span>
    </p>
  );
}
