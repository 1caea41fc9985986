#include "platform/config/config.hpp"

#include "platform/config/read/nearest.hpp"

#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <unistd.h>

namespace platform::config {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string wants_colon(std::string_view value) {
    return value.find(':') == std::string_view::npos ? "HOST:PORT is expected" : "";
}

constexpr std::array kKeys{
    Key{.name = "listen",
        .kind = Kind::Text,
        .default_value = R"("127.0.0.1:8080")",
        .explanation = "Where to listen.",
        .wrong = wants_colon},
    Key{.name = "threads",
        .kind = Kind::Integer,
        .default_value = "2",
        .explanation = "Worker threads.",
        .least = 1,
        .most = 64},
    Key{.name = "upload.bytes_max",
        .kind = Kind::Bytes,
        .default_value = R"("10 MB")",
        .explanation = "The largest file, in bytes.",
        .least = 1,
        .most = 2'000'000'000},
    Key{.name = "upload.scan",
        .kind = Kind::Boolean,
        .default_value = "false",
        .explanation = "Whether files are scanned."},
    Key{.name = "idle",
        .kind = Kind::Seconds,
        .default_value = "30",
        .explanation = "When a silent connection is cut, in seconds.",
        .least = 1,
        .most = 86400},
    Key{.name = "languages",
        .kind = Kind::List,
        .default_value = R"(["fr", "en"])",
        .explanation = "The languages that are offered."},
    Key{.name = "mail.smtp.password",
        .kind = Kind::Text,
        .default_value = R"("")",
        .explanation = "The password of the SMTP server.",
        .secret = true},
};

using Variables = std::map<std::string, std::string, std::less<>>;

Environment environment_of(const Variables& variables) {
    Environment out;
    out.value = [variables](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
    for (const auto& [name, value] : variables) out.names.push_back(name);
    out.others = {"MAILLON_CARD_KEY"};
    return out;
}

/// A folder of its own, that goes with it.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "config-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path file(std::string_view text) const {
        const std::filesystem::path path = path_ / "maillon.toml";
        std::ofstream{path, std::ios::binary} << text;
        return path;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Each fault as "where: what", without the folder.
std::vector<std::string> faults(std::string_view toml, const Variables& variables = {}) {
    const Folder folder;
    const std::filesystem::path file = folder.file(toml);
    const auto settings = read_settings(kKeys, file, environment_of(variables));
    std::vector<std::string> out;
    if (settings) return out;
    for (const Fault& fault : settings.error()) {
        std::string where = fault.where;
        const std::string prefix = folder.path().string() + "/";
        if (where.starts_with(prefix)) where.erase(0, prefix.size());
        out.push_back(where + ": " + fault.what);
    }
    return out;
}

Settings good(std::string_view toml, const Variables& variables = {}) {
    const Folder folder;
    const std::filesystem::path file = folder.file(toml);
    auto settings = read_settings(kKeys, file, environment_of(variables));
    EXPECT_TRUE(settings.has_value()) << (settings ? "" : settings.error().front().what);
    return settings ? *settings : Settings{};
}

TEST(Config, DefaultsWithoutFile) {
    const auto settings = read_settings(kKeys, std::nullopt, environment_of({}));
    ASSERT_TRUE(settings.has_value());
    EXPECT_EQ(settings->text("listen"), "127.0.0.1:8080");
    EXPECT_EQ(settings->number("threads"), 2);
    EXPECT_EQ(settings->number("upload.bytes_max"), 10'000'000);
    EXPECT_FALSE(settings->on("upload.scan"));
    EXPECT_EQ(settings->number("idle"), 30);
    EXPECT_THAT(settings->list("languages"), ElementsAre("fr", "en"));
    EXPECT_EQ(settings->all().size(), kKeys.size());
    for (const Setting& setting : settings->all()) EXPECT_EQ(setting.from, "default");
}

TEST(Config, TheFileThenTheEnvironment) {
    const Settings settings = good("listen = \"[::1]:80\"\nthreads = 8\n"
                                   "languages = []\n[upload]\nscan = true\nbytes_max = \"1 GiB\"\n",
                                   {{"MAILLON_THREADS", "3"},
                                    {"MAILLON_UPLOAD_BYTES_MAX", "20 kB"},
                                    {"MAILLON_LANGUAGES", "en, fr"},
                                    {"MAILLON_CARD_KEY", "read elsewhere"},
                                    {"HOME", "/"}});
    EXPECT_EQ(settings.text("listen"), "[::1]:80");
    EXPECT_EQ(settings.number("threads"), 3);
    EXPECT_EQ(settings.number("upload.bytes_max"), 20'000);
    EXPECT_TRUE(settings.on("upload.scan"));
    EXPECT_THAT(settings.list("languages"), ElementsAre("en", "fr"));
    EXPECT_THAT(settings.all()[0].from, testing::EndsWith("maillon.toml:1"));
    EXPECT_EQ(settings.all()[1].from, "environment");
}

TEST(Config, AnEmptyVariableCountsForTextsOnly) {
    const Settings settings =
        good("[mail.smtp]\npassword = \"from the file\"\n", {{"MAILLON_MAIL_SMTP_PASSWORD", ""},
                                                             {"MAILLON_THREADS", ""},
                                                             {"MAILLON_LANGUAGES", ""},
                                                             {"MAILLON_UPLOAD_SCAN", ""}});
    EXPECT_EQ(settings.text("mail.smtp.password"), "");
    EXPECT_EQ(settings.number("threads"), 2);
    EXPECT_THAT(settings.list("languages"), ElementsAre("fr", "en"));
}

TEST(Config, ReadsQuantities) {
    struct Case {
        const char* key;
        const char* written;
        std::int64_t number;
    };
    for (const Case& c : {
             Case{"upload.bytes_max", "5000", 5000},
             Case{"upload.bytes_max", "\"5000\"", 5000},
             Case{"upload.bytes_max", "\"7 B\"", 7},
             Case{"upload.bytes_max", "\"2 kB\"", 2000},
             Case{"upload.bytes_max", "\"2KiB\"", 2048},
             Case{"upload.bytes_max", "\"10 MiB\"", 10'485'760},
             Case{"upload.bytes_max", "\"1 GB\"", 1'000'000'000},
             Case{"idle", "1", 1},
             Case{"idle", "\"30 s\"", 30},
             Case{"idle", "\"10 min\"", 600},
             Case{"idle", "\"1 h\"", 3600},
             Case{"idle", "\"1 d\"", 86400},
             Case{"threads", "0x10", 16},
         }) {
        SCOPED_TRACE(fmt::format("{} = {}", c.key, c.written));
        EXPECT_EQ(good(fmt::format("{} = {}\n", c.key, c.written)).number(c.key), c.number);
    }
}

TEST(Config, TellsWhatIsWrongAndWhere) {
    struct Case {
        const char* name;
        const char* toml;
        const char* fault;
    };
    const char* bytes =
        "upload.bytes_max: a number of bytes is expected, such as 5000, \"10 MB\" or \"10 MiB\"";
    for (const Case& c : {
             Case{"unknown", "\n lisen = \"a:1\"",
                  "2:2: unknown key 'lisen'; did you mean 'listen'?"},
             Case{"unknown, like none", "colour = 1", "1:1: unknown key 'colour'"},
             Case{"in a table", "[upload]\nbyte_max = 1",
                  "2:1: unknown key 'upload.byte_max'; did you mean 'upload.bytes_max'?"},
             Case{"table mistyped", "[uplaod]\nscan = true",
                  "2:1: unknown key 'uplaod.scan'; did you mean 'upload.scan'?"},
             Case{"empty table", "[nothing]", "1:2: unknown key 'nothing'"},
             Case{"dot in quotes", "\"upload.scan\" = true",
                  "1:1: unknown key 'upload.scan'; did you mean 'upload.scan'?"},
             Case{"group", "upload = 1",
                  "1:1: 'upload' is a group of keys: write [upload] above them"},
             Case{"text", "listen = 8080", "1:1: listen: a text in quotes is expected"},
             Case{"text, table", "[listen]\nport = 1", "1:2: listen: a text in quotes is expected"},
             Case{"rule", "listen = \"8080\"", "1:1: listen: HOST:PORT is expected"},
             Case{"integer", "threads = \"2\"", "1:1: threads: a whole number is expected"},
             Case{"float", "threads = 2.5", "1:1: threads: a whole number is expected"},
             Case{"least", "threads = 0", "1:1: threads: a number from 1 to 64 is expected"},
             Case{"most", "threads = 65", "1:1: threads: a number from 1 to 64 is expected"},
             Case{"boolean", "upload.scan = 1", "1:8: upload.scan: true or false is expected"},
             Case{"list", "languages = \"fr\"",
                  "1:1: languages: a list of texts is expected, such as [\"a\", \"b\"]"},
             Case{"list of numbers", "languages = [1]",
                  "1:1: languages: a list of texts is expected, such as [\"a\", \"b\"]"},
             Case{"no TOML", "a = 1\nb = ", "2:5: not valid TOML: "},
             Case{"twice", "threads = 1\nthreads = 2", "2:11: not valid TOML: "},
             Case{"bytes that are no text", "listen = \"\xff\"", "1:10: not valid TOML: "},
         }) {
        SCOPED_TRACE(c.name);
        EXPECT_THAT(faults(c.toml),
                    ElementsAre(testing::StartsWith("maillon.toml:" + std::string{c.fault})));
    }
    for (const char* written :
         {"\"\"", "\"MB\"", "\"10 mb\"", "\"10 s\"", "\"1.5 MB\"", "\"10  MB\"",
          "\"99999999999 GB\"", "\"99999999999999999999\"", "true", "[1]"}) {
        SCOPED_TRACE(written);
        EXPECT_THAT(faults(fmt::format("upload.bytes_max = {}", written)),
                    ElementsAre(HasSubstr(bytes)));
    }
}

TEST(Config, LettersBeyondAsciiStandInTextsAndCommentsAlone) {
    for (const char* const wrong : {"é = 1", "a = é", "# é\n\u00A0text = 'x'"}) {
        EXPECT_THAT(faults(wrong), ElementsAre(HasSubstr("not ASCII stands outside of quotes")));
    }
    EXPECT_THAT(faults("# fin\n\n  ü = 1"), ElementsAre(HasSubstr(":3:3: ")));
    for (const char* const texts : {"\xEF\xBB\xBF# é", "text = 'é'", R"(text = "\"é")",
                                    "text = '''\né'''", "text = \"\"\"\n\\\"é\"\"\"  # é"}) {
        EXPECT_THAT(faults(texts), testing::Each(Not(HasSubstr("outside of quotes")))) << texts;
    }
    // Not closed: the parser says so, on its line.
    EXPECT_THAT(faults("text = 'a\né = 1"), ElementsAre(HasSubstr("maillon.toml:1:")));
}

TEST(Config, TellsAllFaultsInTheOrderOfTheLines) {
    EXPECT_THAT(faults("threads = 99\nlisten = 1\nzebra = 1\n[upload]\nscan = 3\n",
                       {{"MAILLON_IDLE", "soon"}, {"MAILLON_THRAEDS", "3"}}),
                ElementsAre(testing::StartsWith("maillon.toml:1:1: threads: "),
                            testing::StartsWith("maillon.toml:2:1: listen: "),
                            testing::StartsWith("maillon.toml:3:1: unknown key 'zebra'"),
                            testing::StartsWith("maillon.toml:5:1: upload.scan: "),
                            testing::StartsWith("MAILLON_IDLE: a number of seconds is expected"),
                            "MAILLON_THRAEDS: no setting is called so; did you mean "
                            "'MAILLON_THREADS'?"));
    std::string many;
    for (int i = 0; i < 150; ++i) many += fmt::format("wrong_{} = 1\n", i);
    const std::vector<std::string> cut = faults(many);
    EXPECT_EQ(cut.size(), kFaultsMax + 1);
    EXPECT_THAT(cut.back(), HasSubstr("and 50 more"));
}

TEST(Config, RefusesFilesThatCannotBeRead) {
    const Folder folder;
    const auto what = [&](const std::filesystem::path& file) -> std::string {
        const auto settings = read_settings(kKeys, file, environment_of({}));
        return settings ? "nothing" : settings.error().front().what;
    };
    EXPECT_EQ(what(folder.path() / "none.toml"), "there is no such file");
    EXPECT_EQ(what(folder.path()), "is a folder; a TOML file is expected");
    EXPECT_THAT(what(folder.path() / "none.toml" / "below"), Not("nothing"));
    EXPECT_THAT(what(folder.file(std::string(kFileBytesMax + 1, '#'))),
                HasSubstr("not a settings file"));
    EXPECT_EQ(what(folder.file(std::string(kFileBytesMax, '#'))), "nothing");
    if (::geteuid() != 0) { // root reads everything
        const std::filesystem::path closed = folder.file("");
        std::filesystem::permissions(closed, std::filesystem::perms::none);
        EXPECT_THAT(what(closed), HasSubstr("cannot be read"));
    }
}

TEST(Config, NeverQuotesAValue) {
    for (const char* toml : {"[mail.smtp]\npassword = 1000000001", "mail.smtp.password = hunter2",
                             "mail.smtp.password = [\"hunter2\"]", "threads = \"hunter2\"",
                             "listen = \"hunter2\"", "[mail.smtp]\npassword = \"hunter2\\q\""}) {
        for (const std::string& fault : faults(toml)) {
            EXPECT_THAT(fault, Not(HasSubstr("hunter2")));
            EXPECT_THAT(fault, Not(HasSubstr("1000000001")));
        }
    }
    EXPECT_THAT(faults("", {{"MAILLON_THREADS", "hunter2"}}),
                ElementsAre("MAILLON_THREADS: a whole number is expected"));
}

TEST(Config, ShowsValuesAndTheirSourceButNoSecret) {
    const std::string text = shown(
        good("[mail.smtp]\npassword = \"hunter2\"\n", {{"MAILLON_UPLOAD_BYTES_MAX", "20 kB"}}));
    EXPECT_THAT(text, HasSubstr("mail.smtp.password = (set)  # "));
    EXPECT_THAT(text, Not(HasSubstr("hunter2")));
    EXPECT_THAT(text, HasSubstr("upload.bytes_max = \"20 kB\"  # environment\n"));
    EXPECT_THAT(text, HasSubstr("languages = [\"fr\", \"en\"]  # default\n"));
    EXPECT_THAT(shown(good("")), HasSubstr("mail.smtp.password = \"\"  # default\n"));
}

TEST(Config, TheCommentedFileSaysTheDefaults) {
    const std::string file = commented_file(kKeys);
    for (const Key& key : kKeys) EXPECT_THAT(file, HasSubstr(std::string{key.explanation}));
    EXPECT_THAT(file, HasSubstr("# From 1 to 64.\nthreads = 2\n"));
    EXPECT_THAT(file, HasSubstr("\n[mail.smtp]\n"));
    for (std::size_t at = 0; at < file.size(); at = file.find('\n', at) + 1) {
        EXPECT_LE(file.find('\n', at) - at, std::size_t{100});
    }
    const Settings read = good(file);
    const auto defaults = read_settings(kKeys, std::nullopt, environment_of({}));
    ASSERT_TRUE(defaults.has_value());
    ASSERT_EQ(read.all().size(), defaults->all().size());
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
        const Setting& a = read.all()[i];
        const Setting& b = defaults->all()[i];
        EXPECT_THAT(a.from, HasSubstr("maillon.toml:")) << "every key stands in the file";
        EXPECT_EQ(std::tie(a.name, a.text, a.number, a.list),
                  std::tie(b.name, b.text, b.number, b.list));
    }
}

TEST(Config, TheCommandLineWins) {
    Settings settings = good("threads = 4");
    EXPECT_EQ(override_setting(settings, kKeys[1], "--threads", "7"), std::nullopt);
    EXPECT_EQ(settings.number("threads"), 7);
    EXPECT_EQ(settings.all()[1].from, "command line");
    const std::optional<Fault> fault = override_setting(settings, kKeys[1], "--threads", "many");
    ASSERT_TRUE(fault.has_value());
    EXPECT_EQ(fault->where, "--threads");
    EXPECT_EQ(settings.number("threads"), 7);
}

TEST(Config, ReadsTheProcessEnvironment) {
    ::setenv("MAILLON_CONFIG_TEST", "here", 1);
    const Environment environment = process_environment();
    ::unsetenv("MAILLON_CONFIG_TEST");
    EXPECT_THAT(environment.names, testing::Contains("MAILLON_CONFIG_TEST"));
    EXPECT_EQ(environment.value("MAILLON_CONFIG_TEST"), std::nullopt);
    EXPECT_NE(environment.value("PATH"), std::nullopt);
}

TEST(Nearest, FindsTheMistypedWord) {
    const std::vector<std::string> known{"listen", "threads", "upload.bytes_max"};
    struct Case {
        const char* word;
        std::optional<std::string_view> expected;
    };
    for (const Case& c : {
             Case{"lisen", "listen"},
             Case{"listne", "listen"},
             Case{"Listen", "listen"},
             Case{"thread", "threads"},
             Case{"bytes_max", std::nullopt},
             Case{"upload.max_bytes", std::nullopt},
             Case{"x", std::nullopt},
             Case{"", std::nullopt},
             Case{"upload_bytes_max", "upload.bytes_max"},
         }) {
        EXPECT_EQ(nearest(c.word, known), c.expected) << c.word;
    }
    EXPECT_EQ(printable("a\nb\xff"), "a?b?");
    EXPECT_EQ(printable(std::string(100, 'a')), std::string(60, 'a') + "...");
}

TEST(Settings, AskedByAWrongNameStops) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    const Settings settings = good("");
    EXPECT_DEATH(static_cast<void>(settings.text("none")), "asked for by a name");
    EXPECT_DEATH(static_cast<void>(settings.number("listen")), "is a number");
}

} // namespace

} // namespace platform::config
