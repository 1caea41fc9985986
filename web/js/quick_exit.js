// Leaving at once: the page goes blank before the server answers, and Shift pressed three times does
// what the button does. Not Escape: that stops a page from loading.
const kPresses = 3;
const kWithinMilliseconds = 5000;
const form = document.querySelector("[data-leave]");
const said = document.getElementById("sortie");
let presses = 0;
let timer = 0;

form.addEventListener("submit", () => {
  document.body.hidden = true;
  document.title = "…";
});
// Back from the browser's own memory: the page is not left blank.
addEventListener("pageshow", () => {
  document.body.hidden = false;
});
addEventListener("keyup", (event) => {
  clearTimeout(timer);
  presses = event.key === "Shift" ? presses + 1 : 0;
  if (presses === kPresses) form.requestSubmit();
  said.textContent = presses > 0 ? form.dataset.leave : "";
  timer = setTimeout(() => {
    presses = 0;
    said.textContent = "";
  }, kWithinMilliseconds);
});
