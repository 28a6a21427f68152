// The sentences behind the statements, in shards that are opened when they are first asked for.

const SHARDS = [...document.querySelectorAll("script.shard")];
const opening = [];
const passages = []; // by number, with gaps where a shard is not open yet

const shard = (number) => (opening[number] ??= opened(SHARDS[number]).then((rows) => putShard(rows, number)));

/** Lays what a shard holds to its passages and statements; rows as in `shards` of kg/view/columns.py. */
function putShard({ first, passages: texts, evidence }, home) {
  texts.forEach(([source, start, text, names = NONE], place) => {
    const number = first + place;
    passages[number] = { number, source: documents[source], start, text, names, shard: home, evidence: [] };
  });
  let before = 0;
  let at = -1;
  for (const [place, said, score, skipped, length, subjectFrom, subjectLength, objectFrom, objectLength, more = {}] of evidence) {
    const from = (place === at ? before : 0) + skipped;
    [at, before] = [place, from + length];
    const span = (start, long) => (long ? [from + start, from + start + long] : null);
    const passage = passages[first + place];
    const item = { passage, document: passage.source.number, said: everySaid[said], at: [from, before], score: score / 100 };
    Object.assign(item, { subject: span(subjectFrom, subjectLength), object: span(objectFrom, objectLength) });
    Object.assign(item, { stance: more.stance ?? NONE, by: more.by, reason: more.reason });
    passage.evidence.push(item);
    (item.said.evidence ??= []).push(item);
  }
}

/** These statements, once their sentences are there. */
async function told(list) {
  await Promise.all(unique(list.flatMap((said) => said.shards)).map(shard));
  for (const said of list) {
    said.evidence ??= [];
    if (said.shards.length > 1) said.evidence.sort((p, q) => p.passage.number - q.passage.number || p.at[0] - q.at[0]);
  }
  return list;
}

/** The passages of a document, in order. */
async function passagesOf(source) {
  await Promise.all(source.shards.map(shard));
  return passages.filter((passage) => passage.source === source);
}

const passageText = (item) => item.passage.text;
const quoted = (item) => passageText(item).slice(...item.at);

/** Where a sentence stands in its document, in characters as Python and RDF count them. */
function charsOf({ passage, at: [from, to] }) {
  const start = passage.start + [...passage.text.slice(0, from)].length;
  return [start, start + [...passage.text.slice(from, to)].length];
}
