// Complaints: each kind to its acknowledgement or its explained refusal, drafts lost and found.
import fs from "node:fs";
import { Complaint, kConditions, kStory, somebody } from "./support/complaint.mjs";
import { picture, upload } from "./support/evidence.mjs";
import { Journey } from "./support/journey.mjs";
import { papers } from "./support/papers.mjs";
import { expect, test } from "./support/watch.mjs";
import { kElsewhere, kLanguages, mailsTo, site, walks } from "./support/world.mjs";

test.describe.configure({ timeout: 300_000 }); // twenty pages, each looked at

const kKinds = Object.keys(kConditions);
// What is the same whatever the kind: French on a desk and without a script, English on a telephone.
const isShared = (project, language) => (project === "mobile") === (language === "en");

for (const language of kLanguages) {
  for (const kind of kKinds) {
    test(`a complaint about ${kind} is sent, ${language}`, async ({ page, watch }, testInfo) => {
      test.skip(!walks(testInfo, kKinds.indexOf(kind), language), kElsewhere);
      const email = `plainte.${kind.replaceAll("_", ".")}.${language}.${testInfo.retry}@exemple.test`;
      const journey = new Journey(page, watch, language);
      const complaint = new Complaint(journey, kind);
      await journey.open("complaint");
      await journey.arrived("complaint", "complaint_types");
      await journey.link(`complaint_type.${kind}.label`).click();
      const atRisk = ["romance", "romance_blackmail", "sextortion"].includes(kind);
      await expect(journey.button("layout.leave")).toHaveCount(atRisk ? 1 : 0);
      await complaint.looked();
      await complaint.eligible();
      await complaint.logIn(somebody(testInfo));
      await complaint.tell();
      await complaint.pay();
      await complaint.finish(email);
      await expect(page.locator("main")).toContainText(language === "fr" ? "1\u202f250,50\u00a0€" : "€1,250.50");
      const reference = await complaint.send();
      await papers(journey, reference);
      await expect
        .poll(() => mailsTo(email).map((mail) => [mail.headers.Subject, mail.text.includes(reference)]))
        .toEqual([[journey.say("mail.complaint.subject"), true]]);
      await journey.open("my_complaints");
      await journey.arrived("my_complaints", "my_complaints_sent");
      await page.getByRole("link", { name: reference }).click();
      await journey.arrived("complaint_file");
    });
  }

  test(`a complaint that goes another way is explained, ${language}`, async ({ page, watch }, testInfo) => {
    const journey = new Journey(page, watch, language);
    for (const [kind, changed, why] of [
      ["hacked_account", { argent_en_votre_nom: "non" }, "argent_en_votre_nom"],
      ["fake_shop", { auteur_connu: "oui" }, "auteur_connu"],
    ]) {
      const complaint = new Complaint(journey, kind);
      await complaint.start();
      await complaint.eligible(changed);
      await expect(page.getByText(journey.say(`condition.${why}.refused`))).toBeVisible();
      await expect(journey.link("complaint.doors.report")).toBeVisible();
      await complaint.arrived("refused", `complaint_refused_${why}`, `?type=${kind}&motif=${why}`);
    }
    const complaint = new Complaint(journey, "sextortion");
    await complaint.begin({ ...somebody(testInfo), born: "30/05/2011" });
    await expect(page.getByText(journey.say("condition.mineur.refused"))).toBeVisible();
    await expect(page.getByRole("link", { name: "3018" })).toBeVisible();
    await complaint.arrived("refused", "complaint_refused_minor", "?type=sextortion&motif=mineur");
  });

  test(`a draft is left and found again, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!isShared(testInfo.project.name, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    const complaint = new Complaint(journey, "romance");
    const person = somebody(testInfo);
    await complaint.begin(person);
    await complaint.tell();
    await journey.link("complaint.pause").click();
    await journey.arrived("complaint_pause");
    const code = (await page.locator("#code").textContent()).trim();
    await journey.button("complaint.pausing.log_out").click();

    // By the code, on another device.
    await page.context().clearCookies();
    await journey.open("complaint_resume");
    await complaint.answer("code", "0000 0000 0000 0000");
    await journey.button("complaint.resume.open").click();
    await expect(page.locator("[data-problem]")).toContainText(journey.say("error.reprise_wrong"));
    await journey.arrived("complaint_resume");
    await complaint.answer("code", code);
    await journey.button("complaint.resume.open").click();
    await complaint.arrived("payments");

    // By the login: the same link, twice, is the same draft.
    await page.context().clearCookies();
    await complaint.begin(person);
    await complaint.arrived("payments");
    await journey.open("complaint_story");
    await expect(page.locator("#recit")).toHaveValue(kStory[language]);
    await journey.open("my_complaints");
    await journey.arrived("my_complaints", "my_complaints_begun");
    await expect(page.locator(".stop li")).toHaveCount(1);
    await complaint.start();
    await expect(page.getByText(journey.say("complaint.start.resume_heading"))).toBeVisible();
  });

  test(`a login that ends loses nothing, a file that fails spares the rest, ${language}`, async ({ page, watch }, testInfo) => {
    test.skip(!isShared(testInfo.project.name, language), kElsewhere);
    const journey = new Journey(page, watch, language);
    const complaint = new Complaint(journey, "fake_seller");
    const person = somebody(testInfo);
    await complaint.begin(person);
    await complaint.arrived("story");
    await journey.go();
    await expect(page.locator("[data-problem] li")).toHaveCount(2);
    await complaint.arrived("story", "complaint_story_missing");
    const kept = (await page.context().cookies()).filter((cookie) => cookie.name !== "identite");
    await page.context().clearCookies();
    await page.context().addCookies(kept);
    await complaint.say({ recit: kStory[language], debut: "3/10" });
    await complaint.logIn(person);
    await complaint.arrived("contact");
    await journey.open("complaint_story");
    await expect(page.locator("#recit")).toHaveValue(kStory[language]);
    await journey.open("complaint_files");
    const large = testInfo.outputPath("gros.png");
    fs.writeFileSync(large, Buffer.alloc(26_000_000, "a"));
    await journey.field("report.files.label").setInputFiles([large]);
    await journey.button("report.files.add").click();
    await expect(page.locator("[data-problem]")).toContainText("gros.png");
    await journey.field("report.files.label").setInputFiles([upload("annonce.png", "image/png", picture())]);
    await journey.button("report.files.add").click();
    await expect(page.locator(".files")).toContainText("annonce.png");
    await complaint.arrived("files", "complaint_files_given");
  });
}

test("two clicks send one complaint; it is completed, corrected and withdrawn", async ({ page, watch }, testInfo) => {
  test.skip(testInfo.project.name === "mobile", "once with a script and once without");
  const journey = new Journey(page, watch, "fr");
  const complaint = new Complaint(journey, "ransomware");
  await complaint.begin(somebody(testInfo));
  await complaint.tell();
  await complaint.pay();
  await complaint.finish("deux.clics@exemple.test");
  await journey.button("complaint.review.send").dblclick();
  await complaint.arrived("done");
  const reference = await complaint.reference();
  await journey.open("my_complaints");
  await expect(page.locator("main ul.files li")).toHaveCount(1);
  await page.getByRole("link", { name: reference }).click();
  await complaint.answer("texte", "C’était le 4.");
  await complaint.answer("partie", "paiements");
  await journey.button("followup.file.send").click();
  await expect(page.locator(".messages")).toContainText(journey.say("plainte.corrected.paiements"));
  await journey.link("complaint.file.withdraw").click();
  await journey.arrived("complaint_withdraw");
  await journey.button("followup.withdraw.confirm").click();
  await journey.arrived("complaint_file", "complaint_file_withdrawn");
});

test("what is typed is saved and recognised, and said", async ({ page, watch }, testInfo) => {
  test.skip(testInfo.project.name === "no-js", "it is a script");
  const journey = new Journey(page, watch, "fr");
  const complaint = new Complaint(journey, "romance");
  await complaint.begin(somebody(testInfo));
  await complaint.answer("recit", kStory.fr);
  await expect(page.locator("#garde")).toHaveText(journey.say("plainte.kept"));
  await expect(page.locator("#reperes li")).toHaveCount(2);
  await page.goto(site + journey.path("complaint_story"));
  await expect(page.locator("#recit")).toHaveValue(kStory.fr);
});
