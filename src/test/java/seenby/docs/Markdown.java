package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A page of the documentation, or a part of it. */
public record Markdown(String text) {
    public static Markdown of(Path page) {
        try {
            return new Markdown(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands under a heading of the second level, with it. */
    public Markdown section(String title) {
        int begin = text.indexOf("\n## " + title + "\n");
        assertTrue(begin >= 0, "a part \"" + title + "\"");
        String rest = text.substring(begin + 1);
        int end = rest.indexOf("\n## ");
        return new Markdown(end < 0 ? rest : rest.substring(0, end));
    }

    /**
     * The fenced blocks of a language, or of several ({@code json|text}), also those in a list; without the indent of
     * their fence.
     */
    public List<String> blocks(String language) {
        return Pattern.compile("(?ms)^( *)```(?:" + language + ")\n(.*?)^\\1```$")
                .matcher(text)
                .results()
                .map(block -> block.group(2).replaceAll("(?m)^" + block.group(1), ""))
                .toList();
    }

    /** Where its links and pictures lead. */
    public List<String> links() {
        return Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"")
                .matcher(text)
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .toList();
    }

    /** The anchors of its headings, as GitHub makes them. */
    public List<String> anchors() {
        return Pattern.compile("(?m)^#+ (.*)$")
                .matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
