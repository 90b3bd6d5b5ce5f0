// Keys: the page's help sheet lists them (`desk/keys.py`), and modules say what they do.
import { go } from "./htmx";

/** Does something, and returns false where there was nothing to do: the key is then the browser's. */
export type Act = (event: Event) => boolean | void;

const acts = new Map<string, Act>();
/** Milliseconds within which the second of two keys counts. */
const PATIENCE = 2000;
let before = "";
let timer = 0;

/** Says what an action does; the last to say so wins. */
export function act(name: string, does: Act): void {
  acts.set(name, does);
}

/** Does an action, if anybody said what it is. */
export function perform(name: string, event: Event): boolean {
  const does = acts.get(name);
  return does !== undefined && does(event) !== false;
}

/** Listens to keys and to buttons with `data-act`. */
export function listen(): void {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-act]");
    if (button) perform(button.dataset["act"] ?? "", event);
  });
}

function pressed(event: KeyboardEvent): void {
  const name = spoken(event);
  if (event.defaultPrevented || event.isComposing) return;
  if (typing(event.target) && name !== "Control+k" && name !== "Escape") return;
  if (event.key === "Enter" && (event.target as Element).closest("a, button, summary, select")) return;
  const pair = before ? `${before} ${name}` : name;
  const found = named(pair) ?? named(name);
  if (found && carry(found, event)) event.preventDefault();
  remember(found ? "" : name);
}

function carry(key: HTMLElement, event: KeyboardEvent): boolean {
  const { does = "", href = "" } = key.dataset;
  if (does !== "go") return perform(does, event);
  go(href);
  return true;
}

function spoken(event: KeyboardEvent): string {
  const held = event.ctrlKey || event.metaKey ? "Control+" : event.altKey ? "Alt+" : "";
  return held + (event.key.length === 1 && held ? event.key.toLowerCase() : event.key);
}

/** Returns the keys of the page's sheet. */
export function listed(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#help [data-key]")];
}

function named(press: string): HTMLElement | undefined {
  return listed().find((key) => key.dataset["key"] === press);
}

/** Returns whether somebody is writing there. */
export function typing(target: EventTarget | null): boolean {
  const fields = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
  return target instanceof Element && target.closest(fields) !== null;
}

function remember(name: string): void {
  window.clearTimeout(timer);
  before = name.length === 1 ? name : "";
  timer = window.setTimeout(() => (before = ""), PATIENCE);
}
