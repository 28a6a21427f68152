// Names by compromise: runs of words that it calls proper nouns.
const nlp = require("compromise/three");

function names(text) {
  const runs = nlp(text).match("#ProperNoun+").json({ offset: true, terms: false });
  return runs.map(({ offset: { start, length } }) => {
    const bare = text.slice(start, start + length).replace(/['’]s$|[^\p{L}\p{N})]+$/u, "");
    return [start, start + bare.length];
  });
}

require("./asked.js")(names);
