// Where the desk's scripts begin. Every page works without them; they make it quick.
import { atlas } from "./atlas";
import { citations } from "./cite";
import { inOrder, leave, onLoad, sign } from "./htmx";
import { listen } from "./keys";
import { lists } from "./lists";
import { look } from "./look";
import { texts } from "./marks";
import { popups } from "./popup";
import { remarks } from "./remarks";
import { reveal } from "./reveal";
import { review } from "./review";
import { sheets } from "./sheets";
import { tabs } from "./tabs";
import { brush } from "./timeline";

sign();
inOrder();
sheets();
lists();
texts();
look();
popups();
review();
remarks();
reveal();
brush();
atlas();
citations();
listen();
tabs();
leave();
onLoad((part) => {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (part.id === "main" && lost) part.focus({ preventScroll: true });
});
