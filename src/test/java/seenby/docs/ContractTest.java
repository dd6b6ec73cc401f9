package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.LayoutTest;
import seenby.support.Markdown;
import seenby.support.OpenApi;
import seenby.support.Operation;
import seenby.support.RunningServer;

/** The server has the routes that docs/api.md and openapi.yaml list, and no others. */
class ContractTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+) (/[^`?]*)` \\|", Pattern.MULTILINE);
    private static final Pattern ROUTE = Pattern.compile("routes\\.([a-z]+)\\(\"(/[^\"]*)\", to\\.");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    private static List<String> routes(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).toUpperCase(Locale.ROOT) + " " + found.group(2))
                .sorted()
                .toList();
    }

    private static List<String> inTheCode() throws IOException {
        return routes(ROUTE, Files.readString(Path.of("src/main/java/seenby/http/HttpServer.java")));
    }

    private static List<String> inTheDocs() {
        return routes(ROW, Markdown.of(Path.of("docs/api.md")).section("Calls").text());
    }

    @Test
    void docsListEveryRouteAndNoOther() throws IOException {
        assertEquals(inTheCode(), inTheDocs());
    }

    /** But for what pages are made of, which is no call of the API. */
    @Test
    void descriptionTellsOfEveryRouteAndOfNoOther() throws IOException {
        List<String> calls =
                inTheCode().stream().filter(route -> !route.endsWith("/{file}")).toList();
        List<String> described = OpenApi.read().operations().stream()
                .map(Operation::route)
                .sorted()
                .toList();

        assertEquals(calls, described);
    }

    @Test
    void routesAreMadeInOneListOnly() throws IOException {
        long made = LayoutTest.OURS.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().startsWith("io.javalin."))
                .filter(call -> call.getTargetOwner().getSimpleName().startsWith("Routes"))
                .filter(call -> METHODS.contains(call.getName()))
                .count();

        assertTrue(made > 0);
        assertEquals(inTheCode().size(), made);
    }

    @Test
    void eachPathTakesTheMethodsThatTheDocsListAndNoOther() throws IOException {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (String route : inTheDocs()) {
            String[] words = route.split(" ", 2);
            methods.computeIfAbsent(words[1], path -> new TreeSet<>()).add(words[0]);
        }
        for (Map.Entry<String, Set<String>> entry : methods.entrySet()) {
            assertEquals(String.join(", ", allowed(entry.getValue())), answeredAllow(entry), entry.getKey());
        }
    }

    private static Set<String> allowed(Set<String> methods) {
        Set<String> allowed = new TreeSet<>(methods);
        if (methods.contains("GET")) {
            allowed.add("HEAD");
        }
        return allowed;
    }

    private static String answeredAllow(Map.Entry<String, Set<String>> pathAndMethods) {
        String path = pathAndMethods.getKey().replace("{id}", "1").replaceAll("\\{.*?}", "nobody");
        String other = Stream.of("PUT", "PATCH", "DELETE")
                .filter(method -> !pathAndMethods.getValue().contains(method))
                .findFirst()
                .orElseThrow();
        return SERVER.admin()
                .call(other, path, BodyPublishers.noBody(), Map.of())
                .expect(405)
                .header("Allow");
    }
}
