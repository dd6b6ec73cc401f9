package seenby.storage;

import java.util.Locale;

/** A table for a plain terminal, with a wide column of text on the left and columns of numbers on the right. */
final class Table {
    private final StringBuilder text = new StringBuilder();
    private final int left;
    private final int column;

    Table(int left, int column) {
        this.left = left;
        this.column = column;
    }

    Table head(String what, String... columns) {
        text.append('\n');
        row(what, (Object[]) columns);
        text.append("-".repeat(left + columns.length * column)).append('\n');
        return this;
    }

    /** Integers are grouped; other numbers have two digits after the point. */
    Table row(String what, Object... cells) {
        text.append(String.format(Locale.ROOT, "%-" + left + "s", what));
        for (Object cell : cells) {
            text.append(String.format(Locale.ROOT, "%" + column + "s", text(cell)));
        }
        text.append('\n');
        return this;
    }

    Table line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** A line that says whether a goal was met. */
    Table goal(String goal, boolean holds) {
        return line((holds ? "holds   " : "MISSED  ") + goal);
    }

    /** A line for a goal that the run cannot decide, because the machine was busy with something else. */
    Table unsure(String goal, String why) {
        return line("UNSURE  " + goal + " (" + why + ")");
    }

    static String text(Object cell) {
        if (cell instanceof Double number) {
            return String.format(Locale.ROOT, "%,.2f", number);
        }
        return cell instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : cell.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
