import { testLayer } from '../../testing/layerSuite.js';
import { Rational, rational } from './rational.js';

testLayer(Rational, rational as never);
