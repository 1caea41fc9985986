// Mails read by the worker process, which is this very program called again, as `maillon worker`
// is.
#include "interchange/mail_text.hpp"
#include "platform/sandbox/sandbox.hpp"

#include <gmock/gmock.h>

#include <random>

namespace {

using platform::sandbox::run;
using platform::sandbox::Task;
using ::testing::HasSubstr;
using ::testing::Optional;

std::string mail_in(const std::string& charset, const std::string& words) {
    return "From: =?" + charset + "?q?=E9=A4?= <a@faux.example>\nSubject: x\n" +
           "Content-Type: text/plain; charset=" + charset + "\n\n" + words + "\n";
}

TEST(MailWorker, CharsetsAreReadWithoutFiles) {
    const std::pair<std::string, std::string> cases[] = {
        {mail_in("iso-8859-1", "d\xE9\x62it"), "débit"},
        {mail_in("iso-8859-15", "2 \xA4"), "2 €"},
        {mail_in("windows-1252", "2 \x80"), "2 €"},
        {mail_in("koi8-r", "\xF0\xF2\xE9"), "ПРИ"},
        {mail_in("shift_jis", "\x93\xFA\x96\x7B"), "日本"},
        {mail_in("gb18030", "\xD6\xD0"), "中"},
        {mail_in("iso-8859-6", "\xC8"), "ب"},
        {mail_in("utf-7", "+AOk-"), "é"},
        {mail_in("utf-8", "é"), "é"},
        {mail_in("x-unknown-charset", "mot"), "mot"},
    };
    for (const auto& [mail, words] : cases) {
        EXPECT_THAT(run(Task::MailText, mail), Optional(HasSubstr("\n\n" + words + "\n"))) << words;
    }
}

TEST(MailWorker, NestingHarmsNobody) {
    std::string deep = "From: a@b.example\n";
    for (int i = 0; i < 20'000; ++i) {
        const std::string name = "b" + std::to_string(i);
        deep += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
    }
    std::string forwards = "From: a@b.example\n";
    for (int i = 0; i < 20'000; ++i)
        forwards += "Content-Type: message/rfc822\n\nFrom: a@b.example\n";
    for (const std::string& mail : {deep, forwards}) {
        const std::optional<std::string> text = run(Task::MailText, mail);
        EXPECT_LE(text ? text->size() : 0, 1U << 20U);
        EXPECT_TRUE(run(Task::MailText, "From: a@b.example\n\nmot\n"));
    }
}

TEST(MailWorker, RandomBytesHarmNobody) {
    std::mt19937 random{20260105};
    const std::string whole = mail_in("iso-8859-15", "=?utf-8?q?x?= \xA4");
    for (int i = 0; i < 200; ++i) {
        std::string mail = whole;
        for (int change = 0; change < 5; ++change) {
            mail[random() % mail.size()] = static_cast<char>(random());
        }
        static_cast<void>(run(Task::MailText, mail));
    }
    EXPECT_TRUE(run(Task::MailText, whole));
}

} // namespace

int main(int count, char** words) {
    if (count == 2 && std::string_view{words[1]} == "worker") {
        const platform::sandbox::TaskHandler mail[] = {{.task = Task::MailText,
                                                        .prepare = interchange::prepare_mail_text,
                                                        .decode = interchange::mail_text}};
        return platform::sandbox::worker_main(mail);
    }
    testing::InitGoogleMock(&count, words);
    return RUN_ALL_TESTS();
}
