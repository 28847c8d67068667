import pb from 'onnx-proto';
import { MICROSOFT_DOMAIN, MICROSOFT_OPSET, ONNX_IR_VERSION, ONNX_OPSET } from './constants.js';
import { ONNX_TYPE } from './graph-builder.js';
import type { Attribute, GraphNode, Shape, Value, ValueType } from './graph-node.js';
import type { Trace, TracedNode } from './trace.js';
import { unreadNode, unreadOutput } from './unread-output.js';

const { AttributeProto, ModelProto } = pb.onnx;

/** Name of a value in the model; feeds and fetches go by it. */
export function slotName(slot: number): string {
  return `v${slot}`;
}

/** Name of the operation whose first output has this slot; ONNX Runtime's complaints go by it. */
export function nodeName({ firstOutput }: TracedNode): string {
  return `n${firstOutput}`;
}

/** The graph as the bytes of an ONNX model whose inputs are the leaves and whose outputs are the targets. */
export function encodeModel(trace: Trace, targets: readonly Value[]): Uint8Array {
  const outputs = new Map(trace.targets.map((slot, index) => [slot, targets[index]]));
  const model = ModelProto.create({
    irVersion: ONNX_IR_VERSION,
    opsetImport: [
      { domain: '', version: ONNX_OPSET },
      { domain: MICROSOFT_DOMAIN, version: MICROSOFT_OPSET },
    ],
    graph: {
      name: 'traced',
      node: [unreadNode, ...trace.nodes.map(encodeNode)],
      initializer: trace.constants.map(({ slot, content }) => ({
        name: slotName(slot),
        dims: [content.length],
        dataType: ONNX_TYPE.int64,
        int64Data: [...content],
      })),
      input: trace.leaves.map(({ slot, content }) => encodeSignature(slot, content)),
      output: [
        unreadOutput,
        ...[...outputs].flatMap(([slot, value]) => (value === undefined ? [] : [encodeSignature(slot, value)])),
      ],
    },
  });
  return ModelProto.encode(model).finish();
}

function encodeNode(traced: TracedNode): pb.onnx.INodeProto {
  const { node, inputs, firstOutput } = traced;
  return {
    name: nodeName(traced),
    opType: node.op,
    domain: node.domain,
    input: inputs.map(slotName),
    output: node.outputs.map((_, output) => slotName(firstOutput + output)),
    attribute: encodeAttributes(node),
  };
}

function encodeAttributes({ attributes }: GraphNode): pb.onnx.IAttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => encodeAttribute(name, value));
}

function encodeAttribute(name: string, value: Attribute): pb.onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if ('real' in value) return { name, type: AttributeType.FLOAT, f: value.real };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function encodeSignature(slot: number, { shape, dtype }: { shape: Shape; dtype: ValueType }): pb.onnx.IValueInfoProto {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name: slotName(slot), type: { tensorType: { elemType: ONNX_TYPE[dtype], shape: { dim } } } };
}
