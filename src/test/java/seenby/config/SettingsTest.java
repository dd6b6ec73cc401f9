package seenby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read about the keys says what {@link Settings} declares. A test that fails prints the text to paste. */
class SettingsTest {
    private static final Path FILE = Path.of("config.properties");
    private static final Path DOCS = Path.of("docs");
    private static final String TABLE_HEAD = "| key | default | meaning |\n| --- | --- | --- |\n";
    private static final int LINE = 120;

    @Test
    void configurationFileListsEveryKeyWithItsMeaningAndItsDefault() throws IOException {
        String text = Files.readString(FILE);
        int keys = text.indexOf("\n\n") + 1;
        String expected = Settings.all().stream().map(SettingsTest::entry).collect(Collectors.joining());

        assertEquals(expected, text.substring(keys), () -> "Below its head, config.properties should be:\n" + expected);
    }

    private static String entry(Setting<?> setting) {
        String comment = String.join("\n", wrapped(setting.meaning().replace("`", "")));
        return "\n%s\n%s=%s\n".formatted(comment, setting.name(), setting.byDefault());
    }

    /** In lines of a comment. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > LINE) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Test
    void documentationHasATableOfAllKeys() throws IOException {
        String expected =
                TABLE_HEAD + Settings.all().stream().map(SettingsTest::row).collect(Collectors.joining());

        assertTrue(
                pages().contains(expected), () -> "A page in docs should contain this table of the keys:\n" + expected);
    }

    private static String row(Setting<?> setting) {
        String byDefault = setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "` ";
        String meaning = setting.meaning().replace("|", "\\|");
        return "| `%s` | %s| %s |\n".formatted(setting.name(), byDefault, meaning);
    }

    private static String pages() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(DOCS)) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                all.append(Files.readString(page)).append("\n");
            }
        }
        return all.toString();
    }
}
