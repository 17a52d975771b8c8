import { type Signal, signal } from '@preact/signals';
import { firstSeed } from '../../../layerLab/firstSeed.js';
import type { LabSession } from '../../../layerLab/labSession.js';
import type { GradientReport, LabConfig, UnitDescription, UnitPicture } from '../../../layerLab/messages.js';
import type { OptionValue } from './optionControls.js';
import { pictureScale } from './pictureScale.js';
import type { UnitData } from './unitData.js';

/** What a layer page shows now, and what can be done to it. */
export class UnitState {
  readonly data: UnitData;
  readonly config: Signal<LabConfig>;
  readonly seed = signal(firstSeed);
  readonly unit: Signal<UnitDescription>;
  readonly values: Signal<Float64Array>;
  readonly output = signal(0);
  readonly extent = signal(1);
  readonly picture = signal<UnitPicture | undefined>(undefined);
  /** Of the picture's colours and curves. */
  readonly scale = signal(0);
  readonly report = signal<GradientReport | undefined>(undefined);
  /** Why the options of the form are not those of the picture; '' where they are. */
  readonly refusal = signal('');
  readonly device = signal('');
  readonly isReady = signal(false);
  /** Why nothing answers any more; '' while it does. */
  readonly failure = signal('');
  /** For the live region. */
  readonly spoken = signal('');
  private session: LabSession | undefined;
  private configurations = 0;

  constructor(data: UnitData) {
    this.data = data;
    this.config = signal(data.config);
    this.unit = signal(data.unit);
    this.values = signal(data.unit.stepped);
  }

  /** Draws and checks what the page begins with. */
  async begin(session: LabSession): Promise<void> {
    this.session = session;
    session.onPicture = (picture) => {
      this.scale.value = pictureScale(picture, this.scale.value);
      this.picture.value = picture;
    };
    session.onFailure = (text) => {
      this.isReady.value = false;
      this.failure.value = `The unit has stopped: ${text}. Load the page again.`;
    };
    await this.configure();
    this.isReady.value = true;
  }

  setValue(at: number, value: number): void {
    if (!Number.isFinite(value)) return;
    this.values.value = this.values.value.with(at, value);
    this.draw();
  }

  setAll(kind: 'start' | 'stepped' | 'zeros'): void {
    const { unit } = this;
    this.values.value = kind === 'zeros' ? new Float64Array(unit.value.start.length) : unit.value[kind];
    this.draw();
    void this.check();
  }

  setOutput(output: number): void {
    this.output.value = output;
    this.draw();
  }

  setExtent(extent: number): void {
    this.scale.value = 0;
    this.extent.value = extent;
    this.draw();
  }

  setOption(name: string, value: OptionValue): void {
    this.config.value = { ...this.config.value, [name]: value };
    void this.configure();
  }

  drawAgain(): void {
    this.seed.value += 1;
    void this.configure();
  }

  /** All derivatives against finite differences, for the coefficients as they are. */
  async check(): Promise<void> {
    const { value } = this.values;
    const report = await this.session?.check(value);
    if (this.values.value === value) this.report.value = report;
  }

  private draw(): void {
    this.report.value = undefined;
    this.session?.draw({ values: this.values.value, output: this.output.value, extent: this.extent.value });
  }

  /** The worker keeps the unit before where the record refuses; only the last of several changes counts. */
  private async configure(): Promise<void> {
    const { session } = this;
    const configuration = ++this.configurations;
    const answer = await session?.configure(this.data.layer, this.config.value, this.seed.value);
    if (!answer || configuration !== this.configurations) return;
    if ('refusal' in answer) {
      this.refusal.value = answer.refusal;
      return;
    }
    this.refusal.value = '';
    this.device.value = answer.device;
    this.scale.value = 0;
    this.unit.value = answer.unit;
    this.values.value = answer.unit.stepped;
    this.output.value = Math.min(this.output.value, answer.unit.outputCount - 1);
    this.draw();
    await this.check();
    if (configuration > 1) this.spoken.value = `Rebuilt with ${answer.unit.parameterCount} parameters.`;
  }
}
