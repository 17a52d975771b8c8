import { testLayer } from '../../testing/layerSuite.js';
import { PolynomialNetwork, polynomialNetwork } from './polynomialNetwork.js';

testLayer(PolynomialNetwork, polynomialNetwork as never);
