import type { LayerName } from '@polyneuron/kernels';

/** Named functions upright, products of elements as ⊙. */
const macros = {
  '\\act': '\\operatorname{activation}',
  '\\gate': '\\operatorname{gate}',
  '\\norm': '\\operatorname{layerNorm}',
  '\\where': '\\text{where }',
};

/**
 * The formula of each record as LaTeX, a line each; the record's own text stands below it on the page. Of several forms
 * the first is the default.
 */
const formulas: { readonly [K in LayerName]: readonly string[] } = {
  featureCross: ['y = x_0 \\odot \\bigl(\\operatorname{preActivation}(x W + b) + s\\,x\\bigr) + x'],
  crossNetwork: [
    'x_{l+1} = x_0 \\odot (x_l W_l + b_l) + x_l, \\qquad x_1 = x_0',
    '\\text{vector:}\\quad x_{l+1} = x_0\\,(x_l \\cdot w_l) + b_l + x_l',
    '\\text{lowRank:}\\quad x_{l+1} = x_0 \\odot (x_l U_l V_l + b_l) + x_l',
    '\\text{gated:}\\quad x_{l+1} = x_0 \\odot (x_l W_l + b_l) \\odot \\sigma(x_l G_l) + x_l',
  ],
  crossMix: [
    'y = \\sum_e G_e(x)\\; x_0 \\odot \\bigl(g(g(x D_e)\\, C_e)\\, U_e + b\\bigr) + x, \\qquad G(x) = \\gate(x K)',
  ],
  gatedCross: ['y = x_0 \\odot (x W + b) \\odot \\sigma(x W_g) + x'],
  khatriRao: ['y = \\pi(x) \\odot \\sum_r \\operatorname{midActivation}(x W_r + b_r) + x'],
  maskBlock: [
    '\\mathrm{mask} = \\operatorname{maskActivation}(v W_1 + b_1)\\, W_2 + b_2',
    'y = \\act\\bigl(\\norm((\\mathrm{mask} \\odot h)\\, W)\\bigr)',
  ],
  factorizedInteraction: [
    'l = x W + b, \\qquad f = x W_f + b_f',
    'y = \\act(l + f \\odot l) \\quad\\text{or}\\quad \\act\\bigl([\\,l,\\; f \\odot l\\,]\\bigr)',
  ],
  interactionAggregation: ['z_o = \\act\\Bigl(x W_x + y W_y + \\sum_h x_h^\\top W_{h,o}\\, y_h + b\\Bigr)'],
  eulerInteraction: [
    '\\lambda_o = \\sum_f \\alpha_{fo} \\log |z_f| + \\mu_o, \\qquad \\theta_o = \\sum_f \\alpha_{fo} \\arg z_f + \\nu_o',
    '\\operatorname{re}_o = e^{\\lambda_o} \\cos\\theta_o + \\act(\\operatorname{dense}(\\operatorname{re})), \\qquad \\operatorname{im}_o = e^{\\lambda_o} \\sin\\theta_o + \\act(\\operatorname{dense}(\\operatorname{im}))',
  ],
  logTransform: [
    'y_{od} = \\exp\\Bigl(\\sum_f \\alpha_{fo} \\log \\sqrt{x_{fd}^2 + \\varepsilon^2} + b_o\\Bigr)',
  ],
  quadDense: [
    'y = \\act\\bigl((x W_r + b_r) \\odot (x W_g + b_g) + x^{\\odot 2}\\, W_b + c\\bigr)',
    '\\text{product:}\\quad y = \\act\\bigl((x W_r + b_r) \\odot (x W_g + b_g)\\bigr)',
    '\\text{symmetric:}\\quad y = \\act\\Bigl(\\sum_{i \\le j} S_{ij}\\, x_i x_j + x W_l + b_l\\Bigr)',
  ],
  quadraticForm: [
    'y_k = \\act\\bigl(x^\\top A_k\\, x + l_k \\cdot x + b_k\\bigr)',
    '\\text{symmetric:}\\quad x^\\top A\\, x = \\sum_{i \\le j} S_{ij}\\, x_i x_j',
    '\\text{lowRank:}\\quad x^\\top A\\, x = \\sum_r \\lambda_r\\, (q_r \\cdot x)^2',
  ],
  bilinear: ['y_k = \\act\\bigl(x^\\top W_k\\, z + b_k\\bigr)'],
  glu: ['y = \\gate(x W + b) \\odot (x V + c)'],
  swigluFeedForward: ['y = \\bigl(\\gate(x W + b) \\odot (x V + c)\\bigr)\\, W_2 + d'],
  taylor: [
    'y_i = \\sum_{p=0}^{K} w_{ip} \\sum_{q \\le p} a_{iq}\\, (x_i - c)^q',
    '\\text{collapsed:}\\quad y_i = \\sum_{p=0}^{K} c_{ip}\\, (x_i - c)^p',
    '\\text{mixing:}\\quad y_o = b_o + \\sum_i \\sum_{p=1}^{K} c_{pio}\\, (x_i - c)^p',
  ],
  orthogonalPolynomial: [
    'y_o = \\act\\Bigl(b_o + \\sum_i \\sum_{d=1}^{K} c_{dio}\\, \\varphi_d(t_i)\\Bigr), \\qquad t = \\operatorname{normalization}(x)',
    '\\text{Chebyshev:}\\quad \\varphi_0 = 1,\\; \\varphi_1 = t,\\; \\varphi_{d+1} = 2\\,t\\,\\varphi_d - \\varphi_{d-1}',
  ],
  polynomialNetwork: [
    'x_k = x_{k-1} + (z U_k) \\odot x_{k-1}, \\qquad x_1 = z U_1, \\qquad y = \\act(x_K C + b)',
    '\\text{ncp:}\\quad x_k = (z A_k) \\odot (x_{k-1} S_k + o_k), \\qquad x_1 = (z A_1) \\odot o_1',
  ],
  rational: [
    'y = \\frac{\\sum_k a_k x^k}{Q(x)}, \\qquad Q = 1 + \\sum_{k \\ge 1} |b_k|\\, |x|^k',
    '\\text{b:}\\; Q = 1 + \\Bigl|\\sum_{k \\ge 1} b_k x^k\\Bigr| \\qquad \\text{n:}\\; Q = 1 + \\sum_{k \\ge 1} b_k x^k',
  ],
  sigmaPi: ['y_o = \\act\\Bigl(b_o + \\sum_k w_{ko} \\prod_{i \\in S_k} x_i\\Bigr)'],
  sumProduct: [
    's_{gp} = \\sum_{j < f} x_{gf + j,\\, d_j(p)}',
    'y_{go} = \\log \\sum_p \\operatorname{softmax}_p(\\ell_{g,:,o})_p\\; e^{s_{gp}}',
  ],
  splineKan: [
    'y_o = \\sum_i \\operatorname{base}(x_i)\\, W_{io} + \\sum_i s_{io} \\sum_j c_{ijo}\\, B_{ij}(x_i)',
  ],
  rbfKan: [
    'y_o = \\sum_i \\operatorname{base}(x_i)\\, W_{io} + \\sum_{i,j} c_{ijo}\\, e^{-\\left((z_i - g_j)/h\\right)^2} + b_o, \\qquad z = \\norm(x)\\ \\text{or}\\ x',
  ],
  hyperDense: [
    '\\theta = \\operatorname{hiddenActivation}(z W_h + b_h)\\, W_e + b_e',
    'y = \\act(x\\, W(\\theta) + b(\\theta))',
  ],
  hyperNetwork: [
    'h = \\operatorname{hypernetwork}(z), \\qquad W_l = h E_l + e_l, \\qquad b_l = h E^\\prime_l + e^\\prime_l',
    'y = \\operatorname{network}(x;\\; W_1, b_1, W_2, b_2, \\dots)',
  ],
  film: ['y = \\act\\bigl((1 + \\Delta\\gamma(z)) \\odot x + \\beta(z)\\bigr)'],
  condDense: [
    'y = \\act\\Bigl(\\sum_k a_k\\, (x W_k + b_k)\\Bigr), \\qquad a = \\operatorname{routing}\\!\\left(\\frac{z R + r}{\\tau}\\right)',
  ],
  condConv2d: [
    'y = \\act\\Bigl(x * \\sum_k a_k W_k + \\sum_k a_k b_k\\Bigr), \\qquad a = \\operatorname{routing}\\!\\left(\\frac{\\bar x R}{\\tau}\\right)',
  ],
  factorizationMachine: [
    'y = \\act\\Bigl(b + \\sum_i w_i x_i + \\sum_{i<j} \\langle v_i, v_j \\rangle\\, x_i x_j\\Bigr)',
    '\\sum_{i<j} \\langle v_i, v_j \\rangle\\, x_i x_j = \\tfrac12 \\sum_k \\Bigl[\\Bigl(\\sum_i v_{ik} x_i\\Bigr)^2 - \\sum_i v_{ik}^2 x_i^2\\Bigr]',
  ],
  fwfm: [
    'y = \\act\\Bigl(b + \\sum_i \\langle w_i, x_i \\rangle + \\sum_{i<j} r_{ij} \\langle x_i, x_j \\rangle\\Bigr)',
  ],
  fmfm: [
    'y = \\act\\Bigl(b + \\sum_i \\langle w_i, x_i \\rangle + \\sum_{i<j} \\langle x_i W_{ij}, x_j \\rangle\\Bigr)',
  ],
  ffm: ['y = \\sum_{i<j} \\langle v_{i,j},\\, v_{j,i} \\rangle'],
  afm: [
    'y = \\act\\Bigl(\\bigl\\langle p,\\; \\sum_{i<j} a_{ij}\\; x_i \\odot x_j \\bigr\\rangle\\Bigr)',
    'a = \\operatorname{softmax}\\bigl(\\langle h,\\; \\operatorname{attentionActivation}((x_i \\odot x_j)\\, W + c) \\rangle\\bigr)',
  ],
  cin: [
    'X^k_h = \\act\\Bigl(\\sum_{i,j} W^k_{ijh}\\; X^{k-1}_i \\odot x_j + b^k_h\\Bigr), \\qquad y = \\text{row sums of } X^1, X^2, \\dots',
  ],
  bilinearInteraction: [
    'y_{ij} = (x_i W) \\odot x_j \\quad (i < j), \\qquad \\text{inner:}\\; \\langle x_i W, x_j \\rangle',
  ],
  dotInteraction: ['y_{ij} = \\langle x_i, x_j \\rangle \\quad (j < i)'],
  biInteraction: [
    'y = \\sum_{i<j} x_i \\odot x_j = \\tfrac12 \\Bigl[\\Bigl(\\sum_i x_i\\Bigr)^{\\odot 2} - \\sum_i x_i^{\\odot 2}\\Bigr]',
  ],
  elementarySymmetric: [
    'e_k = \\sum_{i_1 < \\dots < i_k} x_{i_1} \\odot \\cdots \\odot x_{i_k}, \\qquad k = 1, \\dots, \\mathrm{order}',
  ],
  squeezeExcitation: [
    'y_i = a_i\\, x_i, \\qquad a = \\operatorname{gateActivation}\\bigl(\\operatorname{hiddenActivation}(\\operatorname{squeeze}(x)\\, U + b)\\, V + c\\bigr)',
  ],
  quadConv2d: [
    'y = \\act\\bigl((W_r * x + b_r)\\,(W_g * x + b_g) + W_b * x^2 + c\\bigr)',
    '\\text{product:}\\quad y = \\act\\bigl((W_r * x + b_r)\\,(W_g * x + b_g)\\bigr)',
  ],
  kervolution2d: [
    'y = \\act\\bigl(k(x, w) + b\\bigr) \\quad \\text{for every window } x',
    '\\text{polynomial:}\\; (x \\cdot w + c)^p \\qquad \\text{gaussian:}\\; e^{-\\gamma \\|x - w\\|^2} \\qquad \\text{sigmoid:}\\; \\tanh(x \\cdot w)',
  ],
  volterra2d: [
    'y = \\act\\Bigl(b + \\sum_i w_i x_i + \\sum_{i \\le j} w_{ij}\\, x_i x_j\\Bigr) \\quad \\text{for every window } x',
  ],
  householder: ['y = x - 2\\, n\\, \\frac{n \\cdot x}{n \\cdot n} \\quad \\text{once per normal } n'],
  orthogonalDense: [
    'y = \\act(Q x + b), \\qquad Q \\text{ from } H(n_k) \\cdots H(n_1), \\quad H(n) = I - 2\\, \\frac{n n^\\top}{n^\\top n}',
  ],
  siren: ['y = \\sin\\bigl(\\omega\\,(x W + b)\\bigr)'],
  rmsNorm: ['y = \\gamma \\odot \\frac{x}{\\sqrt{\\operatorname{mean}(x^2) + \\varepsilon}}'],
  layerNorm: [
    'y = \\gamma \\odot \\frac{x - \\operatorname{mean}(x)}{\\sqrt{\\operatorname{var}(x) + \\varepsilon}} + \\beta',
  ],
  groupNorm: [
    'y = \\gamma \\odot \\frac{x - \\operatorname{mean}(x)}{\\sqrt{\\operatorname{var}(x) + \\varepsilon}} + \\beta \\quad \\text{per sample and group of channels}',
  ],
  reZero: ['y = x + \\alpha\\, \\mathrm{branch}'],
  spectralDense: [
    'y = \\act\\!\\left(x\\, \\frac{W}{\\sigma} + b\\right), \\qquad \\sigma = \\|W^\\top v\\|, \\quad v = \\frac{W u}{\\|W u\\|}',
  ],
  affine: ['y = x W + b'],
  dense: ['y = \\act(x W + b)'],
  conv2d: ['y_{brcf} = \\act\\Bigl(\\sum_{i,j,k} x_{b,\\,r+i,\\,c+j,\\,k}\\; W_{ijkf} + \\beta_f\\Bigr)'],
  maxPool2d: ['y_{brck} = \\max_{i,j}\\; x_{b,\\, rs + i,\\, cs + j,\\, k}'],
  averagePool2d: ['y_{brck} = \\operatorname{mean}_{i,j}\\; x_{b,\\, rs + i,\\, cs + j,\\, k}'],
  globalAveragePool2d: ['y_{bk} = \\operatorname{mean}_{r,c}\\; x_{brck}'],
  flatten: ['y_{b,i} = x_{b,\\dots}'],
  reshape: ['y_b = x_b \\quad \\text{in another shape}'],
  activation: ['y = \\act(x)'],
  leakyRelu: ['y = \\max(x, 0) + \\alpha \\min(x, 0)'],
  softmax: ['y_i = \\frac{e^{x_i}}{\\sum_j e^{x_j}}'],
  dropout: [
    '\\text{training:}\\quad y = \\frac{x \\odot m}{1 - \\mathrm{rate}}, \\quad P(m_i = 1) = 1 - \\mathrm{rate}',
    '\\text{inference:}\\quad y = x',
  ],
  concatenate: ['y = [\\,x_1,\\; x_2,\\; \\dots\\,]'],
  add: ['y = x_1 + x_2 + \\cdots'],
  multiply: ['y = x_1 \\odot x_2 \\odot \\cdots'],
};

/** Lines of LaTeX of a layer, with the macros that they use. */
export function latexOf(layer: LayerName): { readonly lines: readonly string[]; readonly macros: object } {
  return { lines: formulas[layer], macros };
}
