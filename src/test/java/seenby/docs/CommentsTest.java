package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.support.TextFile;

/** The comments of all sources. A formatter wraps code, but no comment. */
class CommentsTest {
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|lua|js|py|sh|css)");
    private static final Pattern COMMENT = Pattern.compile("\\s*(/?\\*|//|--|#).*");

    @ParameterizedTest
    @ValueSource(strings = {"src/main", "src/test/java", "src/test/js", "scripts", "examples"})
    void commentsWrapAt120(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> tooLong = files.filter(
                            file -> SOURCE.matcher(file.toString()).matches())
                    .filter(file -> !file.toString().contains("node_modules"))
                    .flatMap(file -> TextFile.read(file).lines())
                    .filter(line -> line.length() > 120 && COMMENT.matcher(line).matches())
                    .toList();

            assertEquals(List.of(), tooLong);
        }
    }
}
