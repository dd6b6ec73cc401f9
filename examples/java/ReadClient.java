import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

// Sends a message to a group, and prints who has read it, as the receipts come in, until everyone has.
//
//   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
//   java ReadClient.java http://127.0.0.1:8080 ops 'The database moves at noon.'
//
// Needs JDK 17 or newer, and no library: patterns find the few fields. A quote in a text, as \", misleads none.
record ReadClient(String url, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern READ = Pattern.compile("\\{[^{}]*\"reader\":[^{}]*}");

    public static void main(String... args) throws InterruptedException {
        new ReadClient(args[0], System.getenv("SEENBY_TOKEN")).announce(args[1], args[2]);
    }

    private void announce(String group, String text) throws InterruptedException {
        String next = field(ask(to("/v1/updates")), "next"); // asked first, so that no receipt is missed
        String message = ask(to("/v1/groups/" + group + "/messages")
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", UUID.randomUUID().toString()) // sent again, it stays one message
                .POST(HttpRequest.BodyPublishers.ofString(text)));
        Set<String> readers = new HashSet<>();
        while (readers.size() < number(message, "recipients")) {
            String update = ask(to("/v1/updates?timeout=25&since=" + next));
            for (String read : READ.matcher(update).results().map(MatchResult::group).toList()) {
                boolean covers = field(read, "group").equals(group)
                        && number(read, "from") <= number(message, "id")
                        && number(read, "upto") >= number(message, "id");
                if (covers && readers.add(field(read, "reader"))) {
                    System.out.println(field(read, "reader") + " read it at " + field(read, "at"));
                }
            }
            next = field(update, "next");
        }
    }

    private HttpRequest.Builder to(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return request.header("Authorization", "Bearer " + token);
    }

    // Asks until it is answered: again as 429 and 503 say, and less and less often where no server is.
    private static String ask(HttpRequest.Builder request) throws InterruptedException {
        for (long pause = 1, wait = 1; ; wait = pause = Math.min(2 * pause, 30)) {
            try {
                var answer = HTTP.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return answer.body();
                } else if (answer.statusCode() != 429 && answer.statusCode() < 500) {
                    throw new IllegalStateException(answer.body());
                }
                wait = answer.headers().firstValueAsLong("Retry-After").orElse(pause);
            } catch (IOException away) {
                System.err.println(away + "; asking again in " + wait + " s");
            }
            Thread.sleep(Duration.ofSeconds(wait).toMillis());
        }
    }

    private static long number(String json, String name) {
        return Long.parseLong(field(json, name));
    }

    private static String field(String json, String name) {
        var field = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return field.results().findFirst().orElseThrow().group(1);
    }
}
