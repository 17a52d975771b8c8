import type { LabConfig, UnitDescription } from '../../../layerLab/messages.js';
import type { OptionControl } from './optionControls.js';

/** What the page hands to its script: the unit as it begins. */
export interface UnitData {
  readonly layer: string;
  readonly title: string;
  readonly config: LabConfig;
  /** Of the record, for options that the config leaves out. */
  readonly defaults: LabConfig;
  readonly options: readonly OptionControl[];
  readonly inputShapes: readonly (readonly number[])[];
  readonly unit: UnitDescription;
  /** How it is made from TensorFlow.js: `quadraticForm` of @polyneuron/layers, or a layer of tfjs. */
  readonly factory: string;
  readonly module: '@polyneuron/layers' | '@tensorflow/tfjs-layers';
}

/** Id of the element with the data, and of the one that shows the unit. */
export const unitDataId = 'unit-data';
export const unitRootId = 'unit';

/** As JSON that may stand in a page. */
export function writeUnitData(data: UnitData): string {
  const plain = (_: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value);
  return JSON.stringify(data, plain).replaceAll('<', '\\u003c');
}

export function readUnitData(json: string): UnitData {
  const data = JSON.parse(json) as UnitData;
  const { start, stepped } = data.unit;
  return {
    ...data,
    unit: { ...data.unit, start: Float64Array.from(start), stepped: Float64Array.from(stepped) },
  };
}
