#include "interchange/mail/html_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace interchange::mail {
namespace {

TEST(HtmlToText, ShowsWhatAReaderSees) {
    struct Row {
        const char* name;
        std::string html;
        std::string text;
    };
    for (const Row& row : std::vector<Row>{
             {"nothing", "", ""},
             {"no markup", "Bonjour  à\n tous", "Bonjour à tous"},
             {"blocks are lines", "<div>a</div><div>b<br>c</div>", "a\n\nb\nc"},
             {"cells are words", "<table><tr><td>a<td>b</tr><tr><td>c</table>", "a b\n\nc"},
             {"link", "<a href=\"https://x.test/p?a=1&amp;b=2\">Cliquez</a> ici",
              "Cliquez <https://x.test/p?a=1&b=2> ici"},
             {"link that shows itself", "<a href='https://x.test'>https://x.test</a>.",
              "https://x.test."},
             {"link that shows another", "<a href=https://faux.test>https://banque.test</a>",
              "https://banque.test <https://faux.test>"},
             {"link around an image", "<a href='https://x.test'><img alt='Votre colis' src=y></a>",
              "Votre colis <https://x.test>"},
             {"mail and phone",
              "<a href='mailto:a@b.test?subject=x'>Moi</a> <a href='tel:0199000001'>T</a>",
              "Moi <a@b.test> T <0199000001>"},
             {"links to nowhere", "<a href='#top'>a</a> <a href=' JavaScript:x()'>b</a>", "a b"},
             {"unclosed link", "<a href='https://x.test'>a<p>b", "a\n\nb <https://x.test>"},
             {"pictures to one place",
              "<a href='https://x.test'><img></a><a href='https://x.test'><img></a>a",
              "<https://x.test> a"},
             {"spaces that do not break", "06&nbsp;39\u00A098<p>&nbsp;</p>a", "06 39 98\n\na"},
             {"table without font size", "<td style='font-size:0'><p style='font-size:9px'>a", "a"},
             {"map and form", "<area href='https://m.test'><form action='https://f.test'>x",
              "<https://m.test> <https://f.test> x"},
             {"script and style", "a<script>if (a < b) '</p>'</script><style>p{}</style>b", "ab"},
             {"head", "<html><head><title>T</title><meta x></head><body>b", "b"},
             {"head left open", "<head><title>T</title><body>b", "b"},
             {"comments", "a<!-- <b>no</b> -->b<!DOCTYPE x>c<![endif]>d", "abcd"},
             {"comment left open", "a<!-- b", "a"},
             {"hidden", "a<div style='color:red; DISPLAY : none !important'>x<div>y</div>z</div>b",
              "ab"},
             {"hidden attribute", "a<span hidden>x</span>b", "ab"},
             {"zero font",
              "a<span style=\"font-size:0px\">x</span>b<i style='font-size:0.9em'>c</i>", "abc"},
             {"inline-display is not hidden", "<p style='display:none-such'>a", "a"},
             {"hidden paragraph ends at the next", "<p hidden>x<p>b", "b"},
             {"hidden and never closed", "a<div hidden>b", "a\nb"},
             {"hidden input", "<input type=hidden value=x><input value=Payer>", "Payer"},
             {"entities", "&eacute;&#233;&#xE9;&euro;&amp;lt;&nope;&", "ééé€&lt;&nope;&"},
             {"forbidden references", "&#0;&#xD800;&#99999999;", "&#0;\uFFFD\uFFFD"},
             {"less than", "3 < 4 <3 a<", "3 < 4 <3 a<"},
             {"odd tags", "a</>b< p>c<p/>d<p =x>e<p a=b=c>f", "ab< p>c\n\nd\n\ne\n\nf"},
             {"tag left open", "a<p class='x", "a"},
             {"quote in a tag", "<p title='a>b'>c", "c"},
         }) {
        EXPECT_EQ(html_to_text(row.html), row.text) << row.name;
    }
}

TEST(HtmlToText, IsLinear) {
    for (const char* bit : {"<", "<a href='", "<div hidden>", "<!--", "&", "</script", "<script>",
                            "<a href=https://x.test>", "<p hidden>", "\"'"}) {
        std::string html;
        while (html.size() < 4'000'000) html += bit;
        EXPECT_LE(html_to_text(html).size(), 3 * html.size()) << bit;
    }
}

} // namespace
} // namespace interchange::mail
