package seenby.input;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Choices that a seed repeats. */
record Draw(Random random) {
    /** Fragments that parsers often mishandle, one char for each byte. */
    static final List<String> STUMBLES = List.of(
            "\u0000",
            "\u00ff",
            "\u00ed\u00a0\u0080",
            "\\ud800",
            "\\u0000",
            "%00",
            "%ff",
            "%",
            "%2f",
            "..",
            "/",
            "//",
            "?",
            "&",
            "=",
            "#",
            ";",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "9007199254740993",
            "9223372036854775808",
            "99999999999999999999",
            "\r",
            "\n",
            "\t",
            " ",
            "a".repeat(300));

    private static final List<String> UNICODE = List.of("\u0085", "\u202e", "\u2066", "\ufeff", "é", "名", "🙂", "１");

    static Draw of(long seed) {
        return new Draw(new Random(seed));
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    int number(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Some fragments in a row. */
    String text() {
        return IntStream.range(0, number(1, 4))
                .mapToObj(i -> oneIn(4) ? one(UNICODE) : one(STUMBLES))
                .collect(Collectors.joining());
    }

    /** Letters, without white space at the ends, which the server may remove. */
    String word(int length) {
        return one("a", "Z", "é", "🙂").repeat(length);
    }

    /** A name that nothing in the API has. */
    String name() {
        return "no_" + one("id", "limit", "Text", "since", "__proto__") + number(0, 99);
    }
}
