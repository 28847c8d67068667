import { KernelError, OrtBackendError } from './errors.js';
import { type ComputedOrigin, type GraphNode, type Value, describeValue } from './graph-node.js';

/** A recorded operation with the slots of its inputs and of its first output. */
export interface TracedNode {
  readonly node: GraphNode;
  readonly inputs: readonly number[];
  readonly firstOutput: number;
}

/** Something that a graph is given and does not compute, and its slot. */
export interface TracedInput<Content> {
  readonly slot: number;
  readonly content: Content;
}

/** All that the targets depend on, in an order in which it can be computed. Every value has a number, its slot. */
export interface Trace {
  /** Equal keys mean equal graphs: the same operators, attributes, edges, targets, and types and shapes of leaves. */
  readonly key: string;
  readonly leaves: readonly TracedInput<Value>[];
  readonly constants: readonly TracedInput<readonly number[]>[];
  readonly nodes: readonly TracedNode[];
  /** Slot of each target, in the order of the targets. Two that compute the same share a slot. */
  readonly targets: readonly number[];
}

/**
 * Orders what the targets depend on and makes a key of it. Operations with the same signature and inputs are numbered once
 * (common subexpressions). Leaves of one element are merged when they hold the same number, because TensorFlow.js makes a
 * new tensor of every literal.
 */
export function traceGraph(targets: readonly Value[]): Trace {
  return new Tracer().trace(targets);
}

class Tracer {
  private slots = 0;
  private readonly key: string[] = [];
  private readonly leaves: TracedInput<Value>[] = [];
  private readonly constants: TracedInput<readonly number[]>[] = [];
  private readonly nodes: TracedNode[] = [];
  private readonly slotOfNode = new Map<GraphNode, number>();
  private readonly slotOfLeaf = new Map<Value, number>();
  /** Slots by description, for what can occur twice as different objects. */
  private readonly slotOfText = new Map<string, number>();

  trace(values: readonly Value[]): Trace {
    const targets = values.map((value) => {
      if (value.origin.kind === 'computed') this.placeAll(value.origin.node);
      return this.slotOf(value);
    });
    this.key.push(`targets ${targets.join()}`);
    const { leaves, constants, nodes } = this;
    return { key: this.key.join('\n'), leaves, constants, nodes, targets };
  }

  /** Depth first, with a stack of its own: recursion would overflow the call stack on a long lazy chain. */
  private placeAll(root: GraphNode): void {
    const stack = [root];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const ready = this.slotOfNode.has(node) || !this.pushMissing(node, stack);
      if (!ready) continue;
      stack.pop();
      if (!this.slotOfNode.has(node)) this.place(node);
    }
  }

  /** Puts the operations that must come before `node` on the stack, and says whether there were any. */
  private pushMissing(node: GraphNode, stack: GraphNode[]): boolean {
    const before = stack.length;
    for (const { origin } of node.inputs) {
      if (origin.kind === 'computed' && !this.slotOfNode.has(origin.node)) stack.push(origin.node);
    }
    return stack.length > before;
  }

  private place(node: GraphNode): void {
    const inputs = node.inputs.map((input) => this.slotOf(input));
    const firstOutput = this.slotOfDescription(`${node.signature}(${inputs.join()})`, node.outputs.length, (slot) => {
      this.nodes.push({ node, inputs, firstOutput: slot });
    });
    this.slotOfNode.set(node, firstOutput);
  }

  private slotOf(value: Value): number {
    const { origin } = value;
    switch (origin.kind) {
      case 'computed':
        return this.slotOfComputed(origin);
      case 'constant':
        return this.slotOfDescription(`integers ${origin.integers.join()}`, 1, (slot) => {
          this.constants.push({ slot, content: origin.integers });
        });
      case 'host':
        return this.slotOfHost(value, contentOf(value));
      case 'recycled':
        throw new KernelError(
          `${describeValue(value)} was given back with backend.recycle() and has no elements now.`,
          {
            hint: 'Evaluate what depends on it before you give it back.',
          },
        );
    }
  }

  private slotOfComputed({ node, output }: ComputedOrigin): number {
    const first = this.slotOfNode.get(node);
    if (first === undefined) throw new OrtBackendError(`${node.op} was asked for before it was placed.`);
    return first + output;
  }

  private slotOfHost(leaf: Value, content: string | undefined): number {
    const known = this.slotOfLeaf.get(leaf) ?? (content === undefined ? undefined : this.slotOfText.get(content));
    if (known !== undefined) return known;
    const slot = this.slots++;
    this.leaves.push({ slot, content: leaf });
    // The content is no part of the key: the next run may feed other elements.
    this.key.push(`${leaf.dtype}[${leaf.shape.join()}]`);
    this.slotOfLeaf.set(leaf, slot);
    if (content !== undefined) this.slotOfText.set(content, slot);
    return slot;
  }

  private slotOfDescription(text: string, count: number, onNew: (slot: number) => void): number {
    const known = this.slotOfText.get(text);
    if (known !== undefined) return known;
    const slot = this.slots;
    this.slots += count;
    this.slotOfText.set(text, slot);
    this.key.push(text);
    onNew(slot);
    return slot;
  }
}

/** What a leaf holds, as text, if that is known or cheap to find out. -0 and 0 differ. */
function contentOf({ origin, dtype, shape }: Value): string | undefined {
  if (origin.kind !== 'host') return undefined;
  if (origin.content !== undefined) return origin.content;
  const [only] = origin.array;
  if (origin.array.length !== 1 || only === undefined) return undefined;
  return `${dtype}[${shape.join()}] = ${Object.is(only, -0) ? '-0' : only}`;
}
