import type { OnnxNode, OnnxValueInfo } from './encode-onnx.js';

/**
 * Every graph has one output more, an empty sequence, which stands first. ONNX Runtime writes its results straight into
 * the arrays that we give it, but afterwards its Node binding copies each of them once more into a new ArrayBuffer:
 * 50 ms of page faults for the gradients of 22.7 M parameters. It goes through the outputs in their order and gives up
 * with an error at one that is no tensor; by then all results lie in our arrays, and nothing has been copied.
 * A binding that could read sequences would return normally, and all would be as well but for the copies.
 */
const NAME = 'unread';

/** How the binding puts it (onnxruntime-node 1.30). */
const COMPLAINT = /^Non tensor type/;

export const unreadNode: OnnxNode = {
  name: NAME,
  opType: 'SequenceEmpty',
  output: [NAME],
};

export const unreadOutput: OnnxValueInfo = {
  name: NAME,
  type: {
    value: { case: 'sequenceType', value: { elemType: { value: { case: 'tensorType', value: { elemType: 1 } } } } },
  },
};

/** To be fetched together with the results. */
export const unreadFetch = { [NAME]: null };

/** Whether running ended only because the binding cannot read that output: all results are there. */
export function isUnreadOutput(error: unknown): boolean {
  return error instanceof Error && COMPLAINT.test(error.message);
}
