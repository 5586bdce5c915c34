// Beside the words: notes to self, the kind of the answer, and people who were mentioned.
const PAUSE = 300;
const REVEAL = { KeyN: "naming", KeyM: "noting" };
const KINDS = ["fact", "think", "feel", "would_do"];

export function startAside(capture) {
  const { root } = capture;
  const waiting = new Map();
  const notes = new Map();

  root.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-reveals]")?.dataset.reveals;
    if (name) reveal(target.closest("[data-turn]"), name);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || !capture.current) return;
    const kind = /^Digit[1-4]$/.test(event.code) && KINDS[Number(event.code.at(-1)) - 1];
    if (kind) choose(capture.current, kind);
    else if (REVEAL[event.code]) reveal(capture.current, REVEAL[event.code]);
    else return;
    event.preventDefault();
  });

  root.addEventListener("input", ({ target }) => {
    if (!target.matches("[data-note]")) return;
    const question = target.closest("[data-turn]").dataset.turn;
    clearTimeout(waiting.get(question));
    waiting.set(question, setTimeout(() => keepNote(question, target.value), PAUSE));
  });
  root.addEventListener("focusout", ({ target }) => {
    if (!target.matches("[data-note]")) return;
    const question = target.closest("[data-turn]").dataset.turn;
    if (!waiting.has(question)) return;
    clearTimeout(waiting.get(question));
    keepNote(question, target.value);
  });
  capture.onPart("notes", (question, list) => {
    notes.set(question, list);
    const own = list.find((note) => note.author === capture.user);
    const field = capture.turn(question)?.querySelector("[data-note]");
    if (!own || !field || field === document.activeElement) return;
    field.value = own.text;
    field.closest("[data-revealed]").hidden = !own.text;
  });

  root.addEventListener("change", ({ target }) => {
    if (target.matches("[data-kind]")) choose(target.closest("[data-turn]"), target.value);
  });
  capture.onPart("answer", (question, { kind }) => {
    if (kind) showKind(capture.turn(question), kind);
  });

  root.addEventListener("submit", (event) => {
    if (event.target.matches("[data-person]")) keepPerson(event);
  });
  capture.onPart("people", (_question, names) => showPeople(names));

  function keepNote(question, text) {
    waiting.delete(question);
    capture.sync.change({ do: "note", question, text });
    const others = (notes.get(question) ?? []).filter((note) => note.author !== capture.user);
    const own = text.trim() ? [{ author: capture.user, text }] : [];
    notes.set(question, [...others, ...own]);
    capture.sync.keep("notes", question, notes.get(question));
  }

  function choose(turn, kind) {
    showKind(turn, kind);
    capture.sync.change({ do: "kind", question: turn.dataset.turn, kind });
    capture.sync.keep("answer", turn.dataset.turn, { kind });
  }

  function keepPerson(event) {
    event.preventDefault();
    const form = event.target;
    const said = form.querySelector("[data-person-kept]");
    const person = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    if (!person.name) {
      said.textContent = "Enter the person's name.";
      return form.elements.name.focus();
    }
    capture.sync.change({ do: "person", ...person });
    said.textContent = `${person.name} is kept.`;
    form.reset();
    return undefined;
  }

  function showPeople(names) {
    const line = root.querySelector("[data-known-people]");
    if (line) line.textContent = names.length ? `Known so far: ${names.join(", ")}.` : "";
  }
}

function reveal(turn, name) {
  const row = turn?.querySelector(`[data-revealed="${name}"]`);
  if (!row) return;
  row.hidden = false;
  row.querySelector("input, textarea").focus();
}

export function showKind(turn, kind) {
  const choice = turn?.querySelector("[data-kind]");
  if (!choice) return;
  choice.value = kind;
  const badge = turn.querySelector("[data-kind-shown] .evidence, [data-kind-shown] .badge");
  if (badge) badge.textContent = choice.selectedOptions[0].textContent;
}
