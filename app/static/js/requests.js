// What every partial request needs: the token that proves the page is ours, and a word when it fails.
import { toast } from "./toasts.js";

const WORDS = {
  400: "This page was open for too long. Reload it and try again; nothing was changed.",
  401: "You are signed out. Sign in again in another tab, then go on here.",
  403: "Your role does not allow this.",
  404: "This is no longer there.",
  413: "This is too large to send.",
};

export function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? "";
}

// A page that was opened without the server gets its token later.
export function takeToken(token) {
  let meta = document.querySelector("meta[name=csrf-token]");
  if (!meta) {
    meta = document.createElement("meta");
    meta.name = "csrf-token";
    document.head.append(meta);
  }
  meta.content = token;
}

export function startRequests() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const words = WORDS[event.detail.xhr.status] ?? "That did not work. Please try again.";
    toast(words, { error: true });
  });
  document.addEventListener("htmx:sendError", () => {
    toast("The server cannot be reached. What you typed is still here.", { error: true });
  });
}
