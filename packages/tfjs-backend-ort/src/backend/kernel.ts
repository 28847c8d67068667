import {
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  getKernel,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { OrtBackend } from './backend.js';
import { KernelError, OrtBackendError } from '../graph/errors.js';
import { type Value, describeValue } from '../graph/graph-node.js';

/** The inputs of a kernel with each tensor replaced by its recorded value. */
export type KernelInputs<Inputs> = Inputs extends readonly TensorInfo[]
  ? readonly Value[]
  : { readonly [Name in keyof Inputs]-?: Value };

/** A TensorFlow.js kernel written as a function from values to values. It records operations and computes nothing. */
export interface Kernel {
  readonly name: string;
  readonly record: (inputs: KernelInputs<never>, attributes: never) => Value | readonly Value[];
}

/** A kernel with its name and the types of its inputs and attributes, as `kernel_names` of tfjs-core gives them. */
export function kernel<Inputs, Attributes = unknown>(
  name: string,
  record: (inputs: KernelInputs<Inputs>, attributes: Attributes) => Value | readonly Value[],
): Kernel {
  // TensorFlow.js's registry is untyped. That a kernel gets the inputs of its name is taken on trust, here only.
  return { name, record: record as Kernel['record'] };
}

/** Registers the kernels for a backend name, except those that are registered for it already. */
export function registerKernels(backendName: string, kernels: readonly Kernel[]): void {
  for (const { name, record } of kernels) {
    if (isRegistered(name, backendName)) continue;
    registerKernel({ kernelName: name, backendName, kernelFunc: toKernelFunc(name, record as LooseRecord) });
  }
}

/** Unregisters the kernels from a backend name, where they are registered. */
export function unregisterKernels(backendName: string, kernels: readonly Kernel[]): void {
  for (const { name } of kernels) if (isRegistered(name, backendName)) unregisterKernel(name, backendName);
}

function isRegistered(name: string, backendName: string): boolean {
  // The declared type is wrong: the result is undefined for a kernel that nobody has registered.
  const known: unknown = getKernel(name, backendName);
  return known !== undefined;
}

/** What a kernel was called with: tensors, and under the same names the values behind them. */
interface Given {
  readonly values: Values;
  readonly tensors: NamedTensorInfoMap;
  readonly backend: OrtBackend;
}

/** By name, or by index for the kernels that take an array. */
type Values = Readonly<Record<string, Value>> | readonly Value[];

type LooseRecord = (inputs: unknown, attributes: NamedAttrMap) => Value | readonly Value[];

function toKernelFunc(name: string, record: LooseRecord): KernelFunc {
  return ({ inputs, attrs = {}, backend }) => {
    if (!(backend instanceof OrtBackend)) throw new KernelError(`${name} was called for another backend.`);
    const values = resolve(inputs, backend);
    const output = explained(name, inputs, () => record(values, attrs));
    const given = { values, tensors: inputs, backend };
    const toTensor = (value: Value): TensorInfo => sharedTensor(value, given) ?? backend.tensorOf(value);
    return Array.isArray(output) ? output.map(toTensor) : toTensor(output as Value);
  };
}

/**
 * An input that comes out unchanged keeps its data id and gets one more reference. TensorFlow.js expects a clone to keep
 * the data alive when the original is disposed of, and would count a new id as a leak.
 */
function sharedTensor(value: Value, { values, tensors, backend }: Given): TensorInfo | undefined {
  const name = Object.entries<Value>(values).find(([, input]) => input === value)?.[0];
  const tensor = name === undefined ? undefined : tensors[name];
  if (tensor === undefined) return undefined;
  backend.incRef(tensor.dataId);
  return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
}

/** AddN, Concat and Pack take an array, the others a record. */
function resolve(inputs: NamedTensorInfoMap, backend: OrtBackend): Values {
  if (Array.isArray(inputs)) return (inputs as TensorInfo[]).map((tensor) => backend.recordedOf(tensor));
  const values: Record<string, Value> = {};
  for (const name in inputs) {
    const tensor = inputs[name];
    if (isTensor(tensor)) values[name] = backend.recordedOf(tensor);
  }
  return values;
}

/** The declared type is wrong: optional inputs can be null, and kernels that are missing here take lists and images. */
function isTensor(input: TensorInfo | null | undefined): input is TensorInfo {
  return input?.dataId !== undefined;
}

function explained<Result>(name: string, inputs: NamedTensorInfoMap, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const tensors = Object.values(inputs).flatMap((tensor) => (isTensor(tensor) ? [describeValue(tensor)] : []));
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = cause instanceof OrtBackendError ? {} : { hint: 'Check the shapes and attributes it is given.' };
    throw new KernelError(`${name} of ${tensors.join(', ')}: ${reason}`, { ...hint, cause });
  }
}
