// The page is whole without this: it adds a filter to the long table, tells assistive technology
// which language was chosen, and opens what is folded before printing.
"use strict";

const chosenLanguage = () =>
    document.getElementById("language-en").checked ? "en" : "fr";

for (const choice of document.querySelectorAll("input[name=language]")) {
    choice.addEventListener("change", () => {
        document.documentElement.lang = chosenLanguage();
        countRows();
    });
}

const lines = [...document.querySelectorAll("#all-groups tbody tr")];
const words = document.getElementById("filter-words");
const counted = document.getElementById("filter-count");

function countRows() {
    const shown = lines.filter((line) => !line.hidden).length;
    const named = { fr: "lignes", en: "lines" }[chosenLanguage()];
    counted.textContent = words.value ? `${shown} / ${lines.length} ${named}` : "";
}

words.addEventListener("input", () => {
    const wanted = words.value.trim().toLowerCase();
    for (const line of lines) {
        line.hidden = !line.textContent.toLowerCase().includes(wanted);
    }
    countRows();
});
document.getElementById("filter").hidden = lines.length < 2;

addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
});
