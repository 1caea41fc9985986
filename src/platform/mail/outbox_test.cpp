#include "platform/db_testing/test_database.hpp"
#include "platform/mail/mail.hpp"
#include "platform/mail/queries.hpp"
#include "platform/mail/sql/testing/queries.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace platform::mail {

namespace {

using db_testing::TemporaryFolder;
using db_testing::TestDatabase;
using std::chrono::milliseconds;
using ::testing::IsEmpty;
namespace test_sql = testing::sql;

constexpr int kTriesMax = 1200; // of 50 ms: a minute, for a machine that is busy with other things

/// tests/support/smtp_sink.py as a child, which ends with this object.
class SmtpSink {
public:
    enum class Security { None, Tls };
    explicit SmtpSink(Security security = Security::None) {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        EXPECT_EQ(::pipe(in.data()) + ::pipe(out.data()), 0);
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
            ::execl("/usr/bin/python3", "python3", MAILLON_SOURCE_DIR "/tests/support/smtp_sink.py",
                    folder_.path().c_str(), security == Security::Tls ? "--tls" : nullptr, nullptr);
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        keep_ = in[1];
        std::string said;
        for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) said += c;
        ::close(out[0]);
        port_ = said;
        EXPECT_FALSE(port_.empty()) << "is python3-aiosmtpd installed?";
    }
    ~SmtpSink() {
        ::close(keep_);
        ::waitpid(child_, nullptr, 0);
    }
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;

    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + port_; }
    [[nodiscard]] std::string certificate() const { return folder_.path() / "certificate.pem"; }
    [[nodiscard]] std::vector<nlohmann::json> taken() const {
        std::vector<nlohmann::json> all;
        for (int n = 1;; ++n) {
            std::ifstream file{folder_.path() / fmt::format("{}.json", n)};
            if (!file) return all;
            all.push_back(nlohmann::json::parse(file));
        }
    }

private:
    TemporaryFolder folder_;
    pid_t child_ = 0;
    int keep_ = -1; // its standard input
    std::string port_;
};

struct Waiting {
    std::int64_t messages = 0;
    std::int64_t keys = 0;
    std::int64_t jobs = 0;
    std::int64_t attempts = 0;
    std::int64_t tasks = 0;
    bool operator==(const Waiting&) const = default;
};

Message message_to(std::string to) {
    std::string long_line;
    for (int i = 0; i < 300; ++i) long_line += "très long ";
    return {.to = std::move(to),
            .subject =
                "Votre déclaration a bien été reçue : une étape nouvelle vous attend (réf. 7)",
            .text = "Bonjour,\n\n.un point au début\n" + long_line + "\nÀ bientôt — l'équipe\n",
            .html = "<p lang=\"fr\">Bonjour, c'est arrivé</p>\n",
            .language = "fr"};
}

MailPolicy policy_for(const std::string& url) {
    MailPolicy policy;
    policy.smtp_url = url;
    policy.from = "L'équipe Maillon <no-reply@maillon.example>";
    return policy;
}

class OutboxTest : public ::testing::Test {
protected:
    OutboxTest() { crypto::start(); }

    Waiting waiting() {
        const db::Rows rows = looking_.run(test_sql::kWhatWaits);
        return {rows[0].integer(0), rows[0].integer(1), rows[0].integer(2), rows[0].integer(3),
                rows[0].integer(4)};
    }
    bool in_the_end(const auto& holds) {
        for (int i = 0; i < kTriesMax; ++i) {
            if (holds()) return true;
            looking_.wait_for_notice(milliseconds{50}); // nobody notifies: a pause
        }
        return false;
    }
    void put(const Outbox& outbox, const Message& message) {
        db::Connection door = database_.connect("maillon_door");
        db::Transaction transaction{door};
        outbox.put(transaction, message);
        transaction.commit();
    }
    /// Runs the jobs under this policy until `holds`.
    bool send(const MailPolicy& policy, const auto& holds) {
        const Outbox outbox{policy, *keys_};
        jobs::Workers workers{pool_, 2, metrics_};
        outbox.register_jobs(workers);
        workers.start();
        const bool held = in_the_end(holds);
        workers.stop();
        return held;
    }
    void make_due() { looking_.run(test_sql::kMakeDue); }

    TestDatabase database_;
    TemporaryFolder folder_;
    Result<crypto::KeyRing, crypto::KeyRingRefusal> keys_ =
        crypto::KeyRing::open(folder_.path() / "keys");
    db::Connection looking_{database_.connect()};
    db::Pool pool_{database_.address("maillon_operator"), 4};
    metrics::Metrics metrics_;
    const MailPolicy off_ = policy_for("");
};

TEST_F(OutboxTest, QueriesFitTheTables) {
    EXPECT_THAT(db_testing::prepare_all(sql::kAll), IsEmpty());
}

TEST_F(OutboxTest, SendsWhatAMailboxCanRead) {
    const SmtpSink sink;
    const MailPolicy policy = policy_for(sink.url());
    const Message message = message_to("jeanne@bücher.example");
    put(Outbox{policy, *keys_}, message);
    EXPECT_TRUE(send(policy, [&] { return waiting() == Waiting{}; }));
    ASSERT_EQ(sink.taken().size(), 1U);
    const nlohmann::json mail = sink.taken()[0];
    EXPECT_EQ(mail.at("from"), "no-reply@maillon.example");
    EXPECT_EQ(mail.at("to"), nlohmann::json::parse(R"(["jeanne@xn--bcher-kva.example"])"));
    EXPECT_EQ(mail.at("hello"), "maillon.example");
    const nlohmann::json& headers = mail.at("headers");
    EXPECT_EQ(headers.at("Subject"), message.subject);
    EXPECT_EQ(headers.at("From"), policy.from);
    EXPECT_EQ(headers.at("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(headers.at("Content-Language"), "fr");
    EXPECT_EQ(headers.at("MIME-Version"), "1.0");
    EXPECT_TRUE(headers.contains("Date"));
    EXPECT_THAT(headers.at("Message-Id").get<std::string>(),
                ::testing::MatchesRegex("<[0-9a-f]+@maillon.example>"));
    EXPECT_EQ(mail.at("type"), "multipart/alternative");
    EXPECT_EQ(mail.at("text"), message.text);
    EXPECT_EQ(mail.at("html"), message.html);
    EXPECT_THAT(mail.at("defects"), IsEmpty());
    EXPECT_LE(mail.at("longest_line"), 78); // RFC 5322 §2.1.1
    EXPECT_EQ(mail.at("lone_line_ends"), 0);
    EXPECT_TRUE(mail.at("ascii"));
}

TEST_F(OutboxTest, WaitsSealedWhileMailIsOff) {
    put(Outbox{off_, *keys_}, message_to("jeanne@victim.example"));
    const Waiting one{.messages = 1, .keys = 1, .jobs = 1};
    EXPECT_EQ(waiting(), one);
    for (const char* said : {"jeanne", "victim.example", "Bonjour", "Subject"}) {
        EXPECT_FALSE(looking_.run(test_sql::kSaidInClear, {said})[0].boolean(0)) << said;
    }
    const Outbox off{off_, *keys_};
    jobs::Workers workers{pool_, 1, metrics_};
    off.register_jobs(workers);
    workers.handle("other", [](db::Transaction&, std::string_view) { return jobs::Outcome::Done; });
    workers.start();
    {
        db::Transaction transaction{looking_};
        jobs::ask(transaction, "other", "");
        transaction.commit();
    }
    EXPECT_TRUE(in_the_end([&] { return waiting().jobs == 1; }));
    workers.stop();
    EXPECT_EQ(waiting(), one);
    // And leaves when it is turned on.
    const SmtpSink sink;
    EXPECT_TRUE(send(policy_for(sink.url()), [&] { return waiting() == Waiting{}; }));
    EXPECT_EQ(sink.taken().size(), 1U);
}

TEST_F(OutboxTest, IsPartOfTheActThatItTellsOf) {
    const Outbox outbox{off_, *keys_};
    {
        db::Transaction transaction{looking_};
        outbox.put(transaction, message_to("a@b.example"));
    }
    EXPECT_EQ(waiting(), Waiting{});
}

TEST_F(OutboxTest, TriesAgainWhenTheServerIsBusyOrHangsUp) {
    for (const char* to : {"busy@b.example", "drop@b.example"}) {
        SCOPED_TRACE(to);
        const SmtpSink sink;
        put(Outbox{off_, *keys_}, message_to(to));
        const Waiting tried{.messages = 1, .keys = 1, .jobs = 1, .attempts = 1};
        // The attempt is counted before it is made: it has ended when a job that is due again
        // stays.
        EXPECT_TRUE(send(policy_for(sink.url()), [&] { return waiting() == tried; }));
        EXPECT_EQ(waiting(), tried);
        make_due();
        EXPECT_TRUE(send(policy_for(sink.url()), [&] { return waiting() == Waiting{}; }));
        const std::vector<nlohmann::json> taken = sink.taken();
        ASSERT_FALSE(taken.empty());
        // One that the server had when it hung up comes twice, under one name.
        EXPECT_EQ(taken.front().at("headers").at("Message-Id"),
                  taken.back().at("headers").at("Message-Id"));
    }
}

TEST_F(OutboxTest, TriesAgainWhenNobodyAnswers) {
    put(Outbox{off_, *keys_}, message_to("a@b.example"));
    MailPolicy nobody;
    {
        const SmtpSink gone;
        nobody = policy_for(gone.url());
    }
    EXPECT_TRUE(send(nobody, [&] { return waiting().attempts == 1; }));
    EXPECT_EQ(waiting(), (Waiting{.messages = 1, .keys = 1, .jobs = 1, .attempts = 1}));
}

TEST_F(OutboxTest, RefusedForGoodWaitsForAPersonWithItsMessage) {
    const SmtpSink sink;
    const Outbox outbox{policy_for(sink.url()), *keys_};
    for (const char* to : {"refused@b.example", "late@b.example"}) {
        SCOPED_TRACE(to);
        put(outbox, message_to(to));
        const Waiting left{.messages = 1, .keys = 1, .tasks = 1};
        EXPECT_TRUE(send(policy_for(sink.url()), [&] { return waiting() == left; }));
        EXPECT_THAT(sink.taken(), IsEmpty());
        db::Transaction transaction{looking_};
        const std::vector<jobs::HumanTask> tasks = jobs::human_tasks(transaction, 10);
        ASSERT_EQ(tasks.size(), 1U);
        EXPECT_EQ(tasks[0].kind, "mail.send");
        jobs::end_human_task(transaction, tasks[0].id);
        outbox.erase(transaction, tasks[0].subject);
        transaction.commit();
        EXPECT_EQ(waiting(), Waiting{});
    }
}

TEST_F(OutboxTest, OpensNoMessageWithTheKeyOfAnother) {
    const SmtpSink sink;
    const Outbox outbox{off_, *keys_};
    put(outbox, message_to("a@b.example"));
    put(outbox, message_to("c@d.example"));
    looking_.run(test_sql::kSwapKeys);
    const Waiting left{.messages = 2, .keys = 2, .tasks = 2};
    EXPECT_TRUE(send(policy_for(sink.url()), [&] { return waiting() == left; }));
    EXPECT_THAT(sink.taken(), IsEmpty());
}

TEST_F(OutboxTest, UsesStarttlsWithACertificateThatItKnows) {
    const SmtpSink sink{SmtpSink::Security::Tls};
    put(Outbox{off_, *keys_}, message_to("a@b.example"));
    const Waiting kept{.messages = 1, .keys = 1, .jobs = 1, .attempts = 1};
    MailPolicy policy = policy_for(sink.url());
    policy.user = "sender";
    policy.password = "secret";
    // Nobody vouches for the certificate.
    EXPECT_TRUE(send(policy, [&] { return waiting() == kept; }));
    EXPECT_EQ(waiting(), kept);
    policy.ca_file = sink.certificate();
    policy.password = "wrong"; // the operator's fault, not the message's: it stays
    make_due();
    EXPECT_TRUE(send(policy, [&] { return waiting().attempts == 2; }));
    EXPECT_EQ(waiting().tasks, 0);
    EXPECT_THAT(sink.taken(), IsEmpty());
    policy.password = "secret";
    make_due();
    EXPECT_TRUE(send(policy, [&] { return waiting() == Waiting{}; }));
    ASSERT_EQ(sink.taken().size(), 1U);
    EXPECT_TRUE(sink.taken()[0].at("tls"));
}

TEST_F(OutboxTest, SaysNothingInClearWhenTlsIsDemanded) {
    const SmtpSink sink; // offers none
    MailPolicy demanding = policy_for(sink.url());
    demanding.tls_required = true;
    MailPolicy with_password = policy_for(sink.url());
    with_password.user = "sender";
    with_password.password = "secret";
    put(Outbox{off_, *keys_}, message_to("a@b.example"));
    std::int64_t attempts = 0;
    for (const MailPolicy& policy : {demanding, with_password}) {
        ++attempts;
        make_due();
        EXPECT_TRUE(send(policy, [&] { return waiting().attempts == attempts; }));
        EXPECT_EQ(waiting().messages, 1);
        EXPECT_THAT(sink.taken(), IsEmpty());
    }
}

} // namespace

} // namespace platform::mail
