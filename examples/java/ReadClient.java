import java.io.IOException;
import java.net.URI;
import java.net.http.*;
import java.time.Duration;
import java.util.*;
import java.util.regex.*;

// Sends a message to a group, and prints who has read it, as the receipts come in, until nobody is left who should.
//
//   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
//   java ReadClient.java http://127.0.0.1:8080 ops 'The database moves at noon.'
//
// Ends with 2 when it is refused. Needs JDK 17, and no library: patterns find the few fields; a \" misleads none.
record ReadClient(String url, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern READ = Pattern.compile("\\{[^{}]*\"reader\":[^{}]*}");

    public static void main(String... args) throws InterruptedException {
        if (args.length != 3 || !args[0].startsWith("http") || System.getenv("SEENBY_TOKEN") == null) {
            System.err.println("usage: java ReadClient.java http://HOST:PORT GROUP TEXT, with a token in SEENBY_TOKEN");
            System.exit(2);
        }
        new ReadClient(args[0].replaceAll("/+$", ""), System.getenv("SEENBY_TOKEN")).announce(args[1], args[2]);
    }

    private void announce(String group, String text) throws InterruptedException {
        String update = ask(to("/v1/updates")); // asked first, so that no receipt is missed
        String messages = "/v1/groups/" + group + "/messages";
        String message = ask(to(messages)
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", UUID.randomUUID().toString()) // sent again, it stays one message
                .POST(HttpRequest.BodyPublishers.ofString(text)));
        long id = Long.parseLong(field(message, "id"));
        long recipients = Long.parseLong(field(message, "recipients"));
        Set<String> readers = new HashSet<>();
        while (readers.size() < recipients) {
            update = ask(to("/v1/updates?timeout=25&since=" + field(update, "next")));
            for (String read : READ.matcher(update).results().map(MatchResult::group).toList()) {
                boolean covers = Long.parseLong(field(read, "from")) <= id && id <= Long.parseLong(field(read, "upto"));
                if (covers && field(read, "group").equals(group) && readers.add(field(read, "reader"))) {
                    System.out.println(field(read, "reader") + " read it at " + field(read, "at"));
                }
            }
            if (!update.contains("\"reader\":")) { // they are fewer, when one has left and had not read it
                recipients = Long.parseLong(field(ask(to(messages + "/" + id + "/receipts?list=none")), "recipients"));
            }
        }
        System.out.println("Nobody else is to read it.");
    }

    private HttpRequest.Builder to(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return request.header("Authorization", "Bearer " + token);
    }

    // Asks until it is answered: again as 429 and 503 say, and less and less often where no server is.
    private static String ask(HttpRequest.Builder request) throws InterruptedException {
        for (long pause = 1, wait = 1; ; wait = pause = Math.min(2 * pause, 30)) {
            try {
                var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return answer.body();
                } else if (answer.statusCode() != 429 && answer.statusCode() < 500) {
                    System.err.println(answer + ": " + answer.body());
                    System.exit(2);
                }
                wait = answer.headers().firstValueAsLong("Retry-After").orElse(pause);
            } catch (IOException away) {
                System.err.println(away + "; asking again in " + wait + " s");
            }
            Thread.sleep(Duration.ofSeconds(wait).toMillis());
        }
    }

    private static String field(String json, String name) {
        var field = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return field.results().findFirst().orElseThrow().group(1);
    }
}
