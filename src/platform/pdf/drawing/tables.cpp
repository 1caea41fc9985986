// Tables. A row stays together when it fits a page; the header row comes again on each page, where
// it is decoration. Of a row that is taller than a page, what is left goes on as a row of its own.
#include "platform/pdf/drawing/blocks.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace platform::pdf::drawing {
namespace {

constexpr double kPadding = 5;
constexpr double kTermShare = 0.32; // of the width, for the terms of facts
constexpr double kDigestPoints = 8; // the 64 digits of a SHA-256 stand on one line
constexpr double kLeastColumn = 48;
constexpr Style kCell{9.5};
constexpr Style kColumnHeader{9.5, true};

struct Cell {
    Text text;
    bool header = false;
    bool header_of_row = false;
    std::size_t done = 0; // lines that are drawn
};

struct Row {
    std::vector<Cell> cells;
    [[nodiscard]] double height() const {
        double most = 0;
        for (const Cell& cell : cells) most = std::max(most, cell.text.height());
        return most + 2 * kPadding;
    }
    [[nodiscard]] bool done() const {
        return std::ranges::all_of(
            cells, [](const Cell& cell) { return cell.done == cell.text.lines().size(); });
    }
};

/// Draws what fits of every cell, at least one line; gives the height that it took.
double draw_cells(Sheet& sheet, Row& row, const std::vector<double>& widths, double room,
                  bool tagged) {
    double most = 0;
    double x = kMargin;
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
        Cell& cell = row.cells[column];
        const char* tag = cell.header ? "TH" : "TD";
        if (tagged) sheet.begin(tag);
        if (tagged && cell.header) sheet.structure.header_of_row.push_back(cell.header_of_row);
        double height = 0;
        const auto& lines = cell.text.lines();
        const std::size_t first = cell.done;
        for (; cell.done < lines.size(); ++cell.done) {
            const double line = lines[cell.done].height;
            if (cell.done > first && height + line + 2 * kPadding > room) break;
            sheet.draw(cell.text, cell.done, x + kPadding, sheet.y + kPadding + height);
            height += line;
        }
        if (tagged) sheet.end(tag);
        most = std::max(most, height);
        x += widths[column];
    }
    return most + 2 * kPadding;
}

class Grid {
public:
    Grid(Sheet& sheet, std::vector<double> widths) : sheet_{sheet}, widths_{std::move(widths)} {}

    /// `again` draws the header of a further page.
    void draw_row(Row row, const std::function<void()>& again) {
        const double height = row.height();
        const bool fits_a_page = height <= kBottom - kTop - header_height_;
        if (height > sheet_.room() && (fits_a_page || sheet_.room() < 60)) turn(again);
        while (!row.done()) {
            sheet_.begin("TR");
            const double took = draw_cells(sheet_, row, widths_, sheet_.room(), true);
            sheet_.end("TR");
            sheet_.y += took;
            sheet_.rule(sheet_.y, kMargin, kMargin + kTextWidth, kRule, 0.6);
            if (!row.done()) turn(again);
        }
    }

    void draw_header(Row row, bool tagged) {
        header_height_ = row.height();
        sheet_.fill(kMargin, sheet_.y, kTextWidth, header_height_, kShade);
        if (tagged) sheet_.begin("TR");
        draw_cells(sheet_, row, widths_, header_height_, tagged);
        if (tagged) sheet_.end("TR");
        sheet_.y += header_height_;
        sheet_.rule(sheet_.y, kMargin, kMargin + kTextWidth, kAccent, 0.8);
    }

private:
    void turn(const std::function<void()>& again) {
        sheet_.next_page();
        again();
    }

    Sheet& sheet_;
    std::vector<double> widths_;
    double header_height_ = 0;
};

/// By what the columns hold: all they want when there is room, else each its longest word and a
/// share of what remains by what it still wants.
std::vector<double> column_widths(const Sheet& sheet, const Table& table) {
    const std::size_t columns = table.header.size();
    std::vector<Widths> wanted(columns);
    const auto widen = [&](std::size_t column, const std::string& text, const Style& style) {
        const Widths widths = widths_of(sheet.cairo(), text, style);
        wanted[column].natural = std::max(wanted[column].natural, widths.natural + 2 * kPadding);
        wanted[column].least = std::max(wanted[column].least, widths.least + 2 * kPadding);
    };
    for (std::size_t column = 0; column < columns; ++column) {
        widen(column, table.header[column], kColumnHeader);
        for (const auto& row : table.rows) widen(column, row[column], kCell);
    }
    const double most = kTextWidth / static_cast<double>(columns);
    double least_sum = 0;
    double natural_sum = 0;
    for (Widths& column : wanted) {
        column.least = std::clamp(column.least, std::min(kLeastColumn, most), most);
        column.natural = std::max(column.natural, column.least);
        least_sum += column.least;
        natural_sum += column.natural;
    }
    std::vector<double> widths;
    for (const Widths& column : wanted) {
        widths.push_back(natural_sum <= kTextWidth
                             ? column.natural * kTextWidth / natural_sum
                             : column.least + (column.natural - column.least) *
                                                  (kTextWidth - least_sum) /
                                                  (natural_sum - least_sum));
    }
    return widths;
}

Row row_of(const Sheet& sheet, const std::vector<std::string>& texts,
           const std::vector<double>& widths, bool header) {
    Row row;
    for (std::size_t column = 0; column < texts.size(); ++column) {
        row.cells.push_back({sheet.text(texts[column], header ? kColumnHeader : kCell,
                                        widths[column] - 2 * kPadding),
                             header});
    }
    return row;
}

} // namespace

void draw(Sheet& sheet, const Table& table) {
    check(!table.header.empty(), "a table has columns");
    for (const auto& row : table.rows) {
        check(row.size() == table.header.size(), "a row has a cell for each column");
    }
    const std::vector<double> widths = column_widths(sheet, table);
    Grid grid{sheet, widths};
    const Row header = row_of(sheet, table.header, widths, true);
    sheet.space(6);
    sheet.need(header.height() + 40);
    sheet.begin("Table");
    grid.draw_header(row_of(sheet, table.header, widths, true), true);
    const auto again = [&] { grid.draw_header(row_of(sheet, table.header, widths, true), false); };
    for (const auto& row : table.rows) grid.draw_row(row_of(sheet, row, widths, false), again);
    sheet.end("Table");
    sheet.y += 8;
}

void draw(Sheet& sheet, const Facts& facts) {
    if (facts.facts.empty()) return;
    const std::vector<double> widths{kTextWidth * kTermShare, kTextWidth * (1 - kTermShare)};
    Grid grid{sheet, widths};
    sheet.space(4);
    sheet.need(30);
    sheet.begin("Table");
    sheet.rule(sheet.y, kMargin, kMargin + kTextWidth, kRule, 0.6);
    for (const Facts::Fact& fact : facts.facts) {
        Row row;
        row.cells.push_back(
            {sheet.text(fact.term, {9.5, false, false, kQuiet}, widths[0] - 2 * kPadding), true,
             true});
        row.cells.push_back(
            {sheet.text(fact.value, {fact.monospaced ? kDigestPoints : 9.5, false, fact.monospaced},
                        widths[1] - 2 * kPadding)});
        grid.draw_row(std::move(row), [] {});
    }
    sheet.end("Table");
    sheet.y += 8;
}

} // namespace platform::pdf::drawing
