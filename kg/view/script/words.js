// How numbers and texts are worded.

const figures = new Intl.NumberFormat("en");

const count = (number, one, many = `${one}s`) => `${figures.format(number)} ${number === 1 ? one : many}`;

const unique = (list) => [...new Set(list)];

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Lower case without accents, for comparing what is typed with what is written. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** A text with its direction controls made visible, so that none can turn the words around it. */
const plain = (text) =>
  String(text).replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (control) => {
    return `⟨U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** A function that is worked out the first time it is asked. */
const once = (work) => {
  let done = null;
  return () => (done ??= { value: work() }).value;
};
