// Saves the form of a draft while it is filled in, and says so. The server answers with the sentence
// in the page's language; when it does not answer, "Continue" saves as ever.
const kPauseMilliseconds = 2500;
for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = document.getElementById(form.dataset.keep);
  let timer = 0;
  const keep = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("garder", "1");
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => undefined);
    const kept = answer?.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : undefined;
    said.textContent = kept?.said ?? "";
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, kPauseMilliseconds);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
