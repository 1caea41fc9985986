// The two forms of an acknowledgement, downloaded from the page that is shown and looked into.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "./watch.mjs";
import { maillon } from "./world.mjs";

export const papers = async (journey, reference) => {
  const pdf = await journey.download("followup.file.pdf", "report.done.pdf");
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe("%PDF-");
  const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  expect(text).toContain(reference);
  expect(text).toContain(journey.say("receipt.title"));
  const proof = await journey.download("followup.file.json", "report.done.json");
  expect(maillon("receipt", "verify", proof)).toContain(reference);
};
