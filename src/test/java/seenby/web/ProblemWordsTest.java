package seenby.web;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seenby.request.ProblemType;

/** The page words each problem of the server in each of its languages, and shows none in the server's English. */
class ProblemWordsTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern KEY = Pattern.compile("^ {2}'problem\\.([a-z.]+)':", Pattern.MULTILINE);
    /** Problems without an answer of the server, and words for a single field. */
    private static final Pattern FURTHER = Pattern.compile("offline|page|http|invalid\\.[a-z]+");

    @ParameterizedTest
    @ValueSource(strings = {"texts-en.js", "texts-zh.js"})
    void thePageHasWordsForEachProblemAndNoOther(String texts) throws IOException {
        Set<String> reasons = Arrays.stream(ProblemType.values())
                .map(type -> type.reason().replace('_', '.'))
                .collect(toCollection(TreeSet::new));

        Set<String> worded = KEY.matcher(Files.readString(WEB.resolve(texts)))
                .results()
                .map(key -> key.group(1))
                .filter(key -> !FURTHER.matcher(key).matches())
                .collect(toCollection(TreeSet::new));

        assertEquals(reasons, worded);
    }
}
