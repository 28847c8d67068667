/** WordNet's four files, in the order in which their synonyms are listed. */
export const WORDNET_PARTS = ['noun', 'verb', 'adj', 'adv'] as const;

export type WordNetPart = (typeof WORDNET_PARTS)[number];
