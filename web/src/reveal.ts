// Keys where they count: buttons show the key that they have now, and holding Shift shows all.
import { onLoad } from "./htmx";
import { listed, typing } from "./keys";

/** Milliseconds that Shift is held before keys are shown. */
const HELD = 250;
let timer = 0;

/** Writes keys onto buttons, and listens to Shift. */
export function reveal(): void {
  onLoad(label);
  document.addEventListener("keydown", (event) => {
    window.clearTimeout(timer);
    if (event.key !== "Shift" || typing(event.target)) hide();
    else if (!event.repeat) timer = window.setTimeout(show, HELD);
  });
  document.addEventListener("keyup", hide);
  window.addEventListener("blur", hide);
}

/** Puts the key of an action onto the buttons that name one. */
function label(part: HTMLElement): void {
  for (const hint of part.querySelectorAll<HTMLElement>("[data-does] kbd")) {
    const does = hint.closest<HTMLElement>("[data-does]")?.dataset["does"];
    const key = listed().find((row) => row.dataset["does"] === does);
    if (key) hint.textContent = shown(key);
  }
}

function show(): void {
  for (const key of listed()) {
    const { does = "", href = "" } = key.dataset;
    const at = does === "go" ? `#tabs a[href="${href}"]` : `[data-act="${does}"], [data-does="${does}"]`;
    for (const button of document.querySelectorAll<HTMLElement>(at)) {
      if (!button.querySelector("kbd")) button.dataset["press"] = shown(key);
    }
  }
  document.documentElement.dataset["reveal"] = "";
}

function hide(): void {
  window.clearTimeout(timer);
  delete document.documentElement.dataset["reveal"];
}

function shown(key: HTMLElement): string {
  return (key.previousElementSibling?.textContent ?? "").replace(/\s+/g, " ").trim();
}
