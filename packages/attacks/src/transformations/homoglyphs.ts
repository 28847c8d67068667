/**
 * Characters that look alike, written for this project after Unicode's chart of confusables: Cyrillic, Greek, Armenian and
 * Latin letters that most fonts draw as the ASCII one. All are letters or digits to `AttackedText`, so that a word stays one.
 */
const PAIRS =
  'aа bЬ cс dԁ eе fƒ gɡ hһ iі jј kκ lӏ mм nո oо pр qԛ rг sѕ tт uս vν wԝ xх yу zᴢ ' +
  'AА BВ CС EЕ HН IІ JЈ KК MМ NΝ OО PР SЅ TТ XХ YҮ ZΖ 0О 1l 2ƻ 3З 4Ꮞ 5Ƽ 6б 7７ 8Ȣ 9৭';

export const homoglyphs: ReadonlyMap<string, string> = new Map(
  PAIRS.split(' ').map((pair) => {
    const [letter = '', lookalike = ''] = pair;
    return [letter, lookalike] as const;
  }),
);
