import * as tf from '@tensorflow/tfjs-core';

/** f(x) as a constant, x itself by default: no gradient flows back through it (PyTorch's `detach`). */
export function stopGradient<T extends tf.Tensor>(x: T, f: (x: T) => tf.Tensor = tf.clone): T {
  const constant = tf.customGrad((y) => ({
    value: f(y as T),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return constant(x) as T;
}
