// Copies a claim's words with what a reader needs to find them again.
import { act } from "./keys";
import { show } from "./popup";

/** Says what the keys of evidence do: copy it with its citation, or show it. */
export function citations(): void {
  act("cite", () => {
    const words = near("[data-cite]")?.dataset["cite"];
    if (!words) return false;
    void navigator.clipboard.writeText(words).then(tell);
    return true;
  });
  act("evidence", () => {
    const of = near("[data-evidence]");
    if (of) void show(of);
    return of !== null;
  });
}

/** Returns the element meant: of the row at hand, of the pop-up, else the first of the page. */
function near(what: string): HTMLElement | null {
  const row = document.activeElement?.closest("li, tr");
  const places = [row, document.querySelector("#popup:popover-open"), document.getElementById("main")];
  for (const place of places) {
    const found = place?.querySelector<HTMLElement>(what);
    if (found) return found;
  }
  return null;
}

function tell(): void {
  const status = document.getElementById("status");
  if (status) status.textContent = status.dataset["copied"] ?? "";
}
