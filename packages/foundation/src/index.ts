export {
  byName,
  describeSettings,
  noSettings,
  parseSettings,
  settingError,
  settingNames,
  unknownSetting,
  unwrapped,
} from './descriptor.js';
export type { Descriptor, GivenSettings, SettingDescription, Settings, SettingsOf } from './descriptor.js';
export { commonPrefix } from './common-prefix.js';
export { InputError, InterruptedError, NonFiniteError, describeError } from './errors.js';
export type { InputErrorDetails } from './errors.js';
export { formatDuration } from './format-duration.js';
export { contentHash, fileHash, sha256, sha256OfFile } from './hash.js';
export { lookUp } from './look-up.js';
export type { LookUpContext } from './look-up.js';
export { Markup, html, trusted } from './markup.js';
export { nearestName } from './nearest-name.js';
export { RandomStream } from './random-stream.js';
export { renamingOptions } from './renaming-options.js';
export { WasmModule } from './wasm-module.js';
export type { WasmInstance } from './wasm-module.js';
export { toJson, writeAtomically } from './write-atomically.js';
