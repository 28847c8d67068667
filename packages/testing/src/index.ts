export { compileAssemblyScript } from './compile-assembly-script.js';
export type { AssemblyScriptModule } from './compile-assembly-script.js';
export { temporaryFile, temporaryFolder } from './temporary-folder.js';
export { tinyBert } from './tiny-bert.js';
export { familyCases, folderWithTokenizer, type FamilyCase } from './family-cases.js';
export { add, sharded, take, withConfig, withWeights, wrongFolder, wrongFolders } from './wrong-folders.js';
export type { WrongFolder } from './wrong-folders.js';
