// data-copies="id": a button that copies what stands in that field.
import { toast } from "./toasts.js";

export function startCopying() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (button) copy(document.getElementById(button.dataset.copies));
  });
}

// Without HTTPS there is no clipboard to write to: then the text is selected, for the person to copy.
async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    toast("Copied.");
  } catch {
    toast("Selected. Copy it with Ctrl+C, or ⌘C on a Mac.");
  }
}
