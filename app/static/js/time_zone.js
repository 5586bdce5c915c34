// The browser knows where it is: offer its zone where none was typed yet.
for (const field of document.querySelectorAll("[data-guess-time-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
