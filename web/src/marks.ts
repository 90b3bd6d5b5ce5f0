// Marked words: pointing at words or at a claim lights up all that belongs to it.
import { act } from "./keys";

const LIT = "lit";

const marks = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>("#main .text .mark.starts"),
];

/** Says what the keys of texts do, and listens to the pointer and to focus. */
export function texts(): void {
  act("span-next", () => step(1));
  act("span-previous", () => step(-1));
  act("source", () => {
    const link = document.querySelector<HTMLAnchorElement>("#main [data-source]");
    link?.click();
    return link !== null;
  });
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, pointed);
}

function step(by: 1 | -1): boolean {
  const all = marks();
  if (all.length === 0) return false;
  const at = all.findIndex((mark) => mark === document.activeElement);
  const next = all[(at + by + all.length) % all.length] ?? all[0];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
  return true;
}

function pointed(event: Event): void {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const reading = target.closest(".article");
  if (!reading) {
    light([]);
    return;
  }
  const mark = target.closest<HTMLElement>(".mark[data-claims]");
  const claim = target.closest<HTMLElement>("[data-claim]");
  const numbers = claim ? [claim.dataset["claim"] ?? ""] : (mark?.dataset["claims"] ?? "").split(" ");
  light(numbers.filter(Boolean));
  if (mark && event.type === "focusin") {
    const card = document.getElementById(`c${numbers[0]}`);
    card?.scrollIntoView({ block: "nearest" });
  }
}

/** Lights up the words and the cards of some claims, and no others. */
function light(numbers: string[]): void {
  const wanted = new Set(numbers);
  document.querySelector(".article")?.classList.toggle("pointing", wanted.size > 0);
  for (const mark of document.querySelectorAll<HTMLElement>(".text .mark[data-claims]")) {
    const own = (mark.dataset["claims"] ?? "").split(" ");
    mark.classList.toggle(LIT, own.some((number) => wanted.has(number)));
  }
  for (const card of document.querySelectorAll<HTMLElement>("[data-claim]")) {
    card.classList.toggle(LIT, wanted.has(card.dataset["claim"] ?? ""));
  }
}
