import path from 'node:path';

export interface AssemblyScriptModule {
  /** The package's folder. */
  readonly folder: string;
  /** The AssemblyScript, from there. */
  readonly source: string;
  /** The room, as Vitest calls it, and the file that holds the bytes, without its ending. */
  readonly room: string;
  readonly file: string;
  /** The name of the constant in that file, and what the module does. */
  readonly constant: string;
  readonly what: string;
}

/**
 * Compiles AssemblyScript into the text of a TypeScript file that holds the module in base64. That file is committed, so
 * that nobody needs the compiler to use the package; a spec compares it with what comes out here.
 * @throws Error with the compiler's words where it refuses the source
 */
export async function compileAssemblyScript(module: AssemblyScriptModule): Promise<string> {
  const { folder, source, room, file, constant, what } = module;
  // Loaded here: it takes a second, which the other specs need not wait for.
  const { default: asc } = await import('assemblyscript/asc');
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(
    [
      source,
      ...['--baseDir', path.resolve(folder)],
      ...['--outFile', 'module.wasm'],
      ...['-O3', '--converge', '--noAssert'],
      // No garbage collector, no abort: the module holds the arithmetic and nothing else.
      ...['--runtime', 'stub', '--use', 'abort='],
      ...['--enable', 'simd', '--importMemory', '--noExportMemory'],
    ],
    { writeFile: (_name, contents) => void (bytes = Uint8Array.from(contents as Uint8Array)) },
  );
  if (error) throw new Error(`AssemblyScript refuses ${source}:\n${stderr.toString()}`);
  return [
    `// Generated from ${source} by \`npx vitest run --project ${room} ${file} -u\`.`,
    `// ${file}.spec.ts compiles it again and fails when this file is not what comes out.`,
    '',
    `/** ${what}, in base64. */`,
    `export const ${constant} =`,
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}
