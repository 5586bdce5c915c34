// The linter speaks while one types. A text field with data-lint="<address>" is asked about, with
// the kind from the field named by data-lint-kind and the language in data-lint-language; what is
// found appears in the element named by data-lint-into. 'Use this wording' puts it into the field.
import { csrfToken } from "./requests.js";

const PAUSE = 350;

export function startLinting(root = document) {
  for (const field of root.querySelectorAll("[data-lint]")) watch(field);
}

function watch(field) {
  const into = document.getElementById(field.dataset.lintInto);
  const kinds = field.form?.elements[field.dataset.lintKind];
  let timer;
  let asked = 0;

  async function ask() {
    const turn = ++asked;
    const found = await findings(field, kindOf(kinds));
    if (found !== null && turn === asked && found.trim() !== into.innerHTML.trim()) {
      into.innerHTML = found;
    }
  }
  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  if (field.value !== field.defaultValue) ask();
  field.addEventListener("input", later);
  field.form?.addEventListener("change", (event) => {
    if (event.target.name === field.dataset.lintKind) later();
  });
  into.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use-wording]");
    if (!button) return;
    event.preventDefault();
    field.value = button.value;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// A select, a hidden field, or a group of radio buttons: each has a value.
function kindOf(kinds) {
  return kinds?.value ?? "";
}

// The fragment, or null where the server cannot be asked: then the last findings stand.
async function findings(field, kind) {
  if (!field.value.trim()) return "";
  const { lintLanguage: language = "en", lintField = field.name } = field.dataset;
  try {
    const answer = await fetch(field.dataset.lint, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken(), Accept: "text/html" },
      body: new URLSearchParams({ text: field.value, kind, language, field: lintField }),
    });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
