// A form that is on its way is not sent again by a second click.

const LONGEST = 5000;

export function startSendingOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("sent" in form.dataset) return event.preventDefault();
    form.dataset.sent = "";
    // What it leads to may be a file, and the page stays.
    setTimeout(() => delete form.dataset.sent, LONGEST);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
