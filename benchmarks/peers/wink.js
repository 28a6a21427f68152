// Names by wink-nlp: runs of words that its tagger calls proper nouns (its own entities are dates, sums and the like).
const wink = require("wink-nlp")(require("wink-eng-lite-web-model"));
const { its } = wink;

function names(text) {
  const found = [];
  let at = 0;
  let run = null;
  wink.readDoc(text).tokens().each((token) => {
    const word = token.out();
    const start = text.indexOf(word, at);
    if (start < 0) return;
    const gap = text.slice(at, start);
    at = start + word.length;
    if (run && (token.out(its.pos) !== "PROPN" || /\n/.test(gap))) run = null;
    if (token.out(its.pos) !== "PROPN") return;
    if (run) run[1] = at;
    else found.push((run = [start, at]));
  });
  return found;
}

require("./asked.js")(names);
