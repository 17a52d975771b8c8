import { it } from 'vitest';
import { planProgram } from '@polyneuron/fusion';
import { gradientProgram, simplify } from '@polyneuron/graph';
import { layerProgram, layers, type LayerSpec } from '@polyneuron/kernels';
import { lowerPlan } from './lower/lowerPlan.js';
it('x', () => {
  const spec = layers.quadDense as LayerSpec;
  for (const { config, inputShapes } of spec.samples) {
    let program = layerProgram(spec, config, { batch: 3, inputShapes, isTraining: true });
    for (let order = 0; order < 3; order++) {
      const t = performance.now();
      const plan = planProgram(simplify(program), { lanes: false });
      const l = lowerPlan(plan, { samplers: 16, targets: 8 });
      console.log(JSON.stringify(config), order, plan.kernels.length, l.groups.length, l.groups.reduce((s, g) => s + g.passes.length, 0), performance.now() - t, Math.max(...l.groups.flatMap(g => g.passes.map(p => p.source.length))));
      program = gradientProgram(program);
    }
  }
});
