// Says how many characters are left, near the end, and no more often than one can listen to.
const kSaidBelow = 2000;
const kPauseMilliseconds = 1000;
for (const text of document.querySelectorAll("textarea[data-most]")) {
  const place = document.getElementById(text.dataset.count);
  let timer = 0;
  const say = () => {
    // Counted as the server does: by code point, a line break as one.
    const left = Number(text.dataset.most) - [...text.value].length;
    const words = left < 0 ? place.dataset.over : Math.abs(left) === 1 ? place.dataset.one : place.dataset.many;
    place.textContent = left > kSaidBelow ? "" : words.replace("%", Math.abs(left).toLocaleString(document.documentElement.lang));
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(say, kPauseMilliseconds);
  });
  say();
}
