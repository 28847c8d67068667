/** The part of WebAssembly in use here: TypeScript declares it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Functions of a WebAssembly module and the memory that they work on, which never grows: views of it stay valid. */
export interface WasmInstance<Functions> {
  readonly functions: Functions;
  readonly buffer: ArrayBuffer;
}

/**
 * A small WebAssembly module in base64 that imports its memory and nothing else. It is compiled, synchronously, when it
 * is first asked for an instance.
 */
export class WasmModule<Functions> {
  /** Bytes of a page of memory. */
  static readonly pageBytes = 65_536;

  private compiled: object | undefined;

  constructor(private readonly base64: string) {}

  /** The functions over a memory of their own, of so many bytes at least. */
  instantiate(bytes: number): WasmInstance<Functions> {
    this.compiled ??= new WebAssembly.Module(Buffer.from(this.base64, 'base64'));
    const pages = Math.ceil(bytes / WasmModule.pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = new WebAssembly.Instance(this.compiled, { env: { memory } });
    return { functions: exports as Functions, buffer: memory.buffer };
  }
}
