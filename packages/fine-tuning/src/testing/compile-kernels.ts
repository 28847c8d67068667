import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const source = 'assembly/optimizer.ts';

/** Compiles the AssemblyScript of this package into the text of `src/kernels/kernel-bytes.ts`. */
export async function compileKernels(): Promise<string> {
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      source,
      ...['--baseDir', fileURLToPath(new URL('../..', import.meta.url))],
      ...['--outFile', 'kernels.wasm'],
      ...['-O3', '--converge', '--noAssert'],
      // No garbage collector, no abort: the module holds the arithmetic and nothing else.
      ...['--runtime', 'stub', '--use', 'abort='],
      ...['--enable', 'simd', '--importMemory', '--noExportMemory'],
    ],
    { writeFile: (_name, contents) => void (bytes = Uint8Array.from(contents as Uint8Array)) },
  );
  if (error) throw new Error(`AssemblyScript refuses ${source}:\n${stderr.toString()}`);
  return [
    `// Generated from ${source} by \`npx vitest run --project fine-tuning kernel-bytes -u\`.`,
    '// kernel-bytes.spec.ts compiles it again and fails when this file is not what comes out.',
    '',
    '/** The WebAssembly module of the optimizer, in base64. */',
    'export const kernelBytes =',
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}
