#include "platform/page/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace platform::page {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const EmbeddedFile kLocales[] = {
    {"fr.toml", "[title]\nform = 'Récit'\nmail = 'Courrier'\n"
                "[w]\nhello = 'Bonjour & \"bienvenue\"'\nup_to = 'Jusqu’à {{MOST}} Mo'\n"
                "said = 'Bonjour {name}'\n"},
    {"en.toml", "[title]\nform = 'Story'\nmail = 'Mail'\n"
                "[w]\nhello = 'Hello & \"welcome\"'\nup_to = 'Up to {{MOST}} MB'\n"
                "said = 'Hello {name}'\n"},
};
const EmbeddedFile kAssets[] = {{"site.css", "body{}"}, {"focus.js", "1"}};
const EmbeddedFile kTemplates[] = {
    {"layout.html", "<html lang=\"{{LANG}}\"><title>{{TITLE}}</title>"
                    "<link rel=\"stylesheet\" href=\"[[asset:site.css]]\">"
                    "<main>{{BODY:none}}</main></html>"},
    {"form.html", "[[part:part_errors.html]]<p title=\"[[w.hello]]\">[[w.hello]] {{TEXT}}</p>"
                  "<p id=\"{{TEXT}}\"></p><a href=\"{{LINK}}\">[[w.up_to]]</a>"
                  "<a href=\"/x?q={{TEXT:u}}\">q</a><img alt=\"\" src=\"{{LINK}}\">"
                  "<textarea>{{TEXT:p}}</textarea>"
                  "<ul>{{#ROW}}<li>{{NAME}}{{#DONE}} done{{/DONE}}</li>{{/ROW}}</ul>"},
    {"part_errors.html", "{{#ERRORS}}<ul>{{#ERROR}}<li>{{MESSAGE}}</li>{{/ERROR}}</ul>{{/ERRORS}}"},
    {"mail.txt", "[[w.hello]]\n\n{{TEXT}}\n"},
};

class PagesTest : public testing::Test {
protected:
    [[nodiscard]] std::string form(const Filling& filling) const {
        return pages_.render_alone("form.html", Language::French, filling);
    }
    Pages pages_{kTemplates, kLocales, kAssets};
};

constexpr std::string_view kHostile = "\"'><script>alert(1)</script>&";

TEST_F(PagesTest, EscapesInTextAttributesAndQueries) {
    Filling filling;
    filling.set("TEXT", kHostile);
    const std::string html = form(filling);
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
    constexpr std::string_view kEscaped =
        "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;";
    EXPECT_THAT(html, HasSubstr("bienvenue&quot; " + std::string{kEscaped} + "</p>"));
    EXPECT_THAT(html, HasSubstr("id=\"" + std::string{kEscaped} + "\""));
    EXPECT_THAT(html, HasSubstr("<textarea>" + std::string{kEscaped} + "</textarea>"));
    EXPECT_THAT(html, HasSubstr("/x?q=%22%27%3E%3Cscript%3E"));
}

TEST_F(PagesTest, EscapesInTheTitle) {
    Filling filling;
    filling.set("TITLE", "</title><script>");
    const std::string html = pages_.render("form.html", Language::French, filling);
    EXPECT_THAT(html, HasSubstr("<title>&lt;/title&gt;&lt;script&gt;</title>"));
}

TEST_F(PagesTest, LinksThatRunAreNeutralised) {
    const struct {
        std::string_view link;
        bool kept;
    } rows[] = {
        {"/suivi", true},
        {"https://example.test/a", true},
        {"javascript:alert(1)", false},
        {"JaVaScRiPt:alert(1)", false},
        {" javascript:alert(1)", false},
        {"java\nscript:alert(1)", false},
        {"data:text/html,<script>", false},
        {"vbscript:x", false},
    };
    for (const auto& row : rows) {
        Filling filling;
        filling.set("LINK", row.link);
        const std::string html = form(filling);
        const std::string expected =
            "<a href=\"" + (row.kept ? std::string{row.link} : std::string{"#"}) + "\">";
        EXPECT_THAT(html, HasSubstr(expected)) << row.link;
        EXPECT_EQ(html.find("script:"), std::string::npos) << row.link;
    }
}

TEST_F(PagesTest, ATextareaKeepsItsLines) {
    Filling filling;
    filling.set("TEXT", "one\ntwo\r\n\tthree");
    EXPECT_THAT(form(filling), HasSubstr("<textarea>one\ntwo\r\n\tthree</textarea>"));
}

TEST_F(PagesTest, WordsAreEscapedAndMayHoldValues) {
    Filling filling;
    filling.set("MOST", "<20>");
    const std::string french = form(filling);
    EXPECT_THAT(french, HasSubstr("title=\"Bonjour &amp; &quot;bienvenue&quot;\""));
    EXPECT_THAT(french, HasSubstr("Jusqu’à &lt;20&gt; Mo"));
    const std::string english = pages_.render_alone("form.html", Language::English, filling);
    EXPECT_THAT(english, HasSubstr("Up to &lt;20&gt; MB"));
}

TEST_F(PagesTest, SectionsAreShownOnceRepeatedOrLeftOut) {
    Filling filling;
    for (const std::string_view name : {"a", "b"}) {
        Filling& row = filling.add("ROW");
        row.set("NAME", name);
        if (name == "b") row.show("DONE");
    }
    const std::string html = form(filling);
    EXPECT_THAT(html, HasSubstr("<ul><li>a</li><li>b done</li></ul>"));
    filling.add("ERRORS").add("ERROR").set("MESSAGE", "non");
    EXPECT_THAT(form(filling), HasSubstr("<ul><li>non</li></ul>"));
}

TEST_F(PagesTest, TheLayoutGetsLanguageTitleAndBody) {
    const std::string html = pages_.render("form.html", Language::English, {});
    EXPECT_THAT(html, HasSubstr("<html lang=\"en\"><title>Story</title>"));
    EXPECT_THAT(html, HasSubstr("<main><p title="));
    EXPECT_THAT(html, HasSubstr("href=\"" + pages_.asset_path("site.css") + "\""));
}

TEST_F(PagesTest, PlainMailsAreNotEscaped) {
    Filling filling;
    filling.set("TEXT", "a & b <c>");
    EXPECT_EQ(pages_.render_alone("mail.txt", Language::French, filling),
              "Bonjour & \"bienvenue\"\n\na & b <c>\n");
}

TEST_F(PagesTest, AssetsAreNamedByTheirContent) {
    const std::string path = pages_.asset_path("site.css");
    EXPECT_THAT(path, testing::MatchesRegex("/a/site\\.[0-9a-f]{8}\\.css"));
    const EmbeddedFile* const file = pages_.asset(path.substr(3));
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->content, "body{}");
    EXPECT_EQ(pages_.asset("site.css"), nullptr);
    EXPECT_EQ(pages_.asset("site.00000000.css"), nullptr);
    const EmbeddedFile changed[] = {{"site.css", "body{ }"}};
    EXPECT_NE(Pages(std::span(kTemplates).last(1), kLocales, changed).asset_path("site.css"), path);
}

TEST_F(PagesTest, PartsAreNoPagesAndUnusedWordsAreTold) {
    EXPECT_THAT(pages_.template_names(), ElementsAre("form.html", "layout.html", "mail.txt"));
    EXPECT_THAT(pages_.unused_words(), ElementsAre("title.form", "title.mail", "w.said"));
    EXPECT_EQ(pages_.say(Language::English, "w.said", {{"name", "<Ann>"}}), "Hello <Ann>");
    EXPECT_TRUE(pages_.knows("w.said"));
    EXPECT_FALSE(pages_.knows("w"));
}

TEST_F(PagesTest, PagesAreRenderedFromManyThreads) {
    Filling filling;
    filling.set("TEXT", kHostile);
    filling.add("ROW").set("NAME", "x");
    const std::string expected = pages_.render("form.html", Language::French, filling);
    std::vector<int> wrong(8);
    {
        std::vector<std::jthread> threads;
        for (int& mine : wrong) {
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i) {
                    if (pages_.render("form.html", Language::French, filling) != expected) ++mine;
                }
            });
        }
    }
    EXPECT_EQ(wrong, std::vector<int>(8));
}

TEST(PagesDeath, OurOwnFaultsStopTheProgramAndAreNamed) {
    const struct {
        std::string_view text;
        const char* complaint;
    } rows[] = {
        {"[[w.absent]]", "x.html: no such word in fr.toml: w.absent"},
        {"[[w.said]]", "said in C"},
        {"[[asset:none.css]]", "x.html: no such asset: none.css"},
        {"[[part:part_none.html]]", "no such part: part_none.html"},
        {"[[part:x.html]]", "parts that hold each other"},
        {"[[w.hello", "without its"},
        {"[[W hello]]", "not a placeholder"},
        {"{{#OPEN}}", "does not parse"},
        {"<a href={{X}} onclick=\"{{Y:none}}\"><b {{Z}}", "does not parse"},
    };
    for (const auto& row : rows) {
        const EmbeddedFile templates[] = {{"x.html", row.text}};
        EXPECT_DEATH(Pages(templates, kLocales, kAssets), row.complaint) << row.text;
    }
    const Pages pages{kTemplates, kLocales, kAssets};
    EXPECT_DEATH((void)pages.render("absent.html", Language::French, {}), "absent");
    EXPECT_DEATH(Pages(kTemplates, std::span(kLocales).first(1), kAssets), "no locale en.toml");
}

} // namespace
} // namespace platform::page
