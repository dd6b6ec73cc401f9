import java.net.URI;
import java.net.http.*;
import java.time.Duration;
import java.util.*;
import java.util.regex.*;

// Sends a message to a group, and prints who reads it, until nobody is left who owes a receipt:
//   read -rsp 'Token: ' SEENBY_TOKEN && export SEENBY_TOKEN
//   java ReadClient.java http://127.0.0.1:8080 ops 'The database moves at noon.'
// Exits with 1 when the receipts are archived before all have read it, with 2 when the server refuses a request, with 3
// when nobody owes a receipt and nobody has read it. Needs JDK 17 and no library: regular expressions find the fields.
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
        String since = field(ask(to("/v1/updates")), "next"); // before the message, so that no receipt is missed
        String receipt = ask(to("/v1/groups/" + group + "/messages")
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", UUID.randomUUID().toString()) // if it is sent again, it stays one message
                .POST(HttpRequest.BodyPublishers.ofString(text)));
        long id = Long.parseLong(field(receipt, "id")), recipients = Long.parseLong(field(receipt, "recipients"));
        Set<String> readers = new HashSet<>();
        while (readers.size() < recipients && !receipt.contains("\"archived\":true")) {
            String update = ask(to("/v1/updates?since=" + since + "&timeout=" + (since.isEmpty() ? 0 : 25)));
            for (String read : READ.matcher(update).results().map(MatchResult::group).toList()) {
                boolean covers = Long.parseLong(field(read, "from")) <= id && id <= Long.parseLong(field(read, "upto"));
                if (covers && field(read, "group").equals(group) && readers.add(field(read, "reader"))) {
                    System.out.println(field(read, "reader") + " read it at " + field(read, "at"));
                }
            }
            if (!update.contains("\"reader\":")) { // fewer, if somebody has left without reading it
                receipt = ask(to("/v1/groups/" + group + "/messages/" + id + "/receipts?list=none"));
                boolean gap = since.isEmpty() || !update.contains("\"resync\":[]"); // reads may be missing
                recipients = Long.parseLong(field(receipt, gap ? "unread" : "recipients")) + (gap ? readers.size() : 0);
            }
            since = update.contains("left") ? field(update, "next") : "";
        }
        int code = readers.size() < recipients ? 1 : field(receipt, "recipients").equals("0") ? 3 : 0;
        String nobody = code == 3 ? "Nobody owes a receipt." : "Nobody else owes a receipt.";
        System.out.println(code == 1 ? "The receipts are archived, so no more will come." : nobody);
        System.exit(code);
    }

    private HttpRequest.Builder to(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return request.header("Authorization", "Bearer " + token);
    }

    // Repeats a request until the server answers: as Retry-After says, or less and less often when no server is there.
    private static String ask(HttpRequest.Builder request) throws InterruptedException {
        for (long pause = 1, wait = 1; ; wait = pause = Math.min(2 * pause, 30)) {
            try {
                var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300 || answer.body().contains("\"field\":\"since\"")) return answer.body();
                if (answer.statusCode() != 429 && answer.statusCode() < 500) {
                    System.err.println(answer + ": " + answer.body());
                    System.exit(2);
                }
                wait = answer.headers().firstValueAsLong("Retry-After").orElse(pause);
            } catch (java.io.IOException away) {
                System.err.println(away + "; trying again in " + wait + " s");
            }
            Thread.sleep(Duration.ofSeconds(wait).toMillis());
        }
    }

    private static String field(String json, String name) {
        return Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json).results().toList().get(0).group(1);
    }
}
