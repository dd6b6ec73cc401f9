package seenby.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the members of the article's group say to each other. */
final class ArticleTexts {
    private static final String FILE = "/demo/texts.txt";

    private ArticleTexts() {}

    static List<String> first(int count) {
        try (InputStream in = ArticleTexts.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + FILE);
            }
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return file.lines()
                    .filter(line -> !line.startsWith("#"))
                    .limit(count)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
