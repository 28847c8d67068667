import { fileURLToPath } from 'node:url';

/** A random BERT of two layers, a folder in the Hugging Face layout. `tools/goldens/tiny_bert.py` wrote it. */
export const tinyBert = fileURLToPath(new URL('../../encoders/src/testing/fixtures/tiny-bert', import.meta.url));
