// Competitors that the words name are offered to be kept as met in this deal.
export function startMentions(capture) {
  const names = JSON.parse(capture.root.dataset.names).competitor;
  const everyday = new Set(JSON.parse(capture.root.dataset.everyday ?? "[]"));
  // Made when the first words are there: a slow phone takes its time over some dozens of them.
  let spellings = null;
  let met = new Set(JSON.parse(capture.root.dataset.met));
  const passed = new Set();

  function said(text) {
    if (!text) return [];
    spellings ??= Object.entries(names).flatMap(([name, all]) =>
      all.map((one) => [pattern(one, everyday.has(one)), name]),
    );
    const found = spellings.filter(([expression]) => expression.test(text)).map(([, name]) => name);
    return [...new Set(found)].filter((name) => !met.has(name) && !passed.has(name));
  }

  function offer(turn, found) {
    const box = turn.querySelector("[data-said-names]");
    if (!box) return;
    box.hidden = !found.length;
    if (!found.length) return box.replaceChildren();
    const keep = button("Keep as met", () => {
      met = new Set([...met, ...found]);
      capture.sync.change({ do: "met", names: found.join("\n") });
      capture.sync.keep("met", "", [...met]);
      box.hidden = true;
    });
    const no = button("No", () => {
      found.forEach((name) => passed.add(name));
      box.hidden = true;
    });
    const list = document.createElement("strong");
    list.textContent = found.join(" · ");
    box.replaceChildren("Named: ", list, ". ", keep, no);
    return undefined;
  }

  capture.onPart("met", (_question, list) => {
    met = new Set(list);
    for (const turn of capture.turns) offer(turn, said(capture.sync.answer(turn.dataset.turn).text));
  });
  capture.on("answer", ({ question, text }) => {
    const turn = capture.turn(question);
    if (turn) offer(turn, said(text));
  });
}

// A short name in capitals is taken as written: 'IT' is not 'it'. So is a name that is an everyday
// word: 'Notion' is not every notion. Any other may have an ending: 'Fenwicks'.
function pattern(name, isEveryday) {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const asWritten = isEveryday || (name.length <= 4 && name === name.toUpperCase());
  const ending = asWritten ? "" : "s?";
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}${ending}(?![\\p{L}\\p{N}_])`, asWritten ? "u" : "iu");
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "compact";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
