/**
 * @file First coefficients of the rational layer: least-squares fits to activations on [-3, 3].
 * Written by vectors/generate/rationalCoefficients.py, which says how; vectors/rationalCoefficients.json has the errors.
 */

/** Coefficients of P, from x^0 on, and of Q: from x^1 on, of version 'c' from x^0 on. */
export interface RationalFit {
  readonly activation: 'relu' | 'leakyRelu' | 'tanh' | 'sigmoid' | 'gelu' | 'swish';
  readonly version: 'a' | 'b' | 'c' | 'n';
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

// biome-ignore format: one fit a line
export const rationalFits: readonly RationalFit[] = [
  { activation: 'relu', version: 'a', numerator: [0.03014248, 0.6139056, 2.34452, 3.006738, 1.487194, 0.245427], denominator: [1.154681, 4.350711, 0.8750183, 0.3408765] },
  { activation: 'relu', version: 'b', numerator: [0.03397677, 0.4999058, 1.663171, 1.973893, 0.930064, 0.1485597], denominator: [-0.0008890981, 3.948999, -0.0006114013, 0.2972207] },
  { activation: 'relu', version: 'c', numerator: [0.003833737, 0.04661094, 0.1415403, 0.1589696, 0.07223303, 0.01124964], denominator: [-0.01416466, 0.02614187, 0.2890368, 0.01245437, 0.02067102] },
  { activation: 'relu', version: 'n', numerator: [0.03397677, 0.4999058, 1.663171, 1.973893, 0.930064, 0.1485597], denominator: [-0.0008890981, 3.948999, -0.0006114013, 0.2972207] },
  { activation: 'leakyRelu', version: 'a', numerator: [0.02573363, 0.6604273, 1.566709, 2.89851, 0.9329242, 0.2272364], denominator: [0.4955159, 4.129888, 0.3646613, 0.3167127] },
  { activation: 'leakyRelu', version: 'b', numerator: [0.02722495, 0.5998872, 1.328476, 2.363756, 0.7417543, 0.1777177], denominator: [-0.001330975, 3.940804, -0.0009157941, 0.2962972] },
  { activation: 'leakyRelu', version: 'c', numerator: [0.002243991, 0.06174013, 0.1410871, 0.1664484, 0.05598697, 0.009988863], denominator: [-0.01889577, 0.08866981, 0.2233235, 0.03030625, 0.0140014] },
  { activation: 'leakyRelu', version: 'n', numerator: [0.02722495, 0.5998872, 1.328476, 2.363756, 0.7417543, 0.1777177], denominator: [-0.001330975, 3.940804, -0.0009157941, 0.2962972] },
  { activation: 'tanh', version: 'a', numerator: [-1.848742e-13, 1.000044, 3.304681e-13, 0.1068029, -6.323329e-14, 0.0008297812], denominator: [0.0002338202, 0.4398004, 0.0001509872, 0.01423101] },
  { activation: 'tanh', version: 'b', numerator: [-8.903583e-11, 0.9999747, -4.674014e-8, 0.1060822, -2.158596e-9, 0.0008014636], denominator: [-4.756296e-8, 0.4393209, -1.683975e-8, 0.01401432] },
  { activation: 'tanh', version: 'c', numerator: [9.06026e-14, 0.09998093, 5.387101e-11, 0.01076517, 2.497815e-12, 8.693185e-5], denominator: [-1.846605e-5, 5.476568e-11, 0.04408945, 1.944285e-11, 0.001456526] },
  { activation: 'tanh', version: 'n', numerator: [-9.340394e-12, 0.9999747, -4.970822e-9, 0.1060817, -2.292744e-10, 0.0008014396], denominator: [-5.058338e-9, 0.4393204, -1.790202e-9, 0.01401413] },
  { activation: 'sigmoid', version: 'a', numerator: [0.5, 0.249998, 0.05054865, 0.004445289, 1.046267e-5, -2.013291e-5], denominator: [1.808638e-7, 0.1010972, 8.899291e-10, 2.093302e-5] },
  { activation: 'sigmoid', version: 'b', numerator: [0.5000002, 0.2486197, 0.04521503, 0.001991799, -0.0004501633, -5.407517e-5], denominator: [-0.002752481, 0.09180602, -0.0002696024, -0.0008795686] },
  { activation: 'sigmoid', version: 'c', numerator: [0.05001244, 0.02453269, 0.005084727, 0.0005307786, 2.321529e-5, -7.604463e-8], denominator: [2.493904e-5, -0.0009469078, 0.01064253, -9.239225e-5, 5.349149e-5] },
  { activation: 'sigmoid', version: 'n', numerator: [0.4999957, 0.1906879, 0.02184223, -0.0008747693, -0.0003337805, -1.139598e-5], denominator: [-0.1186114, 0.1029429, -0.01157428, 0.0002171767] },
  { activation: 'gelu', version: 'a', numerator: [-0.001318868, 0.5060501, 0.4143377, 0.1255702, 0.02108443, 0.002281317], denominator: [0.05166285, 0.1876265, 0.02942629, 1.238718e-8] },
  { activation: 'gelu', version: 'b', numerator: [-0.001125993, 0.4998521, 0.4064255, 0.09792905, 0.00296998, -0.0009545791], denominator: [-0.0009286325, 0.1961793, 0.000120652, -0.001955654] },
  { activation: 'gelu', version: 'c', numerator: [3.316946e-5, 0.0502868, 0.04274313, 0.007442129, -0.00209646, -0.0005626131], denominator: [-0.0006386203, -0.005259323, -0.01054499, -0.001145232, 0.001220556] },
  { activation: 'gelu', version: 'n', numerator: [-0.00112507, 0.4998561, 0.4064499, 0.09780049, 0.002863312, -0.0009754762], denominator: [-0.0008791378, 0.1958904, 0.0001255104, -0.001997232] },
  { activation: 'swish', version: 'a', numerator: [2.612847e-7, 0.5000055, 0.2500006, 0.05327765, 0.005808149, 0.0002758726], denominator: [3.386901e-5, 0.1065215, 1.352462e-5, 0.0005498663] },
  { activation: 'swish', version: 'b', numerator: [2.803003e-6, 0.4999979, 0.2437176, 0.05002808, 0.005145676, 0.0002228424], denominator: [-0.01254586, 0.1063193, -0.001217488, 0.0005376933] },
  { activation: 'swish', version: 'c', numerator: [3.674409e-8, 0.05000188, 0.02472413, 0.005188322, 0.0005532964, 2.546886e-5], denominator: [3.986748e-6, -0.0005531779, 0.01065276, -5.364331e-5, 5.498629e-5] },
  { activation: 'swish', version: 'n', numerator: [1.995611e-6, 0.4999828, 0.2052794, 0.03074719, 0.001373284, -6.457526e-5], denominator: [-0.08941775, 0.1061286, -0.008672617, 0.0005256251] },
  { activation: 'relu', version: 'a', numerator: [0.1155914, 0.5868315, 0.5510959, 0.1321037], denominator: [0.2157282, 0.2063114] },
  { activation: 'relu', version: 'b', numerator: [0.1241986, 0.4999998, 0.4291478, 0.09808212], denominator: [-4.232207e-7, 0.1961643] },
  { activation: 'relu', version: 'c', numerator: [0.01663945, 0.06698729, 0.05749493, 0.01314052], denominator: [0.03397457, 4.512686e-9, 0.02628104] },
  { activation: 'relu', version: 'n', numerator: [0.1241986, 0.4999998, 0.4291478, 0.09808212], denominator: [-4.232207e-7, 0.1961643] },
  { activation: 'leakyRelu', version: 'a', numerator: [0.09615096, 0.6456042, 0.3857363, 0.1353693], denominator: [0.09306812, 0.2008312] },
  { activation: 'leakyRelu', version: 'b', numerator: [0.0993589, 0.5999998, 0.343318, 0.1176985], denominator: [-6.335178e-7, 0.1961643] },
  { activation: 'leakyRelu', version: 'c', numerator: [0.01255154, 0.07579517, 0.04336979, 0.01486831], denominator: [0.0263253, -1.060479e-8, 0.02478052] },
  { activation: 'leakyRelu', version: 'n', numerator: [0.0993589, 0.5999998, 0.343318, 0.1176985], denominator: [-6.335178e-7, 0.1961643] },
  { activation: 'tanh', version: 'a', numerator: [-6.585519e-14, 1.012626, 2.379995e-14, 0.04326643], denominator: [0.04411382, 0.3429748] },
  { activation: 'tanh', version: 'b', numerator: [5.839401e-11, 0.9938838, 1.222745e-10, 0.04889843], denominator: [3.028673e-10, 0.3675645] },
  { activation: 'tanh', version: 'c', numerator: [-5.317158e-12, 0.09938852, -1.143655e-11, 0.004889869], denominator: [9.017163e-8, -2.828361e-11, 0.03675655] },
  { activation: 'tanh', version: 'n', numerator: [-9.695857e-12, 0.9938838, -2.153531e-11, 0.04889843], denominator: [-5.239157e-11, 0.3675645] },
  { activation: 'sigmoid', version: 'a', numerator: [0.500006, 0.2499263, 0.04903534, 0.003792119], denominator: [2.413644e-5, 0.09806254] },
  { activation: 'sigmoid', version: 'b', numerator: [0.4999999, 0.2499226, 0.04903973, 0.003793903], denominator: [-1.057231e-6, 0.09807981] },
  { activation: 'sigmoid', version: 'c', numerator: [0.05001119, 0.02499792, 0.004905121, 0.0003794845], denominator: [2.238706e-5, -7.530404e-10, 0.009810242] },
  { activation: 'sigmoid', version: 'n', numerator: [0.4999999, 0.2499226, 0.04903974, 0.003793904], denominator: [-1.057165e-6, 0.09807981] },
  { activation: 'gelu', version: 'a', numerator: [0.003989673, 0.5150311, 0.3930677, 0.07619975], denominator: [0.03558918, 0.1431211] },
  { activation: 'gelu', version: 'b', numerator: [0.005916502, 0.4999999, 0.378296, 0.07277167], denominator: [-4.429117e-7, 0.1455435] },
  { activation: 'gelu', version: 'c', numerator: [0.0006233807, 0.05268174, 0.03985861, 0.007667486], denominator: [0.005363475, 4.563504e-9, 0.01533497] },
  { activation: 'gelu', version: 'n', numerator: [0.005916502, 0.4999999, 0.378296, 0.07277167], denominator: [-4.429117e-7, 0.1455435] },
  { activation: 'swish', version: 'a', numerator: [0.001974469, 0.5039465, 0.2447786, 0.03467303], denominator: [0.008891411, 0.06710333] },
  { activation: 'swish', version: 'b', numerator: [0.002383929, 0.4999999, 0.2422824, 0.03416367], denominator: [-6.102867e-7, 0.0683275] },
  { activation: 'swish', version: 'c', numerator: [0.0002400456, 0.04974385, 0.02405964, 0.003384938], denominator: [-0.0004850925, -9.822978e-5, 0.006798218] },
  { activation: 'swish', version: 'n', numerator: [0.002383929, 0.4999999, 0.2422824, 0.03416367], denominator: [-6.102867e-7, 0.0683275] },
];
