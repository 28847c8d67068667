import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const source = 'assembly/bernoulli.ts';

/** Compiles the AssemblyScript of this package into the text of `src/bernoulli-bytes.ts`. */
export async function compileAssembly(): Promise<string> {
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      source,
      ...['--baseDir', fileURLToPath(new URL('../..', import.meta.url))],
      ...['--outFile', 'bernoulli.wasm'],
      ...['-O3', '--converge', '--noAssert'],
      // No garbage collector, no abort: the module holds the arithmetic and nothing else.
      ...['--runtime', 'stub', '--use', 'abort='],
      ...['--enable', 'simd', '--importMemory', '--noExportMemory'],
    ],
    { writeFile: (_name, contents) => void (bytes = Uint8Array.from(contents as Uint8Array)) },
  );
  if (error) throw new Error(`AssemblyScript refuses ${source}:\n${stderr.toString()}`);
  return [
    `// Generated from ${source} by \`npx vitest run --project foundation bernoulli-bytes -u\`.`,
    '// bernoulli-bytes.spec.ts compiles it again and fails when this file is not what comes out.',
    '',
    '/** The WebAssembly module of the dropout generator, in base64. */',
    'export const bernoulliBytes =',
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}
