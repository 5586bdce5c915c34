// Texts compared and put together. Pure: no page, no network.

// Beyond this many differing characters a text counts as rewritten in one piece.
const MOST_DIFFERENCES = 1000;
// Two insertions at one place that share this many characters, or half of the shorter one but a few,
// hold the same words, written once.
const SAME_WORDS = 16;
const LEAST_SAME = 4;

// What turns `from` into `to`: [{start, end, text}], in order, each replacing from[start, end).
export function differences(from, to) {
  let start = 0;
  const least = Math.min(from.length, to.length);
  while (start < least && from[start] === to[start]) start += 1;
  let tail = 0;
  while (tail < least - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  // Never between the two halves of one character.
  if (start && (isSecondHalf(from, start) || isSecondHalf(to, start))) start -= 1;
  if (tail && (isSecondHalf(from, from.length - tail) || isSecondHalf(to, to.length - tail))) tail -= 1;
  const a = from.slice(start, from.length - tail);
  const b = to.slice(start, to.length - tail);
  if (!a && !b) return [];
  const inner = (a && b && shortestEdit([...a], [...b])) || [{ start: 0, end: a.length, text: b }];
  return inner.map((one) => ({ start: one.start + start, end: one.end + start, text: one.text }));
}

// `base` was changed into `mine` here and into `theirs` elsewhere. Everything that was written on
// either side is in `text`, once. It is clean where the two did not touch the same place; where
// they did, mine follows theirs.
export function merge(base, mine, theirs) {
  if (mine === theirs || base === theirs) return { text: mine, clean: true };
  if (base === mine) return { text: theirs, clean: true };
  const ours = differences(base, mine);
  const others = differences(base, theirs);
  let text = "";
  let at = 0;
  let clean = true;
  while (ours.length || others.length) {
    const group = nextGroup(ours, others);
    text += base.slice(at, group.start);
    at = group.end;
    const region = base.slice(group.start, group.end);
    const my = applied(region, group.ours, group.start);
    const their = applied(region, group.others, group.start);
    if (!group.ours.length) text += their;
    else if (!group.others.length) text += my;
    else {
      const joined = join(their, my);
      text += joined.text;
      clean &&= joined.clean;
    }
  }
  return { text: text + base.slice(at), clean };
}

// Whether all of `part` stands in `whole`, in its order.
export function contains(whole, part) {
  return differences(part, whole).every(({ start, end }) => start === end);
}

// Where a caret at `offset` of `from` stands once it has become `to`.
export function moved(from, to, offset) {
  let shift = 0;
  for (const { start, end, text } of differences(from, to)) {
    if (end <= offset && !(start === offset && end === offset)) shift += text.length - (end - start);
    else if (start < offset) return start + Math.min(text.length, offset - start) + shift;
  }
  return offset + shift;
}

// The server counts characters (code points), the browser UTF-16 units.
export function codePoints(text, units) {
  return [...text.slice(0, units)].length;
}

export function units(text, points) {
  return [...text].slice(0, points).join("").length;
}

function isSecondHalf(text, index) {
  return /^[\uDC00-\uDFFF]/.test(text.charAt(index)) && /^[\uD800-\uDBFF]/.test(text.charAt(index - 1));
}

// Both texts, what they share once; clean where each stretch between is of one of them alone.
function join(their, my) {
  if (their === my) return { text: my, clean: true };
  const half = Math.ceil(Math.min(their.length, my.length) / 2);
  const least = Math.max(LEAST_SAME, Math.min(SAME_WORDS, half));
  let text = "";
  let at = 0;
  let clean = true;
  for (const { start, end, text: mine } of withoutShortRuns(their, differences(their, my), least)) {
    const theirs = their.slice(start, end);
    text += their.slice(at, start) + theirs;
    if (theirs && mine) {
      clean = false;
      if (!/\s$/.test(theirs) && !/^\s/.test(mine)) text += "\n";
    }
    text += mine;
    at = end;
  }
  return { text: text + their.slice(at), clean };
}

// What lies between two edits and is shorter than `least` was not shared but hit upon twice.
function withoutShortRuns(from, edits, least) {
  const kept = [];
  let start = 0;
  let mine = "";
  let shared = edits.length ? edits[0].start : from.length;
  for (let index = 0; index <= edits.length; index += 1) {
    const edit = edits[index];
    const until = edit ? edit.start : from.length;
    const runStart = index ? edits[index - 1].end : 0;
    shared = until - runStart;
    if (shared >= least) {
      if (index || mine) kept.push({ start, end: runStart, text: mine });
      start = until;
      mine = "";
    } else {
      mine += from.slice(runStart, until);
    }
    if (edit) mine += edit.text;
  }
  if (start < from.length || mine) kept.push({ start, end: from.length, text: mine });
  return kept.filter((one) => one.end > one.start || one.text);
}

function applied(region, edits, offset) {
  let text = "";
  let at = 0;
  for (const edit of edits) {
    text += region.slice(at, edit.start - offset) + edit.text;
    at = edit.end - offset;
  }
  return text + region.slice(at);
}

// Takes the next edits off both lists that touch one another.
function nextGroup(ours, others) {
  const group = { start: 0, end: 0, ours: [], others: [] };
  const first = !others.length || (ours.length && before(ours[0], others[0])) ? ours : others;
  take(first, group, first === ours ? group.ours : group.others, true);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [list, kept] of [[ours, group.ours], [others, group.others]]) {
      if (list.length && touches(list[0], group)) {
        take(list, group, kept, false);
        grew = true;
      }
    }
  }
  return group;
}

function before(one, other) {
  return one.start < other.start || (one.start === other.start && one.end <= other.end);
}

function touches(edit, group) {
  const bothInsertHere = edit.start === group.start && edit.end === group.end && edit.start === edit.end;
  return bothInsertHere || (edit.start < group.end && edit.end > group.start);
}

function take(list, group, kept, isFirst) {
  const edit = list.shift();
  kept.push(edit);
  group.start = isFirst ? edit.start : Math.min(group.start, edit.start);
  group.end = isFirst ? edit.end : Math.max(group.end, edit.end);
}

// Myers' shortest edit of two lists of characters, told in UTF-16 units; null where they differ too
// much for it to mean anything.
function shortestEdit(a, b) {
  const trace = [];
  let furthest = new Map([[1, 0]]);
  for (let d = 0; d <= MOST_DIFFERENCES; d += 1) {
    const now = new Map();
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? furthest.get(k + 1) : furthest.get(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      now.set(k, x);
      if (x >= a.length && x - k >= b.length) return inUnits(a, edits(a, b, [...trace, furthest], d));
    }
    trace.push(furthest);
    furthest = now;
  }
  return null;
}

function inUnits(characters, found) {
  const offsets = [0];
  for (const character of characters) offsets.push(offsets.at(-1) + character.length);
  return found.map(({ start, end, text }) => ({ start: offsets[start], end: offsets[end], text }));
}

function edits(a, b, trace, distance) {
  const found = [];
  let x = a.length;
  let y = b.length;
  for (let d = distance; d > 0; d -= 1) {
    const furthest = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const from = down ? furthest.get(k + 1) : furthest.get(k - 1);
    const fromY = from - (down ? k + 1 : k - 1);
    const edit = down
      ? { start: from, end: from, text: b[fromY] }
      : { start: from, end: from + 1, text: "" };
    [x, y] = [from, fromY];
    const next = found[0];
    if (next && next.start === edit.end) found[0] = { start: edit.start, end: next.end, text: edit.text + next.text };
    else found.unshift(edit);
  }
  return found;
}
