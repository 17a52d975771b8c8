import { testLayer } from '../../testing/layerSuite.js';
import { FactorizationMachine, factorizationMachine } from './factorizationMachine.js';

testLayer(FactorizationMachine, factorizationMachine as never);
