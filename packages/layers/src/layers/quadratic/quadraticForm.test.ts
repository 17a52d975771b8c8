import { testLayer } from '../../testing/layerSuite.js';
import { QuadraticForm, quadraticForm } from './quadraticForm.js';

testLayer(QuadraticForm, quadraticForm as never);
