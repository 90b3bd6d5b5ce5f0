// Bars of time: each is a link to its days; dragging over several leads to all of them.
import { go } from "./htmx";

const CLASS = "brushed";
let from: HTMLElement | null = null;
let to: HTMLElement | null = null;

/** Listens to the pointer over bars, and to shift with a click. */
export function brush(): void {
  document.addEventListener("pointerdown", (event) => {
    from = event.button === 0 ? bar(event.target) : null;
    to = from;
  });
  document.addEventListener("pointerover", (event) => {
    const over = bar(event.target);
    if (!from || !over || over.closest("[data-brush]") !== from.closest("[data-brush]")) return;
    to = over;
    paint(between(from, to));
  });
  document.addEventListener("pointerup", () => {
    const [first, last] = [from, to];
    from = to = null;
    paint([]);
    if (first && last && first !== last) open(first, last);
  });
  document.addEventListener("dragstart", (event) => {
    if (bar(event.target)) event.preventDefault();
  });
  document.addEventListener("click", extended, { capture: true });
}

/** With shift, the days chosen now are stretched to the bar. */
function extended(event: MouseEvent): void {
  const over = bar(event.target);
  const chosen = over?.closest("[data-brush]")?.querySelector<HTMLElement>("[aria-current]");
  if (!over || !chosen || !event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  open(chosen, over);
}

function bar(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-brush] [data-from]") : null;
}

function between(one: HTMLElement, other: HTMLElement): HTMLElement[] {
  const all = [...(one.closest("[data-brush]")?.querySelectorAll<HTMLElement>("[data-from]") ?? [])];
  const [low, high] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
  return all.slice(low, (high ?? 0) + 1);
}

function paint(bars: HTMLElement[]): void {
  for (const one of document.querySelectorAll(`.${CLASS}`)) one.classList.remove(CLASS);
  for (const one of bars) one.classList.add(CLASS);
}

function open(one: HTMLElement, other: HTMLElement): void {
  const bars = between(one, other);
  const base = one.closest<HTMLElement>("[data-brush]")?.dataset["open"] ?? "";
  const address = new URL(base, window.location.href);
  address.searchParams.set("from", bars[0]?.dataset["from"] ?? "");
  address.searchParams.set("to", bars.at(-1)?.dataset["to"] ?? "");
  go(address.pathname + address.search);
}
