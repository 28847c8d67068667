import { sha256 } from '@rose/foundation';

/**
 * English function words, written for this project: articles, pronouns, prepositions, conjunctions, auxiliaries,
 * quantifiers, adverbs of place, time and degree that carry grammar rather than meaning, contractions, and the pieces
 * that a Treebank-style text (SST-2) splits contractions into. TextFooler's own list has 266 words and is another one.
 */
const FUNCTION_WORDS = `
a an the
i me my mine myself we us our ours ourselves you your yours yourself yourselves
he him his himself she her hers herself it its itself they them their theirs themselves one oneself
this that these those who whom whose which what whoever whatever whichever
anybody anyone anything everybody everyone everything nobody none nothing somebody someone something
all any both each either enough every few fewer half less least many more most much neither no other others another
same several some such own
about above across after against along alongside amid among amongst around as at before behind below beneath beside
besides between beyond by concerning despite down during except for from in inside into near of off on onto out
outside over past per regarding since than through throughout till to toward towards under underneath until unto up
upon via with within without
and but or nor so yet because although though unless whereas whether while whilst if else lest
am is are was were be been being have has had having do does did doing done
can cannot could may might must ought shall should will would need dare
not never ever always often sometimes again also already just only even still too very quite rather almost
here there where when why how hence thus therefore however moreover nevertheless nonetheless otherwise meanwhile
then once now later soon indeed perhaps maybe instead together apart away elsewhere somewhere anywhere everywhere
nowhere somehow anyhow anyway thereby therein thereafter whenever wherever whence whereby wherein afterwards beforehand
formerly namely mostly yes
aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't needn't shan't shouldn't wasn't
weren't won't wouldn't i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll
we're we've we'd we'll they're they've they'd they'll that's that'd that'll there's here's what's who's let's
n't s t d m ll re ve ca wo sha ain aren couldn didn doesn don hadn hasn haven isn mustn needn shouldn wasn weren wouldn
`;

/** The words above; the default of recipes that name a stop-word list. */
export const functionWords: ReadonlySet<string> = new Set(FUNCTION_WORDS.trim().split(/\s+/));

/** SHA-256 (hex) of a word list, whatever its order. */
export function hashOfWords(words: ReadonlySet<string>): string {
  return sha256([...words].sort().join('\n'));
}
