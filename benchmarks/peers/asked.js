// A list of texts on standard input; on standard output the spans found in each, in code points, and seconds of CPU.
const fs = require("fs");

module.exports = (names) => {
  const texts = JSON.parse(fs.readFileSync(0, "utf-8"));
  names("Warm up with a sentence about OpenAI.");
  const before = process.cpuUsage();
  const found = texts.map(names);
  const { user, system } = process.cpuUsage(before);
  const points = (text, units) => [...text.slice(0, units)].length;
  const spans = found.map((each, i) => each.map((ends) => ends.map((units) => points(texts[i], units))));
  process.stdout.write(JSON.stringify({ seconds: (user + system) / 1e6, spans }));
};
