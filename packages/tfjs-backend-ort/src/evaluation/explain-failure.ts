import { type Value, describeValue } from '../graph/graph-node.js';
import { nodeName } from './onnx-model.js';
import type { Trace, TracedNode } from '../graph/trace.js';

const OPERATORS_NAMED = 12;

/**
 * What ONNX Runtime said, and the operation that its message names with the shapes it was given. Graph optimisation
 * renames what it fuses: where no operation is named, what the graph consists of.
 */
export function explainFailure(cause: unknown, trace: Trace): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const culprit = trace.nodes.find((traced) => new RegExp(`\\b${nodeName(traced)}\\b`).test(message));
  return `${message.trim()} ${culprit === undefined ? describeGraph(trace) : describeNode(culprit)}`;
}

function describeNode({ node }: TracedNode): string {
  return `(${node.op} of ${node.inputs.map(describeInput).join(', ')})`;
}

function describeInput(value: Value): string {
  return value.origin.kind === 'constant' ? `(${value.origin.integers.join()})` : describeValue(value);
}

function describeGraph({ nodes, leaves }: Trace): string {
  const counts = new Map<string, number>();
  for (const { node } of nodes) counts.set(node.op, (counts.get(node.op) ?? 0) + 1);
  const common = [...counts].sort(([, a], [, b]) => b - a).slice(0, OPERATORS_NAMED);
  const operators = common.map(([op, count]) => `${op} ×${count}`).join(', ');
  const shapes = [...new Set(leaves.map(({ content }) => describeValue(content)))].slice(0, OPERATORS_NAMED);
  return `(a graph of ${operators} over ${shapes.join(', ')})`;
}
