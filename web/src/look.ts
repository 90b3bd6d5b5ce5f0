// How the desk looks: kept in a cookie, as the form without scripts keeps it, and worn at once.
import { act } from "./keys";

const YEAR = 31_536_000;

/** Listens to the form, and says what its key does. */
export function look(): void {
  act("compact", () => {
    const root = document.documentElement;
    wear("density", root.dataset["density"] === "compact" ? "comfortable" : "compact");
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.closest("#look")) return;
    if (field.name === "theme" || field.name === "density") wear(field.name, field.value);
  });
  document.addEventListener("click", (event) => {
    const open = document.querySelector<HTMLDetailsElement>("#look[open]");
    if (open && !open.contains(event.target as Node)) open.open = false;
  });
}

function wear(what: "theme" | "density", value: string): void {
  const root = document.documentElement;
  root.dataset[what] = value;
  for (const field of document.querySelectorAll<HTMLInputElement>(`#look [name=${what}]`)) {
    field.checked = field.value === value;
  }
  const { theme = "system", density = "comfortable" } = root.dataset;
  const language = document.querySelector<HTMLSelectElement>("#look select")?.value ?? "";
  const kept = [theme, density, language].filter(Boolean).join(".");
  document.cookie = `tocsin_look=${kept}; path=/; max-age=${YEAR}; samesite=lax`;
}
