"""Verified gradient functions: sigmoid, tanh, swish, swish_beta, logsigmoid, softplus, ....

Written by symderiv 0.1.0 (numpy 2.4.6, sympy 1.14.0). NumPy only.
Precision: exact: float16 and float32 are computed in float64, block by block.

For each scalar function f:
    f(x, out=None)                        the function
    f_grad(x, out=None)                   its derivative
    f_vjp(g, x, out=None)                 g times the derivative
    f_grad_from_output(y, out=None)       the derivative from y = f(x), where that is possible
    f_vjp_from_output(g, y, out=None)     g times that
For softmax and log_softmax, over any axis, with y the output:
    f(z, axis=-1, out=None), f_vjp(g, y, axis=-1, out=None), f_jvp(t, y, axis=-1, out=None), f_jacobian(y)
For the losses squared_error, binary_cross_entropy, sigmoid_cross_entropy, cross_entropy, softmax_cross_entropy, hinge, huber, log_cosh_error, kl_divergence, of a prediction and a target t:
    f(x, t), f_grad(x, t) by x, f_vjp(g, x, t); those of a vector add along `axis`.

float16, float32 and float64 keep their type, integers become float64; any shape and strides.
`symderiv verify` on this file proves and measures everything again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

__all__ = [
    "sigmoid",
    "sigmoid_grad",
    "sigmoid_vjp",
    "sigmoid_grad_from_output",
    "sigmoid_vjp_from_output",
    "tanh",
    "tanh_grad",
    "tanh_vjp",
    "tanh_grad_from_output",
    "tanh_vjp_from_output",
    "swish",
    "swish_grad",
    "swish_vjp",
    "swish_beta",
    "swish_beta_grad",
    "swish_beta_vjp",
    "logsigmoid",
    "logsigmoid_grad",
    "logsigmoid_vjp",
    "logsigmoid_grad_from_output",
    "logsigmoid_vjp_from_output",
    "softplus",
    "softplus_grad",
    "softplus_vjp",
    "softplus_grad_from_output",
    "softplus_vjp_from_output",
    "softsign",
    "softsign_grad",
    "softsign_vjp",
    "softsign_grad_from_output",
    "softsign_vjp_from_output",
    "arctan",
    "arctan_grad",
    "arctan_vjp",
    "arctan_grad_from_output",
    "arctan_vjp_from_output",
    "gaussian",
    "gaussian_grad",
    "gaussian_vjp",
    "normal_cdf",
    "normal_cdf_grad",
    "normal_cdf_vjp",
    "normal_pdf",
    "normal_pdf_grad",
    "normal_pdf_vjp",
    "mish",
    "mish_grad",
    "mish_vjp",
    "gelu",
    "gelu_grad",
    "gelu_vjp",
    "gelu_tanh",
    "gelu_tanh_grad",
    "gelu_tanh_vjp",
    "elu",
    "elu_grad",
    "elu_vjp",
    "elu_grad_from_output",
    "elu_vjp_from_output",
    "selu",
    "selu_grad",
    "selu_vjp",
    "selu_grad_from_output",
    "selu_vjp_from_output",
    "relu",
    "relu_grad",
    "relu_vjp",
    "relu_grad_from_output",
    "relu_vjp_from_output",
    "leaky_relu",
    "leaky_relu_grad",
    "leaky_relu_vjp",
    "leaky_relu_grad_from_output",
    "leaky_relu_vjp_from_output",
    "sech",
    "sech_grad",
    "sech_vjp",
    "logcosh",
    "logcosh_grad",
    "logcosh_vjp",
    "softmax",
    "softmax_vjp",
    "softmax_jvp",
    "softmax_jacobian",
    "log_softmax",
    "log_softmax_vjp",
    "log_softmax_jvp",
    "log_softmax_jacobian",
    "squared_error",
    "squared_error_grad",
    "squared_error_vjp",
    "binary_cross_entropy",
    "binary_cross_entropy_grad",
    "binary_cross_entropy_vjp",
    "sigmoid_cross_entropy",
    "sigmoid_cross_entropy_grad",
    "sigmoid_cross_entropy_vjp",
    "cross_entropy",
    "cross_entropy_grad",
    "cross_entropy_vjp",
    "softmax_cross_entropy",
    "softmax_cross_entropy_grad",
    "softmax_cross_entropy_vjp",
    "hinge",
    "hinge_grad",
    "hinge_vjp",
    "huber",
    "huber_grad",
    "huber_vjp",
    "log_cosh_error",
    "log_cosh_error_grad",
    "log_cosh_error_vjp",
    "kl_divergence",
    "kl_divergence_grad",
    "kl_divergence_vjp",
]
__symderiv__ = {'schema_version': 1,
 'symderiv': '0.1.0',
 'versions': 'numpy 2.4.6, sympy 1.14.0',
 'precision': 'exact',
 'functions': {'sigmoid': {'definition': '1/(1 + exp(-x))',
                           'variable': 'x',
                           'parameters': {},
                           'assumptions': {},
                           'kernels': {'value': {'side': 0},
                                       'gradient': {'side': 0},
                                       'output': {'formula': 'y*(1 - y)', 'side': 1}},
                           'family': 'activation'},
               'tanh': {'definition': 'sinh(x)/cosh(x)',
                        'variable': 'x',
                        'parameters': {},
                        'assumptions': {},
                        'kernels': {'value': {'side': 0},
                                    'gradient': {'side': 0},
                                    'output': {'formula': '1 - y**2', 'side': 0}},
                        'family': 'activation'},
               'swish': {'definition': 'x*(1/(1 + exp(-x)))',
                         'variable': 'x',
                         'parameters': {},
                         'assumptions': {},
                         'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                         'family': 'activation'},
               'swish_beta': {'definition': 'x*(1/(1 + exp(-beta*x)))',
                              'variable': 'x',
                              'parameters': {'beta': 1.0},
                              'assumptions': {'beta': 'positive'},
                              'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                              'family': 'activation'},
               'logsigmoid': {'definition': 'log(1/(1 + exp(-x)))',
                              'variable': 'x',
                              'parameters': {},
                              'assumptions': {},
                              'kernels': {'value': {'side': 0},
                                          'gradient': {'side': 0},
                                          'output': {'formula': '1 - exp(y)', 'side': -1}},
                              'family': 'activation'},
               'softplus': {'definition': 'log(1 + exp(x))',
                            'variable': 'x',
                            'parameters': {},
                            'assumptions': {},
                            'kernels': {'value': {'side': 0},
                                        'gradient': {'side': 0},
                                        'output': {'formula': '1 - exp(-y)', 'side': 1}},
                            'family': 'activation'},
               'softsign': {'definition': 'x/(1 + Abs(x))',
                            'variable': 'x',
                            'parameters': {},
                            'assumptions': {},
                            'kernels': {'value': {'side': 0},
                                        'gradient': {'side': 0},
                                        'output': {'formula': '(1 - Abs(y))**2', 'side': 0}},
                            'family': 'activation'},
               'arctan': {'definition': 'atan(x)',
                          'variable': 'x',
                          'parameters': {},
                          'assumptions': {},
                          'kernels': {'value': {'side': 0},
                                      'gradient': {'side': 0},
                                      'output': {'formula': 'cos(y)**2', 'side': 0}},
                          'family': 'activation'},
               'gaussian': {'definition': 'exp(-x**2)',
                            'variable': 'x',
                            'parameters': {},
                            'assumptions': {},
                            'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                            'family': 'activation'},
               'normal_cdf': {'definition': '(1 + erf(x/sqrt(2)))/2',
                              'variable': 'x',
                              'parameters': {},
                              'assumptions': {},
                              'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                              'family': 'building block'},
               'normal_pdf': {'definition': 'exp(-x**2/2)/sqrt(2*pi)',
                              'variable': 'x',
                              'parameters': {},
                              'assumptions': {},
                              'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                              'family': 'building block'},
               'mish': {'definition': 'x*tanh(log(1 + exp(x)))',
                        'variable': 'x',
                        'parameters': {},
                        'assumptions': {},
                        'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                        'family': 'activation'},
               'gelu': {'definition': 'x*((1 + erf(x/sqrt(2)))/2)',
                        'variable': 'x',
                        'parameters': {},
                        'assumptions': {},
                        'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                        'family': 'activation'},
               'gelu_tanh': {'definition': 'x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2',
                             'variable': 'x',
                             'parameters': {},
                             'assumptions': {},
                             'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                             'family': 'activation'},
               'elu': {'definition': 'Piecewise((x, x > 0), (alpha*(exp(x) - 1), True))',
                       'variable': 'x',
                       'parameters': {'alpha': 1.0},
                       'assumptions': {'alpha': 'positive'},
                       'kernels': {'value': {'side': 0},
                                   'gradient': {'side': 0},
                                   'output': {'formula': 'Piecewise((1, y > 0), (alpha + y, True))',
                                              'side': 0}},
                       'family': 'activation'},
               'selu': {'definition': '1.0507009873554804934193349852946*Piecewise((x, x > 0), '
                                      '(1.6732632423543772848170429916717*(exp(x) - 1), True))',
                        'variable': 'x',
                        'parameters': {},
                        'assumptions': {},
                        'kernels': {'value': {'side': 0},
                                    'gradient': {'side': 0},
                                    'output': {'formula': 'Piecewise((1.0507009873554804934193349852946, y '
                                                          '> 0), '
                                                          '(1.0507009873554804934193349852946*1.6732632423543772848170429916717 '
                                                          '+ y, True))',
                                               'side': 0}},
                        'family': 'activation'},
               'relu': {'definition': 'Max(0, x)',
                        'variable': 'x',
                        'parameters': {},
                        'assumptions': {},
                        'kernels': {'value': {'side': 0},
                                    'gradient': {'side': 0},
                                    'output': {'formula': 'Piecewise((1, y > 0), (0, True))', 'side': 0}},
                        'family': 'activation'},
               'leaky_relu': {'definition': 'Piecewise((x, x > 0), (alpha*x, True))',
                              'variable': 'x',
                              'parameters': {'alpha': 0.01},
                              'assumptions': {'alpha': 'positive'},
                              'kernels': {'value': {'side': 0},
                                          'gradient': {'side': 0},
                                          'output': {'formula': 'Piecewise((1, y > 0), (alpha, True))',
                                                     'side': 0}},
                              'family': 'activation'},
               'sech': {'definition': '1/cosh(x)',
                        'variable': 'x',
                        'parameters': {},
                        'assumptions': {},
                        'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                        'family': 'activation'},
               'logcosh': {'definition': 'log(cosh(x))',
                           'variable': 'x',
                           'parameters': {},
                           'assumptions': {},
                           'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                           'family': 'activation'},
               'squared_error_of_residual': {'definition': 'p**2/2',
                                             'variable': 'p',
                                             'parameters': {},
                                             'assumptions': {},
                                             'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                                             'family': 'loss'},
               'binary_cross_entropy_for_0': {'definition': '-log(1 - p)',
                                              'variable': 'p',
                                              'parameters': {},
                                              'assumptions': {},
                                              'kernels': {'value': {'side': 0},
                                                          'gradient': {'side': 0},
                                                          'output': {'formula': 'exp(y)', 'side': 0}},
                                              'family': 'loss'},
               'binary_cross_entropy_for_1': {'definition': '-log(p)',
                                              'variable': 'p',
                                              'parameters': {},
                                              'assumptions': {},
                                              'kernels': {'value': {'side': 0},
                                                          'gradient': {'side': 0},
                                                          'output': {'formula': '-exp(y)', 'side': 0}},
                                              'family': 'loss'},
               'sigmoid_cross_entropy_for_0': {'definition': '-log(1 - 1/(1 + exp(-z)))',
                                               'variable': 'z',
                                               'parameters': {},
                                               'assumptions': {},
                                               'kernels': {'value': {'side': 0},
                                                           'gradient': {'side': 0},
                                                           'output': {'formula': '1 - exp(-y)', 'side': 1}},
                                               'family': 'loss'},
               'sigmoid_cross_entropy_for_1': {'definition': '-log(1/(1 + exp(-z)))',
                                               'variable': 'z',
                                               'parameters': {},
                                               'assumptions': {},
                                               'kernels': {'value': {'side': 0},
                                                           'gradient': {'side': 0},
                                                           'output': {'formula': 'exp(-y) - 1', 'side': 1}},
                                               'family': 'loss'},
               'cross_entropy_per_weight': {'definition': '-log(p)',
                                            'variable': 'p',
                                            'parameters': {},
                                            'assumptions': {},
                                            'kernels': {'value': {'side': 0},
                                                        'gradient': {'side': 0},
                                                        'output': {'formula': '-exp(y)', 'side': 0}},
                                            'family': 'loss'},
               'hinge_of_margin': {'definition': 'Max(0, 1 - z)',
                                   'variable': 'z',
                                   'parameters': {},
                                   'assumptions': {},
                                   'kernels': {'value': {'side': 0},
                                               'gradient': {'side': 0},
                                               'output': {'formula': 'Piecewise((0, y <= 0), (-1, True))',
                                                          'side': 0}},
                                   'family': 'loss'},
               'huber_of_residual': {'definition': 'Piecewise((kappa*(p - kappa/2), p > kappa), (p**2/2, p '
                                                   '>= -kappa), (kappa*(-p - kappa/2), True))',
                                     'variable': 'p',
                                     'parameters': {'kappa': 1.0},
                                     'assumptions': {'kappa': 'positive'},
                                     'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                                     'family': 'loss'},
               'log_cosh_error_of_residual': {'definition': 'log(cosh(p))',
                                              'variable': 'p',
                                              'parameters': {},
                                              'assumptions': {},
                                              'kernels': {'value': {'side': 0}, 'gradient': {'side': 0}},
                                              'family': 'loss'},
               'kl_divergence_of_ratio': {'definition': '-log(p)',
                                          'variable': 'p',
                                          'parameters': {},
                                          'assumptions': {},
                                          'kernels': {'value': {'side': 0},
                                                      'gradient': {'side': 0},
                                                      'output': {'formula': '-exp(y)', 'side': 0}},
                                          'family': 'loss'}},
 'vectors': {'softmax': {'definition': 'exp(z[i])/Sum(exp(z[k]), k, 1, n)',
                         'family': 'softmax',
                         'letters': ['z', 'i', 'n']},
             'log_softmax': {'definition': 'z[i] - log(Sum(exp(z[k]), k, 1, n))',
                             'family': 'log',
                             'letters': ['z', 'i', 'n']}},
 'losses': {'squared_error': {'definition': '(p - t)**2/2',
                              'letters': ['p', 't', ''],
                              'assumptions': {'t': 'real'},
                              'conditions': [],
                              'shape': 'residual',
                              'parts': ['squared_error_of_residual']},
            'binary_cross_entropy': {'definition': '-t*log(p) - (1 - t)*log(1 - p)',
                                     'letters': ['p', 't', ''],
                                     'assumptions': {'t': 'real'},
                                     'conditions': ['0 <= t', 't <= 1'],
                                     'shape': 'mixture',
                                     'parts': ['binary_cross_entropy_for_0', 'binary_cross_entropy_for_1']},
            'sigmoid_cross_entropy': {'definition': '-t*log(sigmoid(z)) - (1 - t)*log(1 - sigmoid(z))',
                                      'letters': ['z', 't', ''],
                                      'assumptions': {'t': 'real'},
                                      'conditions': ['0 <= t', 't <= 1'],
                                      'shape': 'mixture',
                                      'parts': ['sigmoid_cross_entropy_for_0',
                                                'sigmoid_cross_entropy_for_1']},
            'cross_entropy': {'definition': '-Sum(t[k]*log(p[k]), k, 1, n)',
                              'letters': ['p', 't', 'n'],
                              'assumptions': {'t': 'real'},
                              'conditions': ['Sum(t[k], k, 1, n) = 1'],
                              'shape': 'weighted',
                              'parts': ['cross_entropy_per_weight']},
            'softmax_cross_entropy': {'definition': '-Sum(t[k]*log(softmax(z)[k]), k, 1, n)',
                                      'letters': ['z', 't', 'n'],
                                      'assumptions': {'t': 'real'},
                                      'conditions': ['Sum(t[k], k, 1, n) = 1'],
                                      'shape': 'softmax',
                                      'parts': []},
            'hinge': {'definition': 'Max(0, 1 - t*z)',
                      'letters': ['z', 't', ''],
                      'assumptions': {'t': 'nonzero'},
                      'conditions': ['t**2 = 1'],
                      'shape': 'margin',
                      'parts': ['hinge_of_margin']},
            'huber': {'definition': 'Piecewise((kappa*(p - t - kappa/2), p - t > kappa), ((p - t)**2/2, p '
                                    '- t >= -kappa), (kappa*(t - p - kappa/2), True))',
                      'letters': ['p', 't', ''],
                      'assumptions': {'t': 'real', 'kappa': 'positive'},
                      'conditions': [],
                      'shape': 'residual',
                      'parts': ['huber_of_residual']},
            'log_cosh_error': {'definition': 'logcosh(p - t)',
                               'letters': ['p', 't', ''],
                               'assumptions': {'t': 'real'},
                               'conditions': [],
                               'shape': 'residual',
                               'parts': ['log_cosh_error_of_residual']},
            'kl_divergence': {'definition': 'Sum(t[k]*log(t[k]/p[k]), k, 1, n)',
                              'letters': ['p', 't', 'n'],
                              'assumptions': {'t': 'real'},
                              'conditions': ['Sum(t[k], k, 1, n) = 1'],
                              'shape': 'ratio',
                              'parts': ['kl_divergence_of_ratio']}},
 'constants': {'_c0': '64*log(2)',
               '_c1': 'low word of 64*log(2)',
               '_c2': 'sqrt(2)/(2*sqrt(pi))',
               '_c3': '-(sqrt(2)/(2*sqrt(pi)))',
               '_c4': '-sqrt(pi)',
               '_c5': 'sqrt(2)',
               '_c6': '1/(2*sqrt(pi))',
               '_c7': '-(1/(2*sqrt(pi)))',
               '_c8': '-8943*sqrt(2)',
               '_c9': '-200000*sqrt(2)',
               '_c10': '100000*sqrt(pi)',
               '_c11': 'low word of -8943*sqrt(2)',
               '_c12': 'low word of -200000*sqrt(2)',
               '_c13': 'low word of 100000*sqrt(pi)',
               '_c14': '8943*sqrt(2)',
               '_c15': '200000*sqrt(2)',
               '_c16': '-(100000*sqrt(pi))',
               '_c17': '26829*sqrt(2)',
               '_c18': '1/(100000*sqrt(pi))',
               '_c19': '-100000*sqrt(pi)',
               '_c20': 'low word of -100000*sqrt(pi)',
               '_c21': 'low word of 26829*sqrt(2)',
               '_c22': 'low word of 200000*sqrt(2)',
               '_c23': 'low word of 1/(100000*sqrt(pi))',
               '_c24': '((8790496704236884299701087)*10**37 + '
                       '6040615967103012290445610415488549141)/((5000000000000000000000000)*10**37 + 0)',
               '_c25': '5253504936777402467096674926473/5000000000000000000000000000000',
               '_c26': '-((8790496704236884299701087)*10**37 + '
                       '6040615967103012290445610415488549141)/((5000000000000000000000000)*10**37 + 0)',
               '_c27': '-(low word of -((8790496704236884299701087)*10**37 + '
                       '6040615967103012290445610415488549141)/((5000000000000000000000000)*10**37 + 0))',
               '_c28': '-log(2)'}}

_MILLS_64 = (
    1.510570260831503,
    -1.2157932839437842,
    0.7742748014844298,
    -0.3730437159193097,
    0.12079314978183575,
    -0.01508037793365048,
    -0.006959384734095947,
    0.003261636918789172,
    0.0002666886188236651,
    -0.00046218990648038875,
    -3.816492702829142e-06,
    7.02895895750671e-05,
    1.4333175282390242e-06,
    -1.1841173039113781e-05,
    -1.2596734676984737e-06,
    2.0451208316592076e-06,
    5.449259390229175e-07,
    -3.130047292398621e-07,
    -1.7373294031995786e-07,
    2.926145481130235e-08,
    4.285520768690471e-08,
    2.8659836802177225e-09,
    -7.46129016373674e-09,
    -1.7093043799760295e-09,
    6.80662461729899e-10,
    2.350957982961548e-10,
)
_MILLS_32 = (
    1.5105702610332115,
    -1.2157928076292708,
    0.7742747877196863,
    -0.37305342174344996,
    0.12079329655600987,
    -0.015024462763503131,
    -0.0069599092748868,
    0.0031275737976531204,
    0.00026730677418888263,
    -0.0003146411391691686,
    -3.4621646029508358e-06,
)
_ERFCX_64 = (
    1.0740069070883398,
    -0.8833944531698836,
    0.5902283571041024,
    -0.31046726190056234,
    0.11952776128726766,
    -0.02682723462469515,
    -0.001212416626845832,
    0.0030340620052543557,
    -0.0005483096943765837,
    -0.000276777887591881,
    0.00010756149572800276,
    3.0398415421531873e-05,
    -1.7470579898367112e-05,
    -4.750203745627632e-06,
    2.7653934843589293e-06,
    1.001369462400479e-06,
    -4.0795588546379703e-07,
    -2.3760728025226044e-07,
    4.605790019424851e-08,
    5.4870169496574923e-08,
    -9.818356605591901e-10,
    -1.1011786999949914e-08,
    -9.783136387840652e-10,
    1.653982449951394e-09,
    1.6421143016942986e-10,
    -1.3486619525318313e-10,
)
_ERFCX_32 = (
    1.0740069123135136,
    -0.8833944451868795,
    0.590227975604107,
    -0.3104674893110152,
    0.11953230069063711,
    -0.026825370112629254,
    -0.0012323710416040335,
    0.003027424456584946,
    -0.0005078505785117683,
    -0.0002649834217254595,
    6.782963557207734e-05,
    1.9655910560487885e-05,
)

BLOCK_BYTES = 262144
"""Bytes of one block: what is computed at a time stays in the cache."""
THREADS = 1
"""Threads for large arrays; more than one pays only where the arithmetic outweighs the memory."""

_Array = Any
_Plan = dict[Any, tuple[Callable[..., None], Any, int, Any]]
_ndarray = np.ndarray
_f2, _f4, _f8 = np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64)
_absolute, _negative, _exp, _expm1, _log1p = np.absolute, np.negative, np.exp, np.expm1, np.log1p
_arctan, _arcsinh, _hypot = np.arctan, np.arcsinh, np.hypot
_add, _subtract, _multiply, _divide = np.add, np.subtract, np.multiply, np.divide
_minimum, _maximum, _copyto = np.minimum, np.maximum, np.copyto
_INTEGERS: dict[int, Any] = {8: np.dtype(np.int64), 4: np.dtype(np.int32)}
_SIGNS: dict[int, Any] = {8: np.array(-(1 << 63)), 4: np.array(-(1 << 31), np.int32)}
_SHIFTS: dict[int, Any] = {8: np.array(63), 4: np.array(31, np.int32)}
_DIRECT = 16384
"""Bytes up to which two calls are cheaper than one on integer views."""
_OWN = threading.local()
_bits: dict[tuple[int, float], int] = {}


def _outside(function: Any) -> Callable[..., Any]:
    """The ufunc, with NaN outside its domain (and its limit at the edge) and no warning about it."""

    def quiet(*arguments: _Array) -> Any:
        with np.errstate(invalid="ignore", divide="ignore"):
            return function(*arguments)

    return quiet


_sqrt, _log, _power, _sin, _cos = map(_outside, (np.sqrt, np.log, np.power, np.sin, np.cos))
_arcsin, _arccos, _arccosh, _arctanh = map(_outside, (np.arcsin, np.arccos, np.arccosh, np.arctanh))


def _plan(single: Any, narrow: tuple[Any, int, Any], wide: tuple[Any, int, Any]) -> _Plan:
    """The kernel for each type, with its numbers as arrays without dimensions; float16 works as float32."""

    def served(kind: Any, found: tuple[Any, int, Any]) -> tuple[Any, Any, int, Any]:
        return found[0], kind, found[1], tuple(np.array(number, kind) for number in found[2])

    with np.errstate(under="ignore", over="ignore"):
        return {_f2: served(single, narrow), _f4: served(single, narrow), _f8: served(_f8, wide)}


def _negabs(x: _Array, out: _Array) -> None:
    """-|x|: the sign bit set."""
    if x.nbytes <= _DIRECT:
        _absolute(x, out)
        _negative(out, out)
        return
    kind = _INTEGERS[x.itemsize]
    np.bitwise_or(x.view(kind), _SIGNS[x.itemsize], out.view(kind))


def _clip(x: _Array, low: _Array, high: _Array, out: _Array) -> None:
    """min(max(x, low), high)."""
    if x.nbytes <= _DIRECT:
        _minimum(x, high, out=out)
        _maximum(out, low, out=out)
        return
    np.clip(x, low, high, out=out)


def _mask(x: _Array, out: _Array) -> None:
    """All bits of out set where the sign bit of x is."""
    kind = _INTEGERS[x.itemsize]
    np.right_shift(x.view(kind), _SHIFTS[x.itemsize], out.view(kind))


def _zero(x: _Array, out: _Array) -> None:
    """All bits of out set where x is 0."""
    kind = _INTEGERS[x.itemsize]
    _absolute(x, out)
    bits = out.view(kind)
    np.subtract(bits, 1, bits)
    np.right_shift(bits, _SHIFTS[x.itemsize], bits)


def _select(mask: _Array, a: _Array, b: _Array, out: _Array) -> None:
    """a where the mask is set, else b, without a branch; out may be a, not b."""
    kind = _INTEGERS[out.itemsize]
    mask, a, b, out = mask.view(kind), _integers(a, kind), _integers(b, kind), out.view(kind)
    if a.ndim or b.ndim:
        np.bitwise_xor(a, b, out)
        np.bitwise_and(out, mask, out)
    else:
        np.bitwise_and(mask, a ^ b, out)
    if b.ndim or b:
        np.bitwise_xor(out, b, out)


_patch = _select


def _integers(value: _Array, kind: Any) -> _Array:
    """The bits of an array, or of a parameter."""
    return (value if isinstance(value, _ndarray) else np.array(value, f"f{kind.itemsize}")).view(kind)


def _scaled(u: _Array, center: _Array, coefficients: Sequence[_Array], out: _Array, spare: _Array) -> None:
    """P(t)/(u + center) with t = (u - center)/(u + center)."""
    _add(u, center, spare)
    _subtract(u, center, out)
    _divide(out, spare, spare)
    _multiply(spare, coefficients[-1], out)
    for coefficient in coefficients[-2:0:-1]:
        _add(out, coefficient, out)
        _multiply(out, spare, out)
    _add(out, coefficients[0], out)
    _add(u, center, spare)
    _divide(out, spare, out)


def _numbers(center: float, single: Sequence[float], double: Sequence[float]) -> dict[int, Any]:
    """Center and coefficients by the bytes of a type."""
    kinds = ((4, np.float32, single), (8, np.float64, double))
    return {size: (np.array(center, k), tuple(np.array(c, k) for c in found)) for size, k, found in kinds}


_ERFCX, _MILLS = _numbers(3.0, _ERFCX_32, _ERFCX_64), _numbers(4.0, _MILLS_32, _MILLS_64)


def _erfcx(u: _Array, out: _Array, spare: _Array) -> None:
    """exp(u^2) erfc(u) for u >= 0; u, out and spare are three arrays."""
    center, coefficients = _ERFCX[u.itemsize]
    _scaled(u, center, coefficients, out, spare)


def _mills(u: _Array, out: _Array, spare: _Array) -> None:
    """exp(u^2/2) erfc(u/sqrt(2)) for u >= 0; u, out and spare are three arrays."""
    center, coefficients = _MILLS[u.itemsize]
    _scaled(u, center, coefficients, out, spare)


def _scratch(kind: Any, size: int, count: int) -> list[_Array]:
    """Blocks of this thread, kept for the next call; a few sizes only, so that they stay few."""
    key = size * 16 + kind.itemsize
    try:
        blocks = _OWN.blocks[key]
        if len(blocks) >= count:
            return blocks
    except AttributeError:
        _OWN.blocks = {}
    except KeyError:
        if len(_OWN.blocks) >= 16:
            _OWN.blocks.clear()
    blocks = _OWN.blocks[key] = [np.empty(size, kind) for _ in range(count)]
    return blocks


def _array(value: Any, name: str) -> _Array:
    """An array of a real type; integers become float64."""
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        raise TypeError(f"{name} is a {type(value).__name__}: pass a plain array, such as np.asarray({name})")
    found = np.asarray(value)
    if found.dtype.kind in "iub":
        return found.astype(np.float64)
    if found.dtype.kind != "f" or found.dtype.itemsize > 8:
        raise TypeError(f"{name} has the type {found.dtype}: float16, float32, float64 or integers are due")
    return found.astype(found.dtype.newbyteorder("=")) if not found.dtype.isnative else found


def _check_out(out: Any, like: _Array) -> None:
    if type(out) is not np.ndarray:
        raise TypeError(f"out is a {type(out).__name__}: an array is due")
    if out.dtype != like.dtype:
        raise TypeError(f"out has the type {out.dtype}: {like.dtype} is due")
    if out.shape != like.shape:
        raise ValueError(f"out has the shape {out.shape}: {like.shape} is due")
    if not (out.flags.c_contiguous and out.flags.writeable):
        raise ValueError("out must be contiguous and writeable")


def _run(plan: _Plan, g: Any, x: Any, out: Any, parameters: tuple[float, ...] = ()) -> _Array:
    """kernel(x), times g if there is one, into out."""
    if type(x) is _ndarray and type(out) is _ndarray:
        kind, shape = x.dtype, x.shape
        found = plan.get(kind)
        if found is not None:
            kernel, work, count, numbers = found
            if (
                work is kind
                and out.dtype is kind
                and out.shape == shape
                and len(shape) == 1
                and x.nbytes <= BLOCK_BYTES
                and ((x.base is None and out.base is None and out is not x) or not _overlap(x, out))
                and out.flags.carray
                and (g is None or _fits(g, kind, shape, out))
            ):
                kernel(x, out, _scratch(kind, shape[0], count) if count else (), numbers, *parameters)
                if g is not None:
                    _multiply(out, g, out)
                return out
    return _general(plan, g, x, out, parameters)


_overlap = np.may_share_memory


def _fits(g: Any, kind: Any, shape: tuple[int, ...], out: _Array) -> bool:
    """A plain array of the type and shape that does not overlap out (whose memory is its own or not)."""
    if type(g) is not _ndarray or g.dtype is not kind or g.shape != shape:
        return False
    return g is not out if g.base is None and out.base is None else not _overlap(g, out)


def _general(plan: _Plan, g: Any, x: Any, out: Any, parameters: tuple[float, ...]) -> _Array:
    """The same for arguments of every kind."""
    x = _array(x, "the argument")
    if g is not None:
        g = _array(g, "g")
        if g.dtype != x.dtype:
            raise TypeError(f"g has the type {g.dtype}, and the argument {x.dtype}: give both one type")
        if g.shape != x.shape:
            raise ValueError(f"g has the shape {g.shape}: {x.shape} is due")
    if out is None:
        result = np.empty(x.shape, x.dtype)
    else:
        _check_out(out, x)
        result = out
        x, g = _apart(x, out), g if g is None else _apart(g, out)
    _all_blocks(plan[x.dtype], g, x, result, parameters)
    return result[()] if out is None and result.ndim == 0 else result


def _apart(value: _Array, out: _Array) -> _Array:
    """The array, or a copy of it where writing to out would change it before it is read."""
    return value.copy() if np.may_share_memory(value, out) else value


def _all_blocks(
    found: tuple[Any, Any, int, Any], g: Any, x: Any, out: _Array, parameters: tuple[float, ...]
) -> None:
    """Block after block; with THREADS, ranges of blocks side by side."""
    flat, target = x.reshape(-1), out.reshape(-1)
    other = None if g is None else g.reshape(-1)
    size, step = flat.size, BLOCK_BYTES // found[1].itemsize
    if THREADS < 2 or size < 8 * step:
        _range(found, other, flat, target, parameters, 0, size)
        return
    from concurrent.futures import ThreadPoolExecutor

    share = -(-size // (THREADS * step)) * step
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [
            pool.submit(_range, found, other, flat, target, parameters, start, min(start + share, size))
            for start in range(0, size, share)
        ]
    for job in jobs:
        job.result()


def _range(
    found: tuple[Any, Any, int, Any],
    g: Any,
    x: _Array,
    out: _Array,
    parameters: tuple[float, ...],
    start: int,
    stop: int,
) -> None:
    kernel, kind, count, numbers = found
    step = BLOCK_BYTES // kind.itemsize
    same = x.dtype == kind
    for low in range(start, stop, step):
        high = min(low + step, stop)
        point, target = x[low:high], out[low:high]
        if same:
            kernel(point, target, _scratch(kind, high - low, count), numbers, *parameters)
            if g is not None:
                _multiply(target, g[low:high], target)
            continue
        blocks = _scratch(kind, high - low, count + 2)
        wide, value = blocks[count], blocks[count + 1]
        _copyto(wide, point)
        kernel(wide, value, blocks, numbers, *parameters)
        if g is not None:
            _copyto(wide, g[low:high])
            _multiply(value, wide, value)
        _copyto(target, value, casting="same_kind")


# fmt: off
_EXP_HIGH = np.array([
    0.6872892787909722, 0.7316156289466418, 0.7788007830714049, 0.8290291181804004, 0.8824969025845955,
    0.9394130628134758, 1.0, 1.0644944589178593, 1.1331484530668263, 1.2062302494209807,
    1.2840254166877414, 1.3668379411737963, 1.4549914146182013,
])
_EXP_LOW = np.array([
    -3.7088003061371396e-17, 8.35576468031604e-18, -1.0231869534531498e-17, -2.7604408719539223e-17,
    -5.224526916735663e-17, -2.152447043447057e-17, 0.0, 1.0872888143211957e-16, -5.370737708558031e-18,
    3.9295715071105525e-17, 8.968972781793724e-17, 5.1449446596411544e-17, 8.517923078996071e-17,
])
"""exp(j/16) for j = -6 ... 6, and what the doubles leave out."""
_ARC_HIGH = np.array([
    0.0, 0.06241880999595735, 0.12435499454676144, 0.18534794999569476, 0.24497866312686414,
    0.3028848683749714, 0.35877067027057225, 0.4124104415973873, 0.4636476090008061, 0.5123894603107377,
    0.5585993153435624, 0.6022873461349642, 0.6435011087932844, 0.6823165548747481, 0.7188299996216245,
    0.7531512809621944, 0.7853981633974483,
])
_ARC_LOW = np.array([
    0.0, -1.5490756308295046e-18, -3.1253241424539383e-18, 4.180692268843079e-18,
    1.0698755618734451e-17, -1.1010827903001369e-17, -2.4623815582638635e-17, -1.587652227770689e-17,
    2.2698777452961687e-17, -2.5462781472855804e-17, -5.4556305485916264e-18, 2.950430737228402e-17,
    1.5834785051444286e-17, 6.943223671560008e-18, -2.1478388444456983e-17, -2.4256934659182068e-17,
    3.061616997868383e-17,
])
"""arctan(j/16) for j = 0 ... 16, and what the doubles leave out."""
_TURNS = np.array([
    10680707.0, 7228996.0, 1387004.0, 2578385.0, 16069853.0, 12639074.0, 9804092.0, 4427841.0,
    16666979.0, 11263675.0, 12935607.0, 2387514.0, 4345298.0, 14681673.0, 3074569.0, 13734428.0,
    16653803.0, 1880361.0, 10960616.0, 8533493.0, 3062596.0, 8710556.0, 7349940.0, 6258241.0, 3772886.0,
    3769171.0, 3798172.0, 8675211.0, 12450088.0, 3874808.0, 9961438.0, 366607.0, 15675153.0, 9132554.0,
    7151469.0, 3571407.0, 2607881.0, 12013382.0, 4155038.0, 6285869.0, 7677882.0, 13102053.0,
    15825725.0, 473591.0, 9065106.0, 15363067.0, 6271263.0, 9264392.0, 5636912.0, 4652155.0, 7056368.0,
    13614112.0, 10155062.0, 1944035.0, 9527646.0, 15080200.0, 6658437.0, 6231200.0, 6832269.0,
    16767104.0, 5075751.0, 3212806.0, 1398474.0, 7579849.0, 6349435.0, 12618859.0, 4703257.0,
    12806093.0, 14477321.0, 2786137.0, 12875403.0, 9837734.0, 14528324.0, 13719321.0, 343717.0,
    16713477.0, 4161075.0, 15217346.0, 14569368.0, 3308987.0, 12795174.0, 15690526.0, 6224031.0,
    3809077.0, 13300351.0, 1935345.0, 2199676.0, 8135786.0, 16412373.0, 7810352.0, 4406037.0,
    12981429.0, 10295747.0, 12764333.0, 4279596.0, 6094860.0, 4619654.0, 2978275.0, 10143387.0, 25139.0,
    8180404.0, 9938868.0, 13980983.0, 16137943.0,
])
"""The digits of 2/pi in groups of 24 bits."""
_SIN_HIGH = np.array([
    -0.806081108260693, -0.7675435022360271, -0.7260086552607126, -0.6816387600233341,
    -0.6346070800152693, -0.5850972729404622, -0.5333026735360201, -0.479425538604203,
    -0.42367625720393803, -0.36627252908604757, -0.30743851458038085, -0.24740395925452294,
    -0.18640329676226988, -0.12467473338522769, -0.0624593178423802, 0.0, 0.0624593178423802,
    0.12467473338522769, 0.18640329676226988, 0.24740395925452294, 0.30743851458038085,
    0.36627252908604757, 0.42367625720393803, 0.479425538604203, 0.5333026735360201, 0.5850972729404622,
    0.6346070800152693, 0.6816387600233341, 0.7260086552607126, 0.7675435022360271, 0.806081108260693,
])
_SIN_LOW = np.array([
    1.8173616480548578e-17, 3.573483123546625e-17, 1.573621815339587e-17, -4.410467313197903e-17,
    3.4568582392624965e-17, 5.4883972461161805e-17, -5.129318115032044e-17, 5.103969860556013e-18,
    2.331800700068871e-17, 9.938814562106524e-18, -1.1004366442765296e-19, 7.53102495590706e-18,
    -2.3493796901281573e-18, 2.925947496057858e-18, 2.040259504585711e-18, 0.0, -2.040259504585711e-18,
    -2.925947496057858e-18, 2.3493796901281573e-18, -7.53102495590706e-18, 1.1004366442765296e-19,
    -9.938814562106524e-18, -2.331800700068871e-17, -5.103969860556013e-18, 5.129318115032044e-17,
    -5.4883972461161805e-17, -3.4568582392624965e-17, 4.410467313197903e-17, -1.573621815339587e-17,
    -3.573483123546625e-17, -1.8173616480548578e-17,
])
_COS_HIGH = np.array([
    0.5918050750924775, 0.6409968581633251, 0.6876855622205048, 0.7316888688738209, 0.7728349461524715,
    0.8109631195052179, 0.8459244992310679, 0.8775825618903728, 0.9058136834259364, 0.9305076219123143,
    0.9515679480481722, 0.9689124217106447, 0.9824733131012553, 0.992197667229329, 0.9980475107000991,
    1.0, 0.9980475107000991, 0.992197667229329, 0.9824733131012553, 0.9689124217106447,
    0.9515679480481722, 0.9305076219123143, 0.9058136834259364, 0.8775825618903728, 0.8459244992310679,
    0.8109631195052179, 0.7728349461524715, 0.7316888688738209, 0.6876855622205048, 0.6409968581633251,
    0.5918050750924775,
])
_COS_LOW = np.array([
    2.15859860798048e-17, 5.198410459670848e-17, 3.5430696752823923e-17, -1.0475824306512768e-17,
    4.231014921891023e-17, -3.091333486122179e-17, 1.549506647350329e-17, -4.2623149864279997e-17,
    4.2864666490805214e-17, 4.488760003328074e-18, -3.8614834675674123e-17, 5.071436662403936e-17,
    -3.919920375420088e-17, 4.754870575189364e-17, 3.3232291674141346e-17, 0.0, 3.3232291674141346e-17,
    4.754870575189364e-17, -3.919920375420088e-17, 5.071436662403936e-17, -3.8614834675674123e-17,
    4.488760003328074e-18, 4.2864666490805214e-17, -4.2623149864279997e-17, 1.549506647350329e-17,
    -3.091333486122179e-17, 4.231014921891023e-17, -1.0475824306512768e-17, 3.5430696752823923e-17,
    5.198410459670848e-17, 2.15859860798048e-17,
])
"""Sine and cosine of j/16 for j = -15 ... 15, and what the doubles leave out."""
_ERFCX_HIGH = (
    1.0919229095627891, -0.9587415766529096, 0.7363189252217517, -0.4904702912076768, 0.279062049033778,
    -0.13195540117859858, 0.04911877861544401, -0.012535880039850665, 0.000986338077500793,
    0.0007948230866939661, -0.0003486468421322676, 1.0594075567727206e-05, 3.747168937697897e-05,
    -8.904315685069489e-06, -3.289513376729919e-06, 1.6571231846555186e-06, 2.8025276491731244e-07,
    -2.657270868472528e-07, -2.7769005039882054e-08, 4.265712118347254e-08, 4.221105330833494e-09,
    -7.0619195373280014e-09, -9.81938644591933e-10, 1.1771818395805044e-09, 2.5558713147429887e-10,
    -1.8344988979243247e-10, -5.87610682102634e-11, 2.2942664456241506e-11, 9.858367990694847e-12,
    -1.6369072280150858e-12, -8.644174505496268e-13,
)
_ERFCX_LOW = (
    -1.028673550833325e-16, 2.059061455535e-17, 3.6413648265142963e-17, 1.5538786373036464e-18,
    3.963379701210865e-18, 5.00224217485494e-18, -1.9402310581359054e-18, -7.437943709725136e-19,
    5.0662948748961634e-20, -5.315174777881406e-20, 1.655707860803627e-20, 3.1551051622829073e-22,
)
"""(u + 15/4) erfcx(u) as a polynomial in (u - 15/4)/(u + 15/4), to 2**-70; the first ones in two words."""
_ERF_HIGH = (
    1.1283791670955126, -0.37612638903183754, 0.11283791670955126, -0.026866170645131252,
    0.005223977625442188, -0.0008548327023450853, 0.00012055332981789664, -1.492565035840625e-05,
    1.6462114365889248e-06, -1.6365844691234924e-07, 1.4807192815879218e-08, -1.2290555301717928e-09,
    9.422759064650411e-11, -6.7113668551641105e-12, 4.4632242632864775e-13, -2.7835162072109215e-14,
)
_ERF_LOW = (
    1.533545961316588e-17, 1.3391897206030649e-17, -4.017569161809194e-18, 4.6092880729453e-19,
)
"""erf(x)/x as a polynomial in x^2, for |x| <= 1/2; the first coefficients in two words."""
# fmt: on
_Wide = tuple[Any, Any, Any]
_ROOM = threading.local()
_INT = np.dtype(np.int64)
_INFINITE, _NOTHING = 1 << 40, -(1 << 54)
"""The exponents of an infinite argument and of 0."""


def _wide(x: _Array, count: int) -> list[_Wide]:
    """Wide blocks of the size of x, kept for the next call of this thread."""
    try:
        blocks = _ROOM.blocks[x.size]
        if len(blocks) >= count:
            return blocks
    except AttributeError:
        _ROOM.blocks = {}
    except KeyError:
        if len(_ROOM.blocks) >= 8:
            _ROOM.blocks.clear()
    blocks = _ROOM.blocks[x.size] = [_wide_block(x.shape) for _ in range(count)]
    return blocks


def _wide_block(shape: tuple[int, ...]) -> _Wide:
    return np.empty(shape), np.empty(shape), np.empty(shape, _INT)


def _room(like: _Array) -> tuple[list[_Array], list[Any], list[_Wide], _Array]:
    """Spare blocks of this thread: doubles, integers, wide numbers, and truth values."""
    try:
        return _ROOM.spare[like.shape]
    except AttributeError:
        _ROOM.spare = {}
    except KeyError:
        if len(_ROOM.spare) >= 8:
            _ROOM.spare.clear()
    shape = like.shape
    found = _ROOM.spare[shape] = (
        [np.empty(shape) for _ in range(16)],
        [np.empty(shape, _INT) for _ in range(4)],
        [_wide_block(shape) for _ in range(8)],
        np.empty(shape, np.bool_),
    )
    return found


def _silent(function: Callable[..., None]) -> Callable[..., None]:
    def inner(*arguments: Any) -> None:
        with np.errstate(all="ignore"):
            function(*arguments)

    return inner


def _power_of_two(exponent: Any, out: _Array) -> None:
    """2**exponent, with the exponent cut off at 1000; 0 below the normal range."""
    bits = out.view(_INT)
    _maximum(exponent, -1023, out=bits)
    _minimum(bits, 1000, out=bits)
    _add(bits, 1023, bits)
    np.left_shift(bits, 52, bits)


def _two_sum(a: _Array, b: _Array, high: _Array, low: _Array, t: _Array) -> None:
    """high + low = a + b, exactly."""
    _add(a, b, high)
    _subtract(high, a, t)
    _subtract(high, t, low)
    _subtract(a, low, low)
    _subtract(b, t, t)
    _add(low, t, low)


def _fast_sum(a: _Array, b: _Array, high: _Array, low: _Array) -> None:
    """high + low = a + b, exactly, for |a| >= |b|; low may be b."""
    _add(a, b, high)
    _subtract(a, high, a)
    _add(a, b, low)


def _two_product(a: _Array, b: _Array, high: _Array, low: _Array, t: list[_Array]) -> None:
    """high + low = a b, exactly; the halves of a and b are cut out of their bits, rounded to 26."""
    a1, a2, b1, step = t[:4]
    for whole, half in ((a, a1), (b, b1)):
        bits = half.view(_INT)
        _add(whole.view(_INT), 1 << 26, bits)
        np.bitwise_and(bits, -(1 << 27), bits)
    _subtract(a, a1, a2)
    _multiply(a, b, high)
    _multiply(a1, b1, low)
    _subtract(low, high, low)
    _multiply(a2, b1, step)
    _add(low, step, low)
    _subtract(b, b1, b1)
    _multiply(a1, b1, step)
    _add(low, step, low)
    _multiply(a2, b1, step)
    _add(low, step, low)


def _settle(high: _Array, low: _Array, out: _Wide, spare: Any) -> None:
    """out = (high + low) 2**(its exponent), brought to 1 <= |high| < 2; high and low are used up."""
    field, zero = spare[:2]
    h, rest, e = out
    _fast_sum(high, low, h, rest)
    np.right_shift(h.view(_INT), 52, field)
    np.bitwise_and(field, 2047, field)
    _subtract(field, 1, zero)
    np.right_shift(zero, 63, zero)
    np.bitwise_and(zero, _NOTHING, zero)
    _add(e, zero, e)
    _add(e, field, e)
    _subtract(e, 1023, e)
    _subtract(2046, field, field)
    _maximum(field, 1, out=field)
    np.left_shift(field, 52, field)
    _multiply(h, field.view(h.dtype), h)
    _multiply(rest, field.view(h.dtype), rest)


def _fill(value: float, low: float, out: _Wide) -> None:
    """A constant, in two words."""
    mantissa, exponent = np.frexp(value)
    out[0].fill(2 * mantissa)
    out[1].fill(np.ldexp(low, 1 - exponent))
    out[2].fill(exponent - 1 if value else _NOTHING)


@_silent
def _widen(x: _Array, out: _Wide) -> None:
    """A double as a wide number."""
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        _fill(float(x), 0.0, out)
        return
    t, ints, _, truth = _room(out[0])
    np.absolute(x, t[0])
    np.equal(t[0], np.inf, truth)
    _minimum(x, 1.7976931348623157e308, out=t[0])
    _maximum(t[0], -1.7976931348623157e308, out=t[0])
    np.frexp(t[0], t[0], t[1].view(np.int32)[: x.size])
    _copyto(out[2], t[1].view(np.int32)[: x.size])
    t[1].fill(0.0)
    _settle(t[0], t[1], out, ints)
    _multiply(truth, _INFINITE, ints[0])
    _add(out[2], ints[0], out[2])


def _widen_pair(high: float, low: float, out: _Wide) -> None:
    """A constant in two words as a wide number."""
    _fill(float(high), float(low), out)


@_silent
def _rounded(a: _Wide, out: _Array) -> None:
    """The nearest double."""
    ints = _room(out)[1]
    _maximum(a[2], -2200, out=ints[0])
    _minimum(ints[0], 2200, out=ints[0])
    np.ldexp(a[0], ints[0], out)


@_silent
def _wide_add(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a + b."""
    t, ints, _, _ = _room(out[0])
    _maximum(a[2], b[2], out=out[2])
    _subtract(a[2], out[2], ints[0])
    _power_of_two(ints[0], t[0])
    _subtract(b[2], out[2], ints[0])
    _power_of_two(ints[0], t[1])
    _multiply(a[0], t[0], t[2])
    _multiply(b[0], t[1], t[3])
    _two_sum(t[2], t[3], t[4], t[5], t[6])
    _multiply(a[1], t[0], t[2])
    _add(t[5], t[2], t[5])
    _multiply(b[1], t[1], t[3])
    _add(t[5], t[3], t[5])
    _settle(t[4], t[5], out, ints)


def _wide_sub(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a - b."""
    minus = _room(out[0])[2][7]
    _wide_neg(b, minus)
    _wide_add(a, minus, out)


@_silent
def _wide_mul(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a b."""
    t, ints, _, _ = _room(out[0])
    _two_product(a[0], b[0], t[0], t[1], t[2:])
    _multiply(a[0], b[1], t[2])
    _add(t[1], t[2], t[1])
    _multiply(a[1], b[0], t[2])
    _add(t[1], t[2], t[1])
    _add(a[2], b[2], out[2])
    _settle(t[0], t[1], out, ints)


@_silent
def _wide_div(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a/b."""
    t, ints, _, _ = _room(out[0])
    _quotient(a[0], a[1], b[0], b[1], t[0], t[1], t[2:])
    _subtract(a[2], b[2], out[2])
    _settle(t[0], t[1], out, ints)
    _endless(a[0], b[0], out)


def _endless(a: _Array, b: _Array, out: _Wide) -> None:
    """Where b is 0, out = a/0: an infinite number, or NaN."""
    t, _, _, truth = _room(out[0])
    np.equal(b, 0.0, truth)
    _divide(a, b, t[0])
    _maximum(t[0], -1.0, out=t[0])
    _minimum(t[0], 1.0, out=t[0])
    _copyto(out[0], t[0], where=truth)
    _copyto(out[1], 0.0, where=truth)
    _copyto(out[2], 1 << 50, where=truth)


def _quotient(a: _Array, al: _Array, b: _Array, bl: _Array, q: _Array, ql: _Array, t: list[_Array]) -> None:
    """q + ql = (a + al)/(b + bl)."""
    _divide(a, b, q)
    _two_product(q, b, t[0], t[1], t[2:])
    _subtract(a, t[0], t[0])
    _subtract(t[0], t[1], t[0])
    _add(t[0], al, t[0])
    _multiply(q, bl, t[1])
    _subtract(t[0], t[1], t[0])
    _divide(t[0], b, ql)


def _wide_select(mask: _Array, a: _Wide, b: _Wide, out: _Wide) -> None:
    """a where the mask is set, else b."""
    for first, second, target in zip(a, b, out, strict=True):
        _select(mask, first, second, target)


def _wide_neg(a: _Wide, out: _Wide) -> None:
    """-a."""
    np.negative(a[0], out[0])
    np.negative(a[1], out[1])
    _copyto(out[2], a[2])


def _wide_abs(a: _Wide, out: _Wide) -> None:
    """|a|."""
    sign = _room(out[0])[0][0]
    np.copysign(1.0, a[0], sign)
    _multiply(a[0], sign, out[0])
    _multiply(a[1], sign, out[1])
    _copyto(out[2], a[2])


@_silent
def _wide_sqrt(a: _Wide, out: _Wide) -> None:
    """sqrt(a)."""
    t, ints, _, _ = _room(out[0])
    np.bitwise_and(a[2], 1, ints[0])
    _subtract(a[2], ints[0], out[2])
    np.right_shift(out[2], 1, out[2])
    _power_of_two(ints[0], t[0])
    _multiply(a[0], t[0], t[1])
    _multiply(a[1], t[0], t[2])
    np.sqrt(t[1], t[3])
    _two_product(t[3], t[3], t[4], t[5], t[6:])
    _subtract(t[1], t[4], t[1])
    _subtract(t[1], t[5], t[1])
    _add(t[1], t[2], t[1])
    _add(t[3], t[3], t[4])
    _maximum(t[4], 1e-300, out=t[4])
    _divide(t[1], t[4], t[1])
    _settle(t[3], t[1], out, ints)


_LN2 = (0.6931471803691238, 1.9082149288430703e-10, 4.275175589747649e-20, 1.9082149292705877e-10)
"""log(2) in three words of which the first two have 32 bits; and all but the first in one double."""
_EXP_SERIES = (
    2.7557319223985893e-07,
    2.7557319223985893e-06,
    2.48015873015873e-05,
    0.0001984126984126984,
    0.001388888888888889,
    0.008333333333333333,
    0.041666666666666664,
    0.16666666666666666,
)
"""1/10! ... 1/3!."""
_ARC_SERIES = (
    0.07692307692307693,
    -0.09090909090909091,
    0.1111111111111111,
    -0.14285714285714285,
    0.2,
    -0.3333333333333333,
)
"""1/13, -1/11, ... -1/3."""


def _series(x: _Array, coefficients: tuple[float, ...], out: _Array) -> None:
    """The polynomial, highest coefficient first."""
    _multiply(x, coefficients[0], out)
    for coefficient in coefficients[1:-1]:
        _add(out, coefficient, out)
        _multiply(out, x, out)
    _add(out, coefficients[-1], out)


def _looked_up(table: _Array, index: Any, out: _Array) -> None:
    np.take(table, index, out=out, mode="clip")


def _exponential(r: _Array, low: _Array, t: list[_Array], index: Any) -> tuple[_Array, ...]:
    """`(e^(r + low) in two words, e^u - 1 in two words, its table place j)` for |r| <= 0.4, u = r - j/16.

    Where j = 0 the second pair is the whole of e^r - 1.
    """
    j, u, square, rest, s, sl, tail = t[:7]
    _multiply(r, 16.0, j)
    np.rint(j, j)
    _multiply(j, 0.0625, u)
    _subtract(r, u, u)
    _two_product(u, u, square, rest, t[6:])
    _series(u, _EXP_SERIES, tail)
    _multiply(tail, square, tail)
    _multiply(tail, u, tail)
    _multiply(square, 0.5, square)
    _multiply(rest, 0.5, s)
    _add(u, square, rest)
    _add(rest, tail, rest)
    _add(rest, 1.0, rest)
    _multiply(rest, low, rest)
    _add(tail, s, tail)
    _add(tail, rest, tail)
    _fast_sum(u, square, s, sl)
    _add(sl, tail, u)
    _fast_sum(s, u, square, sl)
    s = square  # e^u - 1 = s + sl
    _copyto(index, j, casting="unsafe")
    _add(index, 6, index)
    u, w, wl, high, rest = t[1], t[3], t[4], t[6], t[7]
    u.fill(1.0)
    _fast_sum(u, s, w, wl)
    _add(wl, sl, wl)
    factor = t[1]
    _looked_up(_EXP_HIGH, index, factor)
    _two_product(factor, w, high, rest, t[8:])
    _multiply(factor, wl, factor)
    _add(rest, factor, rest)
    _looked_up(_EXP_LOW, index, factor)
    _multiply(factor, w, factor)
    _add(rest, factor, rest)
    return high, rest, s, sl, j


def _doubles(a: _Wide, high: _Array, low: _Array, scale: _Array, ints: Any) -> None:
    """A wide number as two doubles, cut off at 2**1000, and 0 below the normal range."""
    _power_of_two(a[2], scale)
    _multiply(a[0], scale, high)
    _multiply(a[1], scale, low)


@_silent
def _wide_exp(a: _Wide, out: _Wide) -> None:
    """e^a."""
    t, ints, _, _ = _room(out[0])
    _exp_parts(a, out, t, ints)


def _exp_parts(a: _Wide, out: _Wide, t: list[_Array], ints: Any) -> tuple[_Array, ...]:
    """e^a to out; and what `_exponential` knows of the reduced argument, with k in t[15]."""
    x, low, k, step = t[12], t[13], t[15], t[0]
    _doubles(a, x, low, step, ints)
    _minimum(x, 1.2e13, out=x)
    _maximum(x, -1.2e13, out=x)
    _minimum(low, 0.002, out=low)
    _maximum(low, -0.002, out=low)
    _multiply(x, 1.4426950408889634, k)
    np.rint(k, k)
    _multiply(k, _LN2[0], step)
    _subtract(x, step, x)
    _multiply(k, -_LN2[1], step)
    _two_sum(x, step, t[1], t[2], t[3])
    _add(low, t[2], low)
    _multiply(k, _LN2[2], step)
    _subtract(low, step, low)
    _copyto(x, t[1])
    found = _exponential(x, low, t, ints[0])
    _copyto(out[2], k, casting="unsafe")
    _farther(a, out[2], ints)
    _settle(found[0], found[1], out, ints)
    return found[2:]


def _farther(a: _Wide, exponent: Any, ints: Any) -> None:
    """Exponentials of what is itself beyond all doubles get exponents beyond those of all others."""
    np.right_shift(exponent, 63, ints[2])
    for limit, step in ((2000, 1 << 46), (_INFINITE - 1, 1 << 50), (1 << 49, 1 << 52)):
        _subtract(limit, a[2], ints[1])
        np.right_shift(ints[1], 63, ints[1])
        np.bitwise_and(ints[1], step, ints[1])
        np.bitwise_xor(ints[1], ints[2], ints[1])
        _subtract(ints[1], ints[2], ints[1])
        _add(exponent, ints[1], exponent)


@_silent
def _wide_expm1(a: _Wide, out: _Wide) -> None:
    """e^a - 1."""
    t, ints, wide, truth = _room(out[0])
    one, power, _ = wide[4:7]
    s, sl, j = _exp_parts(a, power, t, ints)
    np.absolute(j, j)
    _add(j, np.absolute(t[15], t[15]), j)
    _copyto(t[12], s)
    _copyto(t[13], sl)
    _copyto(t[14], j)
    _one(one, -1.0)
    _wide_add(power, one, out)
    np.equal(t[14], 0.0, truth)
    one[2].fill(0)
    _settle(t[12], t[13], one, ints)
    _instead(one, out, truth)
    np.less(a[2], -200, truth)
    _instead(a, out, truth)


def _one(out: _Wide, value: float = 1.0) -> None:
    out[0].fill(value)
    out[1].fill(0.0)
    out[2].fill(0)


def _instead(a: _Wide, out: _Wide, truth: _Array) -> None:
    """out = a where it is true."""
    for source, target in zip(a, out, strict=True):
        _copyto(target, source, where=truth)


def _log1p_parts(f: _Array, low: _Array, t: list[_Array], index: Any, truth: _Array) -> tuple[_Array, _Array]:
    """log(1 + f + low) in two words, for -0.3 <= f <= 0.42; f and low among t[12:]."""
    first, above = t[15], t[11]
    _log1p(f, first)
    t[14].fill(0.0)
    high, rest, s, sl, j = _exponential(first, t[14], t, index)
    _subtract(high, 1.0, high)
    np.equal(j, 0.0, truth)  # there the series is e^first - 1, elsewhere e^first less 1
    _copyto(high, s, where=truth)
    _copyto(rest, sl, where=truth)
    _subtract(f, high, above)
    _subtract(low, rest, rest)
    _add(above, rest, above)
    _add(f, 1.0, s)
    _divide(above, s, above)
    return first, above


@_silent
def _wide_log(a: _Wide, out: _Wide) -> None:
    """log(a)."""
    t, ints, _, truth = _room(out[0])
    f, low, scale = t[12], t[13], t[0]
    _subtract(1.4142, a[0], scale)
    np.right_shift(scale.view(ints[0].dtype), 63, ints[0])
    _subtract(a[2], ints[0], out[2])
    _power_of_two(ints[0], scale)
    _multiply(a[0], scale, f)
    _multiply(a[1], scale, low)
    _subtract(f, 1.0, f)
    first, rest = _log1p_parts(f, low, t, ints[0], truth)
    _copyto(t[0], out[2])
    _multiply(t[0], _LN2[0], t[1])
    _multiply(t[0], _LN2[3], t[2])
    _two_sum(t[1], first, t[3], t[4], t[5])
    _add(t[2], rest, t[2])
    _add(t[4], t[2], t[4])
    out[2].fill(0)
    _settle(t[3], t[4], out, ints)
    _log_ends(a, out)


def _log_ends(a: _Wide, out: _Wide) -> None:
    """Infinite at 0 and at infinity, NaN below 0."""
    t, ints, _, truth = _room(out[0])
    np.absolute(a[2], ints[0])
    np.greater(ints[0], _INFINITE >> 1, truth)
    _copyto(ints[1], a[2])
    np.right_shift(ints[1], 63, ints[1])
    np.bitwise_or(ints[1], 1, ints[1])
    _copyto(t[0], ints[1])
    for target, value in zip(out, (t[0], 0.0, _INFINITE), strict=True):
        _copyto(target, value, where=truth)
    np.less(a[0], 0.0, truth)
    _copyto(out[0], np.nan, where=truth)


@_silent
def _wide_log1p(a: _Wide, out: _Wide) -> None:
    """log(1 + a)."""
    t, ints, wide, truth = _room(out[0])
    small, above = wide[5:7]
    _one(small)
    _wide_add(a, small, above)
    _wide_log(above, out)
    f, low = t[12], t[13]
    _doubles(a, f, low, t[0], ints)
    _copyto(above[0], f)
    _maximum(f, -0.3, out=f)
    _minimum(f, 0.42, out=f)
    first, rest = _log1p_parts(f, low, t, ints[0], truth)
    small[2].fill(0)
    _settle(first, rest, small, ints)
    _subtract(above[0], 0.06, t[0])
    np.absolute(t[0], t[0])
    np.less(t[0], 0.35, truth)
    _instead(small, out, truth)
    np.less(a[2], -200, truth)
    _instead(a, out, truth)


@_silent
def _wide_arctan(a: _Wide, out: _Wide) -> None:
    """arctan(a)."""
    t, ints, wide, truth = _room(out[0])
    one, inverse = wide[5:7]
    _one(one)
    _wide_div(one, a, inverse)
    _wide_arc(inverse, one)
    _wide_arc(a, out)
    np.greater_equal(a[2], 0, truth)
    _power_of_two(one[2], t[0])
    _multiply(one[0], t[0], t[1])
    _multiply(one[1], t[0], t[2])
    np.copysign(1.5707963267948966, a[0], t[3])
    np.copysign(6.123233995736766e-17, a[0], t[4])
    _subtract(0.0, t[1], t[1])
    _two_sum(t[3], t[1], t[5], t[6], t[7])
    _subtract(t[4], t[2], t[4])
    _add(t[6], t[4], t[6])
    one[2].fill(0)
    _settle(t[5], t[6], one, ints)
    _instead(one, out, truth)
    np.less(a[2], -200, truth)
    _instead(a, out, truth)
    np.isnan(a[0], truth)
    _copyto(out[0], np.nan, where=truth)


def _wide_arc(a: _Wide, out: _Wide) -> None:
    """arctan(a) for |a| <= 1."""
    t, ints, _, _ = _room(out[0])
    y, low, j, c = t[12], t[13], t[14], t[15]
    _doubles(a, y, low, j, ints)
    np.copysign(1.0, a[0], j)
    _multiply(y, j, y)
    _multiply(low, j, low)
    _multiply(y, 16.0, j)
    np.rint(j, j)
    _multiply(j, 0.0625, c)
    _copyto(ints[0], j, casting="unsafe")
    _two_product(c, y, t[0], t[1], t[2:])
    t[2].fill(1.0)
    _fast_sum(t[2], t[0], t[3], t[4])
    _add(t[4], t[1], t[4])
    _multiply(c, low, t[0])
    _add(t[4], t[0], t[4])
    _subtract(y, c, y)
    _quotient(y, low, t[3], t[4], t[0], t[1], t[5:])
    _multiply(t[0], t[0], t[2])
    _series(t[2], _ARC_SERIES, t[3])
    _multiply(t[3], t[2], t[3])
    _multiply(t[3], t[0], t[3])
    _add(t[1], t[3], t[1])
    _looked_up(_ARC_HIGH, ints[0], t[3])
    _looked_up(_ARC_LOW, ints[0], t[4])
    _two_sum(t[3], t[0], t[5], t[6], t[7])
    _add(t[4], t[1], t[4])
    _add(t[6], t[4], t[6])
    np.copysign(1.0, a[0], t[0])
    _multiply(t[5], t[0], t[5])
    _multiply(t[6], t[0], t[6])
    out[2].fill(0)
    _settle(t[5], t[6], out, ints)


_SIN_SERIES = (
    -2.505210838544172e-08,
    2.7557319223985893e-06,
    -0.0001984126984126984,
    0.008333333333333333,
    -0.16666666666666666,
)
_COS_SERIES = (
    -2.755731922398589e-07,
    2.48015873015873e-05,
    -0.001388888888888889,
    0.041666666666666664,
    -0.5,
)
"""-1/11! ... -1/3!, and -1/10! ... -1/2!."""
_QUARTER = (1.5707963267948966, 6.123233995736766e-17)


def _quarters(h: _Array, e: Any, high: _Array, low: _Array, t: list[_Array], ints: Any) -> None:
    """high + low = h 2**e in quarter turns, less a multiple of 4; for 1 <= |h| < 2 and e < 2200."""
    first, place = ints[:2]
    upper, lower = t[:2]
    _subtract(e, 54, first)
    np.floor_divide(first, 24, first)
    _maximum(first, 0, out=first)
    np.bitwise_and(h.view(_INT), -(1 << 27), upper.view(_INT))
    _subtract(h, upper, lower)
    high.fill(0.0)
    low.fill(0.0)
    for group in range(9):
        _add(first, group, place)
        _looked_up(_TURNS, place, t[2])
        _add(place, 1, place)
        _multiply(place, -24, place)
        _add(place, e, place)
        _power_of_two(place, t[3])
        _multiply(t[2], t[3], t[2])
        for part in (upper, lower):
            _multiply(part, t[2], t[3])
            _multiply(t[3], 0.25, t[4])
            np.rint(t[4], t[4])
            _multiply(t[4], 4.0, t[4])
            _subtract(t[3], t[4], t[3])
            _two_sum(high, t[3], t[4], t[5], t[6])
            _add(low, t[5], t[5])
            _fast_sum(t[4], t[5], high, low)


def _turned(a: _Wide, t: list[_Array], ints: Any) -> tuple[_Array, _Array]:
    """a as quarter turns n, in ints[0], and a rest of at most half of one: an angle in two words."""
    high, low, more, rest, part, e = *t[7:12], ints[3]
    _maximum(a[2], -300, out=e)
    _minimum(e, 2200, out=e)
    _quarters(a[0], e, high, low, t, ints)
    if a[1].any():
        exponent = t[12].view(np.int32)[: a[1].size].reshape(a[1].shape)
        np.frexp(a[1], part, exponent)
        _multiply(part, 2.0, part)
        _add(e, exponent, e)
        _subtract(e, 1, e)
        _quarters(part, e, more, rest, t, ints)
        _two_sum(high, more, t[0], t[1], t[2])
        _add(low, rest, low)
        _add(t[1], low, t[1])
        _fast_sum(t[0], t[1], high, low)
    np.rint(high, t[0])
    _copyto(ints[0], t[0], casting="unsafe")
    _subtract(high, t[0], t[1])
    t[2].fill(_QUARTER[0])
    _two_product(t[1], t[2], t[3], t[4], t[12:])
    _multiply(low, _QUARTER[0], low)
    _multiply(t[1], _QUARTER[1], t[1])
    _add(low, t[1], low)
    _add(t[4], low, t[4])
    _fast_sum(t[3], t[4], high, low)
    return high, low


def _of_angle(r: _Array, low: _Array, sine: Any, cosine: Any, t: list[_Array], index: Any) -> None:
    """The sine and the cosine of r + low, each in two words, for |r| <= 0.9."""
    u, square, s, c, first, second, third = t[:7]
    _multiply(r, 16.0, u)
    np.rint(u, u)
    _copyto(index, u, casting="unsafe")
    _add(index, 15, index)
    _multiply(u, 0.0625, u)
    _subtract(r, u, u)
    _multiply(u, u, square)
    _series(square, _SIN_SERIES, s)
    _multiply(s, square, s)
    _multiply(s, u, s)
    _add(s, low, s)  # sin(u + low) - u
    _series(square, _COS_SERIES, c)
    _multiply(c, square, c)
    _multiply(u, low, first)
    _subtract(c, first, c)  # cos(u + low) - 1
    tables = (_SIN_HIGH, _SIN_LOW, _COS_HIGH, _COS_LOW), (_COS_HIGH, _COS_LOW, _SIN_HIGH, _SIN_LOW)
    for (main, main_low, other, other_low), sign, out in zip(
        tables, (1.0, -1.0), (sine, cosine), strict=True
    ):
        _looked_up(main, index, first)
        _multiply(first, c, out[1])
        _looked_up(main_low, index, second)
        _add(out[1], second, out[1])
        _looked_up(other_low, index, second)
        _multiply(second, u, second)
        _multiply(second, sign, second)
        _add(out[1], second, out[1])
        _looked_up(other, index, third)
        _multiply(third, sign, third)
        _multiply(third, s, second)
        _add(out[1], second, out[1])
        _two_product(third, u, second, out[0], t[12:])
        _add(out[1], out[0], out[1])
        _two_sum(first, second, third, out[0], t[12])
        _add(out[1], out[0], out[1])
        _fast_sum(third, out[1], out[0], second)
        _copyto(out[1], second)


def _circular(a: _Wide, out: _Wide, quarters: int) -> None:
    """sin(a + quarters pi/2)."""
    t, ints, wide, truth = _room(out[0])
    high, low = _turned(a, t, ints)
    sine, cosine = wide[4], wide[5]
    _of_angle(high, low, sine, cosine, t, ints[1])
    n = ints[0]
    _add(n, quarters, n)
    np.left_shift(n, 63, ints[1])
    np.right_shift(ints[1], 63, ints[1])
    for k in (0, 1):
        _select(ints[1], cosine[k], sine[k], t[k])
    np.right_shift(n, 1, n)
    np.left_shift(n, 63, n)
    for k in (0, 1):
        np.bitwise_xor(t[k].view(_INT), n, t[k].view(_INT))
    out[2].fill(0)
    _settle(t[0], t[1], out, ints)
    np.greater(a[2], 2150, truth)
    _copyto(out[0], np.nan, where=truth)


@_silent
def _wide_sin(a: _Wide, out: _Wide) -> None:
    """sin(a)."""
    _circular(a, out, 0)
    truth = _room(out[0])[3]
    np.less(a[2], -200, truth)
    for source, target in zip(a, out, strict=True):
        _copyto(target, source, where=truth)


@_silent
def _wide_cos(a: _Wide, out: _Wide) -> None:
    """cos(a)."""
    _circular(a, out, 1)


@_silent
def _wide_hypot(a: _Wide, b: _Wide, out: _Wide) -> None:
    """sqrt(a^2 + b^2)."""
    first, second, both = _room(out[0])[2][:3]
    _wide_mul(a, a, first)
    _wide_mul(b, b, second)
    _wide_add(first, second, both)
    _wide_sqrt(both, out)


@_silent
def _wide_power(a: _Wide, b: _Wide, out: _Wide) -> None:
    """a^b for a > 0."""
    first, second = _room(out[0])[2][:2]
    _wide_log(a, first)
    _wide_mul(first, b, second)
    _wide_exp(second, out)


@_silent
def _wide_arcsinh(a: _Wide, out: _Wide) -> None:
    """s log1p(|a| + a^2/(1 + sqrt(1 + a^2))), s the sign of a."""
    one, square, root, size = _room(out[0])[2][:4]
    _one(one)
    _wide_mul(a, a, square)
    _wide_add(square, one, size)
    _wide_sqrt(size, root)
    _wide_add(root, one, size)
    _wide_div(square, size, root)
    np.copysign(1.0, a[0], one[1])
    _multiply(a[0], one[1], size[0])
    _multiply(a[1], one[1], size[1])
    _copyto(size[2], a[2])
    _wide_add(root, size, square)
    _wide_log1p(square, out)
    np.copysign(1.0, a[0], one[1])
    _multiply(out[0], one[1], out[0])
    _multiply(out[1], one[1], out[1])


@_silent
def _wide_arctanh(a: _Wide, out: _Wide) -> None:
    """log1p(2 a/(1 - a))/2."""
    one, rest, twice, ratio = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(one, a, rest)
    _wide_add(a, a, twice)
    _wide_div(twice, rest, ratio)
    _wide_log1p(ratio, out)
    _subtract(out[2], 1, out[2])


@_silent
def _wide_arcsin(a: _Wide, out: _Wide) -> None:
    """arctan(a/sqrt((1 - a)(1 + a)))."""
    one, less, more, both = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(one, a, less)
    _wide_add(one, a, more)
    _wide_mul(less, more, both)
    _wide_sqrt(both, less)
    _wide_div(a, less, more)
    _wide_arctan(more, out)


@_silent
def _wide_arccos(a: _Wide, out: _Wide) -> None:
    """2 arctan(sqrt((1 - a)/(1 + a)))."""
    one, less, more, ratio = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(one, a, less)
    _wide_add(one, a, more)
    _wide_div(less, more, ratio)
    _wide_sqrt(ratio, less)
    _wide_arctan(less, out)
    _add(out[2], 1, out[2])


@_silent
def _wide_arccosh(a: _Wide, out: _Wide) -> None:
    """log1p(b + sqrt(b (b + 2))) with b = a - 1."""
    one, b, more, both = _room(out[0])[2][:4]
    _one(one)
    _wide_sub(a, one, b)
    _wide_add(a, one, more)
    _wide_mul(b, more, both)
    _wide_sqrt(both, more)
    _wide_add(b, more, both)
    _wide_log1p(both, out)


def _polynomial(
    t: _Array, low: _Array, high_words: Any, low_words: Any, out: tuple[_Array, _Array], spare: list[_Array]
) -> None:
    """A polynomial in t + low, the first coefficients in two words: those steps, too."""
    h, l_, first, second, sum_ = *out, *spare[:3]
    h.fill(high_words[-1])
    careful = len(low_words)
    for coefficient in high_words[-2 : careful - 1 : -1]:
        _multiply(h, t, h)
        _add(h, coefficient, h)
    l_.fill(0.0)
    for coefficient, rest in zip(high_words[careful - 1 :: -1], low_words[::-1], strict=True):
        _multiply(h, low, sum_)
        _multiply(l_, t, l_)
        _add(sum_, l_, sum_)
        _add(sum_, rest, sum_)
        _two_product(h, t, first, second, spare[3:])
        _add(sum_, second, sum_)
        second.fill(coefficient)
        _two_sum(second, first, h, l_, spare[3])
        _add(l_, sum_, l_)


@_silent
def _wide_erfcx(a: _Wide, out: _Wide) -> None:
    """exp(a^2) erfc(a) for a >= 0."""
    t, ints, _, _ = _room(out[0])
    u, low, center, below, rest, above, more = t[9:]
    _doubles(a, u, low, t[0], ints)
    center.fill(-3.75)
    _two_sum(u, center, below, rest, t[0])
    _add(rest, low, rest)
    center.fill(3.75)
    _two_sum(u, center, above, more, t[0])
    _add(more, low, more)
    _quotient(below, rest, above, more, u, low, t)
    _polynomial(u, low, _ERFCX_HIGH, _ERFCX_LOW, (below, rest), t)
    _quotient(below, rest, above, more, u, low, t)
    out[2].fill(0)
    _settle(u, low, out, ints)


@_silent
def _wide_mills(a: _Wide, out: _Wide) -> None:
    """exp(a^2/2) erfc(a/sqrt(2)) for a >= 0."""
    half, scaled = _room(out[0])[2][:2]
    _widen_pair(0.7071067811865476, -4.833646656726457e-17, half)
    _wide_mul(a, half, scaled)
    _wide_erfcx(scaled, out)


@_silent
def _wide_erf(a: _Wide, out: _Wide) -> None:
    """erf(a)."""
    t, ints, wide, truth = _room(out[0])
    one, square, power, size = wide[:4]
    _wide_mul(a, a, square)
    _wide_neg(square, one)
    _wide_exp(one, power)
    _wide_abs(a, size)
    _wide_erfcx(size, one)
    _wide_mul(power, one, size)
    _one(one)
    _wide_sub(one, size, power)
    _doubles(square, t[9], t[10], t[0], ints)
    _polynomial(t[9], t[10], _ERF_HIGH, _ERF_LOW, (t[11], t[12]), t)
    one[2].fill(0)
    _settle(t[11], t[12], one, ints)
    _wide_mul(a, one, out)
    np.copysign(1.0, a[0], t[0])
    _multiply(power[0], t[0], power[0])
    _multiply(power[1], t[0], power[1])
    np.greater_equal(a[2], -1, truth)
    _instead(power, out, truth)

def _alike(arrays: tuple[Any, ...], axis: Any) -> tuple[_Array, ...]:
    """The arguments as arrays of one type and shape that have the axis."""
    names = ("the argument",) if len(arrays) == 1 else ("the first argument", "y")
    arrays = tuple(_array(array, name) for array, name in zip(arrays, names, strict=True))
    first = arrays[0]
    for array in arrays[1:]:
        if array.dtype != first.dtype:
            raise TypeError(
                f"the arguments have the types {first.dtype} and {array.dtype}: give them one type"
            )
        if array.shape != first.shape:
            raise ValueError(f"the arguments have the shapes {first.shape} and {array.shape}")
    if first.ndim == 0:
        raise ValueError("a single number has no axis: pass a vector")
    if (
        not isinstance(axis, (int, np.integer))
        or isinstance(axis, bool)
        or not -first.ndim <= axis < first.ndim
    ):
        raise ValueError(f"there is no axis {axis!r} in an array with {first.ndim} dimensions")
    return arrays


def _rows(
    work: Callable[..., None], kinds: dict[Any, Any], arrays: tuple[Any, ...], axis: Any, out: Any, spare: int
) -> _Array:
    """work(rows..., target, scratch, column) on blocks of rows along the axis, in the working type."""
    arrays = _alike(arrays, axis)
    first = arrays[0]
    if out is None:
        result = np.empty(first.shape, first.dtype)
    else:
        _check_out(out, first)
        result = out
        arrays = tuple(_apart(array, out) for array in arrays)
    if result.size:
        axis = int(axis) % first.ndim
        shape = _split(first.shape, axis)
        views = [array.reshape(shape) for array in (*arrays, result)]
        _all_rows(work, kinds[first.dtype], views, spare)
    return result


def _split(shape: tuple[int, ...], axis: int) -> tuple[int, int, int]:
    """How many entries there are before the axis, along it, and after it."""
    before = after = 1
    for size in shape[:axis]:
        before *= size
    for size in shape[axis + 1 :]:
        after *= size
    return before, shape[axis], after


def _all_rows(work: Callable[..., None], kind: Any, views: list[_Array], spare: int) -> None:
    """Blocks of rows: the middle axis of the views is moved to the end while they are copied."""
    before, length, after = views[0].shape
    step = max(1, BLOCK_BYTES // (kind.itemsize * length))
    wide, deep = min(after, step), max(1, step // after)
    for low in range(0, before, deep):
        for left in range(0, after, wide):
            places = slice(low, low + deep), slice(None), slice(left, left + wide)
            _some_rows(work, kind, [view[places].swapaxes(1, 2) for view in views], spare)


def _some_rows(work: Callable[..., None], kind: Any, views: list[_Array], spare: int) -> None:
    """One block of rows, in scratch memory; the last view is the target."""
    deep, wide, length = views[0].shape
    kept = _scratch(kind, deep * wide * length, len(views) + 1 + spare)
    blocks = [block.reshape(deep * wide, length) for block in kept[: len(views) + spare]]
    column = kept[len(views) + spare][: deep * wide].reshape(deep * wide, 1)
    for block, view in zip(blocks, views[:-1], strict=False):
        np.copyto(block.reshape(view.shape), view)
    work(*blocks, column)
    np.copyto(views[-1], blocks[len(views) - 1].reshape(views[-1].shape), casting="same_kind")


def _shifted(z: _Array, e: _Array, column: _Array) -> None:
    """z - max z in z and its exponential in e; an infinite maximum takes everything."""
    np.maximum.reduce(z, axis=-1, out=column[:, 0])
    if not (column.max() < np.inf and column.min() > -np.inf):
        infinite = column == np.inf
        np.copyto(z, np.where(z == np.inf, 0.0, -np.inf), where=infinite & ~np.isnan(z))
        column[infinite | (column == -np.inf)] = 0.0
    np.copyto(e, column)  # a full block: a broadcast operand would be buffered anew in every call
    np.subtract(z, e, out=z)
    np.exp(z, out=e)


def _softmax(z: _Array, out: _Array, column: _Array) -> None:
    _shifted(z, out, column)
    np.add.reduce(out, axis=-1, out=column[:, 0])
    np.copyto(z, column)
    np.divide(out, z, out=out)


def _log_softmax(z: _Array, out: _Array, ones: _Array, column: _Array) -> None:
    """z - max - log1p(sum over all but one maximum): nothing is lost next to 1, which floor finds."""
    _shifted(z, out, column)
    np.floor(out, out=ones)
    np.subtract(out, ones, out=out)
    np.add.reduce(out, axis=-1, out=column[:, 0])
    np.add.reduce(ones, axis=-1, out=out[:, 0])
    out[:, 0] -= 1.0
    column[:, 0] += out[:, 0]
    np.log1p(column, out=column)
    np.copyto(out, column)
    np.subtract(z, out, out=out)


def _softmax_product(g: _Array, y: _Array, out: _Array, column: _Array) -> None:
    """y (g - sum g y): the product with the Jacobian, which is symmetric."""
    np.multiply(g, y, out=out)
    np.add.reduce(out, axis=-1, out=column[:, 0])
    np.copyto(out, column)
    np.subtract(g, out, out=out)
    np.multiply(out, y, out=out)


def _others(values: _Array, out: _Array, before: _Array) -> None:
    """out_i = the sum of all values but the i-th: a prefix and a suffix, nothing subtracted."""
    np.cumsum(values[:, :-1], axis=-1, out=before[:, 1:])
    before[:, 0] = 0.0
    np.cumsum(values[:, :0:-1], axis=-1, out=out[:, -2::-1] if out.shape[1] > 1 else out[:, :0])
    out[:, -1] = 0.0
    np.add(out, before, out=out)


def _log_vjp(g: _Array, y: _Array, out: _Array, before: _Array, column: _Array) -> None:
    """g_i (1 - p_i) - p_i (sum of the other g), with 1 - p_i = -expm1(y_i)."""
    _others(g, out, before)
    np.exp(y, out=before)
    np.multiply(out, before, out=out)
    np.expm1(y, out=before)
    np.multiply(before, g, out=before)
    np.add(out, before, out=out)
    np.negative(out, out=out)


def _log_jvp(t: _Array, y: _Array, out: _Array, before: _Array, column: _Array) -> None:
    """t_i (1 - p_i) - (sum of the other p t), with 1 - p_i = -expm1(y_i)."""
    np.exp(y, out=before)
    np.multiply(before, t, out=out)
    np.expm1(y, out=y)
    np.multiply(y, t, out=y)
    np.copyto(t, out)
    _others(t, out, before)
    np.add(out, y, out=out)
    np.negative(out, out=out)


def _square(y: Any) -> tuple[_Array, _Array]:
    """y as an array, and room for a matrix on its last axis."""
    y = _array(y, "y")
    if y.ndim == 0:
        raise ValueError("a single number has no axis: pass a vector")
    return y, np.empty((*y.shape, y.shape[-1]), np.float64)


def _softmax_jacobian(y: Any) -> _Array:
    """y_i (delta_ij - y_j); the diagonal is y_i times the sum of the others."""
    y, matrix = _square(y)
    wide = y.astype(np.float64)
    np.multiply(wide[..., :, None], -wide[..., None, :], out=matrix)
    places = np.arange(y.shape[-1])
    matrix[..., places, places] = 0.0
    matrix[..., places, places] = -matrix.sum(axis=-1)
    return matrix.astype(y.dtype)


def _log_jacobian(y: Any) -> _Array:
    """delta_ij - p_j; the diagonal is -expm1(y_i)."""
    y, matrix = _square(y)
    wide = y.astype(np.float64)
    matrix[...] = -np.exp(wide)[..., None, :]
    places = np.arange(y.shape[-1])
    matrix[..., places, places] = -np.expm1(wide)
    return matrix.astype(y.dtype)

_Part = tuple[Callable[..., Any], Callable[..., Any]]
_LOSS_BLOCK = 32768
"""Numbers of one block: what is computed at a time stays in the cache."""


def _times(weight: _Array, value: _Array) -> _Array:
    """weight * value, and 0 where the weight is 0 and the value infinite."""
    return weight * np.where((weight == 0) & np.isinf(value), 0.0, value)


def _weighted(weight: _Array, function: Callable[..., Any], x: _Array) -> _Array:
    """weight f(x); where the weight is 0, only a NaN of f(x) counts: no infinity, and no warning."""
    none = weight == 0
    if not none.any():
        return weight * function(x)
    value = np.empty_like(x)
    value[~none] = function(x[~none])
    with np.errstate(all="ignore"):
        value[none] = function(x[none])
    return _times(weight, value)


def _residual(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """f(x - t); a difference beyond all numbers is that infinity, and f has its limit there."""
    with np.errstate(over="ignore"):
        inside = x - t
    return parts[0][slope](inside)


def _margin(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """f(t x), with the derivative t f'(t x)."""
    found = parts[0][slope](t * x)
    return _times(t, found) if slope else found


def _per_weight(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """t f(x)."""
    return _weighted(t, parts[0][slope], x)


def _mixture(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """(1 - t) f(x) + t g(x)."""
    return _weighted(1.0 - t, parts[0][slope], x) + _weighted(t, parts[1][slope], x)


def _ratio(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """t f(x/t), with the derivative f'(x/t)."""
    none = t == 0
    inside = np.where(none & ~np.isnan(x) & slope, np.inf, x)
    np.divide(inside, t, out=inside, where=~none)
    return parts[0][slope](inside) if slope else _weighted(t, parts[0][slope], inside)


_Combine = Callable[[Sequence[_Part], _Array, _Array, bool], _Array]


def _pair(x: Any, t: Any, exact: bool) -> tuple[_Array, _Array, Any]:
    """Prediction and target as arrays of one shape, and the type that is worked in."""
    x, t = _array(x, "the prediction"), _array(t, "the target")
    shape = np.broadcast_shapes(x.shape, t.shape)
    kind = np.dtype(np.float64) if exact or x.dtype.itemsize == 8 else np.dtype(np.float32)
    return np.broadcast_to(x, shape), np.broadcast_to(t, shape), kind


def _each(
    combine: _Combine, parts: Sequence[_Part], g: Any, x: Any, t: Any, out: Any, slope: bool, exact: bool
) -> _Array:
    """The loss, or its slope, of every pair, times g if there is one."""
    x, t, kind = _pair(x, t, exact)
    if out is None:
        result = np.empty(x.shape, x.dtype)
    else:
        _check_out(out, x)
        result = out
    if g is not None:
        g = np.broadcast_to(_array(g, "g"), x.shape).reshape(-1)
    first, second, target = x.reshape(-1), t.reshape(-1), result.reshape(-1)
    for low in range(0, target.size, _LOSS_BLOCK):
        here = slice(low, low + _LOSS_BLOCK)
        value = combine(parts, first[here].astype(kind), second[here].astype(kind), slope)
        if g is not None:
            value = value * g[here].astype(kind)
        target[here] = value
    return result[()] if out is None and result.ndim == 0 else result


def _axis(x: _Array, axis: Any) -> int:
    """The axis, counted from 0."""
    if not isinstance(axis, (int, np.integer)) or isinstance(axis, bool) or not -x.ndim <= axis < x.ndim:
        raise ValueError(f"there is no axis {axis!r} in an array with {x.ndim} dimensions")
    return int(axis) % x.ndim


def _summed(combine: _Combine, parts: Sequence[_Part], x: Any, t: Any, axis: Any, exact: bool) -> _Array:
    """The losses added along the axis."""
    x, t, kind = _pair(x, t, exact)
    axis = _axis(x, axis)
    terms = combine(parts, x.astype(kind), t.astype(kind), False)
    return np.add.reduce(np.moveaxis(terms, axis, -1).copy(), axis=-1).astype(x.dtype)[()]


def _spread(g: Any, x: Any, t: Any, axis: Any) -> _Array:
    """One number for each row, as an array that multiplies the rows."""
    shape = np.broadcast_shapes(np.shape(x), np.shape(t))
    place = _axis(np.empty(shape), axis)
    wanted = shape[:place] + shape[place + 1 :]
    return np.expand_dims(np.broadcast_to(_array(g, "g"), wanted), place)


def _logs(parts: Sequence[_Part], x: _Array) -> _Array:
    """log softmax along the last axis: z - max z - log1p(the sum of all exponentials but the largest)."""
    top = np.max(x, axis=-1, keepdims=True)
    top = np.where(np.isinf(top) & (top < 0), 0.0, top)
    shifted = np.where(np.isnan(x), x, 0.0)
    with np.errstate(over="ignore"):  # a difference beyond all numbers: its exponential is 0
        np.subtract(x, top, out=shifted, where=x != top)
    powers = np.exp(shifted)
    first = np.argmax(x, axis=-1, keepdims=True)
    np.put_along_axis(powers, first, 0.0, axis=-1)
    return shifted - np.log1p(powers.sum(axis=-1, keepdims=True))


def _softmax_terms(parts: Sequence[_Part], x: _Array, t: _Array, slope: bool) -> _Array:
    """-t log p along the last axis; the slope p (sum of the other t) - t (1 - p), with p = softmax x."""
    logs = _logs(parts, x)
    if not slope:
        return _times(t, -logs)
    others = np.zeros_like(t)
    others[..., 1:] = np.cumsum(t[..., :-1], axis=-1)
    others[..., :-1] += np.cumsum(t[..., :0:-1], axis=-1)[..., ::-1]
    return np.exp(logs) * others + t * np.expm1(logs)


def _rowwise(x: Any, t: Any, axis: Any, slope: bool, exact: bool) -> _Array:
    """The cross entropy of softmax along the axis: its terms, or its gradient."""
    x, t, kind = _pair(x, t, exact)
    if x.ndim == 0:
        raise ValueError("a single number has no axis: pass a vector")
    axis = _axis(x, axis)
    rows, weights = (np.moveaxis(one, axis, -1).astype(kind) for one in (x, t))
    found = _softmax_terms((), rows, weights, slope)
    if not slope:
        return np.add.reduce(found, axis=-1).astype(x.dtype)[()]
    return np.moveaxis(found, -1, axis).astype(x.dtype)

_c0 = 44.3614195558365  # 64*log(2)
_c1 = 1.4841899608616317e-15  # low word of 64*log(2)
_c2 = 0.3989422804014327  # sqrt(2)/(2*sqrt(pi))
_c3 = -0.3989422804014327  # -(sqrt(2)/(2*sqrt(pi)))
_c4 = -1.772453850905516  # -sqrt(pi)
_c5 = 1.4142135623730951  # sqrt(2)
_c6 = 0.28209479177387814  # 1/(2*sqrt(pi))
_c7 = -0.28209479177387814  # -(1/(2*sqrt(pi)))
_c8 = -12647.311888302589  # -8943*sqrt(2)
_c9 = -282842.71247461904  # -200000*sqrt(2)
_c10 = 177245.3850905516  # 100000*sqrt(pi)
_c11 = 4.6755761083203703e-14  # low word of -8943*sqrt(2)
_c12 = 2.864269646536314e-11  # low word of -200000*sqrt(2)
_c13 = 1.7054721848499226e-12  # low word of 100000*sqrt(pi)
_c14 = 12647.311888302589  # 8943*sqrt(2)
_c15 = 282842.71247461904  # 200000*sqrt(2)
_c16 = -177245.3850905516  # -(100000*sqrt(pi))
_c17 = 37941.93566490777  # 26829*sqrt(2)
_c18 = 5.641895835477563e-06  # 1/(100000*sqrt(pi))
_c19 = -177245.3850905516  # -100000*sqrt(pi)
_c20 = -1.7054721848499226e-12  # low word of -100000*sqrt(pi)
_c21 = -1.4026728324961112e-13  # low word of 26829*sqrt(2)
_c22 = -2.864269646536314e-11  # low word of 200000*sqrt(2)
_c23 = 2.2602614732570765e-22  # low word of 1/(100000*sqrt(pi))
_c24 = 1.7580993408473768  # ((8790496704236884299701087)*10**37 + 6040615967103012290445610415488549141)/((5000000000000000000000000)*10**37 + 0)
_c25 = 1.0507009873554805  # 5253504936777402467096674926473/5000000000000000000000000000000
_c26 = -1.7580993408473768  # -((8790496704236884299701087)*10**37 + 6040615967103012290445610415488549141)/((5000000000000000000000000)*10**37 + 0)
_c27 = 1.41535193800845e-17  # -(low word of -((8790496704236884299701087)*10**37 + 6040615967103012290445610415488549141)/((5000000000000000000000000)*10**37 + 0))
_c28 = -0.6931471805599453  # -log(2)


_sigmoid_kernel_single_numbers = (42.0, 1.0)


def _sigmoid_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _minimum(x, k[0], out=s[0])  # 42.0
    _exp(s[0], s[0])
    _add(s[0], k[1], out)  # 1.0
    _divide(s[0], out, out)


_sigmoid_kernel_double_numbers = (1.0,)


def _sigmoid_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _add(s[0], k[0], out)  # 1.0
    _divide(s[0], out, out)
    _subtract(k[0], out, s[0])  # 1.0
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_sigmoid_grad_kernel_numbers = (2.0, 1.0)


def _sigmoid_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _add(s[0], k[0], out)  # 2.0
    _multiply(s[0], out, out)
    _add(out, k[1], out)  # 1.0
    _divide(s[0], out, out)


_sigmoid_grad_from_output_kernel_numbers = (1.0,)


def _sigmoid_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _subtract(k[0], x, out)  # 1.0
    _multiply(x, out, out)


_tanh_kernel_single_numbers = (2048.0, -2.0)


def _tanh_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[0])  # -2.0
    _expm1(s[0], s[0])
    _subtract(k[1], s[0], s[1])  # -2.0
    _mask(x, s[2])
    _negative(s[0], out)
    _select(s[2], out, s[0], out)
    _divide(out, s[1], out)


_tanh_kernel_double_numbers = (2048.0, -2.0, 1.0)


def _tanh_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[0])  # -2.0
    _expm1(s[0], out)
    _exp(s[0], s[0])
    _add(s[0], k[2], s[0])  # 1.0
    _mask(x, s[1])
    _negative(out, s[2])
    _select(s[1], out, s[2], out)
    _divide(out, s[0], out)


_tanh_grad_kernel_single_numbers = (2.0, 1.0, 4.0)


def _tanh_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _multiply(s[0], s[0], s[0])
    _add(s[0], k[0], out)  # 2.0
    _multiply(s[0], out, out)
    _add(out, k[1], out)  # 1.0
    _multiply(s[0], k[2], s[0])  # 4.0
    _divide(s[0], out, out)


_tanh_grad_kernel_double_numbers = (2048.0, -2.0, 2.0, 1.0, 640.0, 4.0)


def _tanh_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[1])  # -2.0
    _exp(s[1], s[1])
    _add(s[1], k[2], s[2])  # 2.0
    _multiply(s[1], s[2], s[2])
    _add(s[2], k[3], s[2])  # 1.0
    _multiply(s[0], k[2], s[0])  # 2.0
    _minimum(s[0], k[4], out=s[1])  # 640.0
    _negative(s[1], out)
    _exp(out, out)
    _subtract(s[1], s[0], s[1])
    _exp(s[1], s[1])
    _multiply(out, k[5], out)  # 4.0
    _divide(out, s[2], out)
    _multiply(s[1], out, out)


_tanh_grad_from_output_kernel_single_numbers = (1.0,)


def _tanh_grad_from_output_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _multiply(x, x, out)
    _subtract(k[0], out, out)  # 1.0


_tanh_grad_from_output_kernel_double_numbers = (-1.0,)


def _tanh_grad_from_output_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _add(x, k[0], s[0])  # -1.0
    _subtract(k[0], x, out)  # -1.0
    _multiply(s[0], out, out)


_swish_kernel_single_numbers = (2048.0, 1.0)


def _swish_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 2048.0
    _negabs(x, s[2])
    _exp(s[2], s[2])
    _add(s[2], k[1], out)  # 1.0
    _multiply(s[1], s[2], s[2])
    _mask(x, s[1])
    _negative(s[2], s[2])
    _select(s[1], s[2], s[0], s[2])
    _divide(s[2], out, out)


_swish_kernel_double_numbers = (2048.0, 1.0, 640.0)


def _swish_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 2048.0
    _negabs(x, s[2])
    _exp(s[2], s[2])
    _add(s[2], k[1], s[2])  # 1.0
    _minimum(s[1], k[2], out=s[3])  # 640.0
    _negative(s[3], out)
    _exp(out, out)
    _subtract(s[3], s[1], s[3])
    _exp(s[3], s[3])
    _multiply(s[1], out, out)
    _divide(out, s[2], out)
    _multiply(s[3], out, out)
    _subtract(s[0], out, s[0])
    _mask(x, s[1])
    _negative(out, out)
    _select(s[1], out, s[0], out)


_swish_grad_kernel_single_numbers = (-2048.0, 42.0, 1.0)


def _swish_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -2048.0, 42.0
    _exp(s[0], s[1])
    _add(s[0], k[2], s[0])  # 1.0
    _add(s[1], s[0], s[0])
    _add(s[1], k[2], out)  # 1.0
    _divide(s[1], out, s[1])
    _divide(s[0], out, out)
    _multiply(s[1], out, out)


_swish_grad_kernel_double_numbers = (2048.0, -1.0, 2.0, 1.0, 640.0, -1.2784645427610737, -1.0946994183093437e-16, 1.3807913031431043e-14, 1.0078764140127036e-14, -2.193292905089728e-13, -4.804682270894137e-13, 1.454580998633523e-12, 8.153049030725431e-12, 4.034843416255601e-12, -7.515933510858574e-11, -2.2516686584361925e-10, 2.365821959274671e-10, 2.9177779262149194e-09, 4.619323988133957e-09, -1.88776301266173e-08, -9.266644079480798e-08, -3.0512445442666626e-08, 8.599694965833042e-07, 2.346029682066048e-06, -2.9426318876514155e-06, -2.9733542213214128e-05, -4.090534237443373e-05, 0.00018570724361186122, 0.0007985218818398108, 0.00012662741008112214, -0.006606589138356697, -0.015222655223188032, 0.018874814223782312, 0.1466487969969469, 0.2178117057198001)


def _swish_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, s[1])
    _exp(s[1], s[1])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _add(s[0], k[1], out)  # -1.0
    _subtract(out, s[1], out)
    _add(s[1], k[2], s[2])  # 2.0
    _multiply(s[1], s[2], s[2])
    _add(s[2], k[3], s[2])  # 1.0
    _minimum(s[0], k[4], out=s[1])  # 640.0
    _negative(s[1], s[3])
    _exp(s[3], s[3])
    _subtract(s[1], s[0], s[1])
    _exp(s[1], s[1])
    _multiply(out, s[3], s[3])
    _divide(s[3], s[2], s[3])
    _multiply(s[1], s[3], s[3])
    _add(s[3], k[3], s[0])  # 1.0
    _mask(x, s[1])
    _negative(s[3], s[3])
    _select(s[1], s[3], s[0], s[3])
    _subtract(x, k[5], s[0])  # -1.2784645427610737
    _absolute(s[0], s[1])
    _subtract(s[1], k[3], s[1])  # 1.0
    _clip(s[0], k[1], k[3], s[0])  # -1.0, 1.0
    _subtract(s[0], k[6], s[0])  # -1.0946994183093437e-16
    _multiply(s[0], k[7], out)  # 1.3807913031431043e-14
    _add(out, k[8], out)  # 1.0078764140127036e-14
    _multiply(s[0], out, out)
    _add(out, k[9], out)  # -2.193292905089728e-13
    _multiply(s[0], out, out)
    _add(out, k[10], out)  # -4.804682270894137e-13
    _multiply(s[0], out, out)
    _add(out, k[11], out)  # 1.454580998633523e-12
    _multiply(s[0], out, out)
    _add(out, k[12], out)  # 8.153049030725431e-12
    _multiply(s[0], out, out)
    _add(out, k[13], out)  # 4.034843416255601e-12
    _multiply(s[0], out, out)
    _add(out, k[14], out)  # -7.515933510858574e-11
    _multiply(s[0], out, out)
    _add(out, k[15], out)  # -2.2516686584361925e-10
    _multiply(s[0], out, out)
    _add(out, k[16], out)  # 2.365821959274671e-10
    _multiply(s[0], out, out)
    _add(out, k[17], out)  # 2.9177779262149194e-09
    _multiply(s[0], out, out)
    _add(out, k[18], out)  # 4.619323988133957e-09
    _multiply(s[0], out, out)
    _add(out, k[19], out)  # -1.88776301266173e-08
    _multiply(s[0], out, out)
    _add(out, k[20], out)  # -9.266644079480798e-08
    _multiply(s[0], out, out)
    _add(out, k[21], out)  # -3.0512445442666626e-08
    _multiply(s[0], out, out)
    _add(out, k[22], out)  # 8.599694965833042e-07
    _multiply(s[0], out, out)
    _add(out, k[23], out)  # 2.346029682066048e-06
    _multiply(s[0], out, out)
    _add(out, k[24], out)  # -2.9426318876514155e-06
    _multiply(s[0], out, out)
    _add(out, k[25], out)  # -2.9733542213214128e-05
    _multiply(s[0], out, out)
    _add(out, k[26], out)  # -4.090534237443373e-05
    _multiply(s[0], out, out)
    _add(out, k[27], out)  # 0.00018570724361186122
    _multiply(s[0], out, out)
    _add(out, k[28], out)  # 0.0007985218818398108
    _multiply(s[0], out, out)
    _add(out, k[29], out)  # 0.00012662741008112214
    _multiply(s[0], out, out)
    _add(out, k[30], out)  # -0.006606589138356697
    _multiply(s[0], out, out)
    _add(out, k[31], out)  # -0.015222655223188032
    _multiply(s[0], out, out)
    _add(out, k[32], out)  # 0.018874814223782312
    _multiply(s[0], out, out)
    _add(out, k[33], out)  # 0.1466487969969469
    _multiply(s[0], out, out)
    _add(out, k[34], out)  # 0.2178117057198001
    _multiply(s[0], out, out)
    _mask(s[1], s[1])
    _patch(s[1], out, s[3], out)


_swish_beta_kernel_single_numbers = (1.2676506002282294e+30, 1.0)


def _swish_beta_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_beta: float) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 1.2676506002282294e+30
    _multiply(s[1], p_beta, s[2])
    _negative(s[2], s[2])
    _exp(s[2], s[2])
    _add(s[2], k[1], out)  # 1.0
    _multiply(s[1], s[2], s[2])
    _mask(x, s[1])
    _negative(s[2], s[2])
    _select(s[1], s[2], s[0], s[2])
    _divide(s[2], out, out)


_swish_beta_kernel_double_numbers = (3.1217485503159922e+144, 134217729.0, 1.0, 640.0)


def _swish_beta_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_beta: float) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 3.1217485503159922e+144
    _multiply(s[1], p_beta, s[2])
    _multiply(s[1], k[1], s[3])  # 134217729.0
    _subtract(s[3], s[1], s[4])
    _subtract(s[3], s[4], s[4])
    _subtract(s[1], s[4], s[3])
    _multiply(((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta)), s[4], s[5])
    _subtract(s[5], s[2], s[5])
    _multiply(((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta)), s[3], out)
    _add(s[5], out, out)
    _multiply((p_beta - ((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta))), s[4], s[4])
    _add(out, s[4], out)
    _multiply((p_beta - ((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta))), s[3], s[3])
    _add(out, s[3], out)
    _add(s[2], out, s[3])
    _subtract(s[3], s[2], s[2])
    _subtract(out, s[2], out)
    _negative(s[3], s[2])
    _exp(s[2], s[2])
    _multiply(out, s[2], s[4])
    _subtract(s[2], s[4], s[4])
    _add(s[4], k[2], s[4])  # 1.0
    _minimum(s[3], k[3], out=s[2])  # 640.0
    _negative(s[2], s[5])
    _exp(s[5], s[5])
    _multiply(out, s[5], out)
    _subtract(s[2], s[3], s[3])
    _exp(s[3], s[3])
    _subtract(out, s[5], out)
    _multiply(s[1], out, out)
    _divide(out, s[4], out)
    _multiply(s[3], out, out)
    _add(s[0], out, s[0])
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_swish_beta_grad_kernel_single_numbers = (1.2676506002282294e+30, -1.0, 1.0)


def _swish_beta_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_beta: float) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 1.2676506002282294e+30
    _multiply(p_beta, s[0], s[0])
    _negative(s[0], s[1])
    _exp(s[1], s[1])
    _add(s[0], k[1], s[0])  # -1.0
    _subtract(s[0], s[1], s[0])
    _add(s[1], k[2], out)  # 1.0
    _divide(s[1], out, s[1])
    _divide(s[0], out, out)
    _multiply(s[1], out, out)
    _add(out, k[2], s[0])  # 1.0
    _mask(x, s[1])
    _negative(out, out)
    _select(s[1], out, s[0], out)


_swish_beta_grad_kernel_double_numbers = (3.1217485503159922e+144, 134217729.0, -1.0, 2.0, 1.0, 640.0)


def _swish_beta_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_beta: float) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 3.1217485503159922e+144
    _multiply(s[0], p_beta, s[1])
    _multiply(s[0], k[1], s[2])  # 134217729.0
    _subtract(s[2], s[0], s[3])
    _subtract(s[2], s[3], s[3])
    _subtract(s[0], s[3], s[0])
    _multiply(((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta)), s[3], s[2])
    _subtract(s[2], s[1], s[2])
    _multiply(((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta)), s[0], s[4])
    _add(s[2], s[4], s[4])
    _multiply((p_beta - ((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta))), s[3], s[3])
    _add(s[4], s[3], s[4])
    _multiply((p_beta - ((p_beta * 134217729.0) - ((p_beta * 134217729.0) - p_beta))), s[0], s[0])
    _add(s[4], s[0], s[4])
    _add(s[1], s[4], s[0])
    _subtract(s[0], s[1], s[2])
    _subtract(s[4], s[2], s[4])
    _negative(s[0], s[2])
    _exp(s[2], s[2])
    _multiply(s[4], s[2], s[3])
    _subtract(s[2], s[3], s[3])
    _add(s[1], k[2], s[1])  # -1.0
    _subtract(s[1], s[3], s[1])
    _add(s[3], k[3], s[2])  # 2.0
    _multiply(s[3], s[2], s[3])
    _add(s[3], k[4], s[3])  # 1.0
    _minimum(s[0], k[5], out=s[2])  # 640.0
    _negative(s[2], out)
    _exp(out, out)
    _multiply(s[4], out, s[4])
    _subtract(out, s[4], out)
    _subtract(s[2], s[0], s[2])
    _exp(s[2], s[2])
    _multiply(s[1], out, out)
    _divide(out, s[3], out)
    _multiply(s[2], out, out)
    _add(out, k[4], s[0])  # 1.0
    _mask(x, s[1])
    _negative(out, out)
    _select(s[1], out, s[0], out)


_logsigmoid_kernel_numbers = ()


def _logsigmoid_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negative(s[0], s[0])
    _exp(s[0], out)
    _log1p(out, out)
    _negative(out, s[1])
    _subtract(s[0], out, out)
    _mask(x, s[0])
    _select(s[0], out, s[1], out)


_logsigmoid_grad_kernel_single_numbers = (-42.0, 1.0)


def _logsigmoid_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _maximum(x, k[0], out=s[0])  # -42.0
    _negative(s[0], s[0])
    _exp(s[0], s[0])
    _add(s[0], k[1], out)  # 1.0
    _divide(s[0], out, out)


_logsigmoid_grad_kernel_double_numbers = (1.0,)


def _logsigmoid_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, out)
    _exp(out, out)
    _add(out, k[0], s[0])  # 1.0
    _divide(out, s[0], s[0])
    _subtract(k[0], s[0], out)  # 1.0
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_logsigmoid_grad_from_output_kernel_numbers = ()


def _logsigmoid_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _expm1(x, out)
    _negative(out, out)


_softplus_kernel_numbers = ()


def _softplus_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, out)
    _exp(out, out)
    _log1p(out, out)
    _add(s[0], out, s[0])
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_softplus_grad_kernel_single_numbers = (42.0, 1.0)


def _softplus_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _minimum(x, k[0], out=s[0])  # 42.0
    _exp(s[0], s[0])
    _add(s[0], k[1], out)  # 1.0
    _divide(s[0], out, out)


_softplus_grad_kernel_double_numbers = (1.0,)


def _softplus_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _add(s[0], k[0], out)  # 1.0
    _divide(s[0], out, out)
    _subtract(k[0], out, s[0])  # 1.0
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_softplus_grad_from_output_kernel_numbers = ()


def _softplus_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negative(x, out)
    _expm1(out, out)
    _negative(out, out)


_softsign_kernel_single_numbers = (1.2676506002282294e+30, 1.0)


def _softsign_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 1.2676506002282294e+30
    _add(s[0], k[1], s[1])  # 1.0
    _divide(s[0], s[1], s[1])
    _mask(x, s[0])
    _negative(s[1], out)
    _select(s[0], out, s[1], out)


_softsign_kernel_double_numbers = (1.0715086071862673e+301, 1.0)


def _softsign_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 1.0715086071862673e+301
    _add(s[0], k[1], s[1])  # 1.0
    _divide(s[0], s[1], s[1])
    _mask(x, s[0])
    _negative(s[1], out)
    _select(s[0], out, s[1], out)


_softsign_grad_kernel_numbers = (1.0,)


def _softsign_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, out)
    _add(out, k[0], out)  # 1.0
    _divide(k[0], out, out)  # 1.0
    _multiply(out, out, out)


_softsign_grad_from_output_kernel_numbers = (-1.0,)


def _softsign_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, out)
    _add(out, k[0], out)  # -1.0
    _multiply(out, out, out)


_arctan_kernel_numbers = ()


def _arctan_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _arctan(x, out)


_arctan_grad_kernel_single_numbers = (1.0,)


def _arctan_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _multiply(x, x, out)
    _add(out, k[0], out)  # 1.0
    _divide(k[0], out, out)  # 1.0


_arctan_grad_kernel_double_numbers = (7.52316384526264e-37, 1.0)


def _arctan_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _maximum(s[0], k[0], out=out)  # 7.52316384526264e-37
    _divide(k[1], out, out)  # 1.0
    _add(s[0], out, s[0])
    _divide(out, s[0], out)


_arctan_grad_from_output_kernel_numbers = ()


def _arctan_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _cos(x, out)
    _multiply(out, out, out)


_gaussian_kernel_single_numbers = (-64.0, 64.0)


def _gaussian_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], out)  # -64.0, 64.0
    _multiply(out, out, out)
    _negative(out, out)
    _exp(out, out)


_gaussian_kernel_double_numbers = (-64.0, 64.0, 134217729.0)


def _gaussian_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], s[0], s[1])
    _multiply(s[0], k[2], s[2])  # 134217729.0
    _subtract(s[2], s[0], out)
    _subtract(s[2], out, out)
    _subtract(s[0], out, s[0])
    _multiply(out, out, s[2])
    _subtract(s[2], s[1], s[2])
    _multiply(out, s[0], out)
    _add(s[2], out, s[2])
    _add(out, s[2], out)
    _multiply(s[0], s[0], s[0])
    _add(out, s[0], out)
    _add(s[1], out, s[0])
    _subtract(s[0], s[1], s[1])
    _subtract(out, s[1], out)
    _negative(s[0], s[0])
    _exp(s[0], s[0])
    _multiply(out, s[0], out)
    _subtract(s[0], out, out)


_gaussian_grad_kernel_single_numbers = (-64.0, 64.0, -2.0)


def _gaussian_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], k[2], out)  # -2.0
    _multiply(s[0], s[0], s[0])
    _negative(s[0], s[0])
    _exp(s[0], s[0])
    _multiply(out, s[0], out)


_gaussian_grad_kernel_double_numbers = (-64.0, 64.0, -2.0, 134217729.0, _c0, _c1, 5.421010862427522e-20)


def _gaussian_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], k[2], s[1])  # -2.0
    _multiply(s[0], s[0], s[2])
    _multiply(s[0], k[3], s[3])  # 134217729.0
    _subtract(s[3], s[0], s[4])
    _subtract(s[3], s[4], s[4])
    _subtract(s[0], s[4], s[0])
    _multiply(s[4], s[4], s[3])
    _subtract(s[3], s[2], s[3])
    _multiply(s[4], s[0], s[4])
    _add(s[3], s[4], s[3])
    _add(s[4], s[3], s[4])
    _multiply(s[0], s[0], s[0])
    _add(s[4], s[0], s[4])
    _add(s[2], s[4], s[0])
    _subtract(s[0], s[2], s[2])
    _subtract(s[4], s[2], s[4])
    _subtract(k[4], s[0], s[2])  # _c0
    _subtract(s[2], k[4], s[3])  # _c0
    _subtract(s[2], s[3], out)
    _subtract(k[4], out, out)  # _c0
    _add(s[0], s[3], s[3])
    _subtract(out, s[3], out)
    _add(out, k[5], out)  # _c1
    _subtract(out, s[4], out)
    _exp(s[2], s[2])
    _multiply(out, s[2], out)
    _add(s[2], out, out)
    _multiply(s[1], out, out)
    _multiply(out, k[6], out)  # 5.421010862427522e-20


_normal_cdf_kernel_single_numbers = (64.0, -0.5, 2.0, 0.5)


def _normal_cdf_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 64.0
    _mills(s[0], out, s[1])
    _multiply(s[0], s[0], s[0])
    _multiply(s[0], k[1], s[0])  # -0.5
    _exp(s[0], s[0])
    _multiply(out, s[0], out)
    _mask(x, s[0])
    _subtract(k[2], out, s[1])  # 2.0
    _select(s[0], out, s[1], out)
    _multiply(out, k[3], out)  # 0.5


_normal_cdf_kernel_double_numbers = (64.0, 0.5, 134217729.0, 1.0)


def _normal_cdf_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 64.0
    _mills(s[0], s[2], s[1])
    _multiply(s[0], k[1], s[1])  # 0.5
    _multiply(s[0], s[1], s[3])
    _multiply(s[1], k[2], s[4])  # 134217729.0
    _subtract(s[4], s[1], s[5])
    _subtract(s[4], s[5], s[5])
    _subtract(s[1], s[5], s[1])
    _multiply(s[0], k[2], s[4])  # 134217729.0
    _subtract(s[4], s[0], out)
    _subtract(s[4], out, out)
    _subtract(s[0], out, s[0])
    _multiply(s[5], out, s[4])
    _subtract(s[4], s[3], s[4])
    _multiply(s[5], s[0], s[5])
    _add(s[4], s[5], s[5])
    _multiply(s[1], out, out)
    _add(s[5], out, out)
    _multiply(s[1], s[0], s[1])
    _add(out, s[1], out)
    _add(s[3], out, s[0])
    _subtract(s[0], s[3], s[3])
    _subtract(out, s[3], out)
    _negative(s[0], s[0])
    _exp(s[0], s[0])
    _multiply(out, s[0], out)
    _subtract(s[0], out, out)
    _multiply(s[2], out, out)
    _multiply(out, k[1], out)  # 0.5
    _subtract(k[3], out, s[0])  # 1.0
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_normal_cdf_grad_kernel_single_numbers = (-64.0, 64.0, -0.5, _c2)


def _normal_cdf_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], out)  # -64.0, 64.0
    _multiply(out, out, out)
    _multiply(out, k[2], out)  # -0.5
    _exp(out, out)
    _multiply(out, k[3], out)  # _c2


_normal_cdf_grad_kernel_double_numbers = (-64.0, 64.0, 0.5, 134217729.0, 640.0, _c2)


def _normal_cdf_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], k[2], s[1])  # 0.5
    _multiply(s[0], s[1], s[2])
    _multiply(s[1], k[3], s[3])  # 134217729.0
    _subtract(s[3], s[1], s[4])
    _subtract(s[3], s[4], s[4])
    _subtract(s[1], s[4], s[1])
    _multiply(s[0], k[3], s[3])  # 134217729.0
    _subtract(s[3], s[0], out)
    _subtract(s[3], out, out)
    _subtract(s[0], out, s[0])
    _multiply(s[4], out, s[3])
    _subtract(s[3], s[2], s[3])
    _multiply(s[4], s[0], s[4])
    _add(s[3], s[4], s[4])
    _multiply(s[1], out, out)
    _add(s[4], out, out)
    _multiply(s[1], s[0], s[1])
    _add(out, s[1], out)
    _add(s[2], out, s[0])
    _subtract(s[0], s[2], s[2])
    _subtract(out, s[2], out)
    _minimum(s[0], k[4], out=s[1])  # 640.0
    _negative(s[1], s[2])
    _exp(s[2], s[2])
    _multiply(out, s[2], out)
    _subtract(s[2], out, out)
    _subtract(s[1], s[0], s[1])
    _exp(s[1], s[1])
    _multiply(out, k[5], out)  # _c2
    _multiply(s[1], out, out)


_normal_pdf_kernel_single_numbers = (-64.0, 64.0, -0.5, _c2)


def _normal_pdf_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], out)  # -64.0, 64.0
    _multiply(out, out, out)
    _multiply(out, k[2], out)  # -0.5
    _exp(out, out)
    _multiply(out, k[3], out)  # _c2


_normal_pdf_kernel_double_numbers = (-64.0, 64.0, 0.5, 134217729.0, 640.0, _c2)


def _normal_pdf_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], k[2], s[1])  # 0.5
    _multiply(s[0], s[1], s[2])
    _multiply(s[1], k[3], s[3])  # 134217729.0
    _subtract(s[3], s[1], s[4])
    _subtract(s[3], s[4], s[4])
    _subtract(s[1], s[4], s[1])
    _multiply(s[0], k[3], s[3])  # 134217729.0
    _subtract(s[3], s[0], out)
    _subtract(s[3], out, out)
    _subtract(s[0], out, s[0])
    _multiply(s[4], out, s[3])
    _subtract(s[3], s[2], s[3])
    _multiply(s[4], s[0], s[4])
    _add(s[3], s[4], s[4])
    _multiply(s[1], out, out)
    _add(s[4], out, out)
    _multiply(s[1], s[0], s[1])
    _add(out, s[1], out)
    _add(s[2], out, s[0])
    _subtract(s[0], s[2], s[2])
    _subtract(out, s[2], out)
    _minimum(s[0], k[4], out=s[1])  # 640.0
    _negative(s[1], s[2])
    _exp(s[2], s[2])
    _multiply(out, s[2], out)
    _subtract(s[2], out, out)
    _subtract(s[1], s[0], s[1])
    _exp(s[1], s[1])
    _multiply(out, k[5], out)  # _c2
    _multiply(s[1], out, out)


_normal_pdf_grad_kernel_single_numbers = (-64.0, 64.0, -0.5, _c3)


def _normal_pdf_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], s[0], out)
    _multiply(out, k[2], out)  # -0.5
    _exp(out, out)
    _multiply(s[0], out, out)
    _multiply(out, k[3], out)  # _c3


_normal_pdf_grad_kernel_double_numbers = (-64.0, 64.0, _c3, 0.5, 134217729.0, 640.0)


def _normal_pdf_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 64.0
    _multiply(s[0], k[2], s[1])  # _c3
    _multiply(s[0], k[3], s[2])  # 0.5
    _multiply(s[0], s[2], s[3])
    _multiply(s[2], k[4], s[4])  # 134217729.0
    _subtract(s[4], s[2], s[5])
    _subtract(s[4], s[5], s[5])
    _subtract(s[2], s[5], s[2])
    _multiply(s[0], k[4], s[4])  # 134217729.0
    _subtract(s[4], s[0], out)
    _subtract(s[4], out, out)
    _subtract(s[0], out, s[0])
    _multiply(s[5], out, s[4])
    _subtract(s[4], s[3], s[4])
    _multiply(s[5], s[0], s[5])
    _add(s[4], s[5], s[5])
    _multiply(s[2], out, out)
    _add(s[5], out, out)
    _multiply(s[2], s[0], s[2])
    _add(out, s[2], out)
    _add(s[3], out, s[0])
    _subtract(s[0], s[3], s[3])
    _subtract(out, s[3], out)
    _minimum(s[0], k[5], out=s[2])  # 640.0
    _negative(s[2], s[3])
    _exp(s[3], s[3])
    _multiply(out, s[3], out)
    _subtract(s[3], out, out)
    _subtract(s[2], s[0], s[2])
    _exp(s[2], s[2])
    _multiply(s[1], out, out)
    _multiply(s[2], out, out)


_mish_kernel_single_numbers = (2048.0, 2.0, 1.0, -2.0)


def _mish_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 2048.0
    _negabs(x, s[2])
    _exp(s[2], s[2])
    _add(s[2], k[1], out)  # 2.0
    _multiply(s[2], out, out)
    _add(out, k[1], out)  # 2.0
    _multiply(s[1], s[2], s[1])
    _multiply(s[2], k[1], s[3])  # 2.0
    _add(s[3], k[2], s[4])  # 1.0
    _add(s[3], k[1], s[3])  # 2.0
    _multiply(s[2], s[3], s[3])
    _add(s[3], k[2], s[3])  # 1.0
    _divide(s[4], s[3], s[4])
    _multiply(s[0], s[4], s[4])
    _mask(x, s[0])
    _subtract(k[3], s[2], s[2])  # -2.0
    _multiply(s[1], s[2], s[2])
    _divide(s[2], out, out)
    _select(s[0], out, s[4], out)


_mish_kernel_double_numbers = (2.0, 2048.0, 640.0, 1.0, -2.0)


def _mish_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, s[1])
    _exp(s[1], s[1])
    _add(s[1], k[0], s[2])  # 2.0
    _multiply(s[1], s[2], s[2])
    _add(s[2], k[0], s[2])  # 2.0
    _minimum(s[0], k[1], out=s[3])  # 2048.0
    _minimum(s[3], k[2], out=s[4])  # 640.0
    _negative(s[4], out)
    _exp(out, out)
    _subtract(s[4], s[3], s[4])
    _exp(s[4], s[4])
    _multiply(s[1], k[0], s[5])  # 2.0
    _add(s[5], k[0], s[5])  # 2.0
    _multiply(s[1], s[5], s[5])
    _add(s[5], k[3], s[5])  # 1.0
    _multiply(s[3], k[4], s[6])  # -2.0
    _exp(s[6], s[6])
    _multiply(s[3], s[6], s[6])
    _multiply(s[6], k[0], s[6])  # 2.0
    _divide(s[6], s[5], s[6])
    _subtract(s[0], s[6], s[6])
    _mask(x, s[0])
    _subtract(k[4], s[1], s[1])  # -2.0
    _divide(s[1], s[2], s[2])
    _multiply(s[3], s[2], s[3])
    _multiply(out, s[3], out)
    _multiply(s[4], out, out)
    _select(s[0], out, s[6], out)


_mish_grad_kernel_single_numbers = (-2048.0, 21.0, 4.0, 6.0, 8.0)


def _mish_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -2048.0, 21.0
    _exp(s[0], s[1])
    _add(s[1], k[2], s[2])  # 4.0
    _multiply(s[1], s[2], s[2])
    _multiply(s[0], k[2], s[0])  # 4.0
    _add(s[0], k[3], out)  # 6.0
    _add(s[2], out, out)
    _multiply(s[1], out, out)
    _add(s[0], k[2], s[0])  # 4.0
    _add(out, s[0], out)
    _add(s[2], k[4], s[2])  # 8.0
    _multiply(s[1], s[2], s[2])
    _add(s[2], k[4], s[2])  # 8.0
    _multiply(s[1], s[2], s[2])
    _add(s[2], k[2], s[2])  # 4.0
    _multiply(s[1], out, out)
    _divide(out, s[2], out)


_mish_grad_kernel_double_numbers = (-4.0, 2048.0, 4.0, -6.0, 8.0, 640.0, -2.0, 2.0, -1.0, 1.0, _c0, _c1, 5.421010862427522e-20, -1.1924312145154952, 0.8, -0.8, -4.8484829848031044e-17, 4.4535651748886015e-13, 6.252513079477844e-12, 1.3307551687277724e-11, -2.8509621904227767e-11, -1.7809860083565632e-10, -2.741443290107672e-10, 4.845478547781552e-10, 3.3656149570140638e-09, 6.3881410784024285e-09, -5.462978467549856e-09, -6.174370870390203e-08, -1.4117151480783713e-07, 2.6879278986426368e-08, 1.0716764283160518e-06, 2.908819961647467e-06, 9.427361828788549e-07, -1.7299270813400484e-05, -5.582891567981788e-05, -4.196149603144909e-05, 0.00025412936386240865, 0.000989818102128908, 0.0010924055409445616, -0.0033606849270232685, -0.01582112656173338, -0.020271822716684245, 0.04190782104360987, 0.20473126408010586, 0.2669479140495345)


def _mish_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, s[1])
    _exp(s[1], s[1])
    _subtract(k[0], s[1], out)  # -4.0
    _multiply(s[1], out, out)
    _minimum(s[0], k[1], out=s[0])  # 2048.0
    _multiply(s[0], k[2], s[2])  # 4.0
    _add(s[2], k[3], s[3])  # -6.0
    _add(out, s[3], s[3])
    _multiply(s[1], s[3], s[3])
    _add(s[2], k[0], s[2])  # -4.0
    _add(s[3], s[2], s[3])
    _add(s[1], k[2], out)  # 4.0
    _multiply(s[1], out, out)
    _add(out, k[4], out)  # 8.0
    _multiply(s[1], out, out)
    _add(out, k[4], out)  # 8.0
    _multiply(s[1], out, out)
    _minimum(s[0], k[5], out=s[2])  # 640.0
    _negative(s[2], s[4])
    _exp(s[4], s[4])
    _subtract(s[2], s[0], s[2])
    _exp(s[2], s[2])
    _multiply(s[3], s[4], s[4])
    _multiply(s[1], k[6], s[3])  # -2.0
    _multiply(s[0], k[7], s[0])  # 2.0
    _add(s[0], k[6], s[5])  # -2.0
    _add(s[3], s[5], s[5])
    _multiply(s[1], s[5], s[5])
    _add(s[0], k[8], s[3])  # -1.0
    _add(s[5], s[3], s[5])
    _multiply(s[1], k[2], s[3])  # 4.0
    _add(s[3], k[4], s[3])  # 8.0
    _multiply(s[1], s[3], s[3])
    _add(s[3], k[4], s[3])  # 8.0
    _multiply(s[1], s[3], s[3])
    _add(s[3], k[2], s[3])  # 4.0
    _multiply(s[1], s[3], s[3])
    _add(s[3], k[9], s[3])  # 1.0
    _subtract(k[10], s[0], s[1])  # _c0
    _subtract(s[1], k[10], s[6])  # _c0
    _subtract(s[1], s[6], s[7])
    _subtract(k[10], s[7], s[7])  # _c0
    _add(s[0], s[6], s[6])
    _subtract(s[7], s[6], s[7])
    _add(s[7], k[11], s[7])  # _c1
    _exp(s[1], s[1])
    _multiply(s[7], s[1], s[7])
    _add(s[1], s[7], s[7])
    _multiply(s[5], s[7], s[7])
    _multiply(s[7], k[7], s[7])  # 2.0
    _divide(s[7], s[3], s[7])
    _multiply(s[7], k[12], s[7])  # 5.421010862427522e-20
    _add(s[7], k[9], s[7])  # 1.0
    _mask(x, s[0])
    _subtract(k[0], out, out)  # -4.0
    _divide(s[4], out, s[4])
    _multiply(s[2], s[4], s[4])
    _select(s[0], s[4], s[7], s[4])
    _subtract(x, k[13], s[0])  # -1.1924312145154952
    _absolute(s[0], s[1])
    _subtract(s[1], k[14], s[1])  # 0.8
    _clip(s[0], k[15], k[14], s[0])  # -0.8, 0.8
    _subtract(s[0], k[16], s[0])  # -4.8484829848031044e-17
    _multiply(s[0], k[17], out)  # 4.4535651748886015e-13
    _add(out, k[18], out)  # 6.252513079477844e-12
    _multiply(s[0], out, out)
    _add(out, k[19], out)  # 1.3307551687277724e-11
    _multiply(s[0], out, out)
    _add(out, k[20], out)  # -2.8509621904227767e-11
    _multiply(s[0], out, out)
    _add(out, k[21], out)  # -1.7809860083565632e-10
    _multiply(s[0], out, out)
    _add(out, k[22], out)  # -2.741443290107672e-10
    _multiply(s[0], out, out)
    _add(out, k[23], out)  # 4.845478547781552e-10
    _multiply(s[0], out, out)
    _add(out, k[24], out)  # 3.3656149570140638e-09
    _multiply(s[0], out, out)
    _add(out, k[25], out)  # 6.3881410784024285e-09
    _multiply(s[0], out, out)
    _add(out, k[26], out)  # -5.462978467549856e-09
    _multiply(s[0], out, out)
    _add(out, k[27], out)  # -6.174370870390203e-08
    _multiply(s[0], out, out)
    _add(out, k[28], out)  # -1.4117151480783713e-07
    _multiply(s[0], out, out)
    _add(out, k[29], out)  # 2.6879278986426368e-08
    _multiply(s[0], out, out)
    _add(out, k[30], out)  # 1.0716764283160518e-06
    _multiply(s[0], out, out)
    _add(out, k[31], out)  # 2.908819961647467e-06
    _multiply(s[0], out, out)
    _add(out, k[32], out)  # 9.427361828788549e-07
    _multiply(s[0], out, out)
    _add(out, k[33], out)  # -1.7299270813400484e-05
    _multiply(s[0], out, out)
    _add(out, k[34], out)  # -5.582891567981788e-05
    _multiply(s[0], out, out)
    _add(out, k[35], out)  # -4.196149603144909e-05
    _multiply(s[0], out, out)
    _add(out, k[36], out)  # 0.00025412936386240865
    _multiply(s[0], out, out)
    _add(out, k[37], out)  # 0.000989818102128908
    _multiply(s[0], out, out)
    _add(out, k[38], out)  # 0.0010924055409445616
    _multiply(s[0], out, out)
    _add(out, k[39], out)  # -0.0033606849270232685
    _multiply(s[0], out, out)
    _add(out, k[40], out)  # -0.01582112656173338
    _multiply(s[0], out, out)
    _add(out, k[41], out)  # -0.020271822716684245
    _multiply(s[0], out, out)
    _add(out, k[42], out)  # 0.04190782104360987
    _multiply(s[0], out, out)
    _add(out, k[43], out)  # 0.20473126408010586
    _multiply(s[0], out, out)
    _add(out, k[44], out)  # 0.2669479140495345
    _multiply(s[0], out, out)
    _mask(s[1], s[1])
    _patch(s[1], out, s[4], out)


_gelu_kernel_single_numbers = (64.0, -0.5, 0.5)


def _gelu_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 64.0
    _mills(s[1], out, s[2])
    _multiply(s[1], s[1], s[2])
    _multiply(s[2], k[1], s[2])  # -0.5
    _exp(s[2], s[2])
    _multiply(out, s[2], out)
    _multiply(s[1], out, out)
    _multiply(out, k[2], s[1])  # 0.5
    _subtract(s[0], s[1], s[1])
    _mask(x, s[0])
    _multiply(out, k[1], out)  # -0.5
    _select(s[0], out, s[1], out)


_gelu_kernel_double_numbers = (64.0, 0.5, 134217729.0, 640.0)


def _gelu_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 64.0
    _mills(s[1], s[3], s[2])
    _multiply(s[1], k[1], s[2])  # 0.5
    _multiply(s[1], s[2], s[4])
    _multiply(s[2], k[2], s[5])  # 134217729.0
    _subtract(s[5], s[2], s[6])
    _subtract(s[5], s[6], s[6])
    _subtract(s[2], s[6], s[2])
    _multiply(s[1], k[2], s[5])  # 134217729.0
    _subtract(s[5], s[1], s[7])
    _subtract(s[5], s[7], s[7])
    _subtract(s[1], s[7], s[5])
    _multiply(s[6], s[7], out)
    _subtract(out, s[4], out)
    _multiply(s[6], s[5], s[6])
    _add(out, s[6], out)
    _multiply(s[2], s[7], s[7])
    _add(out, s[7], out)
    _multiply(s[2], s[5], s[5])
    _add(out, s[5], out)
    _add(s[4], out, s[2])
    _subtract(s[2], s[4], s[4])
    _subtract(out, s[4], out)
    _minimum(s[2], k[3], out=s[4])  # 640.0
    _negative(s[4], s[5])
    _exp(s[5], s[5])
    _multiply(out, s[5], out)
    _subtract(s[4], s[2], s[4])
    _exp(s[4], s[4])
    _subtract(out, s[5], out)
    _multiply(s[3], out, out)
    _multiply(s[1], out, out)
    _multiply(out, k[1], out)  # 0.5
    _multiply(s[4], out, out)
    _add(s[0], out, s[0])
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_gelu_grad_kernel_single_numbers = (64.0, _c4, _c5, -0.5, _c6, 1.0, _c7)


def _gelu_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 64.0
    _mills(s[0], out, s[1])
    _multiply(out, k[1], out)  # _c4
    _multiply(s[0], k[2], s[1])  # _c5
    _add(out, s[1], out)
    _multiply(s[0], s[0], s[0])
    _multiply(s[0], k[3], s[0])  # -0.5
    _exp(s[0], s[0])
    _multiply(out, s[0], out)
    _multiply(out, k[4], s[0])  # _c6
    _add(s[0], k[5], s[0])  # 1.0
    _mask(x, s[1])
    _multiply(out, k[6], out)  # _c7
    _select(s[1], out, s[0], out)


_gelu_grad_kernel_double_numbers = (64.0, _c4, _c5, 0.5, 134217729.0, 640.0, _c6, 1.0, -0.7517915246935645, 0.8, -0.8, 1.4956759177009883e-17, -8.191847559811315e-12, -7.73113703501405e-11, 1.4247470366799798e-10, 1.885125227705017e-09, -1.3947525080365902e-09, -3.5444531905088926e-08, -1.6055836263998486e-09, 5.702683780947972e-07, 4.3284545663864764e-07, -7.748458538064514e-06, -1.1214380274775493e-05, 8.615947800389649e-05, 0.00018633974624414473, -0.0007448268385915779, -0.0022395380680744403, 0.004539228379118777, 0.019421679838189106, -0.014771522148244065, -0.1140082332972217, -0.01819967639867109, 0.388284982990552, 0.4314939923140469)


def _gelu_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 64.0
    _mills(s[0], out, s[1])
    _multiply(out, k[1], out)  # _c4
    _multiply(s[0], k[2], s[1])  # _c5
    _add(out, s[1], out)
    _multiply(s[0], k[3], s[1])  # 0.5
    _multiply(s[0], s[1], s[2])
    _multiply(s[1], k[4], s[3])  # 134217729.0
    _subtract(s[3], s[1], s[4])
    _subtract(s[3], s[4], s[4])
    _subtract(s[1], s[4], s[1])
    _multiply(s[0], k[4], s[3])  # 134217729.0
    _subtract(s[3], s[0], s[5])
    _subtract(s[3], s[5], s[5])
    _subtract(s[0], s[5], s[0])
    _multiply(s[4], s[5], s[3])
    _subtract(s[3], s[2], s[3])
    _multiply(s[4], s[0], s[4])
    _add(s[3], s[4], s[4])
    _multiply(s[1], s[5], s[5])
    _add(s[4], s[5], s[5])
    _multiply(s[1], s[0], s[1])
    _add(s[5], s[1], s[5])
    _add(s[2], s[5], s[0])
    _subtract(s[0], s[2], s[2])
    _subtract(s[5], s[2], s[5])
    _minimum(s[0], k[5], out=s[1])  # 640.0
    _negative(s[1], s[2])
    _exp(s[2], s[2])
    _multiply(s[5], s[2], s[5])
    _subtract(s[2], s[5], s[5])
    _subtract(s[1], s[0], s[1])
    _exp(s[1], s[1])
    _multiply(out, s[5], s[5])
    _multiply(s[5], k[6], s[5])  # _c6
    _multiply(s[1], s[5], s[5])
    _add(s[5], k[7], s[0])  # 1.0
    _mask(x, s[1])
    _negative(s[5], s[5])
    _select(s[1], s[5], s[0], s[5])
    _subtract(x, k[8], s[0])  # -0.7517915246935645
    _absolute(s[0], s[1])
    _subtract(s[1], k[9], s[1])  # 0.8
    _clip(s[0], k[10], k[9], s[0])  # -0.8, 0.8
    _subtract(s[0], k[11], s[0])  # 1.4956759177009883e-17
    _multiply(s[0], k[12], out)  # -8.191847559811315e-12
    _add(out, k[13], out)  # -7.73113703501405e-11
    _multiply(s[0], out, out)
    _add(out, k[14], out)  # 1.4247470366799798e-10
    _multiply(s[0], out, out)
    _add(out, k[15], out)  # 1.885125227705017e-09
    _multiply(s[0], out, out)
    _add(out, k[16], out)  # -1.3947525080365902e-09
    _multiply(s[0], out, out)
    _add(out, k[17], out)  # -3.5444531905088926e-08
    _multiply(s[0], out, out)
    _add(out, k[18], out)  # -1.6055836263998486e-09
    _multiply(s[0], out, out)
    _add(out, k[19], out)  # 5.702683780947972e-07
    _multiply(s[0], out, out)
    _add(out, k[20], out)  # 4.3284545663864764e-07
    _multiply(s[0], out, out)
    _add(out, k[21], out)  # -7.748458538064514e-06
    _multiply(s[0], out, out)
    _add(out, k[22], out)  # -1.1214380274775493e-05
    _multiply(s[0], out, out)
    _add(out, k[23], out)  # 8.615947800389649e-05
    _multiply(s[0], out, out)
    _add(out, k[24], out)  # 0.00018633974624414473
    _multiply(s[0], out, out)
    _add(out, k[25], out)  # -0.0007448268385915779
    _multiply(s[0], out, out)
    _add(out, k[26], out)  # -0.0022395380680744403
    _multiply(s[0], out, out)
    _add(out, k[27], out)  # 0.004539228379118777
    _multiply(s[0], out, out)
    _add(out, k[28], out)  # 0.019421679838189106
    _multiply(s[0], out, out)
    _add(out, k[29], out)  # -0.014771522148244065
    _multiply(s[0], out, out)
    _add(out, k[30], out)  # -0.1140082332972217
    _multiply(s[0], out, out)
    _add(out, k[31], out)  # -0.01819967639867109
    _multiply(s[0], out, out)
    _add(out, k[32], out)  # 0.388284982990552
    _multiply(s[0], out, out)
    _add(out, k[33], out)  # 0.4314939923140469
    _multiply(s[0], out, out)
    _mask(s[1], s[1])
    _patch(s[1], out, s[5], out)


_gelu_tanh_kernel_single_numbers = (64.0, _c8, _c9, _c10, 1.0)


def _gelu_tanh_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[1])  # 64.0
    _multiply(s[1], s[1], s[2])
    _multiply(s[2], k[1], s[2])  # _c8
    _add(s[2], k[2], s[2])  # _c9
    _multiply(s[1], s[2], s[2])
    _divide(s[2], k[3], s[2])  # _c10
    _exp(s[2], s[2])
    _add(s[2], k[4], out)  # 1.0
    _multiply(s[1], s[2], s[2])
    _mask(x, s[1])
    _negative(s[2], s[2])
    _select(s[1], s[2], s[0], s[2])
    _divide(s[2], out, out)


_gelu_tanh_kernel_double_numbers = (1.0, _c8, _c11, _c9, _c12, _c10, _c13, 64.0, _c14, _c15, _c16)


def _gelu_tanh_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    w = _wide(x, 5)
    _widen(k[0], w[0])  # 1.0
    _widen(x, w[1])
    _wide_abs(w[1], w[2])
    _widen_pair(k[1], k[2], w[1])  # _c8, _c11
    _wide_mul(w[2], w[2], w[3])
    _wide_mul(w[3], w[1], w[4])
    _widen_pair(k[3], k[4], w[1])  # _c9, _c12
    _wide_add(w[4], w[1], w[3])
    _wide_mul(w[2], w[3], w[1])
    _widen_pair(k[5], k[6], w[3])  # _c10, _c13
    _wide_div(w[1], w[3], w[4])
    _wide_exp(w[4], w[1])
    _wide_add(w[1], w[0], w[3])
    _wide_neg(w[1], w[0])
    _wide_mul(w[2], w[0], w[1])
    _wide_div(w[1], w[3], w[0])
    _rounded(w[0], out)
    _absolute(x, s[0])
    _minimum(s[0], k[7], out=s[1])  # 64.0
    _multiply(s[1], s[1], s[2])
    _multiply(s[2], k[8], s[2])  # _c14
    _add(s[2], k[9], s[2])  # _c15
    _multiply(s[1], s[2], s[2])
    _divide(s[2], k[10], s[2])  # _c16
    _exp(s[2], s[2])
    _add(s[2], k[0], s[3])  # 1.0
    _divide(s[2], s[3], s[3])
    _multiply(s[1], s[3], s[3])
    _subtract(s[0], s[3], s[3])
    _mask(x, s[0])
    _select(s[0], out, s[3], out)


_gelu_tanh_grad_kernel_single_numbers = (-64.0, 7.49, _c14, _c15, _c10, _c17, 1.0, _c18)


def _gelu_tanh_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _clip(x, k[0], k[1], s[0])  # -64.0, 7.49
    _multiply(s[0], s[0], s[1])
    _multiply(s[1], k[2], s[2])  # _c14
    _add(s[2], k[3], s[2])  # _c15
    _multiply(s[0], s[2], s[2])
    _divide(s[2], k[4], s[2])  # _c10
    _exp(s[2], s[2])
    _multiply(s[2], k[4], out)  # _c10
    _multiply(s[1], k[5], s[1])  # _c17
    _add(s[1], k[3], s[1])  # _c15
    _multiply(s[0], s[1], s[1])
    _add(s[1], k[4], s[1])  # _c10
    _add(out, s[1], out)
    _add(s[2], k[6], s[0])  # 1.0
    _divide(s[2], s[0], s[2])
    _divide(out, s[0], out)
    _multiply(s[2], out, out)
    _multiply(out, k[7], out)  # _c18


_gelu_tanh_grad_kernel_double_numbers = (_c19, _c20, _c8, _c11, _c9, _c12, _c10, _c13, _c17, _c21, _c15, _c22, 1.0, _c18, _c23, 64.0, _c14, _c16, -0.7524614220710163, 0.015625, -0.015625, 3.635560509207687e-17, 0.0002639063070515918, -0.0009273661893107255, -0.002422731841318129, 0.005261059238722347, 0.01968230945983272, -0.01661932834305115, -0.11394448308095899, -0.01578285352184803, 0.38751844613578895, 0.4304000910248585)


def _gelu_tanh_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    w = _wide(x, 7)
    _widen_pair(k[0], k[1], w[0])  # _c19, _c20
    _widen_pair(k[2], k[3], w[1])  # _c8, _c11
    _widen(x, w[2])
    _wide_abs(w[2], w[3])
    _wide_mul(w[3], w[3], w[2])
    _wide_mul(w[2], w[1], w[4])
    _widen_pair(k[4], k[5], w[1])  # _c9, _c12
    _wide_add(w[4], w[1], w[5])
    _wide_mul(w[3], w[5], w[1])
    _widen_pair(k[6], k[7], w[4])  # _c10, _c13
    _wide_div(w[1], w[4], w[5])
    _wide_exp(w[5], w[1])
    _wide_mul(w[1], w[0], w[4])
    _widen_pair(k[8], k[9], w[5])  # _c17, _c21
    _wide_mul(w[2], w[5], w[6])
    _widen_pair(k[10], k[11], w[2])  # _c15, _c22
    _wide_add(w[6], w[2], w[5])
    _wide_mul(w[3], w[5], w[2])
    _wide_add(w[2], w[0], w[3])
    _wide_add(w[4], w[3], w[0])
    _widen(k[12], w[2])  # 1.0
    _wide_add(w[1], w[2], w[3])
    _widen_pair(k[13], k[14], w[2])  # _c18, _c23
    _wide_div(w[1], w[3], w[4])
    _wide_div(w[0], w[3], w[1])
    _wide_neg(w[4], w[0])
    _wide_mul(w[1], w[0], w[3])
    _wide_mul(w[3], w[2], w[0])
    _rounded(w[0], s[0])
    _absolute(x, s[1])
    _minimum(s[1], k[15], out=s[1])  # 64.0
    _multiply(s[1], s[1], s[2])
    _multiply(s[2], k[16], out)  # _c14
    _add(out, k[10], out)  # _c15
    _multiply(s[1], out, out)
    _divide(out, k[17], out)  # _c16
    _exp(out, out)
    _multiply(out, k[0], s[3])  # _c19
    _multiply(s[2], k[8], s[2])  # _c17
    _add(s[2], k[10], s[2])  # _c15
    _multiply(s[1], s[2], s[2])
    _add(s[2], k[0], s[2])  # _c19
    _add(s[3], s[2], s[3])
    _add(out, k[12], s[1])  # 1.0
    _divide(out, s[1], out)
    _divide(s[3], s[1], s[3])
    _multiply(out, s[3], s[3])
    _multiply(s[3], k[13], s[3])  # _c18
    _add(s[3], k[12], s[3])  # 1.0
    _mask(x, s[1])
    _select(s[1], s[0], s[3], s[0])
    _subtract(x, k[18], s[1])  # -0.7524614220710163
    _absolute(s[1], s[2])
    _subtract(s[2], k[19], s[2])  # 0.015625
    _clip(s[1], k[20], k[19], s[1])  # -0.015625, 0.015625
    _subtract(s[1], k[21], s[1])  # 3.635560509207687e-17
    _multiply(s[1], k[22], out)  # 0.0002639063070515918
    _add(out, k[23], out)  # -0.0009273661893107255
    _multiply(s[1], out, out)
    _add(out, k[24], out)  # -0.002422731841318129
    _multiply(s[1], out, out)
    _add(out, k[25], out)  # 0.005261059238722347
    _multiply(s[1], out, out)
    _add(out, k[26], out)  # 0.01968230945983272
    _multiply(s[1], out, out)
    _add(out, k[27], out)  # -0.01661932834305115
    _multiply(s[1], out, out)
    _add(out, k[28], out)  # -0.11394448308095899
    _multiply(s[1], out, out)
    _add(out, k[29], out)  # -0.01578285352184803
    _multiply(s[1], out, out)
    _add(out, k[30], out)  # 0.38751844613578895
    _multiply(s[1], out, out)
    _add(out, k[31], out)  # 0.4304000910248585
    _multiply(s[1], out, out)
    _mask(s[2], s[2])
    _patch(s[2], out, s[0], out)


_elu_kernel_numbers = (0.0,)


def _elu_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_alpha: float) -> None:
    _absolute(x, out)
    _negabs(x, s[0])
    _expm1(s[0], s[0])
    _multiply(s[0], p_alpha, s[0])
    _subtract(k[0], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], out, s[0], out)


_elu_grad_kernel_numbers = (0.0, 1.0)


def _elu_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_alpha: float) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _multiply(p_alpha, s[0], s[0])
    _subtract(k[0], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], k[1], s[0], out)  # 1.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_elu_grad_from_output_kernel_numbers = (0.0, 1.0)


def _elu_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_alpha: float) -> None:
    _absolute(x, s[0])
    _subtract(p_alpha, s[0], s[0])
    _subtract(k[0], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], k[1], s[0], out)  # 1.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_selu_kernel_numbers = (_c24, 0.0, _c25)


def _selu_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _expm1(s[0], s[0])
    _multiply(s[0], k[0], s[0])  # _c24
    _maximum(x, k[1], out=out)  # 0.0
    _multiply(out, k[2], out)  # _c25
    _subtract(k[1], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], out, s[0], out)


_selu_grad_kernel_numbers = (_c24, 0.0, _c25)


def _selu_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _multiply(s[0], k[0], s[0])  # _c24
    _subtract(k[1], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], k[2], s[0], out)  # _c25
    _clip(x, k[1], k[1], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_selu_grad_from_output_kernel_single_numbers = (_c24, 0.0, _c25)


def _selu_grad_from_output_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _subtract(k[0], s[0], s[0])  # _c24
    _subtract(k[1], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], k[2], s[0], out)  # _c25
    _clip(x, k[1], k[1], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_selu_grad_from_output_kernel_double_numbers = (_c26, 0.0, _c27, _c25)


def _selu_grad_from_output_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _add(s[0], k[0], s[0])  # _c26
    _subtract(k[1], x, s[1])  # 0.0
    _mask(s[1], s[1])
    _subtract(k[2], s[0], s[0])  # _c27
    _select(s[1], k[3], s[0], out)  # _c25
    _clip(x, k[1], k[1], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_relu_kernel_numbers = (0.0,)


def _relu_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _select(s[1], k[0], s[0], out)  # 0.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_relu_grad_kernel_numbers = (0.0, 1.0)


def _relu_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _subtract(k[0], x, s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], k[1], k[0], out)  # 1.0, 0.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_relu_grad_from_output_kernel_numbers = (0.0, 1.0)


def _relu_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _subtract(k[0], x, s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], k[1], k[0], out)  # 1.0, 0.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_leaky_relu_kernel_numbers = (0.0,)


def _leaky_relu_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_alpha: float) -> None:
    _absolute(x, out)
    _subtract(k[0], x, s[0])  # 0.0
    _mask(s[0], s[0])
    _negabs(x, s[1])
    _multiply(p_alpha, s[1], s[1])
    _select(s[0], out, s[1], out)


_leaky_relu_grad_kernel_numbers = (0.0, 1.0)


def _leaky_relu_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_alpha: float) -> None:
    _subtract(k[0], x, s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], k[1], p_alpha, out)  # 1.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_leaky_relu_grad_from_output_kernel_numbers = (0.0, 1.0)


def _leaky_relu_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_alpha: float) -> None:
    _subtract(k[0], x, s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], k[1], p_alpha, out)  # 1.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_sech_kernel_numbers = (1.0, 2.0)


def _sech_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _multiply(s[0], s[0], out)
    _add(out, k[0], out)  # 1.0
    _multiply(s[0], k[1], s[0])  # 2.0
    _divide(s[0], out, out)


_sech_grad_kernel_numbers = (1.0, 2.0, -2.0)


def _sech_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _expm1(s[0], s[1])
    _exp(s[0], s[0])
    _add(s[0], k[0], s[2])  # 1.0
    _multiply(s[0], s[0], s[3])
    _add(s[3], k[1], out)  # 2.0
    _multiply(s[3], out, out)
    _add(out, k[0], out)  # 1.0
    _mask(x, s[3])
    _negative(s[0], s[4])
    _select(s[3], s[0], s[4], s[0])
    _multiply(s[1], s[0], s[1])
    _multiply(s[2], s[1], s[2])
    _multiply(s[2], k[2], s[2])  # -2.0
    _divide(s[2], out, out)


_logcosh_kernel_numbers = (_c28, 1.0, -1.0, -2.4741854990368213e-09, 4.2361177743346305e-25, 2.5755259352787086e-08, -3.0572597757823337e-24, -1.3571535417884998e-07, 9.889951443369097e-24, 5.025840382319097e-07, -1.8929624091145073e-23, -1.5416719331924206e-06, 2.383325003826176e-23, 4.343910346486183e-06, -2.0757359329168613e-23, -1.1926972295468e-05, 1.2802553531360932e-23, 3.2768853182518594e-05, -5.6284151165464104e-24, -9.098696403615642e-05, 1.7512932499243946e-24, 0.0002565800870051316, -3.777002962345563e-25, -0.0007386029010148008, 5.435496105098597e-26, 0.002186948848954667, -4.899039200270813e-27, -0.006746031745824492, 2.48429942686869e-28, 0.022222222222217893, -5.8216035508841625e-30, -0.0833333333333333, 3.9944547353383017e-32, 0.5)


def _logcosh_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, s[1])
    _exp(s[1], s[1])
    _multiply(s[1], s[1], s[1])
    _log1p(s[1], s[1])
    _add(s[0], k[0], s[2])  # _c28
    _add(s[1], s[2], s[2])
    _subtract(s[0], k[1], s[0])  # 1.0
    _clip(x, k[2], k[1], s[1])  # -1.0, 1.0
    _multiply(s[1], k[3], out)  # -2.4741854990368213e-09
    _add(out, k[4], out)  # 4.2361177743346305e-25
    _multiply(s[1], out, out)
    _add(out, k[5], out)  # 2.5755259352787086e-08
    _multiply(s[1], out, out)
    _add(out, k[6], out)  # -3.0572597757823337e-24
    _multiply(s[1], out, out)
    _add(out, k[7], out)  # -1.3571535417884998e-07
    _multiply(s[1], out, out)
    _add(out, k[8], out)  # 9.889951443369097e-24
    _multiply(s[1], out, out)
    _add(out, k[9], out)  # 5.025840382319097e-07
    _multiply(s[1], out, out)
    _add(out, k[10], out)  # -1.8929624091145073e-23
    _multiply(s[1], out, out)
    _add(out, k[11], out)  # -1.5416719331924206e-06
    _multiply(s[1], out, out)
    _add(out, k[12], out)  # 2.383325003826176e-23
    _multiply(s[1], out, out)
    _add(out, k[13], out)  # 4.343910346486183e-06
    _multiply(s[1], out, out)
    _add(out, k[14], out)  # -2.0757359329168613e-23
    _multiply(s[1], out, out)
    _add(out, k[15], out)  # -1.1926972295468e-05
    _multiply(s[1], out, out)
    _add(out, k[16], out)  # 1.2802553531360932e-23
    _multiply(s[1], out, out)
    _add(out, k[17], out)  # 3.2768853182518594e-05
    _multiply(s[1], out, out)
    _add(out, k[18], out)  # -5.6284151165464104e-24
    _multiply(s[1], out, out)
    _add(out, k[19], out)  # -9.098696403615642e-05
    _multiply(s[1], out, out)
    _add(out, k[20], out)  # 1.7512932499243946e-24
    _multiply(s[1], out, out)
    _add(out, k[21], out)  # 0.0002565800870051316
    _multiply(s[1], out, out)
    _add(out, k[22], out)  # -3.777002962345563e-25
    _multiply(s[1], out, out)
    _add(out, k[23], out)  # -0.0007386029010148008
    _multiply(s[1], out, out)
    _add(out, k[24], out)  # 5.435496105098597e-26
    _multiply(s[1], out, out)
    _add(out, k[25], out)  # 0.002186948848954667
    _multiply(s[1], out, out)
    _add(out, k[26], out)  # -4.899039200270813e-27
    _multiply(s[1], out, out)
    _add(out, k[27], out)  # -0.006746031745824492
    _multiply(s[1], out, out)
    _add(out, k[28], out)  # 2.48429942686869e-28
    _multiply(s[1], out, out)
    _add(out, k[29], out)  # 0.022222222222217893
    _multiply(s[1], out, out)
    _add(out, k[30], out)  # -5.8216035508841625e-30
    _multiply(s[1], out, out)
    _add(out, k[31], out)  # -0.0833333333333333
    _multiply(s[1], out, out)
    _add(out, k[32], out)  # 3.9944547353383017e-32
    _multiply(s[1], out, out)
    _add(out, k[33], out)  # 0.5
    _multiply(s[1], out, out)
    _multiply(s[1], out, out)
    _mask(s[0], s[0])
    _patch(s[0], out, s[2], out)


_logcosh_grad_kernel_single_numbers = (2048.0, -2.0)


def _logcosh_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[0])  # -2.0
    _expm1(s[0], s[0])
    _subtract(k[1], s[0], s[1])  # -2.0
    _mask(x, s[2])
    _negative(s[0], out)
    _select(s[2], out, s[0], out)
    _divide(out, s[1], out)


_logcosh_grad_kernel_double_numbers = (2048.0, -2.0, 1.0)


def _logcosh_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[0])  # -2.0
    _expm1(s[0], out)
    _exp(s[0], s[0])
    _add(s[0], k[2], s[0])  # 1.0
    _mask(x, s[1])
    _negative(out, s[2])
    _select(s[1], out, s[2], out)
    _divide(out, s[0], out)


_squared_error_of_residual_kernel_single_numbers = (0.5,)


def _squared_error_of_residual_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _multiply(x, x, out)
    _multiply(out, k[0], out)  # 0.5


_squared_error_of_residual_kernel_double_numbers = (0.5,)


def _squared_error_of_residual_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    w = _wide(x, 3)
    _widen(x, w[0])
    _widen(k[0], w[1])  # 0.5
    _wide_mul(w[0], w[0], w[2])
    _wide_mul(w[2], w[1], w[0])
    _rounded(w[0], out)


_squared_error_of_residual_grad_kernel_numbers = ()


def _squared_error_of_residual_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _copyto(out, x)


_binary_cross_entropy_for_0_kernel_numbers = ()


def _binary_cross_entropy_for_0_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    w = _wide(x, 2)
    _absolute(x, out)
    _log1p(out, out)
    _widen(x, w[0])
    _wide_abs(w[0], w[1])
    _wide_neg(w[1], w[0])
    _wide_log1p(w[0], w[1])
    _wide_neg(w[1], w[0])
    _rounded(w[0], s[0])
    _mask(x, s[1])
    _negative(out, out)
    _select(s[1], out, s[0], out)


_binary_cross_entropy_for_0_grad_kernel_numbers = (-1.0,)


def _binary_cross_entropy_for_0_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _add(x, k[0], out)  # -1.0
    _divide(k[0], out, out)  # -1.0


_binary_cross_entropy_for_0_grad_from_output_kernel_numbers = (0.0, 0.5)


def _binary_cross_entropy_for_0_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, out)
    _exp(out, out)
    _maximum(x, k[0], out=s[0])  # 0.0
    _multiply(s[0], k[1], s[0])  # 0.5
    _exp(s[0], s[0])
    _multiply(s[0], s[0], s[0])
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_binary_cross_entropy_for_1_kernel_single_numbers = ()


def _binary_cross_entropy_for_1_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _negabs(x, out)
    _select(s[1], out, s[0], out)
    _log(out, out)
    _negative(out, out)


_binary_cross_entropy_for_1_kernel_double_numbers = (1.0, 0.1, -0.1, -0.07912853108752779, 0.08569596974729414, -0.09088136406369919, 0.0999702984831761, -0.11111127792554266, 0.12500017869071584, -0.14285714236988437, 0.16666666614472436, -0.20000000000060955, 0.2500000000006529, -0.3333333333333331, 0.4999999999999998, -1.0)


def _binary_cross_entropy_for_1_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _negabs(x, s[2])
    _select(s[1], s[2], s[0], s[2])
    _log(s[2], s[2])
    _subtract(x, k[0], s[0])  # 1.0
    _absolute(s[0], s[1])
    _subtract(s[1], k[1], s[1])  # 0.1
    _clip(s[0], k[2], k[1], s[0])  # -0.1, 0.1
    _multiply(s[0], k[3], out)  # -0.07912853108752779
    _add(out, k[4], out)  # 0.08569596974729414
    _multiply(s[0], out, out)
    _add(out, k[5], out)  # -0.09088136406369919
    _multiply(s[0], out, out)
    _add(out, k[6], out)  # 0.0999702984831761
    _multiply(s[0], out, out)
    _add(out, k[7], out)  # -0.11111127792554266
    _multiply(s[0], out, out)
    _add(out, k[8], out)  # 0.12500017869071584
    _multiply(s[0], out, out)
    _add(out, k[9], out)  # -0.14285714236988437
    _multiply(s[0], out, out)
    _add(out, k[10], out)  # 0.16666666614472436
    _multiply(s[0], out, out)
    _add(out, k[11], out)  # -0.20000000000060955
    _multiply(s[0], out, out)
    _add(out, k[12], out)  # 0.2500000000006529
    _multiply(s[0], out, out)
    _add(out, k[13], out)  # -0.3333333333333331
    _multiply(s[0], out, out)
    _add(out, k[14], out)  # 0.4999999999999998
    _multiply(s[0], out, out)
    _add(out, k[15], out)  # -1.0
    _multiply(s[0], out, out)
    _mask(s[1], s[1])
    _negative(s[2], s[2])
    _patch(s[1], out, s[2], out)


_binary_cross_entropy_for_1_grad_kernel_numbers = (-1.0,)


def _binary_cross_entropy_for_1_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _divide(k[0], x, out)  # -1.0


_binary_cross_entropy_for_1_grad_from_output_kernel_numbers = (0.0, 0.5)


def _binary_cross_entropy_for_1_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, out)
    _exp(out, out)
    _maximum(x, k[0], out=s[0])  # 0.0
    _multiply(s[0], k[1], s[0])  # 0.5
    _exp(s[0], s[0])
    _multiply(s[0], s[0], s[0])
    _mask(x, s[1])
    _negative(out, out)
    _negative(s[0], s[0])
    _select(s[1], out, s[0], out)


_sigmoid_cross_entropy_for_0_kernel_numbers = ()


def _sigmoid_cross_entropy_for_0_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, out)
    _exp(out, out)
    _log1p(out, out)
    _add(s[0], out, s[0])
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_sigmoid_cross_entropy_for_0_grad_kernel_single_numbers = (42.0, 1.0)


def _sigmoid_cross_entropy_for_0_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _minimum(x, k[0], out=s[0])  # 42.0
    _exp(s[0], s[0])
    _add(s[0], k[1], out)  # 1.0
    _divide(s[0], out, out)


_sigmoid_cross_entropy_for_0_grad_kernel_double_numbers = (1.0,)


def _sigmoid_cross_entropy_for_0_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _add(s[0], k[0], out)  # 1.0
    _divide(s[0], out, out)
    _subtract(k[0], out, s[0])  # 1.0
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_sigmoid_cross_entropy_for_0_grad_from_output_kernel_numbers = ()


def _sigmoid_cross_entropy_for_0_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negative(x, out)
    _expm1(out, out)
    _negative(out, out)


_sigmoid_cross_entropy_for_1_kernel_numbers = ()


def _sigmoid_cross_entropy_for_1_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, out)
    _negabs(x, s[0])
    _exp(s[0], s[0])
    _log1p(s[0], s[0])
    _add(out, s[0], out)
    _mask(x, s[1])
    _select(s[1], out, s[0], out)


_sigmoid_cross_entropy_for_1_grad_kernel_single_numbers = (-42.0, -1.0)


def _sigmoid_cross_entropy_for_1_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _maximum(x, k[0], out=s[0])  # -42.0
    _negative(s[0], s[0])
    _exp(s[0], s[0])
    _subtract(k[1], s[0], out)  # -1.0
    _divide(s[0], out, out)


_sigmoid_cross_entropy_for_1_grad_kernel_double_numbers = (1.0, -1.0)


def _sigmoid_cross_entropy_for_1_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, out)
    _exp(out, out)
    _add(out, k[0], s[0])  # 1.0
    _divide(out, s[0], s[0])
    _add(s[0], k[1], out)  # -1.0
    _mask(x, s[1])
    _negative(s[0], s[0])
    _select(s[1], out, s[0], out)


_sigmoid_cross_entropy_for_1_grad_from_output_kernel_numbers = ()


def _sigmoid_cross_entropy_for_1_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negative(x, out)
    _expm1(out, out)


_cross_entropy_per_weight_kernel_single_numbers = ()


def _cross_entropy_per_weight_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _negabs(x, out)
    _select(s[1], out, s[0], out)
    _log(out, out)
    _negative(out, out)


_cross_entropy_per_weight_kernel_double_numbers = (1.0, 0.1, -0.1, -0.07912853108752779, 0.08569596974729414, -0.09088136406369919, 0.0999702984831761, -0.11111127792554266, 0.12500017869071584, -0.14285714236988437, 0.16666666614472436, -0.20000000000060955, 0.2500000000006529, -0.3333333333333331, 0.4999999999999998, -1.0)


def _cross_entropy_per_weight_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _negabs(x, s[2])
    _select(s[1], s[2], s[0], s[2])
    _log(s[2], s[2])
    _subtract(x, k[0], s[0])  # 1.0
    _absolute(s[0], s[1])
    _subtract(s[1], k[1], s[1])  # 0.1
    _clip(s[0], k[2], k[1], s[0])  # -0.1, 0.1
    _multiply(s[0], k[3], out)  # -0.07912853108752779
    _add(out, k[4], out)  # 0.08569596974729414
    _multiply(s[0], out, out)
    _add(out, k[5], out)  # -0.09088136406369919
    _multiply(s[0], out, out)
    _add(out, k[6], out)  # 0.0999702984831761
    _multiply(s[0], out, out)
    _add(out, k[7], out)  # -0.11111127792554266
    _multiply(s[0], out, out)
    _add(out, k[8], out)  # 0.12500017869071584
    _multiply(s[0], out, out)
    _add(out, k[9], out)  # -0.14285714236988437
    _multiply(s[0], out, out)
    _add(out, k[10], out)  # 0.16666666614472436
    _multiply(s[0], out, out)
    _add(out, k[11], out)  # -0.20000000000060955
    _multiply(s[0], out, out)
    _add(out, k[12], out)  # 0.2500000000006529
    _multiply(s[0], out, out)
    _add(out, k[13], out)  # -0.3333333333333331
    _multiply(s[0], out, out)
    _add(out, k[14], out)  # 0.4999999999999998
    _multiply(s[0], out, out)
    _add(out, k[15], out)  # -1.0
    _multiply(s[0], out, out)
    _mask(s[1], s[1])
    _negative(s[2], s[2])
    _patch(s[1], out, s[2], out)


_cross_entropy_per_weight_grad_kernel_numbers = (-1.0,)


def _cross_entropy_per_weight_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _divide(k[0], x, out)  # -1.0


_cross_entropy_per_weight_grad_from_output_kernel_numbers = (0.0, 0.5)


def _cross_entropy_per_weight_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, out)
    _exp(out, out)
    _maximum(x, k[0], out=s[0])  # 0.0
    _multiply(s[0], k[1], s[0])  # 0.5
    _exp(s[0], s[0])
    _multiply(s[0], s[0], s[0])
    _mask(x, s[1])
    _negative(out, out)
    _negative(s[0], s[0])
    _select(s[1], out, s[0], out)


_hinge_of_margin_kernel_numbers = (1.0, -1.0, 0.0)


def _hinge_of_margin_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _subtract(k[0], x, s[0])  # 1.0
    _add(x, k[1], out)  # -1.0
    _mask(out, out)
    _select(out, s[0], k[2], s[0])  # 0.0
    _clip(x, k[2], k[2], out)  # 0.0, 0.0
    _add(s[0], out, out)


_hinge_of_margin_grad_kernel_numbers = (-1.0, 0.0)


def _hinge_of_margin_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _add(x, k[0], s[0])  # -1.0
    _add(s[0], k[1], s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], k[0], k[1], out)  # -1.0, 0.0
    _clip(x, k[1], k[1], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_hinge_of_margin_grad_from_output_kernel_numbers = (0.0, -1.0)


def _hinge_of_margin_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _subtract(k[0], x, s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], k[1], k[0], out)  # -1.0, 0.0
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_huber_of_residual_kernel_numbers = (0.5, 0.0)


def _huber_of_residual_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_kappa: float) -> None:
    _multiply(p_kappa, x, out)
    _add(((p_kappa * p_kappa) * 0.5), out, s[0])
    _minimum(p_kappa, x, out=s[1])
    _maximum(s[1], (-p_kappa), out=s[1])
    _multiply(s[1], s[1], s[1])
    _multiply(s[1], k[0], s[1])  # 0.5
    _subtract(out, ((p_kappa * p_kappa) * 0.5), out)
    _add(p_kappa, x, s[2])
    _add(s[2], k[1], s[2])  # 0.0
    _mask(s[2], s[2])
    _negative(s[0], s[0])
    _select(s[2], s[0], s[1], s[0])
    _subtract(x, p_kappa, s[1])
    _subtract(k[1], s[1], s[1])  # 0.0
    _mask(s[1], s[1])
    _select(s[1], out, s[0], out)


_huber_of_residual_grad_kernel_numbers = (0.0,)


def _huber_of_residual_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array], p_kappa: float) -> None:
    _add(p_kappa, x, s[0])
    _add(s[0], k[0], s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], (-p_kappa), x, s[1])
    _subtract(x, p_kappa, s[0])
    _subtract(k[0], s[0], s[0])  # 0.0
    _mask(s[0], s[0])
    _select(s[0], p_kappa, s[1], out)
    _clip(x, k[0], k[0], s[0])  # 0.0, 0.0
    _add(out, s[0], out)


_log_cosh_error_of_residual_kernel_numbers = (_c28, 1.0, -1.0, -2.4741854990368213e-09, 4.2361177743346305e-25, 2.5755259352787086e-08, -3.0572597757823337e-24, -1.3571535417884998e-07, 9.889951443369097e-24, 5.025840382319097e-07, -1.8929624091145073e-23, -1.5416719331924206e-06, 2.383325003826176e-23, 4.343910346486183e-06, -2.0757359329168613e-23, -1.1926972295468e-05, 1.2802553531360932e-23, 3.2768853182518594e-05, -5.6284151165464104e-24, -9.098696403615642e-05, 1.7512932499243946e-24, 0.0002565800870051316, -3.777002962345563e-25, -0.0007386029010148008, 5.435496105098597e-26, 0.002186948848954667, -4.899039200270813e-27, -0.006746031745824492, 2.48429942686869e-28, 0.022222222222217893, -5.8216035508841625e-30, -0.0833333333333333, 3.9944547353383017e-32, 0.5)


def _log_cosh_error_of_residual_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _negabs(x, s[1])
    _exp(s[1], s[1])
    _multiply(s[1], s[1], s[1])
    _log1p(s[1], s[1])
    _add(s[0], k[0], s[2])  # _c28
    _add(s[1], s[2], s[2])
    _subtract(s[0], k[1], s[0])  # 1.0
    _clip(x, k[2], k[1], s[1])  # -1.0, 1.0
    _multiply(s[1], k[3], out)  # -2.4741854990368213e-09
    _add(out, k[4], out)  # 4.2361177743346305e-25
    _multiply(s[1], out, out)
    _add(out, k[5], out)  # 2.5755259352787086e-08
    _multiply(s[1], out, out)
    _add(out, k[6], out)  # -3.0572597757823337e-24
    _multiply(s[1], out, out)
    _add(out, k[7], out)  # -1.3571535417884998e-07
    _multiply(s[1], out, out)
    _add(out, k[8], out)  # 9.889951443369097e-24
    _multiply(s[1], out, out)
    _add(out, k[9], out)  # 5.025840382319097e-07
    _multiply(s[1], out, out)
    _add(out, k[10], out)  # -1.8929624091145073e-23
    _multiply(s[1], out, out)
    _add(out, k[11], out)  # -1.5416719331924206e-06
    _multiply(s[1], out, out)
    _add(out, k[12], out)  # 2.383325003826176e-23
    _multiply(s[1], out, out)
    _add(out, k[13], out)  # 4.343910346486183e-06
    _multiply(s[1], out, out)
    _add(out, k[14], out)  # -2.0757359329168613e-23
    _multiply(s[1], out, out)
    _add(out, k[15], out)  # -1.1926972295468e-05
    _multiply(s[1], out, out)
    _add(out, k[16], out)  # 1.2802553531360932e-23
    _multiply(s[1], out, out)
    _add(out, k[17], out)  # 3.2768853182518594e-05
    _multiply(s[1], out, out)
    _add(out, k[18], out)  # -5.6284151165464104e-24
    _multiply(s[1], out, out)
    _add(out, k[19], out)  # -9.098696403615642e-05
    _multiply(s[1], out, out)
    _add(out, k[20], out)  # 1.7512932499243946e-24
    _multiply(s[1], out, out)
    _add(out, k[21], out)  # 0.0002565800870051316
    _multiply(s[1], out, out)
    _add(out, k[22], out)  # -3.777002962345563e-25
    _multiply(s[1], out, out)
    _add(out, k[23], out)  # -0.0007386029010148008
    _multiply(s[1], out, out)
    _add(out, k[24], out)  # 5.435496105098597e-26
    _multiply(s[1], out, out)
    _add(out, k[25], out)  # 0.002186948848954667
    _multiply(s[1], out, out)
    _add(out, k[26], out)  # -4.899039200270813e-27
    _multiply(s[1], out, out)
    _add(out, k[27], out)  # -0.006746031745824492
    _multiply(s[1], out, out)
    _add(out, k[28], out)  # 2.48429942686869e-28
    _multiply(s[1], out, out)
    _add(out, k[29], out)  # 0.022222222222217893
    _multiply(s[1], out, out)
    _add(out, k[30], out)  # -5.8216035508841625e-30
    _multiply(s[1], out, out)
    _add(out, k[31], out)  # -0.0833333333333333
    _multiply(s[1], out, out)
    _add(out, k[32], out)  # 3.9944547353383017e-32
    _multiply(s[1], out, out)
    _add(out, k[33], out)  # 0.5
    _multiply(s[1], out, out)
    _multiply(s[1], out, out)
    _mask(s[0], s[0])
    _patch(s[0], out, s[2], out)


_log_cosh_error_of_residual_grad_kernel_single_numbers = (2048.0, -2.0)


def _log_cosh_error_of_residual_grad_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[0])  # -2.0
    _expm1(s[0], s[0])
    _subtract(k[1], s[0], s[1])  # -2.0
    _mask(x, s[2])
    _negative(s[0], out)
    _select(s[2], out, s[0], out)
    _divide(out, s[1], out)


_log_cosh_error_of_residual_grad_kernel_double_numbers = (2048.0, -2.0, 1.0)


def _log_cosh_error_of_residual_grad_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _minimum(s[0], k[0], out=s[0])  # 2048.0
    _multiply(s[0], k[1], s[0])  # -2.0
    _expm1(s[0], out)
    _exp(s[0], s[0])
    _add(s[0], k[2], s[0])  # 1.0
    _mask(x, s[1])
    _negative(out, s[2])
    _select(s[1], out, s[2], out)
    _divide(out, s[0], out)


_kl_divergence_of_ratio_kernel_single_numbers = ()


def _kl_divergence_of_ratio_kernel_single(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _negabs(x, out)
    _select(s[1], out, s[0], out)
    _log(out, out)
    _negative(out, out)


_kl_divergence_of_ratio_kernel_double_numbers = (1.0, 0.1, -0.1, -0.07912853108752779, 0.08569596974729414, -0.09088136406369919, 0.0999702984831761, -0.11111127792554266, 0.12500017869071584, -0.14285714236988437, 0.16666666614472436, -0.20000000000060955, 0.2500000000006529, -0.3333333333333331, 0.4999999999999998, -1.0)


def _kl_divergence_of_ratio_kernel_double(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _absolute(x, s[0])
    _mask(x, s[1])
    _negabs(x, s[2])
    _select(s[1], s[2], s[0], s[2])
    _log(s[2], s[2])
    _subtract(x, k[0], s[0])  # 1.0
    _absolute(s[0], s[1])
    _subtract(s[1], k[1], s[1])  # 0.1
    _clip(s[0], k[2], k[1], s[0])  # -0.1, 0.1
    _multiply(s[0], k[3], out)  # -0.07912853108752779
    _add(out, k[4], out)  # 0.08569596974729414
    _multiply(s[0], out, out)
    _add(out, k[5], out)  # -0.09088136406369919
    _multiply(s[0], out, out)
    _add(out, k[6], out)  # 0.0999702984831761
    _multiply(s[0], out, out)
    _add(out, k[7], out)  # -0.11111127792554266
    _multiply(s[0], out, out)
    _add(out, k[8], out)  # 0.12500017869071584
    _multiply(s[0], out, out)
    _add(out, k[9], out)  # -0.14285714236988437
    _multiply(s[0], out, out)
    _add(out, k[10], out)  # 0.16666666614472436
    _multiply(s[0], out, out)
    _add(out, k[11], out)  # -0.20000000000060955
    _multiply(s[0], out, out)
    _add(out, k[12], out)  # 0.2500000000006529
    _multiply(s[0], out, out)
    _add(out, k[13], out)  # -0.3333333333333331
    _multiply(s[0], out, out)
    _add(out, k[14], out)  # 0.4999999999999998
    _multiply(s[0], out, out)
    _add(out, k[15], out)  # -1.0
    _multiply(s[0], out, out)
    _mask(s[1], s[1])
    _negative(s[2], s[2])
    _patch(s[1], out, s[2], out)


_kl_divergence_of_ratio_grad_kernel_numbers = (-1.0,)


def _kl_divergence_of_ratio_grad_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _divide(k[0], x, out)  # -1.0


_kl_divergence_of_ratio_grad_from_output_kernel_numbers = (0.0, 0.5)


def _kl_divergence_of_ratio_grad_from_output_kernel(x: _Array, out: _Array, s: Sequence[_Array], k: Sequence[_Array]) -> None:
    _negabs(x, out)
    _exp(out, out)
    _maximum(x, k[0], out=s[0])  # 0.0
    _multiply(s[0], k[1], s[0])  # 0.5
    _exp(s[0], s[0])
    _multiply(s[0], s[0], s[0])
    _mask(x, s[1])
    _negative(out, out)
    _negative(s[0], s[0])
    _select(s[1], out, s[0], out)


_sigmoid_plan = _plan(
    _f8,
    (_sigmoid_kernel_single, 1, _sigmoid_kernel_single_numbers),
    (_sigmoid_kernel_double, 2, _sigmoid_kernel_double_numbers),
)


_sigmoid_grad_plan = _plan(
    _f8,
    (_sigmoid_grad_kernel, 1, _sigmoid_grad_kernel_numbers),
    (_sigmoid_grad_kernel, 1, _sigmoid_grad_kernel_numbers),
)


_sigmoid_grad_from_output_plan = _plan(
    _f8,
    (_sigmoid_grad_from_output_kernel, 0, _sigmoid_grad_from_output_kernel_numbers),
    (_sigmoid_grad_from_output_kernel, 0, _sigmoid_grad_from_output_kernel_numbers),
)


_tanh_plan = _plan(
    _f8,
    (_tanh_kernel_single, 3, _tanh_kernel_single_numbers),
    (_tanh_kernel_double, 3, _tanh_kernel_double_numbers),
)


_tanh_grad_plan = _plan(
    _f8,
    (_tanh_grad_kernel_single, 1, _tanh_grad_kernel_single_numbers),
    (_tanh_grad_kernel_double, 3, _tanh_grad_kernel_double_numbers),
)


_tanh_grad_from_output_plan = _plan(
    _f8,
    (_tanh_grad_from_output_kernel_single, 0, _tanh_grad_from_output_kernel_single_numbers),
    (_tanh_grad_from_output_kernel_double, 1, _tanh_grad_from_output_kernel_double_numbers),
)


_swish_plan = _plan(
    _f8,
    (_swish_kernel_single, 3, _swish_kernel_single_numbers),
    (_swish_kernel_double, 4, _swish_kernel_double_numbers),
)


_swish_grad_plan = _plan(
    _f8,
    (_swish_grad_kernel_single, 2, _swish_grad_kernel_single_numbers),
    (_swish_grad_kernel_double, 4, _swish_grad_kernel_double_numbers),
)


_swish_beta_plan = _plan(
    _f8,
    (_swish_beta_kernel_single, 3, _swish_beta_kernel_single_numbers),
    (_swish_beta_kernel_double, 6, _swish_beta_kernel_double_numbers),
)


_swish_beta_grad_plan = _plan(
    _f8,
    (_swish_beta_grad_kernel_single, 2, _swish_beta_grad_kernel_single_numbers),
    (_swish_beta_grad_kernel_double, 5, _swish_beta_grad_kernel_double_numbers),
)


_logsigmoid_plan = _plan(
    _f8,
    (_logsigmoid_kernel, 2, _logsigmoid_kernel_numbers),
    (_logsigmoid_kernel, 2, _logsigmoid_kernel_numbers),
)


_logsigmoid_grad_plan = _plan(
    _f8,
    (_logsigmoid_grad_kernel_single, 1, _logsigmoid_grad_kernel_single_numbers),
    (_logsigmoid_grad_kernel_double, 2, _logsigmoid_grad_kernel_double_numbers),
)


_logsigmoid_grad_from_output_plan = _plan(
    _f8,
    (_logsigmoid_grad_from_output_kernel, 0, _logsigmoid_grad_from_output_kernel_numbers),
    (_logsigmoid_grad_from_output_kernel, 0, _logsigmoid_grad_from_output_kernel_numbers),
)


_softplus_plan = _plan(
    _f8,
    (_softplus_kernel, 2, _softplus_kernel_numbers),
    (_softplus_kernel, 2, _softplus_kernel_numbers),
)


_softplus_grad_plan = _plan(
    _f8,
    (_softplus_grad_kernel_single, 1, _softplus_grad_kernel_single_numbers),
    (_softplus_grad_kernel_double, 2, _softplus_grad_kernel_double_numbers),
)


_softplus_grad_from_output_plan = _plan(
    _f8,
    (_softplus_grad_from_output_kernel, 0, _softplus_grad_from_output_kernel_numbers),
    (_softplus_grad_from_output_kernel, 0, _softplus_grad_from_output_kernel_numbers),
)


_softsign_plan = _plan(
    _f8,
    (_softsign_kernel_single, 2, _softsign_kernel_single_numbers),
    (_softsign_kernel_double, 2, _softsign_kernel_double_numbers),
)


_softsign_grad_plan = _plan(
    _f8,
    (_softsign_grad_kernel, 0, _softsign_grad_kernel_numbers),
    (_softsign_grad_kernel, 0, _softsign_grad_kernel_numbers),
)


_softsign_grad_from_output_plan = _plan(
    _f8,
    (_softsign_grad_from_output_kernel, 0, _softsign_grad_from_output_kernel_numbers),
    (_softsign_grad_from_output_kernel, 0, _softsign_grad_from_output_kernel_numbers),
)


_arctan_plan = _plan(
    _f8,
    (_arctan_kernel, 0, _arctan_kernel_numbers),
    (_arctan_kernel, 0, _arctan_kernel_numbers),
)


_arctan_grad_plan = _plan(
    _f8,
    (_arctan_grad_kernel_single, 0, _arctan_grad_kernel_single_numbers),
    (_arctan_grad_kernel_double, 1, _arctan_grad_kernel_double_numbers),
)


_arctan_grad_from_output_plan = _plan(
    _f8,
    (_arctan_grad_from_output_kernel, 0, _arctan_grad_from_output_kernel_numbers),
    (_arctan_grad_from_output_kernel, 0, _arctan_grad_from_output_kernel_numbers),
)


_gaussian_plan = _plan(
    _f8,
    (_gaussian_kernel_single, 0, _gaussian_kernel_single_numbers),
    (_gaussian_kernel_double, 3, _gaussian_kernel_double_numbers),
)


_gaussian_grad_plan = _plan(
    _f8,
    (_gaussian_grad_kernel_single, 1, _gaussian_grad_kernel_single_numbers),
    (_gaussian_grad_kernel_double, 5, _gaussian_grad_kernel_double_numbers),
)


_normal_cdf_plan = _plan(
    _f8,
    (_normal_cdf_kernel_single, 2, _normal_cdf_kernel_single_numbers),
    (_normal_cdf_kernel_double, 6, _normal_cdf_kernel_double_numbers),
)


_normal_cdf_grad_plan = _plan(
    _f8,
    (_normal_cdf_grad_kernel_single, 0, _normal_cdf_grad_kernel_single_numbers),
    (_normal_cdf_grad_kernel_double, 5, _normal_cdf_grad_kernel_double_numbers),
)


_normal_pdf_plan = _plan(
    _f8,
    (_normal_pdf_kernel_single, 0, _normal_pdf_kernel_single_numbers),
    (_normal_pdf_kernel_double, 5, _normal_pdf_kernel_double_numbers),
)


_normal_pdf_grad_plan = _plan(
    _f8,
    (_normal_pdf_grad_kernel_single, 1, _normal_pdf_grad_kernel_single_numbers),
    (_normal_pdf_grad_kernel_double, 6, _normal_pdf_grad_kernel_double_numbers),
)


_mish_plan = _plan(
    _f8,
    (_mish_kernel_single, 5, _mish_kernel_single_numbers),
    (_mish_kernel_double, 7, _mish_kernel_double_numbers),
)


_mish_grad_plan = _plan(
    _f8,
    (_mish_grad_kernel_single, 3, _mish_grad_kernel_single_numbers),
    (_mish_grad_kernel_double, 8, _mish_grad_kernel_double_numbers),
)


_gelu_plan = _plan(
    _f8,
    (_gelu_kernel_single, 3, _gelu_kernel_single_numbers),
    (_gelu_kernel_double, 8, _gelu_kernel_double_numbers),
)


_gelu_grad_plan = _plan(
    _f8,
    (_gelu_grad_kernel_single, 2, _gelu_grad_kernel_single_numbers),
    (_gelu_grad_kernel_double, 6, _gelu_grad_kernel_double_numbers),
)


_gelu_tanh_plan = _plan(
    _f8,
    (_gelu_tanh_kernel_single, 3, _gelu_tanh_kernel_single_numbers),
    (_gelu_tanh_kernel_double, 4, _gelu_tanh_kernel_double_numbers),
)


_gelu_tanh_grad_plan = _plan(
    _f8,
    (_gelu_tanh_grad_kernel_single, 3, _gelu_tanh_grad_kernel_single_numbers),
    (_gelu_tanh_grad_kernel_double, 4, _gelu_tanh_grad_kernel_double_numbers),
)


_elu_plan = _plan(
    _f8,
    (_elu_kernel, 2, _elu_kernel_numbers),
    (_elu_kernel, 2, _elu_kernel_numbers),
)


_elu_grad_plan = _plan(
    _f8,
    (_elu_grad_kernel, 2, _elu_grad_kernel_numbers),
    (_elu_grad_kernel, 2, _elu_grad_kernel_numbers),
)


_elu_grad_from_output_plan = _plan(
    _f8,
    (_elu_grad_from_output_kernel, 2, _elu_grad_from_output_kernel_numbers),
    (_elu_grad_from_output_kernel, 2, _elu_grad_from_output_kernel_numbers),
)


_selu_plan = _plan(
    _f8,
    (_selu_kernel, 2, _selu_kernel_numbers),
    (_selu_kernel, 2, _selu_kernel_numbers),
)


_selu_grad_plan = _plan(
    _f8,
    (_selu_grad_kernel, 2, _selu_grad_kernel_numbers),
    (_selu_grad_kernel, 2, _selu_grad_kernel_numbers),
)


_selu_grad_from_output_plan = _plan(
    _f8,
    (_selu_grad_from_output_kernel_single, 2, _selu_grad_from_output_kernel_single_numbers),
    (_selu_grad_from_output_kernel_double, 2, _selu_grad_from_output_kernel_double_numbers),
)


_relu_plan = _plan(
    _f8,
    (_relu_kernel, 2, _relu_kernel_numbers),
    (_relu_kernel, 2, _relu_kernel_numbers),
)


_relu_grad_plan = _plan(
    _f8,
    (_relu_grad_kernel, 1, _relu_grad_kernel_numbers),
    (_relu_grad_kernel, 1, _relu_grad_kernel_numbers),
)


_relu_grad_from_output_plan = _plan(
    _f8,
    (_relu_grad_from_output_kernel, 1, _relu_grad_from_output_kernel_numbers),
    (_relu_grad_from_output_kernel, 1, _relu_grad_from_output_kernel_numbers),
)


_leaky_relu_plan = _plan(
    _f8,
    (_leaky_relu_kernel, 2, _leaky_relu_kernel_numbers),
    (_leaky_relu_kernel, 2, _leaky_relu_kernel_numbers),
)


_leaky_relu_grad_plan = _plan(
    _f8,
    (_leaky_relu_grad_kernel, 1, _leaky_relu_grad_kernel_numbers),
    (_leaky_relu_grad_kernel, 1, _leaky_relu_grad_kernel_numbers),
)


_leaky_relu_grad_from_output_plan = _plan(
    _f8,
    (_leaky_relu_grad_from_output_kernel, 1, _leaky_relu_grad_from_output_kernel_numbers),
    (_leaky_relu_grad_from_output_kernel, 1, _leaky_relu_grad_from_output_kernel_numbers),
)


_sech_plan = _plan(
    _f8,
    (_sech_kernel, 1, _sech_kernel_numbers),
    (_sech_kernel, 1, _sech_kernel_numbers),
)


_sech_grad_plan = _plan(
    _f8,
    (_sech_grad_kernel, 5, _sech_grad_kernel_numbers),
    (_sech_grad_kernel, 5, _sech_grad_kernel_numbers),
)


_logcosh_plan = _plan(
    _f8,
    (_logcosh_kernel, 3, _logcosh_kernel_numbers),
    (_logcosh_kernel, 3, _logcosh_kernel_numbers),
)


_logcosh_grad_plan = _plan(
    _f8,
    (_logcosh_grad_kernel_single, 3, _logcosh_grad_kernel_single_numbers),
    (_logcosh_grad_kernel_double, 3, _logcosh_grad_kernel_double_numbers),
)


_squared_error_of_residual_plan = _plan(
    _f8,
    (_squared_error_of_residual_kernel_single, 0, _squared_error_of_residual_kernel_single_numbers),
    (_squared_error_of_residual_kernel_double, 0, _squared_error_of_residual_kernel_double_numbers),
)


_squared_error_of_residual_grad_plan = _plan(
    _f8,
    (_squared_error_of_residual_grad_kernel, 0, _squared_error_of_residual_grad_kernel_numbers),
    (_squared_error_of_residual_grad_kernel, 0, _squared_error_of_residual_grad_kernel_numbers),
)


_binary_cross_entropy_for_0_plan = _plan(
    _f8,
    (_binary_cross_entropy_for_0_kernel, 2, _binary_cross_entropy_for_0_kernel_numbers),
    (_binary_cross_entropy_for_0_kernel, 2, _binary_cross_entropy_for_0_kernel_numbers),
)


_binary_cross_entropy_for_0_grad_plan = _plan(
    _f8,
    (_binary_cross_entropy_for_0_grad_kernel, 0, _binary_cross_entropy_for_0_grad_kernel_numbers),
    (_binary_cross_entropy_for_0_grad_kernel, 0, _binary_cross_entropy_for_0_grad_kernel_numbers),
)


_binary_cross_entropy_for_0_grad_from_output_plan = _plan(
    _f8,
    (_binary_cross_entropy_for_0_grad_from_output_kernel, 2, _binary_cross_entropy_for_0_grad_from_output_kernel_numbers),
    (_binary_cross_entropy_for_0_grad_from_output_kernel, 2, _binary_cross_entropy_for_0_grad_from_output_kernel_numbers),
)


_binary_cross_entropy_for_1_plan = _plan(
    _f8,
    (_binary_cross_entropy_for_1_kernel_single, 2, _binary_cross_entropy_for_1_kernel_single_numbers),
    (_binary_cross_entropy_for_1_kernel_double, 3, _binary_cross_entropy_for_1_kernel_double_numbers),
)


_binary_cross_entropy_for_1_grad_plan = _plan(
    _f8,
    (_binary_cross_entropy_for_1_grad_kernel, 0, _binary_cross_entropy_for_1_grad_kernel_numbers),
    (_binary_cross_entropy_for_1_grad_kernel, 0, _binary_cross_entropy_for_1_grad_kernel_numbers),
)


_binary_cross_entropy_for_1_grad_from_output_plan = _plan(
    _f8,
    (_binary_cross_entropy_for_1_grad_from_output_kernel, 2, _binary_cross_entropy_for_1_grad_from_output_kernel_numbers),
    (_binary_cross_entropy_for_1_grad_from_output_kernel, 2, _binary_cross_entropy_for_1_grad_from_output_kernel_numbers),
)


_sigmoid_cross_entropy_for_0_plan = _plan(
    _f8,
    (_sigmoid_cross_entropy_for_0_kernel, 2, _sigmoid_cross_entropy_for_0_kernel_numbers),
    (_sigmoid_cross_entropy_for_0_kernel, 2, _sigmoid_cross_entropy_for_0_kernel_numbers),
)


_sigmoid_cross_entropy_for_0_grad_plan = _plan(
    _f8,
    (_sigmoid_cross_entropy_for_0_grad_kernel_single, 1, _sigmoid_cross_entropy_for_0_grad_kernel_single_numbers),
    (_sigmoid_cross_entropy_for_0_grad_kernel_double, 2, _sigmoid_cross_entropy_for_0_grad_kernel_double_numbers),
)


_sigmoid_cross_entropy_for_0_grad_from_output_plan = _plan(
    _f8,
    (_sigmoid_cross_entropy_for_0_grad_from_output_kernel, 0, _sigmoid_cross_entropy_for_0_grad_from_output_kernel_numbers),
    (_sigmoid_cross_entropy_for_0_grad_from_output_kernel, 0, _sigmoid_cross_entropy_for_0_grad_from_output_kernel_numbers),
)


_sigmoid_cross_entropy_for_1_plan = _plan(
    _f8,
    (_sigmoid_cross_entropy_for_1_kernel, 2, _sigmoid_cross_entropy_for_1_kernel_numbers),
    (_sigmoid_cross_entropy_for_1_kernel, 2, _sigmoid_cross_entropy_for_1_kernel_numbers),
)


_sigmoid_cross_entropy_for_1_grad_plan = _plan(
    _f8,
    (_sigmoid_cross_entropy_for_1_grad_kernel_single, 1, _sigmoid_cross_entropy_for_1_grad_kernel_single_numbers),
    (_sigmoid_cross_entropy_for_1_grad_kernel_double, 2, _sigmoid_cross_entropy_for_1_grad_kernel_double_numbers),
)


_sigmoid_cross_entropy_for_1_grad_from_output_plan = _plan(
    _f8,
    (_sigmoid_cross_entropy_for_1_grad_from_output_kernel, 0, _sigmoid_cross_entropy_for_1_grad_from_output_kernel_numbers),
    (_sigmoid_cross_entropy_for_1_grad_from_output_kernel, 0, _sigmoid_cross_entropy_for_1_grad_from_output_kernel_numbers),
)


_cross_entropy_per_weight_plan = _plan(
    _f8,
    (_cross_entropy_per_weight_kernel_single, 2, _cross_entropy_per_weight_kernel_single_numbers),
    (_cross_entropy_per_weight_kernel_double, 3, _cross_entropy_per_weight_kernel_double_numbers),
)


_cross_entropy_per_weight_grad_plan = _plan(
    _f8,
    (_cross_entropy_per_weight_grad_kernel, 0, _cross_entropy_per_weight_grad_kernel_numbers),
    (_cross_entropy_per_weight_grad_kernel, 0, _cross_entropy_per_weight_grad_kernel_numbers),
)


_cross_entropy_per_weight_grad_from_output_plan = _plan(
    _f8,
    (_cross_entropy_per_weight_grad_from_output_kernel, 2, _cross_entropy_per_weight_grad_from_output_kernel_numbers),
    (_cross_entropy_per_weight_grad_from_output_kernel, 2, _cross_entropy_per_weight_grad_from_output_kernel_numbers),
)


_hinge_of_margin_plan = _plan(
    _f8,
    (_hinge_of_margin_kernel, 1, _hinge_of_margin_kernel_numbers),
    (_hinge_of_margin_kernel, 1, _hinge_of_margin_kernel_numbers),
)


_hinge_of_margin_grad_plan = _plan(
    _f8,
    (_hinge_of_margin_grad_kernel, 1, _hinge_of_margin_grad_kernel_numbers),
    (_hinge_of_margin_grad_kernel, 1, _hinge_of_margin_grad_kernel_numbers),
)


_hinge_of_margin_grad_from_output_plan = _plan(
    _f8,
    (_hinge_of_margin_grad_from_output_kernel, 1, _hinge_of_margin_grad_from_output_kernel_numbers),
    (_hinge_of_margin_grad_from_output_kernel, 1, _hinge_of_margin_grad_from_output_kernel_numbers),
)


_huber_of_residual_plan = _plan(
    _f8,
    (_huber_of_residual_kernel, 3, _huber_of_residual_kernel_numbers),
    (_huber_of_residual_kernel, 3, _huber_of_residual_kernel_numbers),
)


_huber_of_residual_grad_plan = _plan(
    _f8,
    (_huber_of_residual_grad_kernel, 2, _huber_of_residual_grad_kernel_numbers),
    (_huber_of_residual_grad_kernel, 2, _huber_of_residual_grad_kernel_numbers),
)


_log_cosh_error_of_residual_plan = _plan(
    _f8,
    (_log_cosh_error_of_residual_kernel, 3, _log_cosh_error_of_residual_kernel_numbers),
    (_log_cosh_error_of_residual_kernel, 3, _log_cosh_error_of_residual_kernel_numbers),
)


_log_cosh_error_of_residual_grad_plan = _plan(
    _f8,
    (_log_cosh_error_of_residual_grad_kernel_single, 3, _log_cosh_error_of_residual_grad_kernel_single_numbers),
    (_log_cosh_error_of_residual_grad_kernel_double, 3, _log_cosh_error_of_residual_grad_kernel_double_numbers),
)


_kl_divergence_of_ratio_plan = _plan(
    _f8,
    (_kl_divergence_of_ratio_kernel_single, 2, _kl_divergence_of_ratio_kernel_single_numbers),
    (_kl_divergence_of_ratio_kernel_double, 3, _kl_divergence_of_ratio_kernel_double_numbers),
)


_kl_divergence_of_ratio_grad_plan = _plan(
    _f8,
    (_kl_divergence_of_ratio_grad_kernel, 0, _kl_divergence_of_ratio_grad_kernel_numbers),
    (_kl_divergence_of_ratio_grad_kernel, 0, _kl_divergence_of_ratio_grad_kernel_numbers),
)


_kl_divergence_of_ratio_grad_from_output_plan = _plan(
    _f8,
    (_kl_divergence_of_ratio_grad_from_output_kernel, 2, _kl_divergence_of_ratio_grad_from_output_kernel_numbers),
    (_kl_divergence_of_ratio_grad_from_output_kernel, 2, _kl_divergence_of_ratio_grad_from_output_kernel_numbers),
)


_KINDS = {_f2: _f8, _f4: _f8, _f8: _f8}


def sigmoid(x: Any, out: Any = None) -> Any:
    """1/(1 + exp(-x)).
    
    Computed: one quotient for the whole line, as factors; multiplied out; limit and rest, as factors.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.007 ULP on 9277 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 3.10 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_plan, None, x, out)


def sigmoid_grad(x: Any, out: Any = None) -> Any:
    """D(1/(1 + exp(-x)), x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.847 ULP on 10477 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 3.10 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_grad_plan, None, x, out)


def sigmoid_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * sigmoid_grad(x), in one pass over the blocks."""
    return _run(_sigmoid_grad_plan, g, x, out)


def sigmoid_grad_from_output(y: Any, out: Any = None) -> Any:
    """y*(1 - y), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.5 ULP on 294 outputs.
    float32: at most 0.5 ULP on 688 outputs.
    float64: at most 1.321 ULP on 1188 outputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 3.10 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_grad_from_output_plan, None, y, out)


def sigmoid_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * sigmoid_grad_from_output(y), in one pass over the blocks."""
    return _run(_sigmoid_grad_from_output_plan, g, y, out)


def tanh(x: Any, out: Any = None) -> Any:
    """sinh(x)/cosh(x).
    
    Computed: in the complement, multiplied out; by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4995 ULP on 5421 inputs.
    float64: at most 1.426 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_tanh_plan, None, x, out)


def tanh_grad(x: Any, out: Any = None) -> Any:
    """D(sinh(x)/cosh(x), x).
    
    Computed: multiplied out; multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 1.617 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_tanh_grad_plan, None, x, out)


def tanh_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * tanh_grad(x), in one pass over the blocks."""
    return _run(_tanh_grad_plan, g, x, out)


def tanh_grad_from_output(y: Any, out: Any = None) -> Any:
    """1 - y**2, with y = f(x).
    
    Computed: by terms in y, multiplied out; numerator as factors.
    The program equals the formula in exact arithmetic: proved (structural), proved (normal-form).
    float16: at most 0.5 ULP on 229 outputs.
    float32: at most 0.5 ULP on 541 outputs.
    float64: at most 1.08 ULP on 1141 outputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_tanh_grad_from_output_plan, None, y, out)


def tanh_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * tanh_grad_from_output(y), in one pass over the blocks."""
    return _run(_tanh_grad_from_output_plan, g, y, out)


def swish(x: Any, out: Any = None) -> Any:
    """x*sigmoid(x).
    
    Computed: multiplied out; multiplied out, exponent split; limit and rest, multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.379 ULP on 12077 inputs.
    S. Elfwing, E. Uchibe, K. Doya, Sigmoid-weighted linear units for neural network function approximation in reinforcement learning, 2017 https://arxiv.org/abs/1702.03118
    P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions, 2017 https://arxiv.org/abs/1710.05941
    """
    return _run(_swish_plan, None, x, out)


def swish_grad(x: Any, out: Any = None) -> Any:
    """D(x*sigmoid(x), x).
    
    Computed: one quotient for the whole line, as factors; multiplied out, exponent split; limit and rest, multiplied out, exponent split.
    Near 1 root(s): a polynomial in the distance, proved within 1.1e-16, relatively.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 6621 inputs.
    float64: at most 2.452 ULP on 9277 inputs, 0.5 ulp of the largest value near roots.
    S. Elfwing, E. Uchibe, K. Doya, Sigmoid-weighted linear units for neural network function approximation in reinforcement learning, 2017 https://arxiv.org/abs/1702.03118
    P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions, 2017 https://arxiv.org/abs/1710.05941
    """
    return _run(_swish_grad_plan, None, x, out)


def swish_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * swish_grad(x), in one pass over the blocks."""
    return _run(_swish_grad_plan, g, x, out)


def swish_beta(x: Any, out: Any = None, *, beta: float = 1.0) -> Any:
    """x*sigmoid(beta*x).
    
    Computed: multiplied out; multiplied out, exponent split; limit and rest, multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.379 ULP on 12077 inputs.
    P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions, 2017 https://arxiv.org/abs/1710.05941
    """
    return _run(_swish_beta_plan, None, x, out, (beta,))


def swish_beta_grad(x: Any, out: Any = None, *, beta: float = 1.0) -> Any:
    """D(x*sigmoid(beta*x), x).
    
    Computed: as factors; limit and rest, as factors; multiplied out, exponent split; limit and rest, multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 2.606 ULP on 9277 inputs, 0.5 ulp of the largest value near roots.
    P. Ramachandran, B. Zoph, Q. V. Le, Searching for activation functions, 2017 https://arxiv.org/abs/1710.05941
    """
    return _run(_swish_beta_grad_plan, None, x, out, (beta,))


def swish_beta_vjp(g: Any, x: Any, out: Any = None, *, beta: float = 1.0) -> Any:
    """g * swish_beta_grad(x), in one pass over the blocks."""
    return _run(_swish_beta_grad_plan, g, x, out, (beta,))


def logsigmoid(x: Any, out: Any = None) -> Any:
    """log(sigmoid(x)).
    
    Computed: by terms in L0, multiplied out; multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.171 ULP on 9677 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 3.10 https://www.deeplearningbook.org
    """
    return _run(_logsigmoid_plan, None, x, out)


def logsigmoid_grad(x: Any, out: Any = None) -> Any:
    """D(log(sigmoid(x)), x).
    
    Computed: one quotient for the whole line, as factors; limit and rest, as factors; multiplied out.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.007 ULP on 9277 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 3.10 https://www.deeplearningbook.org
    """
    return _run(_logsigmoid_grad_plan, None, x, out)


def logsigmoid_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * logsigmoid_grad(x), in one pass over the blocks."""
    return _run(_logsigmoid_grad_plan, g, x, out)


def logsigmoid_grad_from_output(y: Any, out: Any = None) -> Any:
    """1 - exp(y), with y = f(x).
    
    Computed: by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4973 ULP on 466 outputs.
    float32: at most 0.5 ULP on 1036 outputs.
    float64: at most 0.4994 ULP on 1688 outputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 3.10 https://www.deeplearningbook.org
    """
    return _run(_logsigmoid_grad_from_output_plan, None, y, out)


def logsigmoid_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * logsigmoid_grad_from_output(y), in one pass over the blocks."""
    return _run(_logsigmoid_grad_from_output_plan, g, y, out)


def softplus(x: Any, out: Any = None) -> Any:
    """log(1 + exp(x)).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.171 ULP on 9677 inputs.
    C. Dugas et al., Incorporating second-order functional knowledge for better option pricing, NIPS 13, 2000
    """
    return _run(_softplus_plan, None, x, out)


def softplus_grad(x: Any, out: Any = None) -> Any:
    """D(log(1 + exp(x)), x).
    
    Computed: one quotient for the whole line, as factors; multiplied out; limit and rest, as factors.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.007 ULP on 9277 inputs.
    C. Dugas et al., Incorporating second-order functional knowledge for better option pricing, NIPS 13, 2000
    """
    return _run(_softplus_grad_plan, None, x, out)


def softplus_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * softplus_grad(x), in one pass over the blocks."""
    return _run(_softplus_grad_plan, g, x, out)


def softplus_grad_from_output(y: Any, out: Any = None) -> Any:
    """1 - exp(-y), with y = f(x).
    
    Computed: by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4973 ULP on 466 outputs.
    float32: at most 0.5 ULP on 1036 outputs.
    float64: at most 0.4994 ULP on 1688 outputs.
    C. Dugas et al., Incorporating second-order functional knowledge for better option pricing, NIPS 13, 2000
    """
    return _run(_softplus_grad_from_output_plan, None, y, out)


def softplus_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * softplus_grad_from_output(y), in one pass over the blocks."""
    return _run(_softplus_grad_from_output_plan, g, y, out)


def softsign(x: Any, out: Any = None) -> Any:
    """x/(1 + Abs(x)).
    
    Computed: as factors, bounded.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 0.8212 ULP on 10477 inputs.
    X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS, 2010
    """
    return _run(_softsign_plan, None, x, out)


def softsign_grad(x: Any, out: Any = None) -> Any:
    """D(x/(1 + Abs(x)), x).
    
    Computed: as factors.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 2.02 ULP on 10477 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0 (at 0: 1.0).
    X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS, 2010
    """
    return _run(_softsign_grad_plan, None, x, out)


def softsign_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * softsign_grad(x), in one pass over the blocks."""
    return _run(_softsign_grad_plan, g, x, out)


def softsign_grad_from_output(y: Any, out: Any = None) -> Any:
    """(1 - Abs(y))**2, with y = f(x).
    
    Computed: numerator as factors.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.5 ULP on 467 outputs.
    float32: at most 0.5 ULP on 1117 outputs.
    float64: at most 1.828 ULP on 2011 outputs.
    X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS, 2010
    """
    return _run(_softsign_grad_from_output_plan, None, y, out)


def softsign_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * softsign_grad_from_output(y), in one pass over the blocks."""
    return _run(_softsign_grad_from_output_plan, g, y, out)


def arctan(x: Any, out: Any = None) -> Any:
    """atan(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 0.5306 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 4.23 https://dlmf.nist.gov/4.23
    """
    return _run(_arctan_plan, None, x, out)


def arctan_grad(x: Any, out: Any = None) -> Any:
    """D(atan(x), x).
    
    Computed: multiplied out; with the reciprocal of the magnitude.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.682 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 4.23 https://dlmf.nist.gov/4.23
    """
    return _run(_arctan_grad_plan, None, x, out)


def arctan_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * arctan_grad(x), in one pass over the blocks."""
    return _run(_arctan_grad_plan, g, x, out)


def arctan_grad_from_output(y: Any, out: Any = None) -> Any:
    """cos(y)**2, with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4996 ULP on 429 outputs.
    float32: at most 0.4985 ULP on 1083 outputs.
    float64: at most 1.71 ULP on 1971 outputs.
    NIST Digital Library of Mathematical Functions, section 4.23 https://dlmf.nist.gov/4.23
    """
    return _run(_arctan_grad_from_output_plan, None, y, out)


def arctan_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * arctan_grad_from_output(y), in one pass over the blocks."""
    return _run(_arctan_grad_from_output_plan, g, y, out)


def gaussian(x: Any, out: Any = None) -> Any:
    """exp(-x**2).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4998 ULP on 5421 inputs.
    float64: at most 0.9719 ULP on 10477 inputs.
    D. S. Broomhead, D. Lowe, Multivariable functional interpolation and adaptive networks, Complex Systems 2, 1988
    """
    return _run(_gaussian_plan, None, x, out)


def gaussian_grad(x: Any, out: Any = None) -> Any:
    """D(exp(-x**2), x).
    
    Computed: by terms in x, multiplied out; by terms in x, multiplied out, exponent scaled.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4995 ULP on 5421 inputs.
    float64: at most 1.861 ULP on 12877 inputs.
    D. S. Broomhead, D. Lowe, Multivariable functional interpolation and adaptive networks, Complex Systems 2, 1988
    """
    return _run(_gaussian_grad_plan, None, x, out)


def gaussian_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * gaussian_grad(x), in one pass over the blocks."""
    return _run(_gaussian_grad_plan, g, x, out)


def normal_cdf(x: Any, out: Any = None) -> Any:
    """(1 + erf(x/sqrt(2)))/2.
    
    Computed: multiplied out; limit and rest, multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4998 ULP on 5421 inputs.
    float64: at most 3.384 ULP on 9277 inputs.
    NIST Digital Library of Mathematical Functions, section 7.18 and 7.2 https://dlmf.nist.gov/7.2
    """
    return _run(_normal_cdf_plan, None, x, out)


def normal_cdf_grad(x: Any, out: Any = None) -> Any:
    """D((1 + erf(x/sqrt(2)))/2, x).
    
    Computed: multiplied out; multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4995 ULP on 5421 inputs.
    float64: at most 2.179 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 7.18 and 7.2 https://dlmf.nist.gov/7.2
    """
    return _run(_normal_cdf_grad_plan, None, x, out)


def normal_cdf_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * normal_cdf_grad(x), in one pass over the blocks."""
    return _run(_normal_cdf_grad_plan, g, x, out)


def normal_pdf(x: Any, out: Any = None) -> Any:
    """exp(-x**2/2)/sqrt(2*pi).
    
    Computed: multiplied out; multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4995 ULP on 5421 inputs.
    float64: at most 2.179 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 7.2 https://dlmf.nist.gov/7.2
    """
    return _run(_normal_pdf_plan, None, x, out)


def normal_pdf_grad(x: Any, out: Any = None) -> Any:
    """D(exp(-x**2/2)/sqrt(2*pi), x).
    
    Computed: multiplied out; by terms in x, multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4997 ULP on 5421 inputs.
    float64: at most 2.04 ULP on 12877 inputs.
    NIST Digital Library of Mathematical Functions, section 7.2 https://dlmf.nist.gov/7.2
    """
    return _run(_normal_pdf_grad_plan, None, x, out)


def normal_pdf_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * normal_pdf_grad(x), in one pass over the blocks."""
    return _run(_normal_pdf_grad_plan, g, x, out)


def mish(x: Any, out: Any = None) -> Any:
    """x*tanh(softplus(x)).
    
    Computed: multiplied out; with the reciprocal of the magnitude; by terms in |x|, multiplied out, exponent split; limit and rest, multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4997 ULP on 5421 inputs.
    float64: at most 2.807 ULP on 12077 inputs.
    D. Misra, Mish: a self regularized non-monotonic activation function, 2019 https://arxiv.org/abs/1908.08681
    """
    return _run(_mish_plan, None, x, out)


def mish_grad(x: Any, out: Any = None) -> Any:
    """D(x*tanh(softplus(x)), x).
    
    Computed: one quotient for the whole line, numerator as factors; multiplied out, exponent split; limit and rest, multiplied out, exponent scaled.
    Near 1 root(s): a polynomial in the distance, proved within 1.7e-16, relatively.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 6621 inputs.
    float64: at most 2.655 ULP on 9277 inputs, 1 ulp of the largest value near roots.
    D. Misra, Mish: a self regularized non-monotonic activation function, 2019 https://arxiv.org/abs/1908.08681
    """
    return _run(_mish_grad_plan, None, x, out)


def mish_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * mish_grad(x), in one pass over the blocks."""
    return _run(_mish_grad_plan, g, x, out)


def gelu(x: Any, out: Any = None) -> Any:
    """x*normal_cdf(x).
    
    Computed: multiplied out; limit and rest, multiplied out; multiplied out, exponent split; limit and rest, multiplied out, exponent split.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 3.415 ULP on 12077 inputs.
    D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), 2016 https://arxiv.org/abs/1606.08415
    """
    return _run(_gelu_plan, None, x, out)


def gelu_grad(x: Any, out: Any = None) -> Any:
    """D(x*normal_cdf(x), x).
    
    Computed: multiplied out; limit and rest, multiplied out; multiplied out, exponent split; limit and rest, multiplied out, exponent split.
    Near 1 root(s): a polynomial in the distance, proved within 2.1e-16, relatively.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 6621 inputs.
    float64: at most 3.309 ULP on 9277 inputs, 1 ulp of the largest value near roots.
    D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), 2016 https://arxiv.org/abs/1606.08415
    """
    return _run(_gelu_grad_plan, None, x, out)


def gelu_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * gelu_grad(x), in one pass over the blocks."""
    return _run(_gelu_grad_plan, g, x, out)


def gelu_tanh(x: Any, out: Any = None) -> Any:
    """x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2.
    
    Computed: multiplied out; multiplied out, in wide numbers; limit and rest, as factors.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.392 ULP on 12077 inputs.
    D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), 2016 https://arxiv.org/abs/1606.08415
    """
    return _run(_gelu_tanh_plan, None, x, out)


def gelu_tanh_grad(x: Any, out: Any = None) -> Any:
    """D(x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2, x).
    
    Computed: one quotient for the whole line, as factors; as factors, in wide numbers; limit and rest, as factors.
    Near 1 root(s): a polynomial in the distance, proved within 1.2e-16, relatively.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 6621 inputs.
    float64: at most 1.941 ULP on 9277 inputs, 0.031 ulp of the largest value near roots.
    D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), 2016 https://arxiv.org/abs/1606.08415
    """
    return _run(_gelu_tanh_grad_plan, None, x, out)


def gelu_tanh_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * gelu_tanh_grad(x), in one pass over the blocks."""
    return _run(_gelu_tanh_grad_plan, g, x, out)


def elu(x: Any, out: Any = None, *, alpha: float = 1.0) -> Any:
    """Piecewise((x, x > 0), (alpha*(exp(x) - 1), True)).
    
    Computed: by the complement, multiplied out; multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 0.4995 ULP on 10877 inputs.
    D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network learning by exponential linear units (ELUs), 2015 https://arxiv.org/abs/1511.07289
    """
    return _run(_elu_plan, None, x, out, (alpha,))


def elu_grad(x: Any, out: Any = None, *, alpha: float = 1.0) -> Any:
    """D(Piecewise((x, x > 0), (alpha*(exp(x) - 1), True)), x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 0.6502 ULP on 9277 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0 (at 0: 1.0).
    D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network learning by exponential linear units (ELUs), 2015 https://arxiv.org/abs/1511.07289
    """
    return _run(_elu_grad_plan, None, x, out, (alpha,))


def elu_vjp(g: Any, x: Any, out: Any = None, *, alpha: float = 1.0) -> Any:
    """g * elu_grad(x), in one pass over the blocks."""
    return _run(_elu_grad_plan, g, x, out, (alpha,))


def elu_grad_from_output(y: Any, out: Any = None, *, alpha: float = 1.0) -> Any:
    """Piecewise((1, y > 0), (alpha + y, True)), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on 441 outputs.
    float32: at most 0.5 ULP on 973 outputs.
    float64: at most 0.5 ULP on 1586 outputs.
    D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network learning by exponential linear units (ELUs), 2015 https://arxiv.org/abs/1511.07289
    """
    return _run(_elu_grad_from_output_plan, None, y, out, (alpha,))


def elu_vjp_from_output(g: Any, y: Any, out: Any = None, *, alpha: float = 1.0) -> Any:
    """g * elu_grad_from_output(y), in one pass over the blocks."""
    return _run(_elu_grad_from_output_plan, g, y, out, (alpha,))


def selu(x: Any, out: Any = None) -> Any:
    """1.0507009873554804934193349852946*Piecewise((x, x > 0), (1.6732632423543772848170429916717*(exp(x) - 1), True)).
    
    Computed: by the complement, multiplied out; multiplied out, one side.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4994 ULP on 5421 inputs.
    float64: at most 1.228 ULP on 11277 inputs.
    G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural networks, 2017 https://arxiv.org/abs/1706.02515
    """
    return _run(_selu_plan, None, x, out)


def selu_grad(x: Any, out: Any = None) -> Any:
    """D(1.0507009873554804934193349852946*Piecewise((x, x > 0), (1.6732632423543772848170429916717*(exp(x) - 1), True)), x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 1.474 ULP on 9277 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0 (at 0: 1.7580993408473768).
    G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural networks, 2017 https://arxiv.org/abs/1706.02515
    """
    return _run(_selu_grad_plan, None, x, out)


def selu_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * selu_grad(x), in one pass over the blocks."""
    return _run(_selu_grad_plan, g, x, out)


def selu_grad_from_output(y: Any, out: Any = None) -> Any:
    """Piecewise((1.0507009873554804934193349852946, y > 0), (1.0507009873554804934193349852946*1.6732632423543772848170429916717 + y, True)), with y = f(x).
    
    Computed: by terms in |x|, multiplied out; multiplied out; multiplied out, constants in two words.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4563 ULP on 441 outputs.
    float32: at most 0.494 ULP on 971 outputs.
    float64: at most 0.4977 ULP on 1948 outputs.
    G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural networks, 2017 https://arxiv.org/abs/1706.02515
    """
    return _run(_selu_grad_from_output_plan, None, y, out)


def selu_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * selu_grad_from_output(y), in one pass over the blocks."""
    return _run(_selu_grad_from_output_plan, g, y, out)


def relu(x: Any, out: Any = None) -> Any:
    """Max(0, x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0 ULP on all finite inputs.
    float32: at most 0 ULP on 5421 inputs.
    float64: at most 0 ULP on 9677 inputs.
    V. Nair, G. E. Hinton, Rectified linear units improve restricted Boltzmann machines, ICML, 2010
    """
    return _run(_relu_plan, None, x, out)


def relu_grad(x: Any, out: Any = None) -> Any:
    """D(Max(0, x), x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0 ULP on all finite inputs.
    float32: at most 0 ULP on 5421 inputs.
    float64: at most 0 ULP on 8077 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0 (at 0: 0.0).
    V. Nair, G. E. Hinton, Rectified linear units improve restricted Boltzmann machines, ICML, 2010
    """
    return _run(_relu_grad_plan, None, x, out)


def relu_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * relu_grad(x), in one pass over the blocks."""
    return _run(_relu_grad_plan, g, x, out)


def relu_grad_from_output(y: Any, out: Any = None) -> Any:
    """Piecewise((1, y > 0), (0, True)), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0 ULP on 307 outputs.
    float32: at most 0 ULP on 660 outputs.
    float64: at most 0 ULP on 945 outputs.
    V. Nair, G. E. Hinton, Rectified linear units improve restricted Boltzmann machines, ICML, 2010
    """
    return _run(_relu_grad_from_output_plan, None, y, out)


def relu_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * relu_grad_from_output(y), in one pass over the blocks."""
    return _run(_relu_grad_from_output_plan, g, y, out)


def leaky_relu(x: Any, out: Any = None, *, alpha: float = 0.01) -> Any:
    """Piecewise((x, x > 0), (alpha*x, True)).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.48 ULP on 5421 inputs.
    float64: at most 0.5 ULP on 10877 inputs.
    A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural network acoustic models, ICML workshop, 2013
    """
    return _run(_leaky_relu_plan, None, x, out, (alpha,))


def leaky_relu_grad(x: Any, out: Any = None, *, alpha: float = 0.01) -> Any:
    """D(Piecewise((x, x > 0), (alpha*x, True)), x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.28 ULP on all finite inputs.
    float32: at most 0.24 ULP on 5421 inputs.
    float64: at most 0 ULP on 8077 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0 (at 0: 0.01).
    A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural network acoustic models, ICML workshop, 2013
    """
    return _run(_leaky_relu_grad_plan, None, x, out, (alpha,))


def leaky_relu_vjp(g: Any, x: Any, out: Any = None, *, alpha: float = 0.01) -> Any:
    """g * leaky_relu_grad(x), in one pass over the blocks."""
    return _run(_leaky_relu_grad_plan, g, x, out, (alpha,))


def leaky_relu_grad_from_output(y: Any, out: Any = None, *, alpha: float = 0.01) -> Any:
    """Piecewise((1, y > 0), (alpha, True)), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.28 ULP on 613 outputs.
    float32: at most 0.24 ULP on 1319 outputs.
    float64: at most 0 ULP on 2228 outputs.
    A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural network acoustic models, ICML workshop, 2013
    """
    return _run(_leaky_relu_grad_from_output_plan, None, y, out, (alpha,))


def leaky_relu_vjp_from_output(g: Any, y: Any, out: Any = None, *, alpha: float = 0.01) -> Any:
    """g * leaky_relu_grad_from_output(y), in one pass over the blocks."""
    return _run(_leaky_relu_grad_from_output_plan, g, y, out, (alpha,))


def sech(x: Any, out: Any = None) -> Any:
    """1/cosh(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4998 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.714 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_sech_plan, None, x, out)


def sech_grad(x: Any, out: Any = None) -> Any:
    """D(1/cosh(x), x).
    
    Computed: by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.796 ULP on 12877 inputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_sech_grad_plan, None, x, out)


def sech_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * sech_grad(x), in one pass over the blocks."""
    return _run(_sech_grad_plan, g, x, out)


def logcosh(x: Any, out: Any = None) -> Any:
    """log(cosh(x)).
    
    Computed: multiplied out.
    Near 1 root(s): a polynomial in the distance, proved within 4.3e-15, relatively.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4985 ULP on 5421 inputs.
    float64: at most 1.474 ULP on 11277 inputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_logcosh_plan, None, x, out)


def logcosh_grad(x: Any, out: Any = None) -> Any:
    """D(log(cosh(x)), x).
    
    Computed: in the complement, multiplied out; by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4995 ULP on 5421 inputs.
    float64: at most 1.426 ULP on 10477 inputs.
    NIST Digital Library of Mathematical Functions, section 4.28 https://dlmf.nist.gov/4.28
    """
    return _run(_logcosh_grad_plan, None, x, out)


def logcosh_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * logcosh_grad(x), in one pass over the blocks."""
    return _run(_logcosh_grad_plan, g, x, out)


def squared_error_of_residual(x: Any, out: Any = None) -> Any:
    """p**2/2.
    
    Computed: multiplied out; multiplied out, in wide numbers.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 0.7426 ULP on 12077 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 5.2
    """
    return _run(_squared_error_of_residual_plan, None, x, out)


def squared_error_of_residual_grad(x: Any, out: Any = None) -> Any:
    """D(p**2/2, p).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0 ULP on all finite inputs.
    float32: at most 0 ULP on 5421 inputs.
    float64: at most 0 ULP on 11277 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 5.2
    """
    return _run(_squared_error_of_residual_grad_plan, None, x, out)


def squared_error_of_residual_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * squared_error_of_residual_grad(x), in one pass over the blocks."""
    return _run(_squared_error_of_residual_grad_plan, g, x, out)


def binary_cross_entropy_for_0(x: Any, out: Any = None) -> Any:
    """-log(1 - p).
    
    Computed: multiplied out; multiplied out, in wide numbers.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 5421 inputs.
    float64: at most 0.5036 ULP on 10877 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_binary_cross_entropy_for_0_plan, None, x, out)


def binary_cross_entropy_for_0_grad(x: Any, out: Any = None) -> Any:
    """D(-log(1 - p), p).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4999 ULP on 6621 inputs.
    float64: at most 1.007 ULP on 9677 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_binary_cross_entropy_for_0_grad_plan, None, x, out)


def binary_cross_entropy_for_0_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * binary_cross_entropy_for_0_grad(x), in one pass over the blocks."""
    return _run(_binary_cross_entropy_for_0_grad_plan, g, x, out)


def binary_cross_entropy_for_0_grad_from_output(y: Any, out: Any = None) -> Any:
    """exp(y), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4992 ULP on 533 outputs.
    float32: at most 0.5 ULP on 1120 outputs.
    float64: at most 1.529 ULP on 1944 outputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_binary_cross_entropy_for_0_grad_from_output_plan, None, y, out)


def binary_cross_entropy_for_0_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * binary_cross_entropy_for_0_grad_from_output(y), in one pass over the blocks."""
    return _run(_binary_cross_entropy_for_0_grad_from_output_plan, g, y, out)


def binary_cross_entropy_for_1(x: Any, out: Any = None) -> Any:
    """-log(p).
    
    Computed: multiplied out.
    Near 1 root(s): a polynomial in the distance, proved within 4.6e-17, relatively.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 6621 inputs.
    float64: at most 0.5 ULP on 8077 inputs, 0.25 ulp of the largest value near roots.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_binary_cross_entropy_for_1_plan, None, x, out)


def binary_cross_entropy_for_1_grad(x: Any, out: Any = None) -> Any:
    """D(-log(p), p).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4998 ULP on all finite inputs.
    float32: at most 0.4998 ULP on 5421 inputs.
    float64: at most 0.4999 ULP on 11277 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_binary_cross_entropy_for_1_grad_plan, None, x, out)


def binary_cross_entropy_for_1_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * binary_cross_entropy_for_1_grad(x), in one pass over the blocks."""
    return _run(_binary_cross_entropy_for_1_grad_plan, g, x, out)


def binary_cross_entropy_for_1_grad_from_output(y: Any, out: Any = None) -> Any:
    """-exp(y), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4997 ULP on 618 outputs.
    float32: at most 0.499 ULP on 1255 outputs.
    float64: at most 1.634 ULP on 1893 outputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_binary_cross_entropy_for_1_grad_from_output_plan, None, y, out)


def binary_cross_entropy_for_1_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * binary_cross_entropy_for_1_grad_from_output(y), in one pass over the blocks."""
    return _run(_binary_cross_entropy_for_1_grad_from_output_plan, g, y, out)


def sigmoid_cross_entropy_for_0(x: Any, out: Any = None) -> Any:
    """-log(1 - sigmoid(z)).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.171 ULP on 9677 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_cross_entropy_for_0_plan, None, x, out)


def sigmoid_cross_entropy_for_0_grad(x: Any, out: Any = None) -> Any:
    """D(-log(1 - sigmoid(z)), z).
    
    Computed: one quotient for the whole line, as factors; multiplied out; limit and rest, as factors.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.007 ULP on 9277 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_cross_entropy_for_0_grad_plan, None, x, out)


def sigmoid_cross_entropy_for_0_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * sigmoid_cross_entropy_for_0_grad(x), in one pass over the blocks."""
    return _run(_sigmoid_cross_entropy_for_0_grad_plan, g, x, out)


def sigmoid_cross_entropy_for_0_grad_from_output(y: Any, out: Any = None) -> Any:
    """1 - exp(-y), with y = f(x).
    
    Computed: by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4973 ULP on 466 outputs.
    float32: at most 0.5 ULP on 1036 outputs.
    float64: at most 0.4994 ULP on 1688 outputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_cross_entropy_for_0_grad_from_output_plan, None, y, out)


def sigmoid_cross_entropy_for_0_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * sigmoid_cross_entropy_for_0_grad_from_output(y), in one pass over the blocks."""
    return _run(_sigmoid_cross_entropy_for_0_grad_from_output_plan, g, y, out)


def sigmoid_cross_entropy_for_1(x: Any, out: Any = None) -> Any:
    """-log(sigmoid(z)).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 1.171 ULP on 9677 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_cross_entropy_for_1_plan, None, x, out)


def sigmoid_cross_entropy_for_1_grad(x: Any, out: Any = None) -> Any:
    """D(-log(sigmoid(z)), z).
    
    Computed: one quotient for the whole line, as factors; limit and rest, multiplied out; multiplied out.
    The program equals the formula in exact arithmetic: proved (normal-form), proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 2.007 ULP on 9277 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_cross_entropy_for_1_grad_plan, None, x, out)


def sigmoid_cross_entropy_for_1_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * sigmoid_cross_entropy_for_1_grad(x), in one pass over the blocks."""
    return _run(_sigmoid_cross_entropy_for_1_grad_plan, g, x, out)


def sigmoid_cross_entropy_for_1_grad_from_output(y: Any, out: Any = None) -> Any:
    """exp(-y) - 1, with y = f(x).
    
    Computed: by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4973 ULP on 466 outputs.
    float32: at most 0.5 ULP on 1036 outputs.
    float64: at most 0.4994 ULP on 1688 outputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _run(_sigmoid_cross_entropy_for_1_grad_from_output_plan, None, y, out)


def sigmoid_cross_entropy_for_1_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * sigmoid_cross_entropy_for_1_grad_from_output(y), in one pass over the blocks."""
    return _run(_sigmoid_cross_entropy_for_1_grad_from_output_plan, g, y, out)


def cross_entropy_per_weight(x: Any, out: Any = None) -> Any:
    """-log(p).
    
    Computed: multiplied out.
    Near 1 root(s): a polynomial in the distance, proved within 4.6e-17, relatively.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 6621 inputs.
    float64: at most 0.5 ULP on 8077 inputs, 0.25 ulp of the largest value near roots.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _run(_cross_entropy_per_weight_plan, None, x, out)


def cross_entropy_per_weight_grad(x: Any, out: Any = None) -> Any:
    """D(-log(p), p).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4998 ULP on all finite inputs.
    float32: at most 0.4998 ULP on 5421 inputs.
    float64: at most 0.4999 ULP on 11277 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _run(_cross_entropy_per_weight_grad_plan, None, x, out)


def cross_entropy_per_weight_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * cross_entropy_per_weight_grad(x), in one pass over the blocks."""
    return _run(_cross_entropy_per_weight_grad_plan, g, x, out)


def cross_entropy_per_weight_grad_from_output(y: Any, out: Any = None) -> Any:
    """-exp(y), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4997 ULP on 618 outputs.
    float32: at most 0.499 ULP on 1255 outputs.
    float64: at most 1.634 ULP on 1893 outputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _run(_cross_entropy_per_weight_grad_from_output_plan, None, y, out)


def cross_entropy_per_weight_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * cross_entropy_per_weight_grad_from_output(y), in one pass over the blocks."""
    return _run(_cross_entropy_per_weight_grad_from_output_plan, g, y, out)


def hinge_of_margin(x: Any, out: Any = None) -> Any:
    """Max(0, 1 - z).
    
    Computed: by terms in z, multiplied out; multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 0.5 ULP on 8877 inputs.
    C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20, 1995
    """
    return _run(_hinge_of_margin_plan, None, x, out)


def hinge_of_margin_grad(x: Any, out: Any = None) -> Any:
    """D(Max(0, 1 - z), z).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0 ULP on all finite inputs.
    float32: at most 0 ULP on 5421 inputs.
    float64: at most 0 ULP on 8477 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0 (at 1: 0.0).
    C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20, 1995
    """
    return _run(_hinge_of_margin_grad_plan, None, x, out)


def hinge_of_margin_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * hinge_of_margin_grad(x), in one pass over the blocks."""
    return _run(_hinge_of_margin_grad_plan, g, x, out)


def hinge_of_margin_grad_from_output(y: Any, out: Any = None) -> Any:
    """Piecewise((0, y <= 0), (-1, True)), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0 ULP on 369 outputs.
    float32: at most 0 ULP on 768 outputs.
    float64: at most 0 ULP on 1031 outputs.
    C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20, 1995
    """
    return _run(_hinge_of_margin_grad_from_output_plan, None, y, out)


def hinge_of_margin_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * hinge_of_margin_grad_from_output(y), in one pass over the blocks."""
    return _run(_hinge_of_margin_grad_from_output_plan, g, y, out)


def huber_of_residual(x: Any, out: Any = None, *, kappa: float = 1.0) -> Any:
    """Piecewise((kappa*(p - kappa/2), p > kappa), (p**2/2, p >= -kappa), (kappa*(-p - kappa/2), True)).
    
    Computed: by terms in p, multiplied out; multiplied out, held in its cell.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 5421 inputs.
    float64: at most 0.7498 ULP on 11277 inputs.
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964
    """
    return _run(_huber_of_residual_plan, None, x, out, (kappa,))


def huber_of_residual_grad(x: Any, out: Any = None, *, kappa: float = 1.0) -> Any:
    """D(Piecewise((kappa*(p - kappa/2), p > kappa), (p**2/2, p >= -kappa), (kappa*(-p - kappa/2), True)), p).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0 ULP on all finite inputs.
    float32: at most 0 ULP on 5421 inputs.
    float64: at most 0 ULP on 10477 inputs.
    Convention at kinks: the derivative of the case that the definition gives to the point; of |u| it is sign(u), 0 at 0.
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964
    """
    return _run(_huber_of_residual_grad_plan, None, x, out, (kappa,))


def huber_of_residual_vjp(g: Any, x: Any, out: Any = None, *, kappa: float = 1.0) -> Any:
    """g * huber_of_residual_grad(x), in one pass over the blocks."""
    return _run(_huber_of_residual_grad_plan, g, x, out, (kappa,))


def log_cosh_error_of_residual(x: Any, out: Any = None) -> Any:
    """logcosh(p).
    
    Computed: multiplied out.
    Near 1 root(s): a polynomial in the distance, proved within 4.3e-15, relatively.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.4985 ULP on 5421 inputs.
    float64: at most 1.474 ULP on 11277 inputs.
    P. Chen, G. Chen, S. Zhang, Log hyperbolic cosine loss improves variational auto-encoder, 2018
    """
    return _run(_log_cosh_error_of_residual_plan, None, x, out)


def log_cosh_error_of_residual_grad(x: Any, out: Any = None) -> Any:
    """D(logcosh(p), p).
    
    Computed: in the complement, multiplied out; by the complement, multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4999 ULP on all finite inputs.
    float32: at most 0.4995 ULP on 5421 inputs.
    float64: at most 1.426 ULP on 10477 inputs.
    P. Chen, G. Chen, S. Zhang, Log hyperbolic cosine loss improves variational auto-encoder, 2018
    """
    return _run(_log_cosh_error_of_residual_grad_plan, None, x, out)


def log_cosh_error_of_residual_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * log_cosh_error_of_residual_grad(x), in one pass over the blocks."""
    return _run(_log_cosh_error_of_residual_grad_plan, g, x, out)


def kl_divergence_of_ratio(x: Any, out: Any = None) -> Any:
    """-log(p).
    
    Computed: multiplied out.
    Near 1 root(s): a polynomial in the distance, proved within 4.6e-17, relatively.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.5 ULP on all finite inputs.
    float32: at most 0.5 ULP on 6621 inputs.
    float64: at most 0.5 ULP on 8077 inputs, 0.25 ulp of the largest value near roots.
    S. Kullback, R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951
    """
    return _run(_kl_divergence_of_ratio_plan, None, x, out)


def kl_divergence_of_ratio_grad(x: Any, out: Any = None) -> Any:
    """D(-log(p), p).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4998 ULP on all finite inputs.
    float32: at most 0.4998 ULP on 5421 inputs.
    float64: at most 0.4999 ULP on 11277 inputs.
    S. Kullback, R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951
    """
    return _run(_kl_divergence_of_ratio_grad_plan, None, x, out)


def kl_divergence_of_ratio_vjp(g: Any, x: Any, out: Any = None) -> Any:
    """g * kl_divergence_of_ratio_grad(x), in one pass over the blocks."""
    return _run(_kl_divergence_of_ratio_grad_plan, g, x, out)


def kl_divergence_of_ratio_grad_from_output(y: Any, out: Any = None) -> Any:
    """-exp(y), with y = f(x).
    
    Computed: multiplied out.
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4997 ULP on 618 outputs.
    float32: at most 0.499 ULP on 1255 outputs.
    float64: at most 1.634 ULP on 1893 outputs.
    S. Kullback, R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951
    """
    return _run(_kl_divergence_of_ratio_grad_from_output_plan, None, y, out)


def kl_divergence_of_ratio_vjp_from_output(g: Any, y: Any, out: Any = None) -> Any:
    """g * kl_divergence_of_ratio_grad_from_output(y), in one pass over the blocks."""
    return _run(_kl_divergence_of_ratio_grad_from_output_plan, g, y, out)


def softmax(z: Any, axis: int = -1, out: Any = None) -> Any:
    """exp(z[i])/Sum(exp(z[k]), k, 1, n), along the axis."""
    return _rows(_softmax, _KINDS, (z,), axis, out, 0)


def softmax_vjp(g: Any, y: Any, axis: int = -1, out: Any = None) -> Any:
    """The gradient by z from the gradient g by the output y."""
    return _rows(_softmax_product, _KINDS, (g, y), axis, out, 0)


def softmax_jvp(t: Any, y: Any, axis: int = -1, out: Any = None) -> Any:
    """The derivative of the output y along t."""
    return _rows(_softmax_product, _KINDS, (t, y), axis, out, 0)


def softmax_jacobian(y: Any) -> Any:
    """All partial derivatives at the output y: entry [..., i, j] is that of y_i by z_j."""
    return _softmax_jacobian(y)


def log_softmax(z: Any, axis: int = -1, out: Any = None) -> Any:
    """z[i] - log(Sum(exp(z[k]), k, 1, n)), along the axis."""
    return _rows(_log_softmax, _KINDS, (z,), axis, out, 1)


def log_softmax_vjp(g: Any, y: Any, axis: int = -1, out: Any = None) -> Any:
    """The gradient by z from the gradient g by the output y."""
    return _rows(_log_vjp, _KINDS, (g, y), axis, out, 1)


def log_softmax_jvp(t: Any, y: Any, axis: int = -1, out: Any = None) -> Any:
    """The derivative of the output y along t."""
    return _rows(_log_jvp, _KINDS, (t, y), axis, out, 1)


def log_softmax_jacobian(y: Any) -> Any:
    """All partial derivatives at the output y: entry [..., i, j] is that of y_i by z_j."""
    return _log_jacobian(y)


def _squared_error_parts() -> Sequence[_Part]:
    def squared_error_of_residual_at(u: _Array) -> _Array:
        return squared_error_of_residual(u)

    def squared_error_of_residual_slope(u: _Array) -> _Array:
        return squared_error_of_residual_grad(u)

    return ((squared_error_of_residual_at, squared_error_of_residual_slope),)


def squared_error(p: Any, t: Any, out: Any = None) -> Any:
    """(p - t)**2/2.
    
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.3954 ULP on 285 inputs.
    float32: at most 0.2482 ULP on 295 inputs.
    float64: at most 0.6813 ULP on 295 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 5.2
    """
    return _each(_residual, _squared_error_parts(), None, p, t, out, False, True)


def squared_error_grad(p: Any, t: Any, out: Any = None) -> Any:
    """D((p - t)**2/2, p).
    
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4688 ULP on 285 inputs.
    float32: at most 0.25 ULP on 295 inputs.
    float64: at most 0.25 ULP on 295 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 5.2
    """
    return _each(_residual, _squared_error_parts(), None, p, t, out, True, True)


def squared_error_vjp(g: Any, p: Any, t: Any, out: Any = None) -> Any:
    """The gradient by p from the gradient g by the loss."""
    return _each(_residual, _squared_error_parts(), g, p, t, out, True, True)


def _binary_cross_entropy_parts() -> Sequence[_Part]:
    def binary_cross_entropy_for_0_at(u: _Array) -> _Array:
        return binary_cross_entropy_for_0(u)

    def binary_cross_entropy_for_0_slope(u: _Array) -> _Array:
        return binary_cross_entropy_for_0_grad(u)

    def binary_cross_entropy_for_1_at(u: _Array) -> _Array:
        return binary_cross_entropy_for_1(u)

    def binary_cross_entropy_for_1_slope(u: _Array) -> _Array:
        return binary_cross_entropy_for_1_grad(u)

    return ((binary_cross_entropy_for_0_at, binary_cross_entropy_for_0_slope), (binary_cross_entropy_for_1_at, binary_cross_entropy_for_1_slope),)


def binary_cross_entropy(p: Any, t: Any, out: Any = None) -> Any:
    """-t*log(p) - (1 - t)*log(1 - p).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4997 ULP on 52 inputs.
    float32: at most 0.4919 ULP on 54 inputs.
    float64: at most 1.178 ULP on 46 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _each(_mixture, _binary_cross_entropy_parts(), None, p, t, out, False, True)


def binary_cross_entropy_grad(p: Any, t: Any, out: Any = None) -> Any:
    """D(-t*log(p) - (1 - t)*log(1 - p), p).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4998 ULP on 216 inputs.
    float32: at most 0.5 ULP on 230 inputs.
    float64: at most 1.305 ULP on 214 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _each(_mixture, _binary_cross_entropy_parts(), None, p, t, out, True, True)


def binary_cross_entropy_vjp(g: Any, p: Any, t: Any, out: Any = None) -> Any:
    """The gradient by p from the gradient g by the loss."""
    return _each(_mixture, _binary_cross_entropy_parts(), g, p, t, out, True, True)


def _sigmoid_cross_entropy_parts() -> Sequence[_Part]:
    def sigmoid_cross_entropy_for_0_at(u: _Array) -> _Array:
        return sigmoid_cross_entropy_for_0(u)

    def sigmoid_cross_entropy_for_0_slope(u: _Array) -> _Array:
        return sigmoid_cross_entropy_for_0_grad(u)

    def sigmoid_cross_entropy_for_1_at(u: _Array) -> _Array:
        return sigmoid_cross_entropy_for_1(u)

    def sigmoid_cross_entropy_for_1_slope(u: _Array) -> _Array:
        return sigmoid_cross_entropy_for_1_grad(u)

    return ((sigmoid_cross_entropy_for_0_at, sigmoid_cross_entropy_for_0_slope), (sigmoid_cross_entropy_for_1_at, sigmoid_cross_entropy_for_1_slope),)


def sigmoid_cross_entropy(z: Any, t: Any, out: Any = None) -> Any:
    """-t*log(sigmoid(z)) - (1 - t)*log(1 - sigmoid(z)).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4981 ULP on 213 inputs.
    float32: at most 0.498 ULP on 211 inputs.
    float64: at most 1.272 ULP on 195 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _each(_mixture, _sigmoid_cross_entropy_parts(), None, z, t, out, False, True)


def sigmoid_cross_entropy_grad(z: Any, t: Any, out: Any = None) -> Any:
    """D(-t*log(sigmoid(z)) - (1 - t)*log(1 - sigmoid(z)), z).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4911 ULP on 216 inputs.
    float32: at most 0.4773 ULP on 216 inputs.
    float64: at most 1.496 ULP on 200 inputs.
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.2.2.2 https://www.deeplearningbook.org
    """
    return _each(_mixture, _sigmoid_cross_entropy_parts(), None, z, t, out, True, True)


def sigmoid_cross_entropy_vjp(g: Any, z: Any, t: Any, out: Any = None) -> Any:
    """The gradient by z from the gradient g by the loss."""
    return _each(_mixture, _sigmoid_cross_entropy_parts(), g, z, t, out, True, True)


def _cross_entropy_parts() -> Sequence[_Part]:
    def cross_entropy_per_weight_at(u: _Array) -> _Array:
        return cross_entropy_per_weight(u)

    def cross_entropy_per_weight_slope(u: _Array) -> _Array:
        return cross_entropy_per_weight_grad(u)

    return ((cross_entropy_per_weight_at, cross_entropy_per_weight_slope),)


def cross_entropy(p: Any, t: Any, axis: int = -1) -> Any:
    """-Sum(t[k]*log(p[k]), k, 1, n).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4674 ULP on 37 inputs.
    float32: at most 0.4982 ULP on 37 inputs.
    float64: at most 1.204 ULP on 37 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _summed(_per_weight, _cross_entropy_parts(), p, t, axis, True)


def cross_entropy_grad(p: Any, t: Any, axis: int = -1) -> Any:
    """-Sum(t[k]*log(p[k]), k, 1, n).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4936 ULP on 110 inputs.
    float32: at most 0.4988 ULP on 110 inputs.
    float64: at most 0.8149 ULP on 110 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _each(_per_weight, _cross_entropy_parts(), None, p, t, None, True, True)


def cross_entropy_vjp(g: Any, p: Any, t: Any, axis: int = -1) -> Any:
    """The gradient by p from the gradient g by the loss."""
    return _each(_per_weight, _cross_entropy_parts(), _spread(g, p, t, axis), p, t, None, True, True)


def softmax_cross_entropy(z: Any, t: Any, axis: int = -1) -> Any:
    """-Sum(t[k]*log(softmax(z)[k]), k, 1, n).
    
    The program equals the formula in exact arithmetic: proved (index).
    float16: at most 0.4404 ULP on 31 inputs.
    float32: at most 0.2363 ULP on 31 inputs.
    float64: at most 0.3434 ULP on 31 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _rowwise(z, t, axis, False, True)


def softmax_cross_entropy_grad(z: Any, t: Any, axis: int = -1) -> Any:
    """-Sum(t[k]*log(softmax(z)[k]), k, 1, n).
    
    The program equals the formula in exact arithmetic: proved (index).
    float16: at most 0.1855 ULP on 106 inputs.
    float32: at most 0.2394 ULP on 106 inputs.
    float64: at most 1.545 ULP on 106 inputs.
    C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4
    """
    return _rowwise(z, t, axis, True, True)


def softmax_cross_entropy_vjp(g: Any, z: Any, t: Any, axis: int = -1) -> Any:
    """The gradient by z from the gradient g by the loss."""
    return _spread(g, z, t, axis) * softmax_cross_entropy_grad(z, t, axis)


def _hinge_parts() -> Sequence[_Part]:
    def hinge_of_margin_at(u: _Array) -> _Array:
        return hinge_of_margin(u)

    def hinge_of_margin_slope(u: _Array) -> _Array:
        return hinge_of_margin_grad(u)

    return ((hinge_of_margin_at, hinge_of_margin_slope),)


def hinge(z: Any, t: Any, out: Any = None) -> Any:
    """Max(0, 1 - t*z).
    
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.375 ULP on 114 inputs.
    float32: at most 0.3916 ULP on 118 inputs.
    float64: at most 0.5 ULP on 118 inputs.
    C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20, 1995
    """
    return _each(_margin, _hinge_parts(), None, z, t, out, False, True)


def hinge_grad(z: Any, t: Any, out: Any = None) -> Any:
    """D(Max(0, 1 - t*z), z).
    
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0 ULP on 112 inputs.
    float32: at most 0 ULP on 116 inputs.
    float64: at most 0 ULP on 116 inputs.
    C. Cortes, V. Vapnik, Support-vector networks, Machine Learning 20, 1995
    """
    return _each(_margin, _hinge_parts(), None, z, t, out, True, True)


def hinge_vjp(g: Any, z: Any, t: Any, out: Any = None) -> Any:
    """The gradient by z from the gradient g by the loss."""
    return _each(_margin, _hinge_parts(), g, z, t, out, True, True)


def _huber_parts(*, kappa: float = 1.0) -> Sequence[_Part]:
    def huber_of_residual_at(u: _Array) -> _Array:
        return huber_of_residual(u, kappa=kappa)

    def huber_of_residual_slope(u: _Array) -> _Array:
        return huber_of_residual_grad(u, kappa=kappa)

    return ((huber_of_residual_at, huber_of_residual_slope),)


def huber(p: Any, t: Any, out: Any = None, *, kappa: float = 1.0) -> Any:
    """Piecewise((kappa*(p - t - kappa/2), p - t > kappa), ((p - t)**2/2, p - t >= -kappa), (kappa*(t - p - kappa/2), True)).
    
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.4531 ULP on 285 inputs.
    float32: at most 0.25 ULP on 295 inputs.
    float64: at most 0.4961 ULP on 295 inputs.
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964
    """
    return _each(_residual, _huber_parts(kappa=kappa), None, p, t, out, False, True)


def huber_grad(p: Any, t: Any, out: Any = None, *, kappa: float = 1.0) -> Any:
    """D(Piecewise((kappa*(p - t - kappa/2), p - t > kappa), ((p - t)**2/2, p - t >= -kappa), (kappa*(t - p - kappa/2), True)), p).
    
    The program equals the formula in exact arithmetic: proved (cells).
    float16: at most 0.125 ULP on 279 inputs.
    float32: at most 0.1875 ULP on 291 inputs.
    float64: at most 0.25 ULP on 291 inputs.
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964
    """
    return _each(_residual, _huber_parts(kappa=kappa), None, p, t, out, True, True)


def huber_vjp(g: Any, p: Any, t: Any, out: Any = None, *, kappa: float = 1.0) -> Any:
    """The gradient by p from the gradient g by the loss."""
    return _each(_residual, _huber_parts(kappa=kappa), g, p, t, out, True, True)


def _log_cosh_error_parts() -> Sequence[_Part]:
    def log_cosh_error_of_residual_at(u: _Array) -> _Array:
        return log_cosh_error_of_residual(u)

    def log_cosh_error_of_residual_slope(u: _Array) -> _Array:
        return log_cosh_error_of_residual_grad(u)

    return ((log_cosh_error_of_residual_at, log_cosh_error_of_residual_slope),)


def log_cosh_error(p: Any, t: Any, out: Any = None) -> Any:
    """logcosh(p - t).
    
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.4471 ULP on 285 inputs.
    float32: at most 0.2498 ULP on 295 inputs.
    float64: at most 0.5529 ULP on 295 inputs.
    P. Chen, G. Chen, S. Zhang, Log hyperbolic cosine loss improves variational auto-encoder, 2018
    """
    return _each(_residual, _log_cosh_error_parts(), None, p, t, out, False, True)


def log_cosh_error_grad(p: Any, t: Any, out: Any = None) -> Any:
    """D(logcosh(p - t), p).
    
    The program equals the formula in exact arithmetic: proved (structural).
    float16: at most 0.2365 ULP on 285 inputs.
    float32: at most 0.2488 ULP on 295 inputs.
    float64: at most 0.6503 ULP on 295 inputs.
    P. Chen, G. Chen, S. Zhang, Log hyperbolic cosine loss improves variational auto-encoder, 2018
    """
    return _each(_residual, _log_cosh_error_parts(), None, p, t, out, True, True)


def log_cosh_error_vjp(g: Any, p: Any, t: Any, out: Any = None) -> Any:
    """The gradient by p from the gradient g by the loss."""
    return _each(_residual, _log_cosh_error_parts(), g, p, t, out, True, True)


def _kl_divergence_parts() -> Sequence[_Part]:
    def kl_divergence_of_ratio_at(u: _Array) -> _Array:
        return kl_divergence_of_ratio(u)

    def kl_divergence_of_ratio_slope(u: _Array) -> _Array:
        return kl_divergence_of_ratio_grad(u)

    return ((kl_divergence_of_ratio_at, kl_divergence_of_ratio_slope),)


def kl_divergence(p: Any, t: Any, axis: int = -1) -> Any:
    """Sum(t[k]*log(t[k]/p[k]), k, 1, n).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.499 ULP on 37 inputs.
    float32: at most 0.4982 ULP on 37 inputs.
    float64: at most 1.57 ULP on 37 inputs.
    S. Kullback, R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951
    """
    return _summed(_ratio, _kl_divergence_parts(), p, t, axis, True)


def kl_divergence_grad(p: Any, t: Any, axis: int = -1) -> Any:
    """Sum(t[k]*log(t[k]/p[k]), k, 1, n).
    
    The program equals the formula in exact arithmetic: proved (normal-form).
    float16: at most 0.4936 ULP on 110 inputs.
    float32: at most 0.4988 ULP on 110 inputs.
    float64: at most 0.8149 ULP on 110 inputs.
    S. Kullback, R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951
    """
    return _each(_ratio, _kl_divergence_parts(), None, p, t, None, True, True)


def kl_divergence_vjp(g: Any, p: Any, t: Any, axis: int = -1) -> Any:
    """The gradient by p from the gradient g by the loss."""
    return _each(_ratio, _kl_divergence_parts(), _spread(g, p, t, axis), p, t, None, True, True)
