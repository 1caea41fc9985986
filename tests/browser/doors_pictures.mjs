// Not a test: pictures of the way to the right door, the check and the complaint, with invented
// content (script/screenshots).
import { test } from "@playwright/test";
import path from "node:path";
import { Complaint, somebody } from "./support/complaint.mjs";
import { Journey } from "./support/journey.mjs";
import { kLanguages } from "./support/world.mjs";

const kSuspicious = {
  fr:
    "Votre colis est retenu au dépôt. Réglez 1,99 € sous 24 h, sinon il sera renvoyé : " +
    "https://colis-poste.example-info.top/payer",
  en:
    "Royal Mail: your parcel could not be delivered. An unpaid shipping fee of £1.99 is due " +
    "within 24 hours: https://royalmail-example-fee.top/pay",
};
const kBought = [["trade", "bought_person"], ["paid", "now"], ["means", "transfer"], ["who", "adult"], ["received", "silence"], ["met", "no"]];
const kThreatened = [["threat", "images"], ["safety", "dark"], ["paid", "no"], ["who", "adult"], ["earlier", "no"]];

for (const language of kLanguages) {
  test(`the doors, ${language}`, async ({ page }, testInfo) => {
    let number = 50; // behind those of the report
    const take = async (name) => {
      number += 1;
      const file = `${language}_${testInfo.project.name}_${number}_${name}.png`;
      await page.screenshot({ path: path.join(process.env.BROWSER_PICTURES, file), fullPage: true });
    };
    const journey = new Journey(page, { look: take }, language);
    const follow = async (first, answers) => {
      await journey.open("home");
      await journey.link(`orientation.ask.happening.answer.${first}`).click();
      for (const [question, answer] of answers) await journey.answer(question, answer);
    };
    await follow("trade", kBought);
    await journey.arrived("orientation", "orientation_result_fake_seller");
    await follow("threat", kThreatened);
    await journey.arrived("orientation", "orientation_result_sextortion");
    for (const key of ["orientation_words", "orientation_rules", "quick", "check"]) {
      await journey.open(key);
      await journey.arrived(key);
    }
    await journey.open("check");
    await journey.field("check.label").fill(kSuspicious[language]);
    await journey.button("check.button").click();
    await take("check_result");
    const complaint = new Complaint(journey, "romance");
    await journey.open("complaint");
    await take("complaint_types");
    await complaint.start();
    await take("complaint_start");
    await complaint.eligible();
    await take("login");
    await complaint.logIn(somebody(testInfo));
    await complaint.tell();
    await complaint.pay();
    await complaint.finish("camille@exemple.test");
    await complaint.send();
    await journey.open("my_complaints");
    await take("my_complaints");
    await page.locator("main a").first().click();
    await take("complaint_file");
  });
}
