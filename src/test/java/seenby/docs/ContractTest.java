package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.LayoutTest;
import seenby.support.RunningServer;

/** The server, docs/api.md and openapi.yaml have the same routes, and the same query parameters. */
class ContractTest {
    private static final Path LIST = Path.of("src/main/java/seenby/http/HttpServer.java");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+) (/[^`?]*)` \\|", Pattern.MULTILINE);
    private static final Pattern ROUTE =
            Pattern.compile("routes\\.([a-z]+)\\(\"(/[^\"]*)\", to\\.[^,)]*\\)::[a-zA-Z]+(.*?)\\);", Pattern.DOTALL);
    /** Servers that the real one is compared with. */
    private static final String BARE_HUBS = "seenby.limits";

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
        return routes(ROUTE, Files.readString(LIST));
    }

    private static List<String> inTheDocs() {
        return routes(ROW, Markdown.of(Path.of("docs/api.md")).section("Calls").text());
    }

    @Test
    void docsListEveryRouteAndNoOther() throws IOException {
        assertEquals(inTheCode(), inTheDocs());
    }

    /** The files of the pages are no calls of the API. */
    @Test
    void theDescriptionListsEveryRouteAndNoOther() throws IOException {
        List<String> calls =
                inTheCode().stream().filter(route -> !route.endsWith("/{file}")).toList();
        List<String> described = OpenApi.read().operations().stream()
                .map(Operation::route)
                .sorted()
                .toList();

        assertEquals(calls, described);
    }

    @Test
    void eachRouteTakesTheQueryParametersThatAreDescribedAndNoOther() throws IOException {
        Map<String, Set<String>> taken = new TreeMap<>();
        Matcher routes = ROUTE.matcher(Files.readString(LIST));
        while (routes.find()) {
            String route = routes.group(1).toUpperCase(Locale.ROOT) + " " + routes.group(2);
            taken.put(route, quoted(routes.group(3)));
        }
        Map<String, Set<String>> described = new TreeMap<>();
        OpenApi.read().operations().forEach(operation -> described.put(operation.route(), queryOf(operation)));

        taken.keySet().removeIf(route -> route.endsWith("/{file}"));
        assertEquals(described, taken);
    }

    private static Set<String> quoted(String list) {
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> queryOf(Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.at("in").json().asText().equals("query"))
                .map(parameter -> parameter.at("name").json().asText())
                .collect(Collectors.toSet());
    }

    @Test
    void everyRouteStandsInTheOneListAndGoesThroughTheOneCheckOfParameters() throws IOException {
        assertEquals(inTheCode().size(), callsTo("seenby.request.Routes", METHODS));
        assertEquals(0, callsTo("io.javalin.", METHODS));
        assertEquals(1, callsTo("io.javalin.", Set.of("addHttpHandler", "addEndpoint")));
    }

    private static long callsTo(String owner, Set<String> methods) {
        return LayoutTest.OURS.stream()
                .flatMap(ours -> ours.getMethodCallsFromSelf().stream())
                .filter(call -> !call.getOriginOwner().getPackageName().equals(BARE_HUBS))
                .filter(call -> call.getTargetOwner().getName().startsWith(owner))
                .filter(call -> methods.contains(call.getName()))
                .count();
    }

    @Test
    void eachPathTakesTheMethodsThatTheDocsListAndNoOther() throws IOException {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (String route : inTheDocs()) {
            String[] words = route.split(" ", 2);
            methods.computeIfAbsent(words[1], path -> new TreeSet<>()).add(words[0]);
        }
        // a user may have the id batch
        methods.getOrDefault("/v1/users/batch", Set.of()).addAll(methods.getOrDefault("/v1/users/{uid}", Set.of()));
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
