import { type DescMessage, type MessageInitShape, create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProtoSchema,
  type GraphProtoSchema,
  ModelProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from '../generated/onnx_pb.js';

/** The fields of an ONNX message that are set, by their names in lowerCamelCase; 64-bit integers are `bigint`. */
type Fields<Schema extends DescMessage> = MessageInitShape<Schema>;

export type OnnxModel = Fields<typeof ModelProtoSchema>;
export type OnnxGraph = Fields<typeof GraphProtoSchema>;
export type OnnxNode = Fields<typeof NodeProtoSchema>;
export type OnnxAttribute = Fields<typeof AttributeProtoSchema>;
export type OnnxTensor = Fields<typeof TensorProtoSchema>;
export type OnnxValueInfo = Fields<typeof ValueInfoProtoSchema>;

/** The bytes of an `.onnx` file. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, model));
}
