// Coming back: with the number and the code, to read, answer, add, take away, withdraw.
import { readFileSync } from "node:fs";
import { picture, upload } from "./support/evidence.mjs";
import { Journey } from "./support/journey.mjs";
import { papers } from "./support/papers.mjs";
import { expect, test } from "./support/watch.mjs";
import { admin, kLanguages } from "./support/world.mjs";

const kQuestion = { fr: "Quelle était l’adresse du site ?\nMerci.", en: "What was the address of the site?\nThank you." };

for (const language of kLanguages) {
  test(`a report is followed to its end, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    const given = await journey.reportBriefly();
    await page.context().clearCookies();

    await journey.open("followup");
    await journey.button("followup.open.open").click();
    await journey.arrived("followup_open", "followup_open_missing", "followup");
    await journey.follow({ ...given, code: "0000 0000 0000 0000" });
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.code_wrong"));
    await journey.arrived("followup_open", "followup_open_wrong", "followup");
    await journey.follow({ ...given, code: given.code.toLowerCase().replaceAll(" ", "-") });
    await journey.arrived("followup_file", "followup_file_new");
    await expect(page.getByText(journey.say("status.received.explained"))).toBeVisible();
    await expect(page.getByText(journey.say("followup.file.no_messages"))).toBeVisible();

    // A question comes, an answer goes, with a picture.
    admin("read", given.reference, "--reason", "tri");
    admin("message", given.reference, "<b>Bonjour</b>", "--reason", "tri");
    admin("ask", given.reference, kQuestion[language], "--reason", "tri");
    await journey.open("followup_file");
    await expect(page.locator(".messages")).toContainText(kQuestion[language].split("\n")[0]);
    await expect(page.locator(".messages")).toContainText("<b>Bonjour</b>");
    await expect(page.getByText(journey.say("followup.file.asks"))).toBeVisible();
    await expect(page.locator(".status-label")).toHaveText(journey.say("status.complement_asked.label"));
    await journey.arrived("followup_file", "followup_file_asked");
    await journey.button("followup.file.send").click();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.texte_missing"));
    await journey.arrived("followup_message", "followup_message_missing", "followup_file");
    await journey.field("followup.file.text_label").fill("https://velo-reve.example");
    await journey.button("followup.file.send").click();
    await expect(page.locator(".messages")).toContainText("https://velo-reve.example");
    await expect(page.getByText(journey.say("followup.file.updated"))).toBeVisible();
    await journey.arrived("followup_file", "followup_file_answered");
    await journey.button("followup.file.add").click();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.fichiers_missing"));
    await journey.arrived("followup_files", "followup_files_missing", "followup_file");
    await journey.field("followup.file.files_label").setInputFiles([upload("annonce.png", "image/png", picture())]);
    await journey.button("followup.file.add").click();
    await expect(page.locator(".files")).toContainText("annonce.png");

    await papers(journey, given.reference);
    const exported = await journey.download("followup.file.export");
    const all = JSON.parse(readFileSync(exported, "utf8"));
    expect(all.files.map((file) => file.name)).toContain("annonce.png");

    admin("transfer", given.reference, "--reason", "compétence");
    await journey.open("followup_file");
    await expect(page.locator(".status-label")).toHaveText(journey.say("status.transferred.label"));
    await journey.arrived("followup_file", "followup_file_transferred");
    admin("close", given.reference, "--reason", "fin");
    await journey.open("followup_file");
    await expect(page.getByText(journey.say("followup.file.ended_closed"))).toBeVisible();
    await expect(journey.button("followup.file.send")).toHaveCount(0);
    await journey.arrived("followup_file", "followup_file_closed");

    // The telephone is put down: nobody else opens the file.
    await journey.button("layout.close_file").click();
    await journey.arrived("home");
    await journey.open("followup_file");
    await journey.arrived("followup", "followup_open");
  });

  test(`a report is withdrawn, ${language}`, async ({ page, watch }) => {
    const journey = new Journey(page, watch, language);
    const story = "Une phrase que je veux reprendre.";
    const given = await journey.reportBriefly({ story });
    await journey.open("followup_file");
    await journey.link("followup.file.withdraw").click();
    await journey.arrived("followup_withdraw");
    await journey.link("followup.withdraw.cancel").click();
    await journey.arrived("followup_file", "followup_file_new");
    await journey.open("followup_withdraw");
    await journey.button("followup.withdraw.confirm").click();
    await expect(page.getByText(journey.say("followup.file.ended_withdrawn"))).toBeVisible();
    await journey.arrived("followup_file", "followup_file_withdrawn");
    await expect(journey.link("followup.file.withdraw")).toHaveCount(0);
    // The text is gone at once; the acknowledgement still proves that it was received.
    const exported = readFileSync(await journey.download("followup.file.export"), "utf8");
    expect(exported).not.toContain(story);
    expect(JSON.parse(exported).record).toBeNull();
    await papers(journey, given.reference);
  });
}
