import '../styles/base.css';
import '../styles/views.css';
import '../styles/text.css';
import '../styles/layer.css';
import { hydrate } from 'preact';
import { LabSession, portOf } from '../layerLab/labSession.js';
import { showDepthMeasurement } from '../pages/layers/lab/DepthHere.js';
import { UnitLab } from '../pages/layers/lab/UnitLab.js';
import { readUnitData, unitDataId, unitRootId } from '../pages/layers/lab/unitData.js';
import { UnitState } from '../pages/layers/lab/unitState.js';

const startSession = () =>
  new LabSession(
    portOf(new Worker(new URL('../layerLab/layer.worker.ts', import.meta.url), { type: 'module' })),
  );

const data = document.getElementById(unitDataId)?.textContent;
const root = document.getElementById(unitRootId);
if (data && root) {
  const state = new UnitState(readUnitData(data));
  hydrate(<UnitLab state={state} />, root);
  void state.begin(startSession());
}
const depth = document.getElementById('depth-here');
if (depth) showDepthMeasurement(depth, startSession);
