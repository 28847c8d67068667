import { type Component, isFields } from './component.js';
import { type Trimming, trimmingOf } from './trim-offsets.js';

/** A place in a sequence: a special token, or where one of the texts goes. */
export type TemplateItem =
  | { readonly id: number; readonly typeId: number; readonly text?: never }
  | { readonly text: 0 | 1; readonly typeId: number; readonly id?: never };

/** How tokens become a sequence. */
export interface PostProcessor {
  readonly single: readonly TemplateItem[];
  readonly pair: readonly TemplateItem[];
  /** Whether blanks at the ends of a token are left out of its place in the text. */
  readonly trimming?: Trimming;
}

/** Without special tokens. */
export const PLAIN: PostProcessor = {
  single: [{ text: 0, typeId: 0 }],
  pair: [
    { text: 0, typeId: 0 },
    { text: 1, typeId: 1 },
  ],
};

/** `["[SEP]", 102]` */
function specialId(component: Component, key: string): number {
  const id: unknown = component.list(key)[1];
  return Number.isSafeInteger(id) ? (id as number) : component.refuse(`"${key}" should be a token with its id`);
}

function bertProcessing(component: Component): PostProcessor {
  const cls = { id: specialId(component, 'cls'), typeId: 0 };
  const sep = specialId(component, 'sep');
  const single: TemplateItem[] = [cls, { text: 0, typeId: 0 }, { id: sep, typeId: 0 }];
  return { single, pair: [...single, { text: 1, typeId: 1 }, { id: sep, typeId: 1 }] };
}

/** All type ids are 0, those of the second text too. */
function robertaProcessing(component: Component): PostProcessor {
  const cls = { id: specialId(component, 'cls'), typeId: 0 };
  const sep = { id: specialId(component, 'sep'), typeId: 0 };
  const single: TemplateItem[] = [cls, { text: 0, typeId: 0 }, sep];
  const pair = [...single, sep, { text: 1, typeId: 0 } as const, sep];
  const trimming = component.flag('trim_offsets', true) ? trimmingOf(component) : undefined;
  return { single, pair, ...(trimming && { trimming }) };
}

function templateProcessing(component: Component): PostProcessor {
  const specials = component.object('special_tokens');
  const idsOf = (name: string): number[] => {
    const special = specials[name];
    const ids: unknown = isFields(special) ? special['ids'] : undefined;
    return Array.isArray(ids) ? (ids as number[]) : component.refuse(`its special token ${name} has no ids`);
  };
  const itemsOf = (key: string): TemplateItem[] =>
    component.list(key).flatMap((item): TemplateItem[] => {
      if (isFields(item) && isFields(item['SpecialToken'])) {
        const { id, type_id: typeId } = item['SpecialToken'];
        return idsOf(String(id)).map((each) => ({ id: each, typeId: Number(typeId) }));
      }
      if (isFields(item) && isFields(item['Sequence'])) {
        const { id, type_id: typeId } = item['Sequence'];
        return [{ text: id === 'B' ? 1 : 0, typeId: Number(typeId) }];
      }
      return component.refuse(`"${key}" holds ${JSON.stringify(item)}`);
    });
  return { single: itemsOf('single'), pair: itemsOf('pair') };
}

const byteLevel = (component: Component): PostProcessor => ({
  ...PLAIN,
  ...(component.flag('trim_offsets', true) && { trimming: trimmingOf(component) }),
});

/** One part may trim and one may add tokens. What more of them would do nobody has looked at. */
function sequence(component: Component): PostProcessor {
  const parts = component.parts('processors').map((part) => ({ part, processor: createPostProcessor(part) }));
  const adding = parts.filter(({ part }) => part.type !== 'ByteLevel');
  if (adding.length > 1) component.refuse(`${adding.map(({ part }) => part.type).join(' and ')} in a row`);
  const trimming = parts.find(({ processor }) => processor.trimming)?.processor.trimming;
  const { single, pair } = adding[0]?.processor ?? PLAIN;
  return { single, pair, ...(trimming && { trimming }) };
}

/** The post-processors that do what Python's do. */
const postProcessors: Readonly<Record<string, (component: Component) => PostProcessor>> = {
  TemplateProcessing: templateProcessing,
  BertProcessing: bertProcessing,
  RobertaProcessing: robertaProcessing,
  ByteLevel: byteLevel,
  Sequence: sequence,
};

/** @throws InputError for a post-processor that is not in the list */
export function createPostProcessor(component: Component): PostProcessor {
  return component.lookUp(postProcessors)(component);
}
