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
  { activation: 'relu', version: 'b', numerator: [0.03397389, 0.4999227, 1.663361, 1.97423, 0.93026, 0.1485953], denominator: [-0.0007262619, 3.949446, -0.0004936496, 0.2972719] },
  { activation: 'relu', version: 'c', numerator: [0.003833469, 0.046616, 0.1415612, 0.158995, 0.07224492, 0.01125152], denominator: [-0.0141793, 0.02623028, 0.2889903, 0.01249524, 0.020669] },
  { activation: 'relu', version: 'n', numerator: [0.03397389, 0.4998301, 1.662915, 1.973606, 0.9299373, 0.1485407], denominator: [-0.001618695, 3.949446, -0.001139038, 0.2972719] },
  { activation: 'leakyRelu', version: 'a', numerator: [0.0257339, 0.660426, 1.566694, 2.898465, 0.9329065, 0.2272314], denominator: [0.4955019, 4.129838, 0.3646482, 0.3167068] },
  { activation: 'leakyRelu', version: 'b', numerator: [0.02722305, 0.5997952, 1.327882, 2.363356, 0.7413636, 0.1776887], denominator: [-0.002439792, 3.941172, -0.001717233, 0.2963394] },
  { activation: 'leakyRelu', version: 'c', numerator: [0.002243991, 0.06174013, 0.1410871, 0.1664484, 0.05598697, 0.009988863], denominator: [-0.01889577, 0.0886698, 0.2233235, 0.03030625, 0.0140014] },
  { activation: 'leakyRelu', version: 'n', numerator: [0.02722305, 0.5997948, 1.32788, 2.363353, 0.7413616, 0.1776884], denominator: [-0.002444121, 3.941172, -0.00172034, 0.2963393] },
  { activation: 'tanh', version: 'a', numerator: [-9.15779e-14, 1.00004, 7.250377e-13, 0.1069681, -1.194967e-13, 0.0008361573], denominator: [0.0002140513, 0.4399843, 0.0001516864, 0.01428544] },
  { activation: 'tanh', version: 'b', numerator: [-8.843148e-11, 0.9999747, -4.640034e-8, 0.1060822, -2.142834e-9, 0.0008014636], denominator: [-4.721743e-8, 0.4393209, -1.67171e-8, 0.01401432] },
  { activation: 'tanh', version: 'c', numerator: [8.62427e-14, 0.09998093, 5.109803e-11, 0.01076517, 2.368455e-12, 8.693179e-5], denominator: [-1.846711e-5, 5.195048e-11, 0.04408945, 1.843952e-11, 0.001456525] },
  { activation: 'tanh', version: 'n', numerator: [3.796943e-12, 0.9999747, 2.219147e-9, 0.1060817, 1.031483e-10, 0.0008014402], denominator: [2.255929e-9, 0.4393204, 8.01473e-10, 0.01401413] },
  { activation: 'sigmoid', version: 'a', numerator: [0.5, 0.249998, 0.05058168, 0.004461771, 1.366103e-5, -1.989211e-5], denominator: [2.373177e-7, 0.1011632, 3.160282e-8, 2.732468e-5] },
  { activation: 'sigmoid', version: 'b', numerator: [0.5011184, 0.2537387, 0.009430484, -0.01434173, -0.001036837, 0.0003186526], denominator: [-0.01358606, -0.01393408, -8.438301e-6, 0.002065683] },
  { activation: 'sigmoid', version: 'c', numerator: [0.05001434, 0.02448918, 0.005059757, 0.0005249857, 2.259881e-5, -9.746473e-8], denominator: [2.875423e-5, -0.001035833, 0.01063701, -0.0001010688, 5.292159e-5] },
  { activation: 'sigmoid', version: 'n', numerator: [0.4999931, 0.08829882, -0.0158436, -0.004130989, 0.0002561575, 0.0001000372], denominator: [-0.3233435, 0.1298874, -0.03161662, 0.002940759] },
  { activation: 'gelu', version: 'a', numerator: [-0.001353489, 0.5067673, 0.4151164, 0.1269321, 0.02189215, 0.002421231], denominator: [0.05624202, 0.1856202, 0.03138103, 1.116564e-8] },
  { activation: 'gelu', version: 'b', numerator: [0.01474826, 0.5301743, 0.2949532, 0.00465366, -0.0152228, -0.0006182767], denominator: [-0.09199574, 0.1907941, -0.1232276, 0.02337895] },
  { activation: 'gelu', version: 'c', numerator: [-1.759264e-5, 0.04982903, 0.03999936, 0.006684818, -0.001706056, -0.0004438221], denominator: [0.0003464817, -1.141998e-5, -0.01336614, 1.510049e-6, 0.0008871081] },
  { activation: 'gelu', version: 'n', numerator: [-0.001025764, 0.4996187, 0.3953197, 0.09041637, 0.001818672, -0.0009010301], denominator: [-0.02256124, 0.1979249, -0.003781469, -0.001628541] },
  { activation: 'swish', version: 'a', numerator: [-2.380658e-7, 0.499999, 0.2500003, 0.05334801, 0.005841057, 0.000280257], denominator: [5.235727e-9, 0.1066916, 3.08003e-6, 0.0005599441] },
  { activation: 'swish', version: 'b', numerator: [2.60286e-6, 0.499998, 0.2439653, 0.05015695, 0.00517213, 0.0002249753], denominator: [-0.0120512, 0.10633, -0.001169415, 0.0005383168] },
  { activation: 'swish', version: 'c', numerator: [3.674424e-8, 0.05000188, 0.02472413, 0.005188323, 0.0005532966, 2.546887e-5], denominator: [3.986621e-6, -0.0005531744, 0.01065276, -5.364298e-5, 5.498629e-5] },
  { activation: 'swish', version: 'n', numerator: [1.995603e-6, 0.4999828, 0.2052792, 0.03074708, 0.001373262, -6.457686e-5], denominator: [-0.08941821, 0.1061286, -0.008672661, 0.0005256252] },
  { activation: 'relu', version: 'a', numerator: [0.1155915, 0.5868313, 0.5510954, 0.1321036], denominator: [0.2157278, 0.2063112] },
  { activation: 'relu', version: 'b', numerator: [0.1241986, 0.5000001, 0.429148, 0.09808219], denominator: [2.105652e-7, 0.1961643] },
  { activation: 'relu', version: 'c', numerator: [0.01685506, 0.06785527, 0.05823991, 0.01331079], denominator: [0.03571054, -1.516164e-8, 0.02662158] },
  { activation: 'relu', version: 'n', numerator: [0.1241986, 0.4999995, 0.4291474, 0.09808202], denominator: [-1.059285e-6, 0.1961643] },
  { activation: 'leakyRelu', version: 'a', numerator: [0.09615086, 0.6456044, 0.3857367, 0.1353695], denominator: [0.09306863, 0.2008314] },
  { activation: 'leakyRelu', version: 'b', numerator: [0.09935891, 0.5999994, 0.3433173, 0.1176984], denominator: [-1.648957e-6, 0.1961643] },
  { activation: 'leakyRelu', version: 'c', numerator: [0.01291903, 0.07801432, 0.04463958, 0.01530363], denominator: [0.03002387, -1.767111e-8, 0.02550605] },
  { activation: 'leakyRelu', version: 'n', numerator: [0.09935891, 0.6000001, 0.3433185, 0.1176986], denominator: [2.498777e-7, 0.1961643] },
  { activation: 'tanh', version: 'a', numerator: [-6.110416e-13, 1.012626, 2.804049e-13, 0.04326644], denominator: [0.04411378, 0.3429749] },
  { activation: 'tanh', version: 'b', numerator: [-3.379258e-10, 0.9938838, -7.276243e-10, 0.04889841], denominator: [-1.79772e-9, 0.3675644] },
  { activation: 'tanh', version: 'c', numerator: [5.423942e-12, 0.09938885, 1.166863e-11, 0.004889885], denominator: [4.297069e-7, 2.88505e-11, 0.03675668] },
  { activation: 'tanh', version: 'n', numerator: [-6.991627e-13, 0.9938838, 2.813617e-13, 0.04889843], denominator: [8.177751e-13, 0.3675645] },
  { activation: 'sigmoid', version: 'a', numerator: [0.500006, 0.2499263, 0.04903534, 0.003792119], denominator: [2.413643e-5, 0.09806254] },
  { activation: 'sigmoid', version: 'b', numerator: [0.4999999, 0.2499226, 0.04903974, 0.003793904], denominator: [-1.057171e-6, 0.09807981] },
  { activation: 'sigmoid', version: 'c', numerator: [0.05001622, 0.02500043, 0.004905613, 0.0003795226], denominator: [3.243028e-5, -7.9336e-10, 0.009811227] },
  { activation: 'sigmoid', version: 'n', numerator: [0.4999999, 0.2499226, 0.04903974, 0.003793904], denominator: [-1.05716e-6, 0.09807981] },
  { activation: 'gelu', version: 'a', numerator: [0.003989674, 0.5150311, 0.3930677, 0.07619974], denominator: [0.03558917, 0.1431211] },
  { activation: 'gelu', version: 'b', numerator: [0.005916501, 0.4999999, 0.3782961, 0.0727717], denominator: [-2.708463e-7, 0.1455435] },
  { activation: 'gelu', version: 'c', numerator: [0.0006012214, 0.049303, 0.03724516, 0.007154754], denominator: [-0.00133682, -0.0001257111, 0.01434936] },
  { activation: 'gelu', version: 'n', numerator: [0.005916501, 0.4999999, 0.3782961, 0.0727717], denominator: [-2.555841e-7, 0.1455435] },
  { activation: 'swish', version: 'a', numerator: [0.00197447, 0.5039465, 0.2447786, 0.03467303], denominator: [0.008891409, 0.06710333] },
  { activation: 'swish', version: 'b', numerator: [0.002383926, 0.4999999, 0.2422825, 0.0341637], denominator: [-3.758935e-7, 0.06832751] },
  { activation: 'swish', version: 'c', numerator: [0.0002400528, 0.04974372, 0.02405937, 0.003384864], denominator: [-0.0004852175, -9.869781e-5, 0.006798204] },
  { activation: 'swish', version: 'n', numerator: [0.002383925, 0.4999999, 0.2422823, 0.03416365], denominator: [-7.416259e-7, 0.06832751] },
];
