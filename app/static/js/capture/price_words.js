// Whether words speak of price, budget or cost: the same as app/interviews/price_words.py, whose
// table the page carries. Pure.
const WORD = /[\p{L}\p{N}]+/gu;

export function priceFinder(table) {
  const languages = Object.values(table).map(read);
  return (text) => {
    const words = (text.normalize("NFC").toLowerCase().match(WORD) ?? []);
    return words.some((word, at) =>
      languages.some((language) => isPrice(word, language) && !isSomethingElse(words, at, language)),
    );
  };
}

function read({ words, beginnings, ends, other }) {
  const split = (text) => text.split(/\s+/).filter(Boolean);
  return {
    words: new Set(split(words)),
    beginnings: split(beginnings),
    ends: split(ends),
    other: other.split("|").map(split),
  };
}

function isPrice(word, { words, beginnings, ends }) {
  return (
    words.has(word) ||
    beginnings.some((beginning) => word.startsWith(beginning)) ||
    ends.some((end) => word.endsWith(end))
  );
}

function isSomethingElse(words, at, { other }) {
  return other.some((run) => {
    for (let start = Math.max(at - run.length + 1, 0); start <= at; start += 1) {
      if (fits(run, words.slice(start, start + run.length))) return true;
    }
    return false;
  });
}

const fits = (run, words) =>
  run.length === words.length && run.every((part, index) => part === "*" || part === words[index]);
