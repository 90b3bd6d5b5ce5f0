// What lies over the page: the sheet of keys and the palette that goes anywhere.
import { go } from "./htmx";
import { act } from "./keys";
import { hide } from "./popup";

interface Offer {
  words: string;
  href: string;
}

const sheet = (name: string): HTMLDialogElement =>
  document.getElementById(name) as HTMLDialogElement;

/** Says what the keys of sheets do. */
export function sheets(): void {
  act("help", () => {
    if (!sheet("help").open) sheet("help").showModal();
  });
  act("palette", open);
  act("search", () => {
    const field = document.querySelector<HTMLInputElement>("#q") ?? document.querySelector("#find");
    field?.focus();
    field?.select();
  });
  act("back", () => {
    if (document.querySelector("dialog[open]")) return false;
    if (hide()) return true;
    const held = document.activeElement;
    if (held instanceof HTMLElement && held !== document.body) held.blur();
    else window.history.back();
    return true;
  });
  const palette = sheet("palette");
  const field = input();
  field.addEventListener("input", draw);
  field.addEventListener("keydown", steer);
  palette.addEventListener("click", (event) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-href]");
    if (row) choose(row);
    else if (event.target === palette) palette.close();
  });
  palette.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
  sheet("help").addEventListener("click", (event) => {
    if (event.target === event.currentTarget) sheet("help").close();
  });
}

const input = (): HTMLInputElement => document.getElementById("palette-find") as HTMLInputElement;
const list = (): HTMLElement => document.getElementById("palette-list") as HTMLElement;
const rows = (): HTMLElement[] => [...list().querySelectorAll<HTMLElement>("[role=option]")];

function open(): void {
  const palette = sheet("palette");
  if (palette.open) return;
  input().value = "";
  palette.showModal();
  draw();
  input().focus();
}

/** Returns where one can go: the parts of the desk, then the rows of the page. */
function places(): Offer[] {
  const links = document.querySelectorAll<HTMLAnchorElement>("#tabs a, #main a[data-row]");
  return [...links].map((link) => ({
    words: (link.textContent ?? "").replace(/\s+/g, " ").trim(),
    href: link.getAttribute("href") ?? "/",
  }));
}

function draw(): void {
  const words = input().value.trim();
  const { search = "" } = input().form?.dataset ?? {};
  const wanted = words.toLocaleLowerCase();
  const found = places().filter((place) => place.words.toLocaleLowerCase().includes(wanted));
  const offers = found.slice(0, 12);
  if (words) {
    for (const tab of document.querySelectorAll<HTMLAnchorElement>("#tabs a")) {
      const kind = tab.getAttribute("href") ?? "";
      if (!["/events", "/claims"].includes(kind)) continue;
      const href = `${kind}?q=${encodeURIComponent(words)}`;
      offers.push({ words: `${search} “${words}” · ${tab.textContent}`, href });
    }
  }
  list().replaceChildren(...offers.map(row));
  mark(rows()[0]);
}

function row(offer: Offer, at: number): HTMLElement {
  const item = document.createElement("li");
  item.role = "option";
  item.id = `palette-${at}`;
  item.dataset["href"] = offer.href;
  item.textContent = offer.words;
  return item;
}

function mark(chosen: HTMLElement | undefined): void {
  for (const one of rows()) one.ariaSelected = String(one === chosen);
  if (chosen) input().setAttribute("aria-activedescendant", chosen.id);
  else input().removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
}

function steer(event: KeyboardEvent): void {
  const all = rows();
  const at = all.findIndex((one) => one.ariaSelected === "true");
  if (event.key === "ArrowDown") mark(all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") mark(all[(at - 1 + all.length) % all.length]);
  else if (event.key === "Enter" && all[at]) choose(all[at]);
  else return;
  event.preventDefault();
}

function choose(chosen: HTMLElement): void {
  sheet("palette").close();
  go(chosen.dataset["href"] ?? "/");
}
