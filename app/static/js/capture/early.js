// Words typed before the page's own scripts have come: kept with every key as the draft of a page
// that ends where those begin. If it ends sooner, by a reload, the next page takes them up like any
// other's. A plain script, because modules come later.
(() => {
  const page = `early.${Date.now()}.${Math.random().toString(36).slice(2)}`;
  const kept = new Set();

  function keep({ target }) {
    if (!target.matches("textarea.answer")) return;
    const { capture: interview, viewer } = target.closest("[data-capture]").dataset;
    const { turn, behind } = target.closest("[data-behind], [data-turn]").dataset;
    const { value: text, defaultValue: was, form } = target;
    const base = { number: Number(form.elements.base.value), text: was };
    const draft = { text, base, kept: was, own: [], flight: null, before: null, unwanted: null };
    const name = `because.words.${viewer}${JSON.stringify(["draft", interview, behind ?? turn, page])}`;
    try {
      localStorage.setItem(name, JSON.stringify(draft));
      localStorage.setItem("because.waiting", viewer);
      kept.add(name);
    } catch {
      // Full, or closed to us: the words are in the field.
    }
  }

  document.addEventListener("input", keep);
  document.addEventListener("because:started", () => {
    document.removeEventListener("input", keep);
    for (const name of kept) localStorage.removeItem(name);
  }, { once: true });
})();
