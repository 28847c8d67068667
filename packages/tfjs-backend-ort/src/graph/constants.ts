/** Name under which the backend is registered when none is given. */
export const DEFAULT_BACKEND_NAME = 'ort';

/** Threads inside one operator. More than the cores at hand makes a run slower. */
export const DEFAULT_THREADS = 2;

/** Compiled graphs kept, whatever their size. */
export const DEFAULT_MAX_SESSIONS = 64;

/**
 * The share of the machine's memory that compiled graphs may keep. Each keeps the working memory of its runs: some 300 MB
 * to train 6 layers, 384 wide, at 32 × 32 tokens. Giving it back after each run would make a step a quarter slower.
 */
export const DEFAULT_SESSION_MEMORY_SHARE = 0.2;

/** Version of the ONNX file format and of the two operator sets that the kernels are written against. */
export const ONNX_IR_VERSION = 9;
export const ONNX_OPSET = 18;
export const MICROSOFT_OPSET = 1;

/** Domain of ONNX Runtime's own operators. */
export const MICROSOFT_DOMAIN = 'com.microsoft';

/** ONNX Runtime's "to the very end" when a Slice walks backwards past index 0. */
export const BEFORE_THE_START = -(2 ** 31);

/** ONNX Runtime's log level "fatal". Errors reach the caller as exceptions and need not be printed too. */
export const LOG_FATAL_ONLY = 4;
