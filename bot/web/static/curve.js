// A person's own curve, shown over the page rather than instead of it.

import { t } from "./words.js";

const dialog = document.getElementById("curve-show");
const picture = dialog.querySelector("img");
const none = dialog.querySelector(".curve-none");

picture.addEventListener("error", () => {
  picture.hidden = true;
  none.hidden = false;
});

export function showCurve(url, name) {
  picture.hidden = false;
  none.hidden = true;
  picture.alt = t("curve_alt", { name });
  picture.src = `${url}${url.includes("?") ? "&" : "?"}at=${Date.now()}`;
  dialog.querySelector("h2").textContent = t("curve_title", { name });
  dialog.showModal();
}
