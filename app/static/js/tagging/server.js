// Asking the server, and putting what it changed in its place on the page.
import { csrfToken } from "../requests.js";
import { toast } from "../toasts.js";

const REFUSED = 422;

// The response, or null where there is nothing to go on with; a refusal counts as one where the
// caller shows it by itself.
export async function ask(address, { method = "GET", data = undefined, takesRefusal = false } = {}) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() };
  let response;
  try {
    response = await fetch(address, { method, body: data, headers });
  } catch {
    toast("The server cannot be reached. What you typed is still here.", { error: true });
    return null;
  }
  if (response.ok || (response.status === REFUSED && takesRefusal)) return response;
  toast(
    response.status === 401
      ? "You are signed out. Sign in again in another tab, then go on here."
      : "That did not work. Reload the page and try again; nothing was changed.",
    { error: true },
  );
  return null;
}

// Sends a change. `refused(html)` shows a refused form; without it the message is told. Answers
// whether it was done.
export async function send(address, data, { refused = null } = {}) {
  const response = await ask(address, { method: "POST", data, takesRefusal: true });
  if (!response) return false;
  const html = await response.text();
  const isRefused = response.status === REFUSED;
  if (isRefused && refused) {
    refused(html);
    return false;
  }
  const template = document.createElement("template");
  template.innerHTML = html;
  replaceParts(template.content);
  tell(template.content.querySelector("[data-message]"), isRefused);
  return !isRefused;
}

function replaceParts(changed) {
  const parts = [...changed.querySelectorAll("[data-part]")];
  for (const part of parts) document.getElementById(part.id)?.replaceWith(part);
  if (parts.length) document.dispatchEvent(new CustomEvent("tags-changed"));
}

function tell(message, isRefused) {
  if (!message) return;
  const { undo, step } = message.dataset;
  const data = new FormData();
  data.append("step", step ?? "");
  // Only what was done last can be undone.
  for (const button of document.querySelectorAll("#toasts .undo")) button.remove();
  toast(message.textContent, { error: isRefused, undo: undo ? () => send(undo, data) : null });
}
