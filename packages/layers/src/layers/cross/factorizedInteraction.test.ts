import { testLayer } from '../../testing/layerSuite.js';
import { FactorizedInteraction, factorizedInteraction } from './factorizedInteraction.js';

testLayer(FactorizedInteraction, factorizedInteraction as never);
