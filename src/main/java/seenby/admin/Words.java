package seenby.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Words of the command line as parts of a path. */
final class Words {
    private Words() {}

    static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
