export { compileAssemblyScript } from './compile-assembly-script.js';
export type { AssemblyScriptModule } from './compile-assembly-script.js';
export { temporaryFile, temporaryFolder } from './temporary-folder.js';
export { tinyBert } from './tiny-bert.js';
export { familyCases, familyTraining, folderWithTokenizer, caseWords, folderWithWords } from './family-cases.js';
export type { FamilyCase, FamilyTraining } from './family-cases.js';
export { worstError, type WorstError } from './worst-error.js';
export { add, sharded, take, withConfig, withWeights, wrongFolder, wrongFolders } from './wrong-folders.js';
export type { WrongFolder } from './wrong-folders.js';
