import type { AttackedText } from '../text/attacked-text.js';
import { nameLists } from '../resources/name-lists.js';
import type { NameKind } from '../resources/name-lists.js';
import type { Transformation } from './transformation.js';

/** A name from the lists that begins at a word. */
interface Found {
  readonly name: string;
  /** All names of its kind. */
  readonly others: readonly string[];
  readonly words: number;
}

/** The longest name at the word: "New York" rather than a name "New". Its words are separated by single spaces. */
function nameAt(current: AttackedText, index: number, kinds: readonly NameKind[]): Found | undefined {
  const { column, start } = current.word(index);
  const found = kinds.flatMap((kind) => {
    const others = nameLists.get(kind) ?? [];
    return others.flatMap((name) => {
      const words = name.split(' ').length;
      const last = current.words[index + words - 1];
      const text = last?.column === column ? current.columns[column]?.slice(start, last.end) : undefined;
      return text === name ? [{ name, others, words }] : [];
    });
  });
  return found.reduce<Found | undefined>(
    (longest, one) => (longest && longest.words >= one.words ? longest : one),
    undefined,
  );
}

/**
 * Another name in the place of one, of the same kind and from the same list. No tagger looks at the text: a word is a name
 * where it is on the list in that very case, so that lower-cased texts have none.
 */
function changeNames(name: string, kinds: readonly NameKind[], maxNames: number): Transformation {
  return {
    name,
    candidates(current, index, random) {
      const found = nameAt(current, index, kinds);
      if (!found) return [];
      const rest = Array.from({ length: found.words - 1 }, () => index + 1);
      const shorter = rest.reduce((text, next) => text.delete(next), current);
      const others = random.shuffle(found.others.filter((other) => other !== found.name));
      return others.slice(0, maxNames).map((other) => shorter.replace(index, other));
    },
  };
}

/**
 * CheckList; TextAttack `WordSwapChangeName`: first names keep to women's or men's, which TextAttack mixes.
 * @param maxNames tried for each name, drawn
 */
export const changePersonName = (maxNames: number): Transformation =>
  changeNames('change-name', ['woman', 'man', 'surname'], maxNames);

/**
 * CheckList; TextAttack `WordSwapChangeLocation`: countries, nationalities and cities.
 * @param maxNames tried for each name, drawn
 */
export const changeLocation = (maxNames: number): Transformation =>
  changeNames('change-location', ['country', 'nationality', 'city'], maxNames);
