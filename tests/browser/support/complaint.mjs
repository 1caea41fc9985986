// The steps of a complaint through the pages, by what the person reads and answers.
import { expect } from "./watch.mjs";
import { site } from "./world.mjs";

// What each kind asks before, besides being for oneself against somebody unknown.
export const kConditions = {
  fake_buyer: ["jamais_vu", "envoye_ou_frais"],
  fake_seller: ["jamais_vu", "jamais_recu"],
  fake_rental: ["jamais_vu", "argent_demande"],
  fake_shop: ["jamais_recu"],
  hacked_account: ["argent_en_votre_nom"],
  romance: ["jamais_vu", "argent_demande"],
  romance_blackmail: ["jamais_vu", "menace_chantage", "argent_demande"],
  sextortion: ["menace_chantage"],
  ransomware: ["rancon_demandee"],
};
// The answers that each kind needs on its own page.
const kDetails = {
  fake_buyer: { objet: "Un vélo" },
  fake_seller: { objet: "Un vélo" },
  fake_rental: { logement: "1 rue du Lac" },
  fake_shop: { boutique: "boutique.example", objet: "Un manteau" },
  hacked_account: { compte_pirate: "Ma messagerie" },
  romance: {},
  romance_blackmail: { deja_publie: "non" },
  sextortion: { deja_publie: "nsp" },
  ransomware: { appareil: "Un ordinateur" },
};
export const kStory = {
  fr: "Mon numéro est le 06 39 98 00 01. Le numéro de l’escroc est le 06 39 98 00 12.",
  en: "My number is 06 39 98 00 01. The scammer’s number is 06 39 98 00 12.",
};

let people = 0;
// Somebody whom no other test is.
export const somebody = (testInfo) => {
  people += 1;
  const letters = [...`${testInfo.project.name}${testInfo.workerIndex}${testInfo.retry}x${people}`]
    .map((c) => String.fromCharCode(97 + (c.charCodeAt(0) % 26)))
    .join("");
  return { given: "Ana", family: `Berg ${letters}`, born: "12/04/1991" };
};

export class Complaint {
  constructor(journey, kind) {
    this.journey = journey;
    this.page = journey.page;
    this.kind = kind;
  }

  // The addresses of pages carry more than the path: the kind, a number.
  async arrived(page, name = `complaint_${page}`, rest = "") {
    await expect(this.page).toHaveURL(new RegExp(`^${site}${this.journey.path(`complaint_${page}`)}(\\?.*)?$`));
    await this.journey.watch.look(name, this.journey.language, `complaint_${page}`, rest);
  }
  async answer(question, value) {
    const field = this.page.locator(`[name="${question}"]`);
    if ((await field.first().getAttribute("type")) === "radio") {
      await this.page.locator(`label[for="${question}-${value}"]`).click();
      return;
    }
    const isList = await field.evaluate((node) => node.tagName === "SELECT");
    await (isList ? field.selectOption(value) : field.fill(value));
  }
  async say(answers) {
    for (const [question, value] of Object.entries(answers)) await this.answer(question, value);
    await this.journey.go();
  }

  async start() {
    await this.page.goto(`${this.journey.url("complaint")}?type=${this.kind}`);
  }
  async looked() {
    await this.journey.watch.look(`complaint_start_${this.kind}`, this.journey.language, "complaint", `?type=${this.kind}`);
  }
  async eligible(changed = {}) {
    const conditions = Object.fromEntries(kConditions[this.kind].map((one) => [one, "oui"]));
    for (const [name, value] of Object.entries({ pour_soi: "oui", auteur_connu: "non", ...conditions, ...changed })) {
      await this.answer(name, value);
    }
    await this.journey.button("complaint.start.go").click();
  }
  async logIn({ given, family, born }) {
    await this.journey.link("login.with_demonstration").click();
    await this.journey.choose("login.demonstration.other");
    await this.journey.field("login.demonstration.given_name").fill(given);
    await this.journey.field("login.demonstration.family_name").fill(family);
    await this.journey.field("login.demonstration.birthdate").fill(born);
    await this.journey.button("login.demonstration.log_in").click();
  }
  async begin(person) {
    await this.start();
    await this.eligible();
    await this.logIn(person);
  }

  async tell() {
    await this.arrived("story");
    await this.say({ recit: kStory[this.journey.language], debut: "3/10" });
    await this.arrived("contact");
    await this.say({ premier_contact: "whatsapp" });
    await this.arrived("details", `complaint_details_${this.kind}`);
    await this.say(kDetails[this.kind]);
    await this.arrived("author");
    await this.say({ auteur: "06 39 98 00 13\nmarc@example.org" });
  }
  async pay() {
    await this.arrived("payments");
    await this.say({ paye: "oui" });
    await this.arrived("payment", "complaint_payment", "?numero=0");
    await this.say({ date: "3/10", montant: "1250,50", moyen: "transfer" });
    await this.arrived("payment_to", "complaint_payment_to", "?numero=0");
    await this.say({ iban: "FR76 3000 6000 0112 3456 7890 189", titulaire: "M. Dubois" });
    await this.arrived("payments", "complaint_payments_given");
    await this.journey.go();
    await this.arrived("losses");
    await this.say({ somme_demandee: "1300", somme_perdue: "1250,50" });
  }
  async finish(email) {
    await this.arrived("files");
    await this.journey.go();
    await this.arrived("found");
    await expect(this.page.locator('[name="qui-0"]:checked')).toHaveValue("victim");
    await expect(this.page.locator('[name="qui-1"]:checked')).toHaveValue("suspect");
    await this.journey.go();
    await this.arrived("bank");
    await this.say({ banque: "oui" });
    await this.arrived("safety");
    await this.say({ etre_entendu: "non" });
    await this.arrived("you");
    await this.say({ courriel: email, adresse: "1 rue des Lilas" });
    await this.arrived("review");
    await expect(this.page.getByText(this.journey.say("complaint.review.not_sent"), { exact: true })).toBeVisible();
  }
  async send() {
    await this.journey.button("complaint.review.send").click();
    await this.arrived("done");
    return this.reference();
  }
  async reference() {
    const shown = (await this.page.locator(".kept dd").first().textContent()).trim();
    expect(shown).toMatch(/^P-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    return shown;
  }
}
