import { type BackendValues, type DataId, DataStorage, type DataType } from '@tensorflow/tfjs-core';
import { KernelBackend, type TensorInfo, engine } from '@tensorflow/tfjs-core';
import { KernelError, NotComputedError } from '../graph/errors.js';
import { Evaluator, type EvaluatorOptions, type EvaluatorStats } from '../evaluation/evaluate.js';
import { hostValue, reshape } from '../graph/graph-builder.js';
import { type Value, describeValue } from '../graph/graph-node.js';
import { toHostArray, toHostType } from '../graph/host-array.js';

interface Entry {
  readonly value: Value;
  references: number;
}

/** What the backend holds now, and what it has cost so far. */
export interface OrtStats extends EvaluatorStats {
  /** Tensors in storage, computed or only recorded. */
  readonly tensors: number;
}

/**
 * A lazy TensorFlow.js backend. A kernel only records what is to be done; `await tensor.data()`, or {@link evaluate}
 * for many tensors at once, compiles all that they depend on into one ONNX model, runs it, and keeps the session.
 *
 * Arrays are not copied. `tf.tensor(array)` with an array of the tensor's own type keeps that array and feeds it to ONNX
 * Runtime. `await tensor.data()` returns the array that ONNX Runtime wrote. The backend writes to an array again only
 * after {@link recycle} or {@link lend}. You may change an array in place between evaluations, as an optimizer does with
 * weights: tensors over the array show the change, and so do operations recorded before it. Leave the arrays alone while
 * an evaluation that reads them is awaited.
 */
export class OrtBackend extends KernelBackend {
  private readonly storage: DataStorage<Entry>;
  private readonly evaluator: Evaluator;

  constructor(options: EvaluatorOptions) {
    super();
    this.storage = new DataStorage<Entry>(this, engine());
    this.evaluator = new Evaluator(options);
  }

  /**
   * Computes the tensors in one run. Their elements can then be read, also synchronously.
   * @throws SessionError if ONNX Runtime cannot compile or run the graph
   */
  async evaluate(tensors: readonly TensorInfo[]): Promise<void> {
    await this.evaluator.evaluate(tensors.map((tensor) => this.recordedOf(tensor)));
  }

  /**
   * Takes back the arrays of computed tensors, to write later results into them. Nobody may use these arrays any more.
   * The tensors cannot be read again; dispose of them as usual.
   */
  recycle(tensors: readonly TensorInfo[]): void {
    for (const { dataId } of tensors) this.evaluator.recycle(this.storage.get(dataId).value);
  }

  /**
   * Computes later float32 results of the same lengths into these arrays instead of new ones. An array whose tensor is
   * disposed of without {@link recycle} is not used again.
   */
  lend(arrays: readonly Float32Array[]): void {
    this.evaluator.lend(arrays);
  }

  /** The recorded value behind a tensor. If another backend has the tensor, TensorFlow.js moves it here first. */
  recordedOf({ dataId, shape }: TensorInfo): Value {
    // A tensor that came from another backend can be a view of its data under another shape.
    return reshape(this.storage.get(dataId).value, shape);
  }

  /** A new tensor for a value. Several tensors may stand for one value. */
  tensorOf(value: Value): TensorInfo {
    const dtype = toHostType(value.dtype as DataType);
    const dataId = {};
    this.storage.set(dataId, { value, references: 1 });
    return { dataId, shape: [...value.shape], dtype };
  }

  /** What the backend holds now, and what it has cost so far. */
  stats(): OrtStats {
    return { ...this.evaluator.stats(), tensors: this.numDataIds() };
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(...[dataId, values, shape, dtype, references]: Parameters<KernelBackend['move']>): void {
    const hostType = toHostType(dtype);
    const value = hostValue(toHostArray(values, hostType), { shape, dtype: hostType });
    this.storage.set(dataId, { value, references });
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    const { value } = this.storage.get(dataId);
    await this.evaluator.evaluate([value]);
    return this.elementsOf(value);
  }

  /** @throws NotComputedError unless the elements lie on the host: ONNX Runtime cannot be run synchronously. */
  override readSync(dataId: DataId): BackendValues {
    return this.elementsOf(this.storage.get(dataId).value);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.storage.has(dataId)) return true;
    const entry = this.storage.get(dataId);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.storage.delete(dataId);
    return true;
  }

  override refCount(dataId: DataId): number {
    return this.storage.has(dataId) ? this.storage.get(dataId).references : 0;
  }

  override incRef(dataId: DataId): void {
    this.storage.get(dataId).references++;
  }

  override numDataIds(): number {
    return this.storage.numDataIds();
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ['What ONNX Runtime keeps inside its sessions is not counted.'] };
  }

  override timerAvailable(): boolean {
    return false;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  /** Releases every session; TensorFlow.js calls it when the backend is removed. */
  override dispose(): void {
    void this.release();
  }

  /** Releases every session, and says when that is done. */
  release(): Promise<void> {
    return this.evaluator.release();
  }

  private elementsOf(value: Value): BackendValues {
    const { origin } = value;
    if (origin.kind === 'host') return origin.array;
    if (origin.kind === 'constant') throw new KernelError('A constant of the graph is not a tensor.');
    if (origin.kind === 'recycled') {
      throw new NotComputedError(`${describeValue(value)} was given back with backend.recycle() and cannot be read.`, {
        hint: 'Copy what you need before you give it back.',
      });
    }
    throw new NotComputedError(
      `The result of ${origin.node.op}, ${describeValue(value)}, was read synchronously before it was computed.`,
      { hint: 'Use `await tensor.data()`, or `await backend.evaluate([...])` for many tensors at once.' },
    );
  }
}
