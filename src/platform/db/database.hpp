// The database: a bounded pool of connections, and transactions that roll back unless committed.
//
// Failures that a caller can act on (a unique value that is taken) are told by `Refused`; what only
// the edge of a request or a job can act on (connection lost, disk full) is `Lost`.
#pragma once

#include "platform/db/query.hpp"
#include "platform/db/rows.hpp"
#include "platform/db/value.hpp"

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace platform::db {

/// The database said no to a statement: `sqlstate` is its five characters ("23505": unique value
/// taken). Its text never carries the statement's values.
class Refused : public std::runtime_error {
public:
    Refused(std::string sqlstate, std::string constraint, const std::string& what)
        : std::runtime_error{what}, sqlstate_{std::move(sqlstate)},
          constraint_{std::move(constraint)} {}
    [[nodiscard]] const std::string& sqlstate() const { return sqlstate_; }
    [[nodiscard]] const std::string& constraint() const { return constraint_; }
    [[nodiscard]] bool is_taken() const { return sqlstate_ == "23505"; }

private:
    std::string sqlstate_;
    std::string constraint_;
};

/// The database cannot be reached, has gone in the middle, or has no room: nothing was committed
/// unless commit() had returned.
class Lost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Where the database is and as whom to speak.
struct Address {
    std::string url;  // "postgresql://…" or libpq's keywords
    std::string role; // SET ROLE on every connection; empty: the login role itself
};

class Connection {
public:
    /// Opens it, or throws Lost.
    explicit Connection(const Address& address);
    ~Connection();
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;

    /// Runs one statement, prepared at its first use on this connection.
    Rows run(const Query& query, std::initializer_list<Value> values = {});
    Rows run(const Query& query, std::span<const Value> values);
    /// Several statements without parameters (migrations, BEGIN…); results are dropped.
    void script(std::string_view sql);
    /// As script(), but a refusal is given back: the text of a script comes from elsewhere.
    std::optional<Refused> try_script(std::string_view sql);
    /// What the first run of a query does: the server reads it against its tables.
    void prepare(const Query& query);
    /// Waits for a NOTIFY on a channel that LISTEN named, at most so long; true when one came.
    bool wait_for_notice(std::chrono::milliseconds at_most);
    /// Open as far as can be seen without asking, and outside any transaction.
    [[nodiscard]] bool usable() const;

private:
    friend class Transaction;
    struct State;
    std::unique_ptr<State> state_;
};

class Pool;

/// A connection on loan; given back when it goes.
class Lease {
public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_{&pool}, connection_{std::move(connection)} {}
    ~Lease();
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

private:
    friend class Pool;
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
};

/// At most `size` connections, opened when needed; one that broke is replaced.
class Pool {
public:
    Pool(Address address, unsigned size);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    /// Waits for a free connection; throws Lost when none is free in time or none can be opened.
    [[nodiscard]] Lease take(std::chrono::milliseconds at_most = std::chrono::seconds{10});

private:
    friend class Lease;
    void give_back(std::unique_ptr<Connection> connection);
    struct State;
    std::unique_ptr<State> state_;
};

/// BEGIN at its construction; rolled back when it goes without commit(). One use case, one of it.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Rows run(const Query& query, std::initializer_list<Value> values = {}) {
        return connection_.run(query, values);
    }
    [[nodiscard]] Connection& connection() { return connection_; }
    /// Durable when it returns. Throws Lost when that is not known.
    void commit();
    /// The statement and COMMIT in one round trip: locks that the statement takes are held for
    /// the shortest time. Durable when it returns.
    Rows commit_with(const Query& query, std::initializer_list<Value> values);

private:
    Connection& connection_;
    bool open_ = true;
};

} // namespace platform::db
