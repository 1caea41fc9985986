#include "platform/db/database.hpp"

#include "base/check.hpp"
#include "base/result.hpp"
#include "platform/db/queries.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>
#include <unordered_set>
#include <vector>

namespace platform::db {
namespace {

constexpr const char* kConnectSeconds = "10";
constexpr const char* kSilenceMilliseconds = "30000"; // of a network, before it counts as gone
constexpr int kPollsMax = 4; // of input that an idle connection may have waiting

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Wire = std::unique_ptr<PGconn, Finish>;

struct Clear {
    void operator()(PGresult* answer) const { PQclear(answer); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

std::string_view field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string_view{} : std::string_view{text};
}

/// Whether the failure is the server's state rather than an answer to the statement.
bool is_loss(std::string_view sqlstate) {
    // No code: libpq's own (connection gone). 08 connection, 53 no room or memory, 57P shut down,
    // 58 input and output, XX internal; 25P03 and 57P05 ended the session while it was idle.
    constexpr std::string_view classes[] = {"08", "53", "57P", "58", "F0", "XX", "25P03"};
    for (const std::string_view start : classes) {
        if (sqlstate.starts_with(start)) return true;
    }
    return sqlstate.empty();
}

/// The server's sentence, only where it speaks of the statement's own text (which is ours) and so
/// cannot carry a value: faults found while reading it, and what our scripts raise themselves.
std::string_view harmless_sentence(const PGresult* result, bool is_script) {
    const std::string_view sqlstate = field(result, PG_DIAG_SQLSTATE);
    const bool of_text = sqlstate.starts_with("42") &&
                         (is_script || !field(result, PG_DIAG_STATEMENT_POSITION).empty());
    if (of_text || (is_script && sqlstate == "P0001")) {
        return field(result, PG_DIAG_MESSAGE_PRIMARY);
    }
    return {};
}

std::string told(std::string_view name, const PGresult* result, bool is_script) {
    std::string what = fmt::format("{}: {}", name, field(result, PG_DIAG_SQLSTATE));
    if (const auto constraint = field(result, PG_DIAG_CONSTRAINT_NAME); !constraint.empty()) {
        what += fmt::format(" ({})", constraint);
    }
    if (const auto sentence = harmless_sentence(result, is_script); !sentence.empty()) {
        what += fmt::format(": {}", sentence);
    }
    return what;
}

Wire open(const Address& address) {
    char* wrong = nullptr;
    PQconninfoOption* options = PQconninfoParse(address.url.c_str(), &wrong);
    const bool readable = options != nullptr;
    PQconninfoFree(options);
    PQfreemem(wrong); // may quote the address, which may hold a password
    if (!readable) throw Lost{"the database's address cannot be read"};
    // The address comes last: what it says itself counts.
    const char* keys[] = {"connect_timeout", "tcp_user_timeout", "application_name", "dbname",
                          nullptr};
    const char* values[] = {kConnectSeconds, kSilenceMilliseconds, "maillon", address.url.c_str(),
                            nullptr};
    Wire wire{PQconnectdbParams(keys, values, 1)};
    if (PQstatus(wire.get()) != CONNECTION_OK) {
        // Names the server, the user and the database, which the operator wrote; no statement yet.
        std::string what = PQerrorMessage(wire.get());
        while (what.ends_with('\n')) what.pop_back();
        throw Lost{std::move(what)};
    }
    // Notices may quote values; libpq would print them.
    PQsetNoticeReceiver(wire.get(), [](void*, const PGresult*) {}, nullptr);
    return wire;
}

/// A list of parameters as libpq takes them.
struct Parameters {
    explicit Parameters(const Query& query, std::span<const Value> values) {
        for (const Value& value : values) {
            // libpq would cut the text at its zero byte; PostgreSQL's own refusal of one.
            if (!value.is_binary() && value.raw().find('\0') != std::string::npos) {
                throw Refused{"22021", "", fmt::format("{}: 22021", query.name)};
            }
            texts.push_back(value.is_null() ? nullptr : value.raw().c_str());
            sizes.push_back(static_cast<int>(value.raw().size()));
            formats.push_back(value.is_binary() ? 1 : 0);
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(texts.size()); }

    std::vector<const char*> texts;
    std::vector<int> sizes;
    std::vector<int> formats;
};

} // namespace

struct Connection::State {
    Wire wire;
    std::unordered_set<std::string> prepared;
    bool spoilt = false; // its prepared statements no longer fit the tables

    [[nodiscard]] bool alive() const { return PQstatus(wire.get()) == CONNECTION_OK; }

    /// The rows, or the refusal; throws Lost.
    Result<Rows, Refused> judge(std::string_view name, Answer answer, bool is_script = false) {
        const PGresult* raw = answer.get();
        const ExecStatusType status = PQresultStatus(raw);
        // A script of comments alone is empty.
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
            status == PGRES_EMPTY_QUERY) {
            return Rows{answer.release()};
        }
        const std::string sqlstate{field(raw, PG_DIAG_SQLSTATE)};
        if (!alive() || is_loss(sqlstate)) {
            throw Lost{fmt::format("the database was lost: {}", told(name, raw, is_script))};
        }
        // A statement whose tables changed since it was prepared, or that the server forgot.
        spoilt = spoilt || sqlstate == "0A000" || sqlstate == "26000";
        return refuse(Refused{sqlstate, std::string{field(raw, PG_DIAG_CONSTRAINT_NAME)},
                              told(name, raw, is_script)});
    }

    Rows accept(std::string_view name, PGresult* answer) {
        Result<Rows, Refused> result = judge(name, Answer{answer});
        if (!result) throw std::move(result.error());
        return std::move(*result);
    }

    /// The answer to COMMIT. A transaction that a refused statement had spoilt ends without error,
    /// by rolling back.
    void accept_commit(PGresult* answer) {
        const bool rolled_back = std::string_view{PQcmdStatus(answer)} == "ROLLBACK";
        accept("commit", answer);
        if (rolled_back) throw Refused{"25P02", "", "commit: 25P02"};
    }

    void prepare(const Query& query) {
        const std::string name{query.name};
        if (prepared.contains(name)) return;
        accept(query.name,
               PQprepare(wire.get(), name.c_str(), std::string{query.text}.c_str(), 0, nullptr));
        prepared.insert(name);
    }
};

Connection::Connection(const Address& address) : state_{std::make_unique<State>()} {
    state_->wire = open(address);
    const Value role{address.role};
    const Parameters given{sql::kSession, std::span{&role, 1}};
    state_->accept(sql::kSession.name,
                   PQexecParams(state_->wire.get(), std::string{sql::kSession.text}.c_str(),
                                given.count(), nullptr, given.texts.data(), given.sizes.data(),
                                given.formats.data(), 0));
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Rows Connection::run(const Query& query, std::initializer_list<Value> values) {
    return run(query, std::span{values.begin(), values.size()});
}

Rows Connection::run(const Query& query, std::span<const Value> values) {
    const Parameters given{query, values};
    state_->prepare(query);
    return state_->accept(query.name,
                          PQexecPrepared(state_->wire.get(), std::string{query.name}.c_str(),
                                         given.count(), given.texts.data(), given.sizes.data(),
                                         given.formats.data(), 0));
}

void Connection::script(std::string_view sql) {
    if (std::optional<Refused> refused = try_script(sql)) throw std::move(*refused);
}

std::optional<Refused> Connection::try_script(std::string_view sql) {
    Result<Rows, Refused> result =
        state_->judge("script", Answer{PQexec(state_->wire.get(), std::string{sql}.c_str())}, true);
    if (result) return std::nullopt;
    return std::move(result.error());
}

void Connection::prepare(const Query& query) {
    state_->prepare(query);
}

bool Connection::wait_for_notice(std::chrono::milliseconds at_most) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point deadline = Clock::now() + at_most;
    PGconn* wire = state_->wire.get();
    while (true) {
        if (PQconsumeInput(wire) == 0 || !state_->alive()) {
            throw Lost{"the database was lost while waiting for a notice"};
        }
        bool came = false;
        while (PGnotify* notice = PQnotifies(wire)) {
            PQfreemem(notice);
            came = true;
        }
        if (came) return true;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) return false;
        pollfd watched{.fd = PQsocket(wire), .events = POLLIN, .revents = 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(left.count()));
        check(ready >= 0 || errno == EINTR, "poll");
    }
}

bool Connection::usable() const {
    PGconn* wire = state_->wire.get();
    if (state_->spoilt) return false;
    // An idle connection has nothing to read, but for a notice or the end.
    for (int polls = 0; polls < kPollsMax; ++polls) {
        if (!state_->alive() || PQtransactionStatus(wire) != PQTRANS_IDLE) return false;
        pollfd watched{.fd = PQsocket(wire), .events = POLLIN, .revents = 0};
        if (::poll(&watched, 1, 0) <= 0) return true;
        if (PQconsumeInput(wire) == 0) return false;
    }
    return false;
}

Transaction::Transaction(Connection& connection) : connection_{connection} {
    Connection::State& state = *connection_.state_;
    state.accept("begin", PQexec(state.wire.get(), "BEGIN"));
}

Transaction::~Transaction() {
    if (!open_ || !connection_.state_ || !connection_.state_->alive()) return;
    // A failure leaves the connection inside its transaction: unusable, so the pool drops it.
    PQclear(PQexec(connection_.state_->wire.get(), "ROLLBACK"));
}

void Transaction::commit() {
    check(open_, "a transaction ends once");
    open_ = false;
    Connection::State& state = *connection_.state_;
    state.accept_commit(PQexec(state.wire.get(), "COMMIT"));
}

Rows Transaction::commit_with(const Query& query, std::initializer_list<Value> values) {
    check(open_, "a transaction ends once");
    const Parameters given{query, std::span{values.begin(), values.size()}};
    Connection::State& state = *connection_.state_;
    state.prepare(query);
    PGconn* wire = state.wire.get();
    const bool sent =
        PQenterPipelineMode(wire) == 1 &&
        PQsendQueryPrepared(wire, std::string{query.name}.c_str(), given.count(),
                            given.texts.data(), given.sizes.data(), given.formats.data(), 0) == 1 &&
        PQsendQueryParams(wire, "COMMIT", 0, nullptr, nullptr, nullptr, nullptr, 0) == 1 &&
        PQpipelineSync(wire) == 1;
    if (!sent) {
        open_ = false;
        throw Lost{fmt::format("the database was lost: {}", query.name)};
    }
    // Each statement's answers end with a null; then comes the synchronisation.
    Answer answer{PQgetResult(wire)};
    PQclear(PQgetResult(wire));
    Answer committed{PQgetResult(wire)}; // skipped by the server when the statement was refused
    PQclear(PQgetResult(wire));
    PQclear(PQgetResult(wire));
    PQexitPipelineMode(wire);
    Rows rows = state.accept(query.name, answer.release());
    open_ = false;
    state.accept_commit(committed.release());
    return rows;
}

} // namespace platform::db
