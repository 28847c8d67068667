import { families } from '@rose/encoders';
import { readConfigObject } from '@rose/encoders/internal';
import { isMaskable } from '@rose/rose-core';
import { expect, it } from 'vitest';

/** Sizes as the models' config.json on the hub has them; what is not said has Hugging Face's default. */
const bertBase = {
  vocab_size: 9,
  hidden_size: 24,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 24,
};
const large = { ...bertBase, num_hidden_layers: 24 };
const debertaV3 = {
  ...{ relative_attention: true, position_buckets: 256, share_att_key: true, pos_att_type: 'p2c|c2p' },
  ...{ norm_rel_ebd: 'layer_norm', position_biased_input: false, type_vocab_size: 0 },
};

const models: readonly (readonly [model: string, family: string, config: Readonly<Record<string, unknown>>])[] = [
  ['bert-base', 'bert', bertBase],
  ['all-MiniLM-L6-v2', 'bert', { ...bertBase, num_hidden_layers: 6 }],
  ['roberta-base', 'roberta', bertBase],
  ['roberta-large', 'roberta', large],
  ['distilroberta-base', 'roberta', { ...bertBase, num_hidden_layers: 6 }],
  ['xlm-roberta-base', 'xlm-roberta', bertBase],
  ['distilbert-base', 'distilbert', { vocab_size: 9, dim: 24, n_layers: 6, n_heads: 12, hidden_dim: 24 }],
  ['electra-small', 'electra', { ...bertBase, embedding_size: 6 }],
  ['electra-base', 'electra', { ...bertBase, embedding_size: 24 }],
  ['all-mpnet-base-v2', 'mpnet', bertBase],
  ['deberta-v3-base', 'deberta-v2', { ...bertBase, ...debertaV3 }],
  ['deberta-v3-large', 'deberta-v2', { ...large, ...debertaV3 }],
  ['ModernBERT-base', 'modernbert', { ...bertBase, num_hidden_layers: 22 }],
  ['ModernBERT-large', 'modernbert', { ...bertBase, num_hidden_layers: 28 }],
  ['use-lite', 'use-lite', {}],
];

function rowOf([model, name, fields]: (typeof models)[number]) {
  const family = families.get(name);
  if (!family) throw new Error(`There is no family ${name}.`);
  const specs = family.specs(readConfigObject({ model_type: name, ...fields }), 2);
  const byName = specs.filter((spec) => isMaskable(spec.name)).map((spec) => spec.name);
  const byRole = specs
    .filter(({ role }) => role.layer !== undefined && (role.role === 'weight' || role.role === 'scale'))
    .map((spec) => spec.name);
  const layers = new Set(specs.flatMap(({ role }) => (role.layer === undefined ? [] : [role.layer]))).size;
  return { model, name, layers, tensors: specs.length, byName, byRole };
}

const rows = models.map(rowOf);

it.each(rows)("$model: ROSE's rule by names selects what the roles say: weights and scales of the layers", (row) => {
  expect(row.byName.length).toBeGreaterThan(0);
  expect(row.byName).toEqual(row.byRole);
});

it('docs/lists/rose-rule.md says how many', async () => {
  const lines = rows.map(({ model, name, layers, tensors, byName }) =>
    `| ${model} | \`${name}\` | ${layers} | ${tensors} | ${byName.length} | ${byName.length / layers} |`.replace(
      /\.(\d\d)\d+ /,
      '.$1 ',
    ),
  );
  const text = [
    '# What ROSE may mask',
    '',
    'How many tensors have `layer` and `weight` in their names, the rule of the released code. Written by',
    '`npx vitest run --project experiments rose-rule -u`.',
    '',
    '| model | family | layers | tensors | selected | a layer |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    'In each of these the rule selects the weight matrices and the norm scales of the layers, and nothing else: what the',
    'roles of the parameters (`ParameterRole`) say without a look at names. A spec holds one against the other. So there',
    'is no second rule to choose. What is odd, by family:',
    '',
    '- `mpnet`: the bias of relative positions, `encoder.relative_attention_bias.weight`, has no `layer` in its name.',
    '- `deberta-v2`: nor have `encoder.rel_embeddings.weight` and the norm over it, `encoder.LayerNorm.weight`, whose',
    '  capitals do not count. `pos_key_proj` and `pos_query_proj`, where a model has them, are selected: two more a layer.',
    '- `distilbert`: layers lie below `transformer.layer`, so that `lin1`, `q_lin` and `sa_layer_norm` are selected.',
    '- `modernbert`: `layers` contains `layer`. Queries, keys and values are one tensor, `attn.Wqkv`, so that they are kept',
    '  or held back together: six tensors a layer in place of eight. The first layer has no norm before its attention.',
    '- `electra`: `embeddings_project` lies outside the layers.',
    '- `use-lite`: its names are ours, in the pattern of BERT. Queries, keys and values are one tensor; there are no norms',
    '  after a layer.',
    '',
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../../../../docs/lists/rose-rule.md');
});
