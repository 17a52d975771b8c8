import type { Backend } from '@polyneuron/backend';
import { PolyneuronError } from '@polyneuron/graph';
import { layer } from '@polyneuron/kernels';
import { checkUnitGradient } from './checkUnitGradient.js';
import { drawUnit } from './drawUnit.js';
import { configuredSubject } from './labSubjects.js';
import { createUnit, type LayerUnit } from './layerUnit.js';
import { measureDepth } from './measureDepth.js';
import type { FromLab, ToLab } from './messages.js';

export interface Answer {
  readonly message: FromLab;
  readonly transfer: Transferable[];
}

/** Answers the requests of one page, in their order. */
export class LayerLab {
  private readonly backend: Backend;
  private unit: LayerUnit | undefined;
  /** The answer before this one: a request waits for it. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(backend: Backend) {
    this.backend = backend;
  }

  answer(request: ToLab): Promise<Answer> {
    const answer = this.last.then(() => this.compute(request));
    this.last = answer.catch(() => {});
    return answer;
  }

  private async compute(asked: ToLab): Promise<Answer> {
    const { request } = asked;
    if (asked.kind === 'configure') return this.configure(asked);
    if (asked.kind === 'depth') {
      const rows = await measureDepth(this.backend, layer(asked.layer));
      return { message: { kind: 'depth', request, rows }, transfer: [] };
    }
    const { unit } = this;
    if (!unit) return { message: { kind: 'refused', request, text: 'no layer is set up yet' }, transfer: [] };
    if (asked.kind === 'check') {
      const report = checkUnitGradient(unit, asked.values);
      return { message: { kind: 'checked', request, report }, transfer: [] };
    }
    const picture = await drawUnit(unit, asked.values, asked.output, asked.extent);
    const transfer = [picture.surface.buffer, picture.alongX1.buffer, picture.alongX2.buffer];
    return { message: { kind: 'drawn', request, picture }, transfer };
  }

  /** Keeps the unit before where the record refuses the options. */
  private async configure(asked: Extract<ToLab, { kind: 'configure' }>): Promise<Answer> {
    const { request } = asked;
    try {
      const unit = await createUnit(this.backend, configuredSubject(asked.layer, asked.config), asked.seed);
      this.unit?.executable.dispose();
      this.unit = unit;
      const { description, device } = unit;
      return { message: { kind: 'configured', request, unit: description, device }, transfer: [] };
    } catch (error) {
      if (!(error instanceof PolyneuronError)) throw error;
      return { message: { kind: 'refused', request, text: error.message }, transfer: [] };
    }
  }
}
