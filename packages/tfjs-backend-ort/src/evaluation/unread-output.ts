import type { OnnxNode, OnnxValueInfo } from './encode-onnx.js';

/**
 * Every graph has one more output, an empty sequence, which comes first. ONNX Runtime writes results straight into the
 * arrays that we give it. But then its Node binding copies each of them into a new ArrayBuffer: 50 ms of page faults for
 * the gradients of 22.7 M parameters. The binding goes through the outputs in order and stops with an error at one that is
 * no tensor. By then all results are in our arrays, and nothing has been copied. A binding that could read sequences would
 * return normally: the results would be the same, with the copies.
 */
const NAME = 'unread';

/** The binding's message (onnxruntime-node 1.30). */
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

/** To be fetched with the results. */
export const unreadFetch = { [NAME]: null };

/** Whether a run ended only because the binding cannot read that output. All results are there then. */
export function isUnreadOutput(error: unknown): boolean {
  return error instanceof Error && COMPLAINT.test(error.message);
}
