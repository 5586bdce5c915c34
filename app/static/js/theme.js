// The choice is a cookie, so that the server sends the right colours at once, without a flash.
const YEAR = 365 * 24 * 3600;

function choose(theme) {
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
  const age = theme === "system" ? 0 : YEAR;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

export function startTheme() {
  // A page that this device keeps was made for no theme.
  const kept = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
  if (kept) document.documentElement.dataset.theme = kept;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (button) choose(button.dataset.themeChoice);
  });
}
