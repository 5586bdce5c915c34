// Places in a text. The server counts code points, end exclusive; the page counts UTF-16 units.

export function toCodePoints(text, units) {
  return [...text.slice(0, units)].length;
}

export function toUnits(text, codePoints) {
  return [...text].slice(0, codePoints).join("").length;
}

// The span of a range within the words of one answer, without the white space at its ends; null
// where it begins or ends elsewhere, or holds no words.
export function spanOf(range, words) {
  if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const selected = range.toString();
  const start = before.toString().length + (selected.length - selected.trimStart().length);
  const end = start + selected.trim().length;
  if (start === end) return null;
  const text = words.textContent;
  return { start: toCodePoints(text, start), end: toCodePoints(text, end), text: selected.trim() };
}

export function rangeOf(words, start, end) {
  const text = words.textContent;
  const range = document.createRange();
  const from = nodeAt(words, toUnits(text, start));
  const to = nodeAt(words, toUnits(text, end));
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

function nodeAt(words, units) {
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let left = units;
  let node = walker.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walker.nextNode() ?? node;
  }
  return { node, offset: left };
}
