// Generated from assembly/bernoulli.ts by `npx vitest run --project foundation bernoulli-bytes -u`.
// bernoulli-bytes.spec.ts compiles it again and fails when this file is not what comes out.

/** The WebAssembly module of the dropout generator, in base64. */
export const bernoulliBytes =
  'AGFzbQEAAAABBgFgAn9/AAIPAQNlbnYGbWVtb3J5AgAAAwIBAAcIAQRkcmF3AAAK+QEB9gEBB3tBAP0ABAAhBUEQ/QAEACECQSD9AAQAIQRBMP0ABAAhAyABQYGAAmv9ECEGIAFBAEr9DyEHIABBQGshAUHAACEAA0AgACABSQRAIAAgByACQQL9qwEgAv2uASIIQQf9qwEgCEEZ/a0B/VAiCEED/asBIAj9rgEgBv0xIgggCP1l/U/9WwMAACACQQn9qwEhCCADIAL9USEDIAIgBCAF/VEiBP1RIQIgBSAD/VEhBSAEIAj9USEEIANBC/2rASADQRX9rQH9UCEDIABBCGohAAwBCwtBACAF/QsEAEEQIAL9CwQAQSAgBP0LBABBMCAD/QsEAAs=';
