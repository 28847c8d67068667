import { create } from '@bufbuild/protobuf';
import { MICROSOFT_DOMAIN, MICROSOFT_OPSET, ONNX_IR_VERSION, ONNX_OPSET } from '../graph/constants.js';
import { type OnnxAttribute, encodeOnnx } from './encode-onnx.js';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type TypeProto,
  TypeProtoSchema,
} from '../generated/onnx_pb.js';
import { ONNX_TYPE } from '../graph/graph-builder.js';
import type { Attribute, GraphNode, OutputSpec, Value } from '../graph/graph-node.js';
import type { Trace, TracedNode } from '../graph/trace.js';
import { unreadNode, unreadOutput } from './unread-output.js';

const utf8 = new TextEncoder();

/** Name of a value in the model, under which it is fed or fetched. */
export function slotName(slot: number): string {
  return `v${slot}`;
}

/** Name of an operation in the model, as ONNX Runtime's messages have it. */
export function nodeName({ firstOutput }: TracedNode): string {
  return `n${firstOutput}`;
}

/** The graph as the bytes of an ONNX model whose inputs are the leaves and whose outputs are the targets. */
export function encodeModel(trace: Trace, targets: readonly Value[]): Uint8Array {
  const outputs = new Map(trace.targets.map((slot, index) => [slot, targets[index] as Value]));
  // Equal ones share a message: making one takes longer than writing it.
  const attributesOf = memoized(({ signature }: GraphNode) => signature, toAttributes);
  const typeOf = memoized(({ shape, dtype }: OutputSpec) => `${dtype} ${shape.join()}`, toType);
  return encodeOnnx({
    irVersion: BigInt(ONNX_IR_VERSION),
    opsetImport: [
      { domain: '', version: BigInt(ONNX_OPSET) },
      { domain: MICROSOFT_DOMAIN, version: BigInt(MICROSOFT_OPSET) },
    ],
    graph: {
      name: 'traced',
      node: [
        unreadNode,
        ...trace.nodes.map((traced) => ({
          name: nodeName(traced),
          opType: traced.node.op,
          domain: traced.node.domain,
          input: traced.inputs.map(slotName),
          output: traced.node.outputs.map((_, output) => slotName(traced.firstOutput + output)),
          attribute: attributesOf(traced.node),
        })),
      ],
      initializer: trace.constants.map(({ slot, content }) => ({
        name: slotName(slot),
        dims: [BigInt(content.length)],
        dataType: ONNX_TYPE.int64,
        int64Data: content.map(BigInt),
      })),
      input: trace.leaves.map(({ slot, content }) => ({ name: slotName(slot), type: typeOf(content) })),
      output: [
        unreadOutput,
        ...Array.from(outputs, ([slot, value]) => ({ name: slotName(slot), type: typeOf(value) })),
      ],
    },
  });
}

function toAttributes({ attributes }: GraphNode): AttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
}

function toAttribute(name: string, value: Attribute): AttributeProto {
  return create(AttributeProtoSchema, { name, ...contentOf(value) });
}

function contentOf(value: Attribute): OnnxAttribute {
  if (typeof value === 'number') return { type: AttributeType.INT, i: BigInt(value) };
  if (typeof value === 'string') return { type: AttributeType.STRING, s: utf8.encode(value) };
  if ('real' in value) return { type: AttributeType.FLOAT, f: value.real };
  return { type: AttributeType.INTS, ints: value.map(BigInt) };
}

function toType({ shape, dtype }: OutputSpec): TypeProto {
  const dim = shape.map((size) => ({ value: { case: 'dimValue', value: BigInt(size) } }) as const);
  const value = { elemType: ONNX_TYPE[dtype], shape: { dim } };
  return create(TypeProtoSchema, { value: { case: 'tensorType', value } });
}

/** The function with one result for all arguments that have one key. */
function memoized<Argument, Result>(
  keyOf: (argument: Argument) => string,
  compute: (argument: Argument) => Result,
): (argument: Argument) => Result {
  const known = new Map<string, Result>();
  return (argument) => {
    const key = keyOf(argument);
    const found = known.get(key) ?? compute(argument);
    known.set(key, found);
    return found;
  };
}
