package seenby.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seenby.support.ApiClient;
import seenby.support.ServerProcess;

/** The log names who sends wrong tokens, and the documented filter of fail2ban finds the address. */
class WrongTokenLogIT {
    private static final String TOKEN = "a-wrong-token-of-forty-three-characters-xyz";

    @TempDir
    private Path directory = Path.of("");

    private static Pattern filter() throws IOException {
        Matcher line = Pattern.compile("failregex = (.*)").matcher(Files.readString(Path.of("docs/operate.md")));
        assertTrue(line.find());
        return Pattern.compile(line.group(1).replace("<HOST>", "(\\S+)"));
    }

    @Test
    void eachWrongTokenHasALineWithTheAddressOfItsClientAndWithoutTheToken() throws IOException {
        Pattern filter = filter();
        try (ServerProcess server = ServerProcess.start(directory, "http.trusted_proxies=127.0.0.1")) {
            for (String address : List.of("203.0.113.7", "2001:DB8:0::7")) {
                new ApiClient(server::port, "guest", TOKEN)
                        .call("GET", "/v1/me", BodyPublishers.noBody(), Map.of("X-Forwarded-For", address))
                        .expect(401);
            }
            server.user("ann").get("/v1/me").expect(200);
            new ApiClient(server::port, "nobody", "").get("/v1/me").expect(401);

            eventually("the log has the lines", () -> server.err("Wrong token").size() == 2);
            List<String> found = server.err("Wrong token").stream()
                    .map(filter::matcher)
                    .filter(Matcher::find)
                    .map(match -> match.group(1))
                    .toList();
            assertEquals(List.of("203.0.113.7", "2001:db8::7"), found);
            assertEquals(List.of(), server.err(TOKEN));
        }
    }
}
