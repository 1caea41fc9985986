// The steps of a person through the pages, by the labels that the person reads.
import { expect } from "./watch.mjs";
import { site, words } from "./world.mjs";

export class Journey {
  constructor(page, watch, language) {
    this.page = page;
    this.watch = watch;
    this.language = language;
    this.say = words(language);
  }

  path(key) {
    return this.say(`path.${key}`);
  }
  url(key) {
    return site + this.path(key);
  }
  async open(key) {
    await this.page.goto(this.url(key));
  }
  // On the page `key`, called `name`; its language link leads to `twin`, which is the same page but
  // where a form came back with errors at an address that only takes forms.
  async arrived(key, name = key, twin = key) {
    await expect(this.page).toHaveURL(new RegExp(`^${site}${this.path(key)}(\\?.*)?$`));
    await this.watch.look(name, this.language, twin);
  }
  // Follows the first of these links that is there; gives the path of what came.
  async download(...labels) {
    for (const label of labels) {
      if ((await this.link(label).count()) === 0) continue;
      const [download] = await Promise.all([this.page.waitForEvent("download"), this.link(label).click()]);
      return download.path();
    }
    throw new Error(`no link ${labels}`);
  }
  button(word) {
    return this.page.getByRole("button", { name: this.say(word), exact: true });
  }
  link(word) {
    return this.page.getByRole("link", { name: this.say(word), exact: true });
  }
  field(word) {
    return this.page.getByLabel(this.say(word)).and(this.page.locator(":not([type=radio])"));
  }
  async choose(word) {
    // By its label, which covers the whole frame of the choice.
    await this.page.locator(".choice label").getByText(this.say(word), { exact: true }).click();
    await expect(this.page.getByRole("radio", { name: this.say(word), exact: true })).toBeChecked();
  }
  async go() {
    await this.button("action.continue").click();
  }

  // Answers a question of "What is happening to you?".
  async answer(question, answer) {
    await this.arrived("orientation", `orientation_${question}`);
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(this.say(`orientation.ask.${question}.legend`));
    await this.choose(`orientation.ask.${question}.answer.${answer}`);
    await this.go();
  }

  async begin() {
    await this.open("home");
    await this.arrived("home");
    await this.link("home.report_link").click();
    await this.arrived("report", "report_start");
    await this.button("report.start.begin").click();
  }
  async tellKind(nature, category) {
    await this.arrived("report_kind");
    await this.choose(`kind.${nature}`);
    await this.go();
    await this.arrived("report_category");
    await this.choose(`category.${category}.label`);
    await this.go();
  }
  async tellStory(story, when) {
    await this.arrived("report_story");
    await this.field("report.story.label").fill(story);
    await this.field("report.story.when_label").fill(when);
    await this.go();
  }
  async tellMoney({ amount, means, to }) {
    await this.arrived("report_money");
    await this.choose("answer.oui");
    await this.field("report.money.amount_label").fill(amount);
    await this.field("report.money.means_label").selectOption(this.say(`means.${means}`));
    await this.field("report.money.to_label").fill(to);
    await this.go();
  }
  async tellLinks(links) {
    await this.arrived("report_links");
    await this.field("report.links.label").fill(links.join("\n"));
    await this.go();
  }
  async tellContacts(contacts, platform) {
    await this.arrived("report_contacts");
    await this.field("report.contacts.label").fill(contacts.join("\n"));
    await this.field("report.contacts.platform_label").selectOption(this.say(`platform.${platform}`));
    await this.go();
  }
  async giveFiles(files) {
    await this.arrived("report_files");
    await this.field("report.files.label").setInputFiles(files);
    await this.button("report.files.add").click();
    for (const file of files) await expect(this.page.getByText(file.name).first()).toBeVisible();
    await this.arrived("report_files", "report_files_given");
  }
  async sayWho({ email, minor }) {
    await this.arrived("report_contact");
    if (email) {
      await this.choose("report.contact.email_label");
      await this.field("report.contact.email_field").fill(email);
    } else {
      await this.choose("report.contact.anonymous_label");
    }
    if (minor) await this.choose(`answer.${minor}`);
    await this.go();
  }
  async send() {
    await this.button("report.review.send").click();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(this.say("report.done.heading"));
    return this.given();
  }
  // The reference and the code on the page that ends a report.
  async given() {
    const shown = await this.page.locator(".kept dd").allTextContents();
    const reference = shown.find((text) => /^S-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(text.trim()));
    const code = shown.find((text) => /^(?:[0-9A-HJKMNP-TV-Z]{4} ){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(text.trim()));
    expect(reference, "a reference").toBeTruthy();
    expect(code, "a code").toBeTruthy();
    return { reference: reference.trim(), code: code.trim() };
  }

  // A whole report of a scam in few words, for what comes after it.
  async reportBriefly({ email = "", story = "On m’a vendu un vélo qui n’existe pas." } = {}) {
    await this.begin();
    await this.tellKind("arnaque", "fake_seller");
    await this.tellStory(story, "");
    await this.choose("answer.non");
    await this.go();
    await this.tellLinks([]);
    await this.tellContacts([], "other");
    await this.go();
    await this.sayWho({ email });
    return this.send();
  }
  async follow({ reference, code }) {
    await this.open("followup");
    await this.arrived("followup", "followup_open");
    await this.field("followup.open.reference").fill(reference);
    await this.field("followup.open.code").fill(code);
    await this.button("followup.open.open").click();
  }
}
