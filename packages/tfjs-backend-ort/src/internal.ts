// For the other packages of this repository; it may change with any version.
export {
  encodeOnnx,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './evaluation/encode-onnx.js';
export { AttributeProto_AttributeType as AttributeType } from './generated/onnx_pb.js';
