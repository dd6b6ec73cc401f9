package seenby.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Lua script, split into its parts.
 *
 * @param header the comment at its start, without the dashes
 * @param top the assignments that give each slot its name
 * @param body the other lines, without comments and blank lines
 */
record LuaScript(String name, String text, List<String> header, List<String> top, List<String> body) {
    private static final Pattern SLOT_LINE = Pattern.compile("(KEYS|ARGV)\\[(\\d+)(…?)]\\s+(\\w+)\\s+(\\S.*)");
    private static final Pattern SLOT = Pattern.compile("(KEYS|ARGV)\\[(\\d+)]");
    private static final Pattern COMMAND = Pattern.compile("redis\\.call\\('(\\w+)'");
    private static final Pattern PUBLISHED =
            Pattern.compile("(?:redis\\.call\\('PUBLISH'|publish\\(info), channel, (.+)\\)$");

    /** A key or an argument such as {@code KEYS[1]}, its name and its description in the header. */
    record Slot(String kind, int number, boolean more, String name, String text) {
        String place() {
            return kind + "[" + number + "]";
        }

        /** Lists have no name below the header, and neither have keys that only select the cluster slot. */
        boolean hasName() {
            return !more && !text.endsWith("only names the slot");
        }
    }

    static List<LuaScript> all() {
        try (Stream<Path> files = Files.list(Path.of("scripts/lua"))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(LuaScript::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LuaScript read(Path file) {
        try {
            String text = Files.readString(file);
            List<String> lines = text.lines().toList();
            List<String> header = lines.stream()
                    .takeWhile(line -> line.startsWith("--"))
                    .map(line -> line.replaceFirst("^-- ?", ""))
                    .toList();
            List<String> code = lines.stream()
                    .map(line -> line.replaceFirst("\\s*--.*", ""))
                    .filter(line -> !line.isBlank())
                    .toList();
            List<String> top = code.stream()
                    .takeWhile(line ->
                            line.startsWith("local ") && SLOT.matcher(line).find())
                    .toList();
            String name = file.getFileName().toString().replaceFirst("\\.lua$", "");
            return new LuaScript(name, text, header, top, code.subList(top.size(), code.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paragraphs of the header, separated by empty lines. */
    List<List<String>> paragraphs() {
        List<List<String>> paragraphs = new ArrayList<>(List.of(new ArrayList<>()));
        for (String line : header) {
            if (line.isEmpty()) {
                paragraphs.add(new ArrayList<>());
            } else {
                paragraphs.get(paragraphs.size() - 1).add(line);
            }
        }
        return paragraphs;
    }

    List<Slot> slots() {
        return paragraphs().get(1).stream().map(LuaScript::slot).toList();
    }

    private static Slot slot(String line) {
        Matcher slot = SLOT_LINE.matcher(line);
        if (!slot.matches()) {
            throw new AssertionError("no slot: " + line);
        }
        int number = Integer.parseInt(slot.group(2));
        return new Slot(slot.group(1), number, !slot.group(3).isEmpty(), slot.group(4), slot.group(5));
    }

    /** The text after a keyword in the header, over all its lines; empty without the keyword. */
    String says(String word) {
        String outcome = String.join("\n", paragraphs().get(2));
        Matcher part =
                Pattern.compile("(?s)(?:^|\n)" + word + " +(.*?)(?=\n\\w|$)").matcher(outcome);
        return part.find() ? part.group(1) : "";
    }

    String code() {
        return String.join("\n", top) + "\n" + String.join("\n", body);
    }

    Set<String> commands() {
        return matches(COMMAND, code());
    }

    /** The expressions that it publishes, as written in the code. */
    Set<String> published() {
        return body.stream().flatMap(line -> matches(PUBLISHED, line).stream()).collect(Collectors.toSet());
    }

    /** The distinct matches of the pattern's only group. */
    static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
