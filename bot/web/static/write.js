// How much room is left, once it is nearly used up. A longer text is not cut off, as `maxlength` would
// do with what is pasted.

const TELL_WHEN_LEFT = 400;
const area = document.querySelector("textarea[data-longest]");
const told = document.querySelector("#left");

function tell() {
  const left = Number(area.dataset.longest) - area.value.length;
  const words = left < 0 ? told.dataset.over : told.dataset.left;
  told.textContent = left > TELL_WHEN_LEFT ? "" : words.replace("{count}", Math.abs(left));
  told.classList.toggle("left-over", left < 0);
}

if (area && told) {
  area.addEventListener("input", tell);
  tell();
}
