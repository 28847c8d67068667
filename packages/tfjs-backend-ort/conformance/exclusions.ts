/** Specs that need not pass, and why. */
export interface Exclusion {
  readonly reason: string;
  /** Tried on `file: name of the spec`. Each must match a spec that fails, else the run calls it stale and fails. */
  readonly specs: readonly RegExp[];
}

/** All that TensorFlow.js tests and this backend does not do. */
export const EXCLUSIONS: readonly Exclusion[] = [
  {
    reason: 'Complex numbers: no encoder has any, and ONNX has no such type.',
    specs: [/(?<!non-)complex/, /^ops\/(add|sub)_test\.js: .*upcasts/],
  },
  {
    reason: 'Fourier transforms: they need complex numbers.',
    specs: [/^ops\/spectral\//, /^ops\/ifft_test/, /^ops\/signal\/stft_test/],
  },
  {
    reason:
      'Strings: text is turned into numbers before it gets here. (That a kernel refuses strings is not excluded.)',
    specs: [
      /^ops\/string\//,
      /^(?!.*(throw|error|mismatch|not match|missing|not uint8|as bool|fails)).*\bstrings?\b/,
      /^ops\/clone_test\.js: clone gradient: 1D string/,
      /^ops\/squeeze_test/,
    ],
  },
  {
    reason: 'Convolutions: no encoder, method or attack has one.',
    specs: [/^ops\/(fused\/fused_)?(conv[123]d|depthwise_conv2d|dilation2d)/],
  },
  {
    reason: 'Pooling, and normalisation over neighbouring pixels: they come with convolutions.',
    specs: [/^ops\/((avg_|max_)?pool|local_response_normalization)/],
  },
  {
    reason: 'Pictures.',
    specs: [/^ops\/image\/(crop_and_resize|flip|non_max_suppression_test|resize|transform)/, /^ops\/from_pixels_test/],
  },
  {
    reason: 'Sparse and ragged tensors.',
    specs: [/^ops\/sparse\//, /^ops\/ragged_/],
  },
  {
    reason: 'The shape of the result depends on the data, or the data are shapes: a lazy backend must know it before.',
    specs: [/^ops\/unique_test/, /^ops\/broadcast_args_test/],
  },
  {
    reason: 'Reads synchronously what has only been recorded.',
    specs: [
      /^debug_mode_test\.js: .* (in op output|does not error when no nans)$/,
      /^ops\/slice_test\.js: .* delayed sync read/,
    ],
  },
  {
    reason: 'Expects to hear of a wrong index when the operation is called: here the error comes when it is run.',
    specs: [/^ops\/gather_test\.js: .* throws when index is out of bound/],
  },
  {
    reason: 'Expects the very words of an error: ours has the name of the kernel and the shapes in front of them.',
    specs: [/^ops\/einsum_test\.js: .* nonexistent dimension/],
  },
  {
    reason: 'Expects the tangent near a pole to the last bit: that of ONNX Runtime is the next float32.',
    specs: [/^ops\/tan_test\.js: .* exceed float32 precision/],
  },
];
