/** The part of wink-pos-tagger 2.2 that is used here; the package has no types of its own. */
declare module 'wink-pos-tagger' {
  interface TaggedToken {
    readonly value: string;
    /** Penn Treebank tag. */
    readonly pos: string;
  }
  interface Tagger {
    tagRawTokens(words: string[]): TaggedToken[];
  }
  function posTagger(): Tagger;
  export = posTagger;
}
