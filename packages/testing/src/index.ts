export { compileAssemblyScript } from './compile-assembly-script.js';
export type { AssemblyScriptModule } from './compile-assembly-script.js';
export { temporaryFile, temporaryFolder } from './temporary-folder.js';
export { tinyBert } from './tiny-bert.js';
export { familyCases, folderWithTokenizer, type FamilyCase } from './family-cases.js';
